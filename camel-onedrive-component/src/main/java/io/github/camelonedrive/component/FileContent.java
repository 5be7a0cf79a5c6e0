package io.github.camelonedrive.component;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ReadableByteChannel;

/**
 * The content of a {@link OneDriveFile} where Camel asks for what the file wraps. It is a channel because tokenizers read
 * channels piece by piece in the exchange's encoding, whereas stream caching copies every stream and reader to memory.
 */
final class FileContent implements ReadableByteChannel {

    private final OneDriveFile file;
    private ReadableByteChannel opened;
    private boolean closed;

    FileContent(OneDriveFile file) {
        this.file = file;
    }

    OneDriveFile file() {
        return file;
    }

    /**
     * Reads some bytes. A failure is unchecked: Camel's scanner takes an {@link IOException} for the end of the text, and a
     * splitter would process the last, incomplete part before it fails.
     */
    @Override
    public int read(ByteBuffer target) throws ClosedChannelException {
        if (closed) {
            throw new ClosedChannelException();
        }
        try {
            if (opened == null) {
                opened = Channels.newChannel(file.open());
            }
            return opened.read(target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean isOpen() {
        return !closed;
    }

    @Override
    public void close() throws IOException {
        closed = true;
        if (opened != null) {
            opened.close();
        }
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
