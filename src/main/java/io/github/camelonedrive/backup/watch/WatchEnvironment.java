package io.github.camelonedrive.backup.watch;

import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Executor;

import io.github.camelonedrive.backup.catalogue.Catalogue;
import io.github.camelonedrive.backup.catalogue.DriveIds;
import io.github.camelonedrive.backup.catalogue.InProgressTargets;
import io.github.camelonedrive.backup.trouble.Troubles;

/**
 * What the watches of one run share.
 *
 * @param watches       names of all watches
 * @param catalogue     record of proven dumps
 * @param drives        tells which destinations lead to one drive
 * @param heldDirectory where held dumps are remembered
 * @param inProgress    targets of uploads in progress
 * @param openFiles     tells which files are open for writing
 * @param putAway       reads and moves proven dumps that could not be moved at once
 */
public record WatchEnvironment(Set<String> watches, Catalogue catalogue, DriveIds drives, Path heldDirectory,
                               InProgressTargets inProgress, Troubles troubles, DumpListener listener, WatchClock clock,
                               OpenFiles openFiles, Executor putAway) {

    /** Uses this machine's {@code /proc}. */
    public WatchEnvironment(Set<String> watches, Catalogue catalogue, DriveIds drives, Path heldDirectory, Troubles troubles,
                            DumpListener listener, WatchClock clock, Executor putAway) {
        this(watches, catalogue, drives, heldDirectory, new InProgressTargets(), troubles, listener, clock, new OpenFiles(), putAway);
    }
}
