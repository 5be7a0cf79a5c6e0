package io.github.camelonedrive.auth;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Waits by moving the clock, and remembers how long. */
final class RecordingSleeper implements BackoffLoginRetry.Sleeper {

    final List<Duration> waits = new CopyOnWriteArrayList<>();
    private final ManualClock clock;

    RecordingSleeper(ManualClock clock) {
        this.clock = clock;
    }

    @Override
    public void sleep(Duration duration) {
        waits.add(duration);
        clock.advance(duration);
    }
}
