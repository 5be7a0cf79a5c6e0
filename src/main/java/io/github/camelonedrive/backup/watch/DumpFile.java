package io.github.camelonedrive.backup.watch;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.function.Function;

import io.github.camelonedrive.upload.FileSource;
import io.github.camelonedrive.upload.SourceChangedException;
import io.github.camelonedrive.upload.UploadReceipts;
import io.github.camelonedrive.upload.UploadSource;
import io.github.camelonedrive.upload.UploadableFile;
import org.apache.camel.component.file.FileBinding;
import org.apache.camel.component.file.GenericFile;

/**
 * A dump that was taken, as the body of its exchange: a file like any other of Camel's {@code file:}, but opened relative to
 * the watched directory, and only as long as it is the file that was taken.
 */
final class DumpFile extends GenericFile<File> implements UploadableFile {

    private final DropDirectory drop;
    private final Backlog.Candidate candidate;
    private final FileState taken;
    private final DumpGuard guard;
    private final UploadReceipts receipts;
    private volatile boolean begun;

    /** @param guards makes what looks at each upload of the dump */
    DumpFile(DropDirectory drop, Backlog.Candidate candidate, Function<DumpFile, DumpGuard> guards) {
        this.drop = drop;
        this.candidate = candidate;
        this.taken = candidate.state();
        Path path = drop.root().resolve(candidate.path().shown());
        setBinding(new FileBinding());
        setEndpointPath(drop.root().toString());
        setFile(path.toFile());
        setFileNameOnly(path.getFileName().toString());
        setAbsolute(true);
        setAbsoluteFilePath(path.toString());
        setRelativeFilePath(candidate.path().shown().toString());
        setFileName(candidate.path().remote());
        setFileLength(taken.size());
        setLastModified(taken.modified().toMillis());
        this.guard = guards.apply(this);
        this.receipts = new UploadReceipts(guard);
    }

    /** Returns what the exchange's uploads have become. Kept here, because a route may remove any property. */
    UploadReceipts receipts() {
        return receipts;
    }

    DumpGuard guard() {
        return guard;
    }

    void begin() {
        begun = true;
    }

    /** Returns whether its exchange began, so that the exchange's end releases it. */
    boolean hasBegun() {
        return begun;
    }

    Backlog.Candidate candidate() {
        return candidate;
    }

    DumpPath path() {
        return candidate.path();
    }

    /** Returns how the dump looked when it was taken. */
    FileState taken() {
        return taken;
    }

    /** Returns the absolute path that names this dump as the source of an upload. */
    Path source() {
        return drop.root().resolve(path().content());
    }

    /** Returns itself: the body is the dump, not a path that may lead elsewhere by now. */
    @Override
    public Object getBody() {
        return this;
    }

    @Override
    public UploadSource openSource() throws IOException {
        return FileSource.open(source(), new FileSource.Access() {
            @Override
            public BasicFileAttributes attributes() throws IOException {
                BasicFileAttributes now = drop.attributes(path().content());
                return candidate.keyIsStable() ? now : new WithoutKey(now);
            }

            @Override
            public SeekableByteChannel open() throws IOException {
                return channel();
            }
        });
    }

    /** Opens the content for a step of the route other than an upload. */
    InputStream openStream() throws IOException {
        return Channels.newInputStream(channel());
    }

    private FileChannel channel() throws IOException {
        FileChannel channel = drop.read(path().content());
        try {
            if (channel.size() != taken.size() || !isTaken(drop.state(path().content()))) {
                throw new SourceChangedException("'" + path() + "' changed after it was taken.");
            }
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private boolean isTaken(FileState now) {
        return now.standsStill(taken) && (now.key().equals(taken.key()) || !candidate.keyIsStable());
    }

    /** Attributes on a file system whose keys identify nothing. */
    private record WithoutKey(BasicFileAttributes all) implements BasicFileAttributes {

        @Override
        public FileTime lastModifiedTime() {
            return all.lastModifiedTime();
        }

        @Override
        public FileTime lastAccessTime() {
            return all.lastAccessTime();
        }

        @Override
        public FileTime creationTime() {
            return all.creationTime();
        }

        @Override
        public boolean isRegularFile() {
            return all.isRegularFile();
        }

        @Override
        public boolean isDirectory() {
            return all.isDirectory();
        }

        @Override
        public boolean isSymbolicLink() {
            return all.isSymbolicLink();
        }

        @Override
        public boolean isOther() {
            return all.isOther();
        }

        @Override
        public long size() {
            return all.size();
        }

        @Override
        public Object fileKey() {
            return null;
        }
    }
}
