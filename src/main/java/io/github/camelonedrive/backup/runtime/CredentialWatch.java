package io.github.camelonedrive.backup.runtime;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

import io.github.camelonedrive.auth.TokenProviderDirectory;
import io.github.camelonedrive.backup.failure.Failures;
import io.github.camelonedrive.backup.failure.RemedyCommands;
import io.github.camelonedrive.component.DestinationState;
import io.github.camelonedrive.component.OneDriveComponent;
import io.github.camelonedrive.component.OneDriveConstants;
import io.github.camelonedrive.credentials.CredentialEnd;
import io.github.camelonedrive.credentials.ExpiryLevel;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultExchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the sign-ins of all destinations of the vault, also those that no watch uses: warns once at each threshold
 * before a secret or certificate ends, and uses refresh tokens that were not used for a week, lest they die of idleness. At the
 * start and then each hour, on a thread of its own; nothing that fails here reaches the watches.
 */
public final class CredentialWatch {

    private static final Logger LOG = LoggerFactory.getLogger(CredentialWatch.class);
    private static final long HOURS_BETWEEN = 1;
    private static final Duration SAME_COMPLAINT_HOLDS = Duration.ofDays(1);

    private final Destinations destinations;
    private final Refresh refresh;
    private final BiConsumer<String, Exception> refused;
    private final Map<String, Told> told = new HashMap<>();
    private final Map<String, Complaint> complaints = new HashMap<>();
    private String vaultTrouble = "";

    /** @param refused gets the destination and the failure when a refresh token cannot be used */
    CredentialWatch(Destinations destinations, Refresh refresh, BiConsumer<String, Exception> refused) {
        this.destinations = destinations;
        this.refresh = refresh;
        this.refused = refused;
    }

    /** Begins now and ends with the context. */
    public static void start(CamelContext context, Processor credentials, DestinationTroubles troubles) {
        OneDriveComponent component = context.getComponent("onedrive", OneDriveComponent.class);
        CredentialWatch watch = new CredentialWatch(component::destinationStates,
                destination -> use(context, credentials, destination), troubles::refused);
        ScheduledExecutorService timer =
                context.getExecutorServiceManager().newSingleThreadScheduledExecutor(watch, "credential-watch");
        timer.scheduleWithFixedDelay(watch::check, 0, HOURS_BETWEEN, TimeUnit.HOURS);
    }

    // Through the same vault, lock and store as every sign-in, so that a new refresh token is kept.
    private static void use(CamelContext context, Processor credentials, String destination) throws Exception {
        Exchange exchange = new DefaultExchange(context);
        credentials.process(exchange);
        exchange.getProperty(OneDriveConstants.TOKEN_PROVIDERS, TokenProviderDirectory.class).tokenProvider(destination)
                .accessToken();
    }

    /** One look at all destinations. Never fails. */
    void check() {
        try {
            List<DestinationState> states = destinations.now();
            vaultTrouble = "";
            for (DestinationState state : states) {
                warn(state);
                keepAlive(state);
            }
            told.keySet().retainAll(states.stream().map(DestinationState::name).toList());
            complaints.keySet().retainAll(states.stream().map(DestinationState::name).toList());
        } catch (IOException | RuntimeException e) {
            complainOfTheVault(Failures.message(e));
        }
    }

    private void complainOfTheVault(String message) {
        if (!message.equals(vaultTrouble)) {
            vaultTrouble = message;
            LOG.warn("Sign-ins can't be looked after: {}", message);
        }
    }

    private void warn(DestinationState state) {
        ExpiryLevel level = state.level();
        if (state.end().isEmpty() || !level.isWarning()) {
            told.remove(state.name());
            return;
        }
        CredentialEnd end = state.end().get();
        Told before = told.put(state.name(), new Told(end, level));
        if (before == null || !before.end.equals(end) || before.level != level) {
            LOG.warn("{}", end.text(state.at(), RemedyCommands.WORDS));
        }
    }

    private void keepAlive(DestinationState state) {
        if (!state.refreshDue() || Thread.currentThread().isInterrupted()) {
            complaints.remove(state.name());
            return;
        }
        try {
            refresh.use(state.name());
            complaints.remove(state.name());
            LOG.info("The sign-in of destination {} was renewed: it was {}, and a sign-in that nobody uses dies.", state.name(),
                    state.lastSignIn().map(used -> "last used " + used).orElse("not known when it was last used"));
        } catch (Exception e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            complain(state, Failures.message(e));
            refused.accept(state.name(), e);
        }
    }

    private void complain(DestinationState state, String message) {
        Complaint before = complaints.get(state.name());
        if (before != null && before.message.equals(message)
                && Duration.between(before.at, state.at()).compareTo(SAME_COMPLAINT_HOLDS) < 0) {
            LOG.debug("The sign-in of destination {} still can't be renewed: {}", state.name(), message);
            return;
        }
        complaints.put(state.name(), new Complaint(message, state.at()));
        LOG.warn("The sign-in of destination {} was not used for a while and can't be renewed: {} It is tried again each hour.",
                state.name(), message);
    }

    private record Told(CredentialEnd end, ExpiryLevel level) {
    }

    private record Complaint(String message, Instant at) {
    }

    /** What there is to look after. */
    @FunctionalInterface
    interface Destinations {

        List<DestinationState> now() throws IOException;
    }

    /** Uses a destination's refresh token. */
    @FunctionalInterface
    interface Refresh {

        void use(String destination) throws Exception;
    }
}
