package io.github.camelonedrive.simulator.internal.graph;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import io.github.camelonedrive.simulator.internal.drive.Item;
import io.github.camelonedrive.simulator.internal.drive.StateLog;
import io.github.camelonedrive.simulator.internal.http.WireJson;

/** Which delta links are still good. Thread-safe. */
public final class DeltaTokens {
    public static final String APPLY_DIFFERENCES = "resyncChangesApplyDifferences";
    private static final String GENERATION = "deltaGeneration";

    private final Clock clock;
    private final Duration lifetime;
    private final StateLog state;
    private long generation;
    private String code = APPLY_DIFFERENCES;

    /** @param lifetime how long a link is good, or null for ever */
    public DeltaTokens(Clock clock, Duration lifetime, StateLog state) {
        this.clock = clock;
        this.lifetime = lifetime;
        this.state = state;
        this.generation = state.restored(StateLog.Kind.COUNTER).getOrDefault(GENERATION,
                WireJson.object()).path("value").asLong();
    }

    /** All links until now die; the response to them bears this code. */
    public synchronized void expireAll(String withCode) {
        generation++;
        code = withCode;
        state.put(StateLog.Kind.COUNTER, GENERATION, WireJson.object().put("value", generation));
    }

    /** Lists everything, and after that only what changes from now on. */
    synchronized DeltaCursor everything(Item scope, long last) {
        return new DeltaCursor(scope.id, generation, clock.instant(), true, last, 0);
    }

    /** Tells what changes after this change. */
    synchronized DeltaCursor after(Item scope, long number) {
        return new DeltaCursor(scope.id, generation, clock.instant(), false, number, number);
    }

    /** @param forgotten the newest change of which the drive knows nothing any more */
    synchronized boolean isDead(DeltaCursor cursor, long forgotten) {
        Instant now = clock.instant();
        boolean tooOld = lifetime != null && !now.isBefore(cursor.issued().plus(lifetime));
        return cursor.generation() != generation || tooOld || cursor.since() < forgotten;
    }

    synchronized String code() {
        return code;
    }
}
