package io.github.camelonedrive.component;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.camel.WrappedFile;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.download.DownloadStream;
import io.github.camelonedrive.feed.FeedFile;
import io.github.camelonedrive.graph.DriveItem;
import io.github.camelonedrive.graph.ItemPath;

/**
 * A file in OneDrive, as a message body. Camel treats it as it treats a file of the file component: for a splitter, a data
 * format, a type conversion or another endpoint it is the file's content. The content is downloaded when something reads it,
 * each time from the start, so it can be read several times, and stream caching need not copy it.
 */
public final class OneDriveFile implements WrappedFile<Object> {

    private final FeedFile file;
    private final ItemPath folder;
    private final Optional<String> charset;
    private final Content content;
    private final Optional<Path> localCopy;
    private final IdleContents readLater;
    private final Set<FileContent> beingRead = ConcurrentHashMap.newKeySet();
    private volatile boolean released;
    private volatile OneDriveException failure;
    private volatile boolean readInPart;

    /** Opens the content. */
    @FunctionalInterface
    interface Content {
        DownloadStream open(DriveItem item, String path);
    }

    /** @param readLater contents that are read after the exchange that holds the file */
    OneDriveFile(FeedFile file, ItemPath folder, Optional<String> charset, Content content, IdleContents readLater) {
        this(file, folder, charset, content, readLater, Optional.empty());
    }

    private OneDriveFile(FeedFile file, ItemPath folder, Optional<String> charset, Content content, IdleContents readLater,
                         Optional<Path> localCopy) {
        this.file = file;
        this.folder = folder;
        this.charset = charset;
        this.content = content;
        this.readLater = readLater;
        this.localCopy = localCopy;
    }

    /** Returns the same file with a proven copy of its content on this machine. */
    OneDriveFile withLocalCopy(Path copy) {
        return new OneDriveFile(file, folder, charset, content, readLater, Optional.of(copy));
    }

    /**
     * Returns the content: the {@link java.io.File} that {@code localWorkDirectory} holds, while it is there; else a
     * {@link java.nio.channels.ReadableByteChannel} that downloads from its first read on. Each call returns a new channel.
     */
    @Override
    public Object getFile() {
        Optional<Path> local = getLocalCopy();
        return local.isPresent() ? local.get().toFile() : new FileContent(this);
    }

    /** Returns the same as {@link #getFile()}. */
    @Override
    public Object getBody() {
        return getFile();
    }

    /** Returns the length in bytes; −1 if OneDrive does not report it. */
    @Override
    public long getFileLength() {
        return file.item().size();
    }

    /** Returns what OneDrive reports about the file: id, eTag, size, hash and so on. */
    public DriveItem getItem() {
        return file.item();
    }

    /**
     * Opens the content at its first byte; the caller closes it. No request is made before the first read. A broken connection
     * resumes at its offset. The stream ends only if all of the content came and has the file's hash; else reading fails.
     * Closing it early reads a small rest, and fails if the content then does not have the file's hash.
     */
    public InputStream open() throws IOException {
        Optional<Path> local = getLocalCopy();
        return local.isPresent() ? Files.newInputStream(local.get())
                : new ConsumedContent(this, content.open(file.item(), absolutePath().toString()));
    }

    /** Returns the copy in {@code localWorkDirectory}; empty without that option, and when the copy was moved or deleted. */
    public Optional<Path> getLocalCopy() {
        return localCopy.filter(Files::isRegularFile);
    }

    /** Returns the encoding of the file's text, if the option {@code charset} sets one. */
    public Optional<String> getCharset() {
        return charset;
    }

    /** Returns the name, without folders. */
    public String getFileNameOnly() {
        return file.item().name();
    }

    /** Returns the path below the consumer's folder. */
    public String getFileName() {
        return String.join("/", file.path().segments());
    }

    /** Returns the path from the drive's root, with a leading slash. */
    public String getAbsoluteFilePath() {
        return absolutePath().toString();
    }

    /** Returns when the file itself was modified last, as far as it is known. */
    public Optional<Instant> getLastModified() {
        return file.item().lastModified();
    }

    /** Returns the media type that OneDrive reports. */
    public Optional<String> getMimeType() {
        return file.change().mimeType();
    }

    /** Returns what tells this version of the content from others: its hash and size, where OneDrive reports them. */
    public String getVersion() {
        return file.version();
    }

    /** Notes why reading the content failed. */
    void failedWith(OneDriveException trouble) {
        failure = trouble;
    }

    /** Returns why reading the content failed, if it did. */
    Optional<OneDriveException> failure() {
        return Optional.ofNullable(failure);
    }

    /** Notes that a reader stopped so early that nothing was compared. */
    void readInPart() {
        readInPart = true;
    }

    /** Returns whether a reader stopped so early that nothing was compared. */
    boolean wasReadInPart() {
        return readInPart;
    }

    /** Registers a channel that holds a connection from now on. */
    void reads(FileContent channel) {
        if (!released) {
            beingRead.add(channel);
        }
        if (released) {
            readLater.used(channel);
        }
    }

    /** Returns the connections of channels that the file's exchange has left open. */
    void releaseConnections() {
        released = true;
        for (FileContent channel : beingRead) {
            if (!channel.release()) {
                readLater.used(channel);
            }
        }
        beingRead.clear();
    }

    ItemPath path() {
        return file.path();
    }

    /** Returns where the file was when it was seen. */
    ItemPath absolutePath() {
        return FileHeaders.below(folder, file.path());
    }

    ItemPath folder() {
        return folder;
    }

    FeedFile feedFile() {
        return file;
    }

    @Override
    public String toString() {
        return "OneDriveFile[" + getFileName() + "]";
    }
}
