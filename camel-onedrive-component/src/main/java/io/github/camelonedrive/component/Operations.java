package io.github.camelonedrive.component;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

/**
 * The operations of one producer, each on a thread of the executor. Uploads take turns in the order in which they came. A
 * bounded number of them waits for its turn without a thread; beyond that the caller waits too, so that a source is not emptied
 * faster than uploads end. Other operations never wait for uploads. Safe for concurrent use.
 *
 * <p>An operation whose thread goes on with the route keeps its turn, except while that thread waits for another operation. So
 * operations never wait for each other in a circle, provided that the executor starts each task at once.
 */
final class Operations {

    /** The operation with whose route this thread goes on. */
    private static final ThreadLocal<Operation> COMPLETING = new ThreadLocal<>();

    private final int mostAtOnce;
    private final int mostQueued;
    private final BooleanSupplier paused;
    private final Executor executor;
    private final Work work;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    private final Queue<Operation> queue = new ArrayDeque<>();
    private final Set<Operation> inProgress = new HashSet<>();
    private int uploading;
    private int others;
    private boolean stopped = true;

    /** What the operations do. */
    interface Work {

        /** Carries out an operation. A failure is the exchange's; nothing is thrown. */
        void run(Exchange exchange, OneDriveOperation kind, Interruption interruption);

        /** Has an exchange fail because its operation was stopped. @param cause may be null */
        void stopped(Exchange exchange, Throwable cause);
    }

    /**
     * @param mostAtOnce how many uploads are in progress at once; of other operations, how many before callers wait
     * @param mostQueued how many uploads wait for their turn before callers do
     * @param paused     whether no upload may begin; {@link #resume()} is called when that is over
     */
    Operations(int mostAtOnce, int mostQueued, BooleanSupplier paused, Executor executor, Work work) {
        this.mostAtOnce = mostAtOnce;
        this.mostQueued = mostQueued;
        this.paused = paused;
        this.executor = executor;
        this.work = work;
    }

