package io.github.camelonedrive.backup.catalogue;

import java.util.Locale;
import java.util.Optional;

/** What a line of the catalogue reports. */
public enum Event {

    /** OneDrive has the dump, proven; it is about to be put away. */
    PROVEN(true),

    /** The file in {@code .done/} has another modification time, but the bytes that were proven. */
    SEEN(true),

    /** A file that lay in {@code .done/} when this record began. It counts as seen then, and is never uploaded. */
    FOUND(true),

    /** The file in {@code .done/} is no longer what was proven, and is left alone. */
    CHANGED_LATER(true),

    /** The file in {@code .done/} changed soon after its proof and is back in the watched directory. */
    RETURNED(false),

    /** The file was deleted from {@code .done/}. */
    DELETED(false);

    private final boolean inDone;

    Event(boolean inDone) {
        this.inDone = inDone;
    }

    /** Whether the file lies in {@code .done/} after this event. */
    boolean inDone() {
        return inDone;
    }

    /** The name in the file: lower case, with hyphens. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns the event of that label; empty for one that this version does not know. */
    static Optional<Event> ofLabel(String label) {
        for (Event event : values()) {
            if (event.label().equals(label)) {
                return Optional.of(event);
            }
        }
        return Optional.empty();
    }
}
