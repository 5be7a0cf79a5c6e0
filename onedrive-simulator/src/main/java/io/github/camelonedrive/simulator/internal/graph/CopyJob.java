package io.github.camelonedrive.simulator.internal.graph;

import io.github.camelonedrive.simulator.internal.drive.ConflictRule;
import io.github.camelonedrive.simulator.internal.drive.DriveTree;
import io.github.camelonedrive.simulator.internal.drive.Item;

/** A copy that was accepted. Guarded by the lock of its {@link DriveTree}. */
final class CopyJob {
    final Item source;
    final Item parent;
    final String name;
    final ConflictRule conflict;
    /** The error code with which it is to fail, or null. */
    final String failure;
    /** How often its monitor still says that it is not finished. */
    int pollsLeft;
    /** Null until it is done. */
    Item copy;
    /** Null unless it failed. */
    String errorCode;

    CopyJob(Item source, Item parent, String name, ConflictRule conflict, String failure, int polls) {
        this.source = source;
        this.parent = parent;
        this.name = name;
        this.conflict = conflict;
        this.failure = failure;
        this.pollsLeft = polls;
    }

    boolean isFinished() {
        return copy != null || errorCode != null;
    }
}
