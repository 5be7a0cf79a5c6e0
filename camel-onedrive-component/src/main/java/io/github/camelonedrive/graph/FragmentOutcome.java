package io.github.camelonedrive.graph;

/** What a fragment's answer says. */
public sealed interface FragmentOutcome {

    /** More is wanted, or the server does not say what it made of the fragment. */
    record Pending(SessionState state) implements FragmentOutcome {
    }

    /** It was the last one, and here is the item. */
    record Committed(DriveItem item) implements FragmentOutcome {
    }
}
