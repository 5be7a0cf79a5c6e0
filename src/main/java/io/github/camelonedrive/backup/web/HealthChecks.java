package io.github.camelonedrive.backup.web;

import java.time.Duration;
import java.util.List;

import io.github.camelonedrive.backup.trouble.Troubles;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheckRegistry;

/** The health checks of {@code run}, beside Camel's and the component's: readiness of each watch, and liveness. */
public final class HealthChecks {

    private HealthChecks() {
    }

    /** @param after how long a trouble that may pass by itself may last */
    public static void register(CamelContext context, List<WatchHealth> watches, Troubles troubles, Duration after) {
        HealthCheckRegistry registry = HealthCheckRegistry.get(context);
        watches.forEach(watch -> registry.register(new WatchHealthCheck(watch)));
        registry.register(new LivenessCheck(troubles, after));
    }
}
