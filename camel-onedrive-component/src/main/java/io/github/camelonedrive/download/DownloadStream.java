package io.github.camelonedrive.download;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;

import io.github.camelonedrive.OneDriveException;

/**
 * An item's content as a stream. Nothing is asked for before the first byte is read, or {@link #connect()} is called, and
 * nothing is kept: it comes from the network as it is read.
 *
 * <p>A broken connection is not noticed: it goes on where it was. Its end is a promise: {@code read} says that there is no more
 * only when all of the item came and was proven as {@link DownloadOptions} say; else it throws, now and each time it is called
 * again. Whoever uses what he read before that end has to be able to take it back.
 *
 * <p>An interrupt ends it with an {@link InterruptedIOException}, within a second; the thread stays interrupted. For one
 * thread; {@link #close()} may be called from any.
 */
public final class DownloadStream extends InputStream {

    /** How many bytes are read to compare the hash when a reader closes the stream before its end. */
    private static final int LONGEST_REST = 1 << 20;

    private final Transfer transfer;
    private final ReentrantLock inUse = new ReentrantLock();
    private volatile boolean closed;

    DownloadStream(Transfer transfer) {
        this.transfer = transfer;
    }

    /**
     * Makes the first request now, so that what it fails with is known before anybody reads.
     *
     * @throws OneDriveException when the content can't be had
     */
    public void connect() throws IOException {
        interruptibly(() -> {
            transfer.connect();
            return 0;
        });
    }

    /** The position in the item of the first byte; known once it is connected. */
    public long first() {
        return part().first();
    }

    /** How many bytes there are in all; empty when only the end will tell. Known once it is connected. */
    public OptionalLong length() {
        OptionalLong end = part().end();
        return end.isPresent() ? OptionalLong.of(end.getAsLong() - part().first()) : end;
    }

    /** How many bytes the whole item has; empty when OneDrive does not tell. Known once it is connected. */
    public OptionalLong total() {
        return part().total();
    }

    private Part part() {
        return Objects.requireNonNull(transfer.part(), "connect first");
    }

    /** How it was proven; null before its end. */
    public DownloadVerdict verdict() {
        return transfer.verdict();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        return length == 0 ? 0 : interruptibly(() -> transfer.read(buffer, offset, length));
    }

    private interface Reading {
        int read() throws OneDriveException, InterruptedException;
    }

    private int interruptibly(Reading reading) throws IOException {
        if (closed) {
            throw new IOException("The stream is closed.");
        }
        inUse.lock();
        try {
            return reading.read();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException("Interrupted while reading from OneDrive");
            interrupted.initCause(e);
            throw interrupted;
        } catch (OneDriveException e) {
            throw closed ? new IOException("The stream was closed while it was read.", e) : e;
        } finally {
            inUse.unlock();
        }
    }

    /**
     * Gives the connection back for now, without waiting for what was not read. Unlike after {@link #close()} the stream can
     * still be read; it goes on where it was.
     */
    public void release() {
        transfer.release();
    }

    /**
     * Gives the connection back. Parsers close a stream at the last token they need; so if reading has begun and at most 1 MB
     * is left, the rest is read and compared first. More is not waited for: then {@link #verdict()} stays null. While another
     * thread reads nothing is waited for either.
     *
     * @throws OneDriveException if the rest cannot be had, or the content is not proven
     */
    @Override
    public void close() throws IOException {
        try {
            if (!closed && inUse.tryLock()) {
                try {
                    proveRest();
                } finally {
                    inUse.unlock();
                }
            }
        } finally {
            closed = true;
            transfer.close();
        }
    }

    private void proveRest() throws IOException {
        byte[] rest = new byte[8192];
        for (int drained = 0; drained <= LONGEST_REST && transfer.isProofWithin(LONGEST_REST);) {
            int count = read(rest);
            if (count < 0) {
                return;
            }
            drained += count;
        }
    }
}
