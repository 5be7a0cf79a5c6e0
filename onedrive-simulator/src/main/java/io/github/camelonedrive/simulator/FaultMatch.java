package io.github.camelonedrive.simulator;

import java.util.function.Predicate;

/** Which requests a {@link Fault} rule is for, and how often. Set up before the rule is given away, only read afterwards. */
final class FaultMatch {
    private final Step step;
    Predicate<RecordedRequest> condition = request -> true;
    int first = 1;
    int times = 1;

    /** @param step the step, or null for any */
    FaultMatch(Step step) {
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
