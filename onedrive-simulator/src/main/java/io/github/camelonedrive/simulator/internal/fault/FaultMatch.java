package io.github.camelonedrive.simulator.internal.fault;

import java.util.function.Predicate;

import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.RecordedRequest;
import io.github.camelonedrive.simulator.Step;

/** Which requests a {@link Fault} rule is for, and how often. Set up before the rule is given away, only read afterwards. */
public final class FaultMatch {
    private final Step step;
    public Predicate<RecordedRequest> condition = request -> true;
    public int first = 1;
    public int times = 1;

    /** @param step the step, or null for any */
    public FaultMatch(Step step) {
        this.step = step;
    }

    boolean matches(RecordedRequest request) {
        return (step == null || step == request.step()) && condition.test(request);
    }

    /** Whether the rule applies to the request that matched as number {@code number}, counted from 1. */
    boolean appliesTo(int number) {
        return number >= first && number - first < times;
    }
}
