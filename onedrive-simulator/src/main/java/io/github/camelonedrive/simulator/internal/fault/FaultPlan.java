package io.github.camelonedrive.simulator.internal.fault;

import java.util.ArrayList;
import java.util.List;

import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.RecordedRequest;

/** The fault rules in their order, and how far each is used up. */
public final class FaultPlan {
    private final List<Entry> entries = new ArrayList<>();

    private static final class Entry {
        final Fault fault;
        int matches;

        Entry(Fault fault) {
            this.fault = fault;
        }
    }

    public synchronized void add(Fault fault) {
        entries.add(new Entry(fault));
    }

    public synchronized void clear() {
        entries.clear();
    }

    public synchronized FaultEffect take(RecordedRequest request) {
        for (Entry entry : entries) {
            if (entry.fault.match().matches(request) && entry.fault.match().appliesTo(++entry.matches)) {
                return entry.fault.effect();
            }
        }
        return FaultEffect.none();
    }
}
