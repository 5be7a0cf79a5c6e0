package io.github.camelonedrive.backup.web;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.github.camelonedrive.backup.trouble.Troubles;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.health.HealthCheckRepository;

/**
 * The health checks of {@code run}, beside Camel's and the component's: readiness of each watch, and liveness. A repository,
 * because Camel's registry refuses a single check whose id is that of a route.
 */
public final class HealthChecks implements HealthCheckRepository {

    private final List<HealthCheck> checks;
    private boolean enabled = true;

    private HealthChecks(List<HealthCheck> checks) {
        this.checks = checks;
    }

    /** @param after how long a trouble that may pass by itself may last */
    public static void register(CamelContext context, List<WatchHealth> watches, Troubles troubles, Duration after) {
        List<HealthCheck> checks = Stream.concat(watches.stream().map(WatchHealthCheck::new),
                Stream.of(new LivenessCheck(troubles, after))).map(HealthCheck.class::cast).toList();
        HealthCheckRegistry.get(context).register(new HealthChecks(checks));
    }

    @Override
    public String getId() {
        return "onedrive-backup";
    }

    @Override
    public Stream<HealthCheck> stream() {
        return enabled ? checks.stream() : Stream.empty();
    }

    @Override
    public boolean isEnabled() {
        return enabled;
    }

    @Override
    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }
}
