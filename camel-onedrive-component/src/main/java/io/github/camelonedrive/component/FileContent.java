package io.github.camelonedrive.component;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ReadableByteChannel;
import java.util.concurrent.locks.ReentrantLock;

import org.apache.camel.util.IOHelper;

/**
 * The content of a {@link OneDriveFile} where Camel asks for what the file wraps. It is a channel because tokenizers read
 * channels piece by piece in the exchange's encoding, whereas stream caching copies every stream and reader to memory.
 */
final class FileContent implements ReadableByteChannel {

    private static final int PIECE = 8192;

    private final OneDriveFile file;
    private final ReentrantLock reading = new ReentrantLock();
    private ContentStream content;
    private volatile boolean closed;

    FileContent(OneDriveFile file) {
        this.file = file;
    }

    OneDriveFile file() {
        return file;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        reading.lock();
        try {
            if (closed) {
                throw new ClosedChannelException();
            }
            if (content == null) {
                content = new ContentStream(file);
            }
            file.reads(this);
            byte[] piece = new byte[Math.min(target.remaining(), PIECE)];
            int count = content.read(piece);
            if (count > 0) {
                target.put(piece, 0, count);
            }
            return count;
        } finally {
            reading.unlock();
        }
    }

    /**
     * Returns the connection, because a route need not read a tokenized body to its end. The next read resumes where the last
     * one ended.
     *
     * @return false if a read is in progress, which keeps its connection
     */
    boolean release() {
        if (!reading.tryLock()) {
            return false;
        }
        try {
            if (content != null) {
                content.release();
            }
            return true;
        } finally {
            reading.unlock();
        }
    }

    @Override
    public boolean isOpen() {
        return !closed;
    }

    @Override
    public void close() {
        closed = true;
        IOHelper.close(content);
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
