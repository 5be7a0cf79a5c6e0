package io.github.camelonedrive.backup.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What tells one state of a file from another without reading it.
 *
 * @param fileKey  device and inode where the file system has them, else empty
 * @param size     in bytes
 * @param modified time of the last change of the content
 * @param changed  time of the last change of content, name or rights, where the file system has it: a file that was swapped
 *                 for another one and back again has a new one
 */
record FileIdentity(String fileKey, long size, FileTime modified, Optional<FileTime> changed) {

    /**
     * @param  followLinks whether a link counts as the file that it points to
     * @return             empty when the path is not a regular file (a directory, a pipe, a link that is not followed)
     * @throws IOException when the file is gone or can't be looked at
     */
    static Optional<FileIdentity> of(Path path, boolean followLinks) throws IOException {
        LinkOption[] options = followLinks ? new LinkOption[0] : new LinkOption[] {LinkOption.NOFOLLOW_LINKS};
        boolean unix = path.getFileSystem().supportedFileAttributeViews().contains("unix");
        String names = unix ? "unix:fileKey,size,lastModifiedTime,isRegularFile,ctime"
                : "fileKey,size,lastModifiedTime,isRegularFile";
        Map<String, Object> attributes = Files.readAttributes(path, names, options);
        if (!(Boolean) attributes.get("isRegularFile")) {
            return Optional.empty();
        }
        return Optional.of(new FileIdentity(Objects.toString(attributes.get("fileKey"), ""), (Long) attributes.get("size"),
                (FileTime) attributes.get("lastModifiedTime"), Optional.ofNullable((FileTime) attributes.get("ctime"))));
    }

    /** Whether it is the same file with the same content, whatever it is called now: a rename changes {@link #changed}. */
    boolean sameContent(FileIdentity other) {
        return fileKey.equals(other.fileKey) && size == other.size && modified.equals(other.modified);
    }

    /** Whether it may be a copy of the other one. Java copies times to the microsecond only. */
    boolean sameSizeAndTime(FileIdentity other) {
        return size == other.size && modified.to(TimeUnit.MICROSECONDS) == other.modified.to(TimeUnit.MICROSECONDS);
    }
}
