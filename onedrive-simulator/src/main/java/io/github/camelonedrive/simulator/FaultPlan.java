package io.github.camelonedrive.simulator;

import java.util.ArrayList;
import java.util.List;

/** The fault rules in their order, and how far each is used up. */
final class FaultPlan {
    private final List<Entry> entries = new ArrayList<>();

    private static final class Entry {
        final Fault fault;
        int matches;

        Entry(Fault fault) {
            this.fault = fault;
        }
    }

    synchronized void add(Fault fault) {
        entries.add(new Entry(fault));
    }

    synchronized void clear() {
        entries.clear();
    }

    synchronized FaultEffect take(RecordedRequest request) {
        for (Entry entry : entries) {
            if (entry.fault.match().matches(request) && entry.fault.match().appliesTo(++entry.matches)) {
                return entry.fault.effect();
            }
        }
        return FaultEffect.none();
    }
}
