package io.github.camelonedrive.simulator.internal.http;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

import io.github.camelonedrive.simulator.RecordedRequest;

/** Every request, in order of arrival, and everything a good client would not have done. */
public final class Journal {
    static final int KEPT = 50_000;
    private static final int KEPT_VIOLATIONS = 10_000;

    /** A finished request is kept as its record alone: the call itself holds on to its connection. */
    private final Map<Long, Entry> entries = new LinkedHashMap<>();
    private final Collection<String> violations = new LinkedHashSet<>();
    private final Map<String, Integer> tokenCalls = new LinkedHashMap<>();
    private long count;

    private record Entry(Call running, RecordedRequest finished) {
        RecordedRequest view() {
            return finished == null ? running.record() : finished;
        }
    }

    public synchronized long nextNumber() {
        return ++count;
    }

    public synchronized void begin(Call call) {
        entries.put(call.number(), new Entry(call, null));
        // A simulator that runs for days forgets the oldest requests.
        if (entries.size() > KEPT) {
            entries.remove(entries.keySet().iterator().next());
        }
    }

    public synchronized void end(Call call) {
        entries.computeIfPresent(call.number(), (number, entry) -> new Entry(null, call.record()));
    }

    public synchronized List<RecordedRequest> requests() {
        return entries.values().stream().map(Entry::view).toList();
    }

    public synchronized void violation(String what) {
        // The first of them say what is wrong; a client that runs for days must not fill the memory.
        if (violations.size() < KEPT_VIOLATIONS) {
            violations.add(what);
        }
    }

    public synchronized List<String> violations() {
        return new ArrayList<>(violations);
    }

    /** @param grantType as it was sent; empty when it was not */
    public synchronized void tokenCall(String grantType) {
        tokenCalls.merge(grantType, 1, Integer::sum);
    }

    public synchronized Map<String, Integer> tokenCalls() {
        return Map.copyOf(tokenCalls);
    }

    public synchronized void clear() {
        entries.clear();
        tokenCalls.clear();
        violations.clear();
    }
}
