package io.github.camelonedrive.simulator.internal.drive;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.camelonedrive.simulator.internal.http.WireJson;

/** What delta has to know of an item, during its life and after. Guarded by the lock of its {@link DriveTree}. */
public final class Trace {
    public final String id;
    /** Null once the item is deleted. */
    public Item item;
    /** Whether it is or was a folder. */
    public boolean folder;
    /** The folder in which it is, or was in the end; null for the root. */
    public String parentId;
    /** The number of its own last change. */
    public long changed;
    /** The number of the last move that carried it along inside a folder; 0 when there was none. */
    long carried;
    Instant time;
    /** The folders in which it was and is no longer, at any depth, and the number of the change by which it left. */
    final Map<String, Long> left = new HashMap<>();

    Trace(String id, Item item) {
        this.id = id;
        this.item = item;
    }

    /** Notes what has to be known of the item when it is gone. */
    void note(Item current, Instant now) {
        folder = current.folder;
        parentId = current.parent == null ? null : current.parent.id;
        time = now;
    }

    /** Where it stands among all changes. */
    public long number() {
        return Math.max(changed, carried);
    }

    /** The number of the change by which it left this folder; 0 when it never did. */
    public long leftAt(Item folder) {
        return left.getOrDefault(folder.id, 0L);
    }

    /** It is no longer in the folder that is given, nor in those above. */
    void leave(Item folder, long number) {
        for (Item ancestor = folder; ancestor != null; ancestor = ancestor.parent) {
            left.put(ancestor.id, number);
        }
    }

    ObjectNode toJson() {
        ObjectNode json = WireJson.object().put("changed", changed).put("carried", carried).put("time", time.toString())
                .put("folder", folder).put("parentId", parentId);
        ObjectNode folders = json.putObject("left");
        left.forEach(folders::put);
        return json;
    }

    /** @param item the item, or null when it is deleted */
    static Trace fromJson(String id, JsonNode json, Item item) {
        Trace trace = new Trace(id, item);
        trace.changed = json.path("changed").asLong();
        trace.carried = json.path("carried").asLong();
        trace.time = Instant.parse(json.path("time").asText());
        trace.folder = json.path("folder").asBoolean();
        trace.parentId = json.path("parentId").textValue();
        json.path("left").fields().forEachRemaining(folder -> trace.left.put(folder.getKey(), folder.getValue().asLong()));
        return trace;
    }
}
