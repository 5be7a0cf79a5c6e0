package io.github.camelonedrive.backup.watch;

import java.io.File;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.Optional;

import io.github.camelonedrive.backup.failure.BackupException;
import io.github.camelonedrive.backup.settings.WatchSettings;
import org.apache.camel.component.file.GenericFileFilter;
import org.apache.camel.component.file.GenericFileProcessStrategy;

/** A watched directory, ready to be polled: the two beans that its route hands to Camel's {@code file:} consumer. */
public final class Watch {

    private final WatchSettings settings;
    private final DropDirectory drop;
    private final WatchClock clock;
    private final GenericFileFilter<File> filter;
    private final GenericFileProcessStrategy<File> processStrategy;
    private final Optional<DoneSweeper> sweeper;

    private Watch(WatchSettings settings, DropDirectory drop, DumpListener listener, WatchClock clock) {
        this.settings = settings;
        this.drop = drop;
        this.clock = clock;
        WatchState state = new WatchState(new QuietPeriod(settings.quietPeriod(), clock.steady()),
                new RetrySchedule(clock.steady()), new ProvenDumps());
        this.filter = new SettledFileFilter(settings, drop, state, clock.steady());
        this.processStrategy = new DumpProcessStrategy(settings, drop, state,
                new FailedDumps(settings, drop, clock.wall()), listener);
        this.sweeper = settings.deleteAfter().filter(keep -> !keep.isZero())
                .map(keep -> new DoneSweeper(settings.name(), drop, keep, clock.wall()));
    }

    /**
     * @param  owner the user we run as
     * @throws BackupException when the directory is missing or unsafe
     */
    public static Watch open(WatchSettings settings, UserPrincipal owner, DumpListener listener, WatchClock clock)
            throws BackupException {
        DropDirectory drop = DropDirectory.open(settings.name(), settings.directory(), owner, clock.wall());
        return new Watch(settings, drop, listener, clock);
    }

    public WatchSettings settings() {
        return settings;
    }

    /** The watched directory, absolute, links resolved. */
    public Path directory() {
        return drop.root();
    }

    /** Returns the state of the watch now. */
    public WatchStatus status() {
        return new WatchStatus(clock.steady().instant(), 0, Optional.empty(), 0, Optional.empty());
    }

    /** Shows the consumer complete and due dumps only. */
    public GenericFileFilter<File> filter() {
        return filter;
    }

    /** Decides what becomes of a dump after its upload or failure. */
    public GenericFileProcessStrategy<File> processStrategy() {
        return processStrategy;
    }

    /** How often {@link #sweep()} is worth calling; empty when pushed dumps are kept, or deleted at once. */
    public Optional<Duration> sweepInterval() {
        Duration longest = Duration.ofMinutes(1);
        return sweeper.flatMap(present -> settings.deleteAfter())
                .map(keep -> keep.compareTo(longest) < 0 ? keep : longest);
    }

    /** Deletes pushed dumps that were kept long enough. */
    public void sweep() {
        sweeper.ifPresent(DoneSweeper::sweep);
    }
}
