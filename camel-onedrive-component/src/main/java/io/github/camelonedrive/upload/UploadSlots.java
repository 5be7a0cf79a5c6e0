package io.github.camelonedrive.upload;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How many uploads of one account run at the same time. Each user of the account has a limit for its own uploads; all together
 * run as many as the largest of these limits allows. Further ones wait, in the order in which they came. Safe for many threads.
 */
public final class UploadSlots {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<Upload> waiting = new LinkedHashSet<>();
    private final List<Upload> running = new ArrayList<>();

    /** A slot in use; closing it lets the next one in. */
    public interface Slot extends AutoCloseable {
        @Override
        void close();
    }

    /** Compared by identity: several uploads of one user are several. */
    private static final class Upload {

        private final Object user;
        private final int limit;

        Upload(Object user, int limit) {
            this.user = user;
            this.limit = limit;
        }
    }

    /**
     * Waits for a slot.
     *
     * @param user  whose own uploads the limit is for, compared by identity
     * @param limit how many of them may run at once, at least 1
     */
    public Slot take(Object user, int limit) throws InterruptedException {
        Upload upload = new Upload(user, limit);
        lock.lockInterruptibly();
        try {
            waiting.add(upload);
            while (!isNext(upload)) {
                changed.await();
            }
            running.add(upload);
        } finally {
            waiting.remove(upload);
            changed.signalAll();
            lock.unlock();
        }
        AtomicBoolean inUse = new AtomicBoolean(true);
        return () -> {
            if (inUse.getAndSet(false)) {
                release(upload);
            }
        };
    }

    private void release(Upload upload) {
        lock.lock();
        try {
            running.remove(upload);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** An upload that its own user's limit holds back does not hold back those of other users. */
    private boolean isNext(Upload upload) {
        int largest = Math.max(largest(running), largest(waiting));
        return running.size() < largest
                && waiting.stream().filter(this::isWithinItsLimit).findFirst().filter(next -> next == upload).isPresent();
    }

    private static int largest(Iterable<Upload> uploads) {
        int largest = 0;
        for (Upload upload : uploads) {
            largest = Math.max(largest, upload.limit);
        }
        return largest;
    }

    private boolean isWithinItsLimit(Upload upload) {
        return running.stream().filter(other -> other.user == upload.user).count() < upload.limit;
    }
}
