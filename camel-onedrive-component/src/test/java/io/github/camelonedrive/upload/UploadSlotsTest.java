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
        UploadSlots.Slot first = slots.take(2);
        slots.take(2);
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try {
            Thread[] waiting = new Thread[1];
            Future<UploadSlots.Slot> third = executor.submit(() -> {
                waiting[0] = Thread.currentThread();
                return slots.take(2);
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
        UploadSlots.Slot twice = slots.take(2);
        slots.take(2);
        twice.close();
        twice.close();
        slots.take(2);
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try {
            Thread[] waiting = new Thread[1];
            Future<UploadSlots.Slot> oneTooMany = executor.submit(() -> {
                waiting[0] = Thread.currentThread();
                return slots.take(2);
            });
            await().until(() -> waiting[0] != null && waiting[0].getState() == Thread.State.WAITING);
            assertThat(oneTooMany.isDone()).isFalse();
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void whoWaitsCanBeInterrupted() throws Exception {
        slots.take(1);
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> slots.take(1));
        assertThat(Thread.interrupted()).isFalse();
    }
}
