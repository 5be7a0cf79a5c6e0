package io.github.camelonedrive.upload;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

import io.github.camelonedrive.hash.PrefixDigest;

/**
 * Reads and hashes the next parts of a source while the one before is on the wire, and while the service takes its time over an
 * answer, so that neither waits for the other. The source is read by the thread of this object alone until it is closed. Used
 * by one thread.
 */
final class ReadAhead implements AutoCloseable {

    private final BlockingQueue<byte[]> free;
    private final BlockingQueue<Outcome> outcomes;
    private final Thread thread;

    /** Buffers are given back so many at a time, because waking the reader for each would cost more than reading. */
    private final int givenBackAtOnce;
    private final List<byte[]> used;
    private volatile boolean closed;
    private Optional<Part> current = Optional.empty();
    private int taken;
    private long position;

    /** Reads at least one byte. */
    @FunctionalInterface
    interface Reader {
        Part read(long position, byte[] buffer, int length) throws IOException;
    }

    /** @param newlyRead what was read so far, when this was read for the first time */
    record Part(byte[] buffer, int offset, int count, Optional<PrefixDigest> newlyRead) {
    }

    private record Outcome(Part part, Throwable failure) {
    }

    /** @param buffers to be filled in turn, all of the same size */
    ReadAhead(Reader reader, long start, long end, byte[][] buffers) {
        position = start;
        givenBackAtOnce = Math.max(1, buffers.length / 2);
        used = new ArrayList<>(buffers.length);
        free = new ArrayBlockingQueue<>(buffers.length + 1);
        outcomes = new ArrayBlockingQueue<>(buffers.length + 1);
        for (byte[] buffer : buffers) {
            free.add(buffer);
        }
        thread = new Thread(() -> read(reader, start, end), "OneDrive read-ahead");
        thread.setDaemon(true);
        thread.start();
    }

    /** Where the part begins that {@link #next} gives. */
    long position() {
        return position;
    }

    /**
     * The next bytes, which are the caller's until it asks for more. Not to be called again after a failure.
     *
     * @param most how many at most
     */
    Part next(long most) throws IOException {
        if (current.isEmpty()) {
            current = Optional.of(take());
            taken = 0;
        }
        Part part = current.get();
        int count = (int) Math.min(most, part.count() - taken);
        Part next = new Part(part.buffer(), part.offset() + taken, count, taken == 0 ? part.newlyRead() : Optional.empty());
        taken += count;
        position += count;
        if (taken == part.count()) {
            used.add(part.buffer());
            current = Optional.empty();
        }
        return next;
    }

    private Part take() throws IOException {
        if (used.size() >= givenBackAtOnce) {
            free.addAll(used);
            used.clear();
        }
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

    private void read(Reader reader, long start, long end) {
        try {
            long at = start;
            while (at < end) {
                byte[] buffer = free.take();
                if (closed) {
                    return;
                }
                Part part = reader.read(at, buffer, (int) Math.min(buffer.length, end - at));
                outcomes.add(new Outcome(part, null));
                at += part.count();
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
