package io.github.camelonedrive.component;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Holds uploads that have not begun while somebody wants it so. What is held waits here and occupies no thread. Safe for many
 * threads.
 */
final class UploadPause {

    /** In milliseconds. */
    private static final long LOOK_UP = 200;

    private final Deque<Runnable> held = new ArrayDeque<>();
    private boolean paused;

    synchronized void pause() {
        paused = true;
    }

    /** Lets everything go on that was held, in its order. */
    void resume() {
        release().forEach(Runnable::run);
    }

    private synchronized List<Runnable> release() {
        paused = false;
        notifyAll();
        List<Runnable> released = List.copyOf(held);
        held.clear();
        return released;
    }

    synchronized boolean isPaused() {
        return paused;
    }

    synchronized int held() {
        return held.size();
    }

    /**
     * Keeps an upload if there is a pause.
     *
     * @param goOn is run when the pause is over, by whoever ends it
     * @return     false when there is none, and nothing was kept
     */
    synchronized boolean hold(Runnable goOn) {
        if (paused) {
            held.add(goOn);
        }
        return paused;
    }

    /**
     * Waits on the caller's thread until there is no pause, for uploads that may not leave it.
     *
     * @param givenUp asked now and then whether to wait no longer
     */
    synchronized void await(BooleanSupplier givenUp) throws InterruptedException {
        while (paused && !givenUp.getAsBoolean()) {
            wait(LOOK_UP);
        }
    }

    /** @return whether it was held, and is not any more */
    synchronized boolean withdraw(Runnable goOn) {
        return held.remove(goOn);
    }
}
