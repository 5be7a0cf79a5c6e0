package io.github.camelonedrive.graph;

import java.util.Objects;
import java.util.Optional;

/**
 * Where an item is moved or copied to.
 *
 * @param folder made with its parents when it is missing
 * @param name   what the item is called there; empty when it keeps its name
 */
public record TransferTarget(ItemPath folder, Optional<String> name) {

    public TransferTarget {
        Objects.requireNonNull(folder);
        Objects.requireNonNull(name);
    }

    ItemPath path(DriveItem item) {
        return folder.child(name.orElse(item.name()));
    }
}
