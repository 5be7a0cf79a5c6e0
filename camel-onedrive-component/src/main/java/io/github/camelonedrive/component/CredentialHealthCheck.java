package io.github.camelonedrive.component;

import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckResultBuilder;

import io.github.camelonedrive.RemedyWords;
import io.github.camelonedrive.credentials.CredentialEnd;
import io.github.camelonedrive.credentials.ExpiryLevel;

/**
 * Readiness by the credentials of the vault's destinations: DOWN when the credential of a destination has expired that an
 * endpoint uses, or when the vault cannot be read; UP, with the warning as its message, while an end is near or no endpoint
 * uses the destination. No part of liveness, since a restart would not help. No network access.
 */
final class CredentialHealthCheck implements HealthCheck {

    /** By which Camel's settings name it. */
    static final String ID = "onedrive-credentials";

    private final OneDriveComponent component;
    private volatile boolean enabled = true;

    CredentialHealthCheck(OneDriveComponent component) {
        this.component = component;
    }

    @Override
    public Result call(Map<String, Object> options) {
        HealthCheckResultBuilder result = HealthCheckResultBuilder.on(this);
        result.detail(CHECK_ID, ID).detail(CHECK_GROUP, getGroup()).detail(CHECK_KIND, Kind.READINESS.name());
        if (!enabled) {
            return result.detail(CHECK_ENABLED, false).unknown().message("Disabled").build();
        }
        try {
            List<DestinationState> states = component.destinationStates();
            states.forEach(state -> describe(state, result));
            judge(states, result);
        } catch (IOException | RuntimeException e) {
            result.down().message("The vault can't be used: " + ProgramWords.message(component.getCamelContext(), e));
        }
        return result.build();
    }

    private void judge(List<DestinationState> states, HealthCheckResultBuilder result) {
        RemedyWords words = ProgramWords.of(component.getCamelContext());
        String warnings = states.stream().flatMap(state -> state.warning(words).stream()).collect(Collectors.joining("\n"));
        if (!warnings.isEmpty()) {
            result.message(warnings);
        }
        Set<String> used = usedDestinations();
        if (states.stream().anyMatch(state -> state.level() == ExpiryLevel.EXPIRED && used.contains(state.name()))) {
            result.down();
        } else {
            result.up();
        }
    }

    private Set<String> usedDestinations() {
        return component.getCamelContext().getEndpoints().stream().filter(OneDriveEndpoint.class::isInstance)
                .map(endpoint -> ((OneDriveEndpoint) endpoint).getDestination()).collect(Collectors.toSet());
    }

    private static void describe(DestinationState state, HealthCheckResultBuilder result) {
        result.detail(state.name() + ".signIn", state.signIn().name());
        result.detail(state.name() + ".credential", state.credential());
        if (state.end().isPresent()) {
            CredentialEnd end = state.end().get();
            result.detail(state.name() + ".end", end.end().truncatedTo(ChronoUnit.SECONDS).toString());
            result.detail(state.name() + ".daysLeft", end.daysLeft(state.at()));
        }
    }

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public String getGroup() {
        return "onedrive";
    }

    @Override
    public boolean isLiveness() {
        return false;
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