    /** Lets operations begin. */
    void start() {
        lock.lock();
        try {
            stopped = false;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Has an operation carried out.
     *
     * @param  callerWaits whether the caller waits for its end in any case
     * @return             true if it has ended, and the callback was called by the calling thread
     */
    boolean process(Exchange exchange, OneDriveOperation kind, boolean callerWaits, AsyncCallback callback) {
        Operation operation = new Operation(exchange, kind, callback);
        boolean begins;
        lock.lock();
        try {
            operation.callerWaits = callerWaits || stopped || isFull(kind);
            begins = accept(operation);
        } finally {
            lock.unlock();
        }
        if (operation.callerWaits) {
            Operation completing = COMPLETING.get();
            if (completing != null) {
                completing.releaseTurn();
            }
        }
        if (begins) {
            execute(operation);
        }
        if (operation.callerWaits) {
            awaitEnd(operation);
            callback.done(true);
        }
        return operation.callerWaits;
    }

    private boolean isFull(OneDriveOperation kind) {
        return kind == OneDriveOperation.upload ? queue.size() >= mostQueued && !isTurnFree() : others >= mostAtOnce;
    }

    private boolean isTurnFree() {
        return uploading < mostAtOnce && queue.isEmpty() && !paused.getAsBoolean();
    }

    /** Returns whether it begins at once. */
    private boolean accept(Operation operation) {
        if (stopped) {
            operation.isStopped(null);
        } else if (operation.isUpload() && !isTurnFree()) {
            queue.add(operation);
        } else {
            begin(operation);
            return true;
        }
        return false;
    }

    private void begin(Operation operation) {
        operation.hasTurn = true;
        inProgress.add(operation);
        if (operation.isUpload()) {
            uploading++;
        } else if (!operation.callerWaits) {
            others++;
        }
    }

    /** Begins uploads that wait, as far as there are turns. */
    void resume() {
        List<Operation> begun = new ArrayList<>();
        lock.lock();
        try {
            while (uploading < mostAtOnce && !queue.isEmpty() && !paused.getAsBoolean()) {
                Operation next = queue.remove();
                begin(next);
                begun.add(next);
            }
        } finally {
            lock.unlock();
        }
        begun.forEach(this::execute);
    }

    private void execute(Operation operation) {
        try {
            executor.execute(operation);
        } catch (RejectedExecutionException noThread) {
            work.stopped(operation.exchange, noThread);
            operation.complete();
        }
    }

    /** Returns how many uploads wait for their turn. */
    int waiting() {
        lock.lock();
        try {
            return queue.size();
        } finally {
            lock.unlock();
        }
    }

    /** An interrupt of the caller stops the operation, which is waited for all the same; another one waits for nothing. */
    private void awaitEnd(Operation operation) {
        boolean interrupted = false;
        lock.lock();
        try {
            while (!operation.hasEnded) {
                try {
                    ended.await();
                } catch (InterruptedException e) {
                    stop(operation, e);
                    if (interrupted) {
                        operation.interruption.force();
                    }
                    interrupted = true;
                }
            }
        } finally {
            lock.unlock();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void stop(Operation operation, Throwable cause) {
        if (queue.remove(operation)) {
            operation.isStopped(cause);
        } else {
            operation.interruption.request();
        }
    }

    /** Stops what is in progress and what waits, each with a failure of its exchange. Nothing begins until the next start. */
    void beginStop() {
        List<Operation> waiting;
        lock.lock();
        try {
            stopped = true;
            waiting = List.copyOf(queue);
            queue.clear();
            inProgress.forEach(operation -> operation.interruption.request());
            waiting.forEach(operation -> operation.isStopped(null));
        } finally {
            lock.unlock();
        }
        waiting.stream().filter(operation -> !operation.callerWaits).forEach(operation -> operation.callback.done(false));
    }

    /**
     * Waits until everything has stopped, for sessions that no journal keeps are ended meanwhile. An interrupt does not end the
     * wait, and is pending afterwards.
     *
     * @return false if something has not stopped in time
     */
    boolean awaitStop(Duration longest) {
        lock.lock();
        try {
            boolean over = await(() -> !isInProgress(), longest);
            inProgress.forEach(operation -> operation.interruption.force());
            return over;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Has the executor do something on a thread that nothing interrupts, and waits for it as {@link #awaitStop} does.
     *
     * @return false if it has not ended in time
     */
    boolean runWhileStopped(Runnable task, Duration longest) {
        AtomicBoolean over = new AtomicBoolean();
        try {
            executor.execute(() -> {
                try {
                    task.run();
                } finally {
                    lock.lock();
                    over.set(true);
                    ended.signalAll();
                    lock.unlock();
                }
            });
        } catch (RejectedExecutionException afterTheComponent) {
            return true;
        }
        lock.lock();
        try {
            return await(over::get, longest);
        } finally {
            lock.unlock();
        }
    }

    private boolean await(BooleanSupplier over, Duration longest) {
        boolean interrupted = false;
        long left = longest.toNanos();
        while (!over.getAsBoolean() && left > 0) {
            try {
                left = ended.awaitNanos(left);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return over.getAsBoolean();
    }

    /** A route may stop itself: it does not wait for its own end. */
    private boolean isInProgress() {
        Operation own = COMPLETING.get();
        return inProgress.stream().anyMatch(operation -> operation != own);
    }

    private final class Operation implements Runnable {

        private final Exchange exchange;
        private final OneDriveOperation kind;
        private final AsyncCallback callback;
        private final Interruption interruption = new Interruption();
        private boolean callerWaits;
        private boolean hasTurn;
        private boolean hasEnded;

        Operation(Exchange exchange, OneDriveOperation kind, AsyncCallback callback) {
            this.exchange = exchange;
            this.kind = kind;
            this.callback = callback;
        }

        boolean isUpload() {
            return kind == OneDriveOperation.upload;
        }

        @Override
        public void run() {
            interruption.begin();
            try {
                work.run(exchange, kind, interruption);
            } finally {
                interruption.end();
            }
            complete();
        }

        /** Goes on with the route, here or on the caller's thread. */
        private void complete() {
            if (!callerWaits) {
                Operation before = COMPLETING.get();
                COMPLETING.set(this);
                try {
                    callback.done(false);
                } finally {
                    COMPLETING.set(before);
                }
            }
            lock.lock();
            try {
                inProgress.remove(this);
                hasEnded = true;
                ended.signalAll();
            } finally {
                lock.unlock();
            }
            releaseTurn();
        }

        private void releaseTurn() {
            lock.lock();
            try {
                if (hasTurn && isUpload()) {
                    uploading--;
                } else if (hasTurn && !callerWaits) {
                    others--;
                }
                hasTurn = false;
            } finally {
                lock.unlock();
            }
            resume();
        }

        /** It never began. */
        private void isStopped(Throwable cause) {
            work.stopped(exchange, cause);
            hasEnded = true;
            ended.signalAll();
        }
    }
}
