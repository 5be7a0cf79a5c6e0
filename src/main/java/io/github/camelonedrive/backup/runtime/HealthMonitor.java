package io.github.camelonedrive.backup.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.github.camelonedrive.backup.failure.Failures;
import io.github.camelonedrive.backup.trouble.Subject;
import io.github.camelonedrive.backup.trouble.TroubleKind;
import io.github.camelonedrive.backup.trouble.Troubles;
import io.github.camelonedrive.backup.watch.WatchStatus;
import io.github.camelonedrive.component.OneDriveComponent;
import org.apache.camel.CamelContext;
import org.apache.camel.RuntimeCamelException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the troubles that no event reports: destinations that cannot work, before the first dump meets them, and watches whose
 * polls do not run. At the start and then each {@value #SECONDS_BETWEEN} s, on a thread of its own.
 */
public final class HealthMonitor {

    /** A poll is due twice a second, and takes a while where many files wait. */
    static final Duration OVERDUE = Duration.ofSeconds(90);

    private static final long SECONDS_BETWEEN = 15;
    private static final Logger LOG = LoggerFactory.getLogger(HealthMonitor.class);

    private final Troubles troubles;
    private final DestinationTroubles destinations;
    private final CredentialWatch.Destinations vault;
    private final Map<String, Supplier<WatchStatus>> watches;
    private final Map<Subject.Watch, Seen> polls = new HashMap<>();
    private final Set<String> unknown = new HashSet<>();

    HealthMonitor(Troubles troubles, DestinationTroubles destinations, CredentialWatch.Destinations vault,
                  Map<String, Supplier<WatchStatus>> watches) {
        this.troubles = troubles;
        this.destinations = destinations;
        this.vault = vault;
        this.watches = watches;
    }

    /**
     * Begins now and ends with the context.
     *
     * @param watches the state of each watch, by its name
     */
    public static void start(CamelContext context, Troubles troubles, DestinationTroubles destinations,
                             Map<String, Supplier<WatchStatus>> watches) {
        OneDriveComponent component = context.getComponent("onedrive", OneDriveComponent.class);
        HealthMonitor monitor = new HealthMonitor(troubles, destinations, component::destinationStates, watches);
        ScheduledExecutorService timer =
                context.getExecutorServiceManager().newSingleThreadScheduledExecutor(monitor, "health-monitor");
        timer.scheduleWithFixedDelay(monitor::check, 0, SECONDS_BETWEEN, TimeUnit.SECONDS);
        addVaultWaits(context, new VaultWaits(troubles));
    }

    private static void addVaultWaits(CamelContext context, VaultWaits waits) {
        try {
            context.addService(waits);
        } catch (Exception e) {
            throw new RuntimeCamelException(e);
        }
    }

    /** Looks once. Never fails. */
    void check() {
        watches.forEach((name, status) -> {
            try {
                checkPoll(new Subject.Watch(name), status.get());
                unknown.remove(name);
            } catch (RuntimeException e) {
                warnOnce(name, e);
            }
        });
        destinations.check(vault);
    }

    private void warnOnce(String watch, RuntimeException failure) {
        if (unknown.add(watch)) {
            LOG.warn("The state of the watch {} cannot be found out: {}. It is tried again each {} s.", watch,
                    Failures.message(failure), SECONDS_BETWEEN);
            LOG.debug("The failure:", failure);
        }
    }

    // The time of a poll may be the wall clock's, which can be set; whether it changes does not depend on that.
    private void checkPoll(Subject.Watch watch, WatchStatus status) {
        Instant now = troubles.now();
        Seen seen = polls.get(watch);
        if (seen == null || !seen.poll.equals(status.lastPoll())) {
            polls.put(watch, new Seen(status.lastPoll(), now));
            troubles.end(TroubleKind.POLL_OVERDUE, watch, "");
        } else if (Duration.between(seen.at, now).compareTo(OVERDUE) >= 0) {
            troubles.begin(TroubleKind.POLL_OVERDUE, watch, "", "The directory was last looked at " + status.lastPoll()
                    + ", though that is due twice a second.", "If its file system responds, restart the program.");
        }
    }

    private record Seen(Instant poll, Instant at) {
    }
}
