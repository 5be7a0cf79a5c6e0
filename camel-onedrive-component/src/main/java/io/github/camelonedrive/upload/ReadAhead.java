package io.github.camelonedrive.upload;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Reads and hashes the next parts of a range while the one before is on the wire, so that neither waits for the other. The
 * source is read by the thread of this object alone until it is closed.
 */
final class ReadAhead implements AutoCloseable {

    private final BlockingQueue<byte[]> free;
    private final BlockingQueue<Outcome> outcomes;
    private final Thread thread;
    private volatile boolean closed;

    /** Reads at least one byte. */
    @FunctionalInterface
    interface Reader {
        Part read(long position, byte[] buffer, int length) throws IOException;
    }

    /** @param newlyRead what was read so far, when this was read for the first time */
    record Part(byte[] buffer, int count, Optional<PrefixDigest> newlyRead) {
    }

    private record Outcome(Part part, Throwable failure) {
    }

    /** @param buffers to be filled in turn, all of the same size */
    ReadAhead(Reader reader, long start, long end, byte[][] buffers) {
        free = new ArrayBlockingQueue<>(buffers.length + 1);
        outcomes = new ArrayBlockingQueue<>(buffers.length + 1);
        for (byte[] buffer : buffers) {
            free.add(buffer);
        }
        thread = new Thread(() -> read(reader, start, end), "OneDrive read-ahead");
        thread.setDaemon(true);
        thread.start();
    }

    /** The next part; its buffer is the caller's until it is given back. */
    Part next() throws IOException {
        Outcome outcome;
        try {
            outcome = outcomes.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while sending");
        }
        if (outcome.failure() instanceof IOException failure) {
            throw failure;
        }
        if (outcome.failure() instanceof RuntimeException failure) {
            throw failure;
        }
        if (outcome.failure() instanceof Error failure) {
            throw failure;
        }
        return outcome.part();
    }

    void giveBack(Part part) {
        free.add(part.buffer());
    }

    private void read(Reader reader, long start, long end) {
        try {
            long position = start;
            while (position < end) {
                byte[] buffer = free.take();
                if (closed) {
                    return;
                }
                Part part = reader.read(position, buffer, (int) Math.min(buffer.length, end - position));
                outcomes.add(new Outcome(part, null));
                position += part.count();
            }
        } catch (InterruptedException e) {
            outcomes.add(new Outcome(null, new InterruptedIOException("Interrupted while reading")));
        } catch (Throwable failure) {
            // Whatever it is: who waits for the next part must hear of it.
            outcomes.add(new Outcome(null, failure));
        }
    }

    /** Waits for a read under way, and never interrupts it: that would close the file. */
    @Override
    public void close() {
        closed = true;
        free.offer(new byte[0]);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
