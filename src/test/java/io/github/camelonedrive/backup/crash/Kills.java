package io.github.camelonedrive.backup.crash;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/** How many processes died, and at what; from all threads. */
final class Kills {

    private final Map<String, AtomicInteger> died = new ConcurrentSkipListMap<>();
    private final AtomicInteger missed = new AtomicInteger();

    void died(Moment moment) {
        died.computeIfAbsent(moment.kind(), kind -> new AtomicInteger()).incrementAndGet();
    }

    /** The dump was put away before the moment came. */
    void missed(Moment moment) {
        missed.incrementAndGet();
    }

    @Override
    public String toString() {
        int sum = died.values().stream().mapToInt(AtomicInteger::get).sum();
        return sum + " kills " + died + ", " + missed + " moments that did not come";
    }
}
