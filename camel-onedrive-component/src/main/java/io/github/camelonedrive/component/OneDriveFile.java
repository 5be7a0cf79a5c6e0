package io.github.camelonedrive.component;

import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;

import org.apache.camel.WrappedFile;

import io.github.camelonedrive.feed.FeedFile;
import io.github.camelonedrive.graph.DriveItem;
import io.github.camelonedrive.graph.ItemPath;

/**
 * A file in OneDrive, as a message body. Its content is asked for when something reads it, each time anew; so it can be read
 * several times, and stream caching, which would keep all of it, passes it by. Camel converts it to what it converts an
 * {@code InputStream} to.
 */
public final class OneDriveFile implements WrappedFile<DriveItem> {

    private final FeedFile file;
    private final ItemPath folder;
    private final Content content;

    /** Opens the content. */
    @FunctionalInterface
    interface Content {
        InputStream open(DriveItem item, String path);
    }

    OneDriveFile(FeedFile file, ItemPath folder, Content content) {
        this.file = file;
        this.folder = folder;
        this.content = content;
    }

    /** What OneDrive says about it. */
    @Override
    public DriveItem getFile() {
        return file.item();
    }

    /** Always null, which means: not read yet. {@link #open} reads. */
    @Override
    public Object getBody() {
        return null;
    }

    /** In bytes. */
    @Override
    public long getFileLength() {
        return file.item().size();
    }

    /**
     * The content from its first byte, to be closed by the caller. Nothing is asked for before it is read; a broken connection
     * goes on where it was; its end is only reached when all of it came and its hash is that of the file.
     */
    public InputStream open() {
        return content.open(file.item(), absolutePath().toString());
    }

    /** The name, without folders. */
    public String getFileNameOnly() {
        return file.item().name();
    }

    /** The path below the consumer's folder. */
    public String getFileName() {
        return String.join("/", file.path().segments());
    }

    /** The path from the drive's root, with a leading slash. */
    public String getAbsoluteFilePath() {
        return absolutePath().toString();
    }

    /** When the file itself was modified last, as far as it is known. */
    public Optional<Instant> getLastModified() {
        return file.item().lastModified();
    }

    /** The media type that OneDrive takes it for. */
    public Optional<String> getMimeType() {
        return file.change().mimeType();
    }

    /** Tells this version of the content from others: its hash and size, where OneDrive tells them. */
    public String getVersion() {
        return file.version();
    }

    ItemPath path() {
        return file.path();
    }

    /** Where it was when it was seen. */
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
