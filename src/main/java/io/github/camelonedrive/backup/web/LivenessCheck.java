package io.github.camelonedrive.backup.web;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.github.camelonedrive.backup.trouble.Trouble;
import io.github.camelonedrive.backup.trouble.Troubles;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** Liveness: DOWN only while a trouble lasts that a restart of the program cures. */
final class LivenessCheck extends AbstractHealthCheck {

    private final Troubles troubles;
    private final Duration after;

    LivenessCheck(Troubles troubles, Duration after) {
        super("onedrive-backup", "onedrive-backup-alive");
        this.troubles = troubles;
        this.after = after;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder result, Map<String, Object> options) {
        List<Trouble> down = troubles.current().stream()
                .filter(trouble -> trouble.kind().isCuredByRestart() && trouble.isDown(after, troubles.now())).toList();
        if (down.isEmpty()) {
            result.up();
        } else {
            result.message(TroubleLines.of(down)).down();
        }
    }

    @Override
    public boolean isLiveness() {
        return true;
    }

    @Override
    public boolean isReadiness() {
        return false;
    }
}
