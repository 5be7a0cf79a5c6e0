package io.github.camelonedrive.simulator.internal.fault;

import java.util.ArrayList;
import java.util.List;

import io.github.camelonedrive.simulator.RecordedRequest;

/** The fault rules in their order, and how far each is used up. */
public final class FaultPlan {
    private final List<Entry> entries = new ArrayList<>();

    private static final class Entry {
        final FaultRule rule;
        int matches;

        Entry(FaultRule rule) {
            this.rule = rule;
        }
    }

    public synchronized void add(FaultRule rule) {
        entries.add(new Entry(rule));
    }

    public synchronized void clear() {
        entries.clear();
    }

    /** Returns the first rule that applies to this request, or one that does nothing. */
    public synchronized FaultRule take(RecordedRequest request) {
        for (Entry entry : entries) {
            if (entry.rule.matches(request) && entry.rule.appliesTo(++entry.matches)) {
                return entry.rule;
            }
        }
        return FaultRule.NONE;
    }
}
