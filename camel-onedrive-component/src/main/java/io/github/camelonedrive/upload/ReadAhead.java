package io.github.camelonedrive.upload;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;

import io.github.camelonedrive.hash.PrefixDigest;

/**
 * Reads and hashes the next parts of a source while the one before is on the wire, and while the service takes its time over an
 * answer, so that neither waits for the other. The source is read by one task of the executor until it is closed; until that
 * has a thread, the caller reads itself, so that an executor without a free thread costs time only. Used by one thread.
 */
final class ReadAhead implements AutoCloseable {

    private final BlockingQueue<byte[]> free;
    private final BlockingQueue<Outcome> outcomes;
    private final Reader reader;
    private final long end;
    private final ReentrantLock reading = new ReentrantLock();
    private final CountDownLatch ended = new CountDownLatch(1);

    /** Buffers are given back so many at a time, because waking the reader for each would cost more than reading. */
    private final int givenBackAtOnce;
    private final List<byte[]> used;
    private final Thread caller = Thread.currentThread();
    private long readUpTo;
    private boolean started;
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
    ReadAhead(Executor executor, Reader reader, long start, long end, byte[][] buffers) {
        this.reader = reader;
        this.end = end;
        readUpTo = start;
        position = start;
        givenBackAtOnce = Math.max(1, buffers.length / 2);
        used = new ArrayList<>(buffers.length);
        free = new ArrayBlockingQueue<>(buffers.length + 1);
        outcomes = new ArrayBlockingQueue<>(buffers.length + 1);
        for (byte[] buffer : buffers) {
            free.add(buffer);
        }
        try {
            executor.execute(this::readAhead);
        } catch (RejectedExecutionException noThread) {
            // The caller reads all of it.
        }
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
        Optional<Part> own = readUnlessStarted();
        if (own.isPresent()) {
            return own.get();
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

    private Optional<Part> readUnlessStarted() throws IOException {
        reading.lock();
        try {
            return started ? Optional.empty() : Optional.of(read(free.remove()));
        } finally {
            reading.unlock();
        }
    }

    private Part read(byte[] buffer) throws IOException {
        Part part = reader.read(readUpTo, buffer, (int) Math.min(buffer.length, end - readUpTo));
        readUpTo += part.count();
        return part;
    }

    /** Returns false if there is nothing to read any more, or if the executor lent no thread but the caller's own. */
    private boolean start() {
        reading.lock();
        try {
            started = !closed && Thread.currentThread() != caller;
            return started;
        } finally {
            reading.unlock();
        }
    }

    private void readAhead() {
        if (!start()) {
            return;
        }
        try {
            while (readUpTo < end) {
                byte[] buffer = free.take();
                if (closed) {
                    return;
                }
                outcomes.add(new Outcome(read(buffer), null));
            }
        } catch (InterruptedException e) {
            outcomes.add(new Outcome(null, new InterruptedIOException("Interrupted while reading")));
        } catch (Throwable failure) {
            // Whatever it is: the caller, which waits for the next part, must learn of it.
            outcomes.add(new Outcome(null, failure));
        } finally {
            ended.countDown();
        }
    }

    /** Waits for a read in progress, and never interrupts it: that would close the file. */
    @Override
    public void close() {
        reading.lock();
        closed = true;
        boolean waits = started;
        reading.unlock();
        free.offer(new byte[0]);
        boolean interrupted = false;
        while (waits && ended.getCount() > 0) {
            try {
                ended.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
