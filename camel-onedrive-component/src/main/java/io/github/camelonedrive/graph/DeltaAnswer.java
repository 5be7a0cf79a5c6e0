package io.github.camelonedrive.graph;

import java.util.List;
import java.util.Optional;

/** What a drive answers to the question for its changes ({@code graph-contract.md} §6.11). */
public sealed interface DeltaAnswer {

    /**
     * Some changes.
     *
     * @param changes in Graph's order; the last one of an item counts
     * @param link    where to read on: at once, or, after the last page, when changes are to be asked for next
     * @param last    whether there is nothing more at the moment
     */
    record Page(List<ItemChange> changes, FeedLink link, boolean last) implements DeltaAnswer {

        public Page {
            changes = List.copyOf(changes);
        }
    }

    /**
     * The link is too old: everything has to be read anew (410, statement 78).
     *
     * @param link where to start; empty when the answer did not say
     */
    record Restart(Optional<FeedLink> link) implements DeltaAnswer {
    }
}
