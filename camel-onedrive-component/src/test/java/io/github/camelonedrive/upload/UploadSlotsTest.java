package io.github.camelonedrive.upload;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

@Timeout(30)
class UploadSlotsTest {

    private final UploadSlots slots = new UploadSlots();

    @Test
    void oneTooManyWaitsUntilASlotIsFree() throws Exception {
        UploadSlots.Slot first = slots.take(this, 2);
        slots.take(this, 2);
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try {
            Thread[] waiting = new Thread[1];
            Future<UploadSlots.Slot> third = executor.submit(() -> {
                waiting[0] = Thread.currentThread();
                return slots.take(this, 2);
            });
            await().until(() -> waiting[0] != null && waiting[0].getState() == Thread.State.WAITING);
            assertThat(third.isDone()).isFalse();
            first.close();
            third.get(20, TimeUnit.SECONDS).close();
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void closingASlotTwiceFreesItOnce() throws Exception {
        UploadSlots.Slot twice = slots.take(this, 2);
        slots.take(this, 2);
        twice.close();
        twice.close();
        slots.take(this, 2);
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try {
            Thread[] waiting = new Thread[1];
            Future<UploadSlots.Slot> oneTooMany = executor.submit(() -> {
                waiting[0] = Thread.currentThread();
                return slots.take(this, 2);
            });
            await().until(() -> waiting[0] != null && waiting[0].getState() == Thread.State.WAITING);
            assertThat(oneTooMany.isDone()).isFalse();
        } finally {
            executor.shutdownNow();
        }
    }

    private Future<UploadSlots.Slot> waiting(ExecutorService executor, Object user, int limit) {
        Thread[] waiting = new Thread[1];
        Future<UploadSlots.Slot> slot = executor.submit(() -> {
            waiting[0] = Thread.currentThread();
            return slots.take(user, limit);
        });
        await().until(() -> waiting[0] != null && waiting[0].getState() == Thread.State.WAITING);
        return slot;
    }

    @Test
    void take_usersHaveDifferentLimits_eachKeepsItsOwnAndAllTheLargest() throws Exception {
        UploadSlots.Slot narrow = slots.take("narrow", 1);
        UploadSlots.Slot wide = slots.take("wide", 3);
        UploadSlots.Slot second = slots.take("wide", 3);
        ExecutorService executor = Executors.newCachedThreadPool();
        try {
            Future<UploadSlots.Slot> narrowAgain = waiting(executor, "narrow", 1);
            Future<UploadSlots.Slot> third = waiting(executor, "wide", 3);
            second.close();
            third.get(20, TimeUnit.SECONDS);
            wide.close();
            assertThat(narrowAgain.isDone()).isFalse();
            narrow.close();
            narrowAgain.get(20, TimeUnit.SECONDS);
        } finally {
            executor.shutdownNow();
        }
    }

    /** One that always has more to upload must not keep another one out. */
    @Test
    void take_userWithASmallLimitCameFirst_isServedFirst() throws Exception {
        UploadSlots.Slot first = slots.take("wide", 2);
        slots.take("wide", 2);
        ExecutorService executor = Executors.newCachedThreadPool();
        try {
            Future<UploadSlots.Slot> narrow = waiting(executor, "narrow", 1);
            Future<UploadSlots.Slot> wide = waiting(executor, "wide", 2);
            first.close();
            UploadSlots.Slot served = narrow.get(20, TimeUnit.SECONDS);
            assertThat(wide.isDone()).isFalse();
            served.close();
            wide.get(20, TimeUnit.SECONDS);
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void take_interruptedWhileFirst_letsTheNextIn() throws Exception {
        UploadSlots.Slot held = slots.take("wide", 1);
        ExecutorService executor = Executors.newCachedThreadPool();
        try {
            Thread interrupted = new Thread(() -> assertThatExceptionOfType(InterruptedException.class)
                    .isThrownBy(() -> slots.take("first", 1)));
            interrupted.start();
            await().until(() -> interrupted.getState() == Thread.State.WAITING);
            Future<UploadSlots.Slot> next = waiting(executor, "second", 1);
            interrupted.interrupt();
            interrupted.join();
            held.close();
            next.get(20, TimeUnit.SECONDS);
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void whoWaitsCanBeInterrupted() throws Exception {
        slots.take(this, 1);
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> slots.take(this, 1));
        assertThat(Thread.interrupted()).isFalse();
    }
}
