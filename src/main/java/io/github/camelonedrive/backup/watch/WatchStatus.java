package io.github.camelonedrive.backup.watch;

import java.time.Instant;
import java.util.Optional;

/**
 * The state of a watch at some time.
 *
 * @param lastPoll      when the directory was last looked at; before the first time, when the watch began
 * @param waiting       how many dumps are in the directory and not yet proven, those in progress included
 * @param oldestWaiting since when the one waits that waits longest
 * @param held          how many of them are held
 * @param lastProven    when a dump was last proven, also by an earlier run; empty if there was none
 */
public record WatchStatus(Instant lastPoll, long waiting, Optional<Instant> oldestWaiting, long held,
                          Optional<Instant> lastProven) {
}
