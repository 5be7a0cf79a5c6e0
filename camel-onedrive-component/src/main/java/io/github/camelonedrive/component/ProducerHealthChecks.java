package io.github.camelonedrive.component;

import java.util.HashMap;
import java.util.Map;

import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.WritableHealthCheckRepository;

/**
 * The health checks of the destinations that producers send to, one for each however many endpoints, dynamic ones included, go
 * there. Does nothing where camel-health is absent.
 */
final class ProducerHealthChecks {

    private final Map<String, Registered> checks = new HashMap<>();

    private record Registered(DriveHealthCheck check, WritableHealthCheckRepository repository, int producers) {

        Registered with(int count) {
            return new Registered(check, repository, count);
        }
    }

    /** A producer of this endpoint was started. */
    synchronized void started(OneDriveEndpoint endpoint) {
        checks.compute(endpoint.getDestination(),
                (destination, known) -> known == null ? register(endpoint) : known.with(known.producers + 1));
    }

    /** A producer of this endpoint was stopped. */
    synchronized void stopped(OneDriveEndpoint endpoint) {
        checks.computeIfPresent(endpoint.getDestination(), (destination, known) -> {
            if (known.producers > 1) {
                return known.with(known.producers - 1);
            }
            known.repository.removeHealthCheck(known.check);
            return null;
        });
    }

    private static Registered register(OneDriveEndpoint endpoint) {
        CamelContext context = endpoint.getCamelContext();
        WritableHealthCheckRepository repository =
                HealthCheckHelper.getHealthCheckRepository(context, "producers", WritableHealthCheckRepository.class);
        if (repository == null) {
            return null;
        }
        DriveHealthCheck check = new DriveHealthCheck(endpoint, endpoint.getComponent().isHealthCheckProducerEnabled());
        repository.addHealthCheck(check);
        return new Registered(check, repository, 1);
    }
}
