package io.github.camelonedrive.upload;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** How many uploads of one account run at the same time; further ones wait. Safe for many threads. */
public final class UploadSlots {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition freed = lock.newCondition();
    private int taken;

    /** A slot in use; closing it lets the next one in. */
    public interface Slot extends AutoCloseable {
        @Override
        void close();
    }

    /** Waits for a slot. @param limit how many may be in use at once, at least 1 */
    public Slot take(int limit) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (taken >= limit) {
                freed.await();
            }
            taken++;
        } finally {
            lock.unlock();
        }
        AtomicBoolean inUse = new AtomicBoolean(true);
        return () -> {
            if (inUse.getAndSet(false)) {
                release();
            }
        };
    }

    private void release() {
        lock.lock();
        try {
            taken--;
            freed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
