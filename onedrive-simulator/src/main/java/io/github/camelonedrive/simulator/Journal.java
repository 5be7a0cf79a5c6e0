package io.github.camelonedrive.simulator;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;

/** Every request, in order of arrival, and everything a good client would not have done. */
final class Journal {
    private static final int KEPT = 100_000;

    private final ArrayDeque<Call> calls = new ArrayDeque<>();
    private final Collection<String> violations = new LinkedHashSet<>();
    private long count;

    synchronized long nextNumber() {
        return ++count;
    }

    /** A simulator that runs for days forgets the oldest requests. */
    synchronized void add(Call call) {
        calls.addLast(call);
        if (calls.size() > KEPT) {
            calls.removeFirst();
        }
    }

    synchronized List<RecordedRequest> requests() {
        return calls.stream().map(Call::record).toList();
    }

    synchronized void violation(String what) {
        violations.add(what);
    }

    void violation(Call call, String what) {
        violation(call.step() + " " + call.itemPath() + ": " + what);
    }

    synchronized List<String> violations() {
        return new ArrayList<>(violations);
    }

    synchronized void clear() {
        calls.clear();
        violations.clear();
    }
}
