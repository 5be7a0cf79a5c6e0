package io.github.camelonedrive.component;

import java.util.Optional;

import io.github.camelonedrive.graph.ItemPath;

/**
 * What becomes of a file in OneDrive once it was processed. Remembered as text, so that it is done after a crash too.
 *
 * @param target where it is moved, from the drive's root; empty to delete it
 * @param marker the id of the marker that is deleted with it
 */
record FileTask(Optional<ItemPath> target, Optional<String> marker) {

    private static final String DELETE = "delete";
    private static final String MOVE = "move ";

    static FileTask delete(Optional<String> marker) {
        return new FileTask(Optional.empty(), marker);
    }

    static FileTask move(ItemPath target, Optional<String> marker) {
        return new FileTask(Optional.of(target), marker);
    }

    /** Ids hold no line break, and neither does a name in OneDrive. */
    String text() {
        return target.map(path -> MOVE + path).orElse(DELETE) + marker.map(id -> "\n" + id).orElse("");
    }

    static FileTask parse(String text) {
        String[] lines = text.split("\n", 2);
        Optional<String> marker = lines.length == 2 ? Optional.of(lines[1]) : Optional.empty();
        return lines[0].startsWith(MOVE)
                ? move(ItemPath.parse(lines[0].substring(MOVE.length())), marker) : delete(marker);
    }
}
