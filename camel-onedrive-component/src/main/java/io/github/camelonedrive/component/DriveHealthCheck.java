package io.github.camelonedrive.component;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.support.DefaultExchange;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.auth.GrantType;
import io.github.camelonedrive.auth.InlineCredentials;
import io.github.camelonedrive.auth.TokenProviderDirectory;
import io.github.camelonedrive.graph.GraphException;
import io.github.camelonedrive.transport.TimeSource;

/**
 * Readiness of a destination that a producer sends to: looks its drive up, which takes one small request and proves that
 * signing in, the network and the permission work. Asked more often than each half minute, it answers from memory. It asks
 * nothing while Microsoft wants no requests, and where a person would have to sign in. One of Camel's producer checks, which
 * are off unless {@code camel.health.producersEnabled=true}.
 */
final class DriveHealthCheck implements HealthCheck {

    private static final Duration FRESH = Duration.ofSeconds(30);

    private final OneDriveEndpoint endpoint;
    private final DriveAccess access;
    private final TimeSource time;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile boolean enabled;
    private Optional<Answer> last = Optional.empty();

    private record Answer(long nanos, Optional<Exception> failure) {
    }

    DriveHealthCheck(OneDriveEndpoint endpoint, boolean enabled) {
        this.endpoint = endpoint;
        this.access = new DriveAccess(endpoint);
        this.time = endpoint.getComponent().timeSource();
        this.enabled = enabled;
    }

    @Override
    public Result call(Map<String, Object> options) {
        HealthCheckResultBuilder result = HealthCheckResultBuilder.on(this);
        result.detail(CHECK_ID, getId()).detail(CHECK_GROUP, getGroup()).detail(CHECK_KIND, Kind.READINESS.name());
        result.detail(ENDPOINT_URI, endpoint.toString());
        if (!enabled) {
            return result.detail(CHECK_ENABLED, false).unknown().message("Disabled").build();
        }
        Optional<String> notNow = whyNotNow();
        if (notNow.isPresent()) {
            return result.up().message("The drive of '" + endpoint.getDestination() + "' was not looked up: " + notNow.get())
                    .build();
        }
        Optional<Exception> failure = answer().failure();
        if (failure.isEmpty()) {
            return result.up().build();
        }
        return down(result, failure.get()).build();
    }

    private Optional<String> whyNotNow() {
        if (endpoint.inlineCredentials().filter(DriveHealthCheck::needsAPerson).isPresent()) {
            return Optional.of("a person would have to sign in.");
        }
        return endpoint.throttledUntil().map(until -> "Microsoft wants no requests until " + until + ".");
    }

    private static boolean needsAPerson(InlineCredentials credentials) {
        return credentials.grant() == GrantType.device_code || credentials.grant() == GrantType.authorization_code;
    }

    private HealthCheckResultBuilder down(HealthCheckResultBuilder result, Exception failure) {
        if (failure instanceof OneDriveException known) {
            known.httpStatus().ifPresent(status -> result.detail(HTTP_RESPONSE_CODE, status));
        }
        if (failure instanceof GraphException response && !response.requestId().isEmpty()) {
            result.detail("onedrive.request.id", response.requestId());
        }
        return result.down().message(ProgramWords.message(endpoint.getCamelContext(), failure)).error(failure);
    }

    private Answer answer() {
        lock.lock();
        try {
            if (last.filter(known -> time.nanoTime() - known.nanos < FRESH.toNanos()).isEmpty()) {
                last = Optional.of(new Answer(time.nanoTime(), lookUp()));
            }
            return last.get();
        } finally {
            lock.unlock();
        }
    }

    private Optional<Exception> lookUp() {
        try {
            access.drive(exchange()).items().inAHurry().drive();
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            return Optional.of(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(e);
        }
    }

    /** Carries the vault's credentials, as exchanges do that have passed an {@link EncryptedCredentialProcessor}. */
    private Exchange exchange() throws IOException {
        CamelContext context = endpoint.getCamelContext();
        Exchange exchange = new DefaultExchange(context);
        Optional<TokenProviderDirectory> directory =
                endpoint.getComponent().knownVaults().directoryOf(context, endpoint.getDestination());
        directory.ifPresent(known -> exchange.setProperty(OneDriveConstants.TOKEN_PROVIDERS, known));
        return exchange;
    }

    @Override
    public String getId() {
        return "producer:onedrive-" + endpoint.getDestination();
    }

    @Override
    public String getGroup() {
        return "camel";
    }

    /** A restart would not help. */
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
