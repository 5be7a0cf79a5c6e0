package io.github.camelonedrive.simulator.internal.drive;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

import io.github.camelonedrive.simulator.internal.http.WireJson;

/**
 * The changes of a drive in their order: each item once, at its last change. Guarded by the drive's lock.
 *
 * <p>A change costs the same however many there were. The oldest deletions are forgotten in the end; a client that has not
 * heard of them
 * then has to start over.
 */
public final class ChangeLog {
    private static final int KEPT_DELETIONS = 100_000;
    private static final String FORGOTTEN = "forgottenDeletion";

    private final Clock clock;
    private final StateLog state;
    private final Map<String, Trace> traces = new HashMap<>();
    private final NavigableMap<Long, Trace> inOrder = new TreeMap<>();
    private final NavigableMap<Long, Trace> deletions = new TreeMap<>();
    private long last;
    private long forgotten;

    ChangeLog(Clock clock, StateLog state) {
        this.clock = clock;
        this.state = state;
    }

    /** Takes up what was kept; an item of which nothing was kept counts as new. */
    void restore(Map<String, Item> items, Item root) {
        forgotten = state.restored(StateLog.Kind.COUNTER).getOrDefault(FORGOTTEN, WireJson.object()).path("value").asLong();
        state.restored(StateLog.Kind.CHANGE).forEach((id, json) -> insert(Trace.fromJson(id, json, items.get(id))));
        inOrder.values().stream().filter(trace -> trace.item == null).forEach(trace -> deletions.put(trace.number(), trace));
        addMissing(root);
    }

    private void addMissing(Item item) {
        if (!traces.containsKey(item.id)) {
            changed(item);
        }
        item.children.values().forEach(this::addMissing);
    }

    /** The number of the last change; 0 before the first. */
    public long last() {
        return last;
    }

    /** The number of the newest deletion that is no longer known; 0 when all are. */
    public long forgotten() {
        return forgotten;
    }

    /** What changed since, in order. */
    public Collection<Trace> after(long number) {
        return inOrder.tailMap(number, false).values();
    }

    /** The number of the last change until then. */
    public long numberAt(Instant time) {
        for (Trace trace : inOrder.values()) {
            if (trace.time.isAfter(time)) {
                return trace.number() - 1;
            }
        }
        return last;
    }

    /** The item is new, or something about it is. */
    void changed(Item item) {
        Trace trace = take(item);
        trace.changed = ++last;
        insert(trace);
        save(trace);
    }

    /** The item is in another folder now; what is in it came along. */
    void moved(Item item, Item formerParent) {
        Trace trace = take(item);
        trace.changed = ++last;
        settle(trace, item, formerParent);
        item.children.values().forEach(child -> carried(child, formerParent));
    }

    private void carried(Item item, Item formerParent) {
        Trace trace = take(item);
        trace.carried = ++last;
        settle(trace, item, formerParent);
        item.children.values().forEach(child -> carried(child, formerParent));
    }

    private void settle(Trace trace, Item item, Item formerParent) {
        trace.leave(formerParent, trace.number());
        for (Item folder = item.parent; folder != null; folder = folder.parent) {
            trace.left.remove(folder.id);
        }
        insert(trace);
        save(trace);
    }

    /** The item is gone. Its content is reported as well. */
    void deleted(Item item) {
        Trace trace = take(item);
        trace.changed = ++last;
        trace.leave(item.parent, trace.changed);
        trace.item = null;
        insert(trace);
        save(trace);
        deletions.put(trace.number(), trace);
        if (deletions.size() > KEPT_DELETIONS) {
            forget(deletions.pollFirstEntry().getValue());
        }
    }

    private void forget(Trace trace) {
        forgotten = trace.number();
        state.put(StateLog.Kind.COUNTER, FORGOTTEN, WireJson.object().put("value", forgotten));
        inOrder.remove(trace.number());
        traces.remove(trace.id);
        state.remove(StateLog.Kind.CHANGE, trace.id);
    }

    private Trace take(Item item) {
        Trace trace = traces.computeIfAbsent(item.id, id -> new Trace(id, item));
        inOrder.remove(trace.number());
        trace.note(item, clock.instant());
        return trace;
    }

    private void insert(Trace trace) {
        traces.put(trace.id, trace);
        inOrder.put(trace.number(), trace);
        last = Math.max(last, trace.number());
    }

    private void save(Trace trace) {
        state.put(StateLog.Kind.CHANGE, trace.id, trace.toJson());
    }
}
