package io.github.camelonedrive.backup.web;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

import io.github.camelonedrive.backup.trouble.Trouble;
import io.github.camelonedrive.backup.watch.WatchStatus;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** Readiness of one watch: DOWN with each reason and its start while a trouble keeps dumps from being stored. */
final class WatchHealthCheck extends AbstractHealthCheck {

    private final WatchHealth watch;

    WatchHealthCheck(WatchHealth watch) {
        super("onedrive-backup", "watch-" + watch.name());
        this.watch = watch;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder result, Map<String, Object> options) {
        WatchStatus status = watch.status();
        result.detail("lastPoll", text(status.lastPoll()));
        result.detail("lastPollAgeSeconds", Math.max(0, watch.sinceLastPoll(status).toSeconds()));
        result.detail("waiting", status.waiting());
        result.detail("held", status.held());
        status.oldestWaiting().ifPresent(oldest -> result.detail("oldestWaiting", text(oldest)));
        result.detail("lastProven", status.lastProven().map(WatchHealthCheck::text).orElse("never"));
        List<Trouble> troubles = watch.troubles();
        if (!troubles.isEmpty()) {
            result.message(TroubleLines.of(troubles));
        }
        if (troubles.stream().anyMatch(watch::isDown)) {
            result.down();
        } else {
            result.up();
        }
    }

    private static String text(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
