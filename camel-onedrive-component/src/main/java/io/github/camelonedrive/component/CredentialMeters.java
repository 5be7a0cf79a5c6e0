package io.github.camelonedrive.component;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelonedrive.credentials.CredentialEnd;

/**
 * Gauges of a vault's destinations, for the meter registry in Camel's registry: {@code onedrive.credential.expiry}, the seconds
 * until what its app registration proves itself with ends, negative when it has; {@code onedrive.signin.age}, the seconds since
 * its refresh token was last stored or used. Values are those of the moment they are asked for; which destinations there are is
 * looked up at each update. Only this class needs Micrometer, which users may leave out.
 */
final class CredentialMeters {

    private static final Logger LOG = LoggerFactory.getLogger(CredentialMeters.class);

    private final OneDriveComponent component;
    private final UploadMeters uploads;
    private final MultiGauge ends;
    private final MultiGauge ages;

    private CredentialMeters(OneDriveComponent component, MeterRegistry registry) {
        this.component = component;
        this.uploads = new UploadMeters(component, registry);
        this.ends = MultiGauge.builder("onedrive.credential.expiry").baseUnit("seconds")
                .description("Time until the client secret or certificate of a destination ends").register(registry);
        this.ages = MultiGauge.builder("onedrive.signin.age").baseUnit("seconds")
                .description("Time since the refresh token of a destination was last stored or used").register(registry);
    }

    /** Empty unless there is exactly one meter registry. */
    static Optional<CredentialMeters> in(CamelContext context, OneDriveComponent component) {
        Set<MeterRegistry> registries = context.getRegistry().findByType(MeterRegistry.class);
        return registries.size() == 1
                ? Optional.of(new CredentialMeters(component, registries.iterator().next())) : Optional.empty();
    }

    /** Those of uploads, in the same registry. */
    UploadObserver ofUploads() {
        return uploads;
    }

    /** The component was stopped. */
    void close() {
        uploads.close();
    }

    /** Looks for destinations that came or went. While the vault can't be read the known ones stay. */
    void update() {
        try {
            List<DestinationState> states = component.destinationStates();
            ends.register(states.stream().flatMap(state -> state.end().stream()).map(this::row).toList(), true);
            ages.register(states.stream().filter(state -> state.lastSignIn().isPresent()).map(this::ageRow).toList(), true);
        } catch (IOException | RuntimeException e) {
            // The health check says so to people.
            LOG.debug("The gauges of destinations stay as they are: {}", e.getMessage());
        }
    }

    private Row<?> row(CredentialEnd end) {
        return Row.of(Tags.of("destination", end.destination(), "kind", end.kind().name().toLowerCase(Locale.ROOT)),
                end.end(), last -> seconds(Duration.between(component.timeSource().now(), last)));
    }

    private Row<?> ageRow(DestinationState state) {
        Instant used = state.lastSignIn().orElseThrow();
        return Row.of(Tags.of("destination", state.name()), used,
                then -> seconds(Duration.between(then, component.timeSource().now())));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
