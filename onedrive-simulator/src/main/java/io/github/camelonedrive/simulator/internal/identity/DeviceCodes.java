package io.github.camelonedrive.simulator.internal.identity;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import io.github.camelonedrive.simulator.SignInOutcome;
import io.github.camelonedrive.simulator.internal.SimulatorSettings;
import io.github.camelonedrive.simulator.internal.drive.Ids;
import io.github.camelonedrive.simulator.internal.http.IssuedSecrets;

/** Sign-ins that a device has begun and a user ends elsewhere (statement 96). */
public final class DeviceCodes {
    static final String GRANT_TYPE = "urn:ietf:params:oauth:grant-type:device_code";
    /** Clocks and timers are not exact. */
    private static final Duration TOLERANCE = Duration.ofMillis(50);
    private static final Duration SLOWER = Duration.ofSeconds(5);
    private static final Duration REMEMBERED = Duration.ofHours(1);

    private final SimulatorSettings settings;
    private final Clock clock;
    private final IssuedSecrets secrets;
    private final Map<String, Entry> byDeviceCode = new LinkedHashMap<>();

    private static final class Entry {
        final String userCode;
        final RequestedScopes scopes;
        final Instant expires;
        Duration interval;
        Instant lastPoll = Instant.MIN;
        boolean redeemed;
        /** {@link SignInOutcome.Ask} until the user has decided. */
        SignInOutcome outcome;

        Entry(String userCode, RequestedScopes scopes, Instant expires, Duration interval, SignInOutcome outcome) {
            this.userCode = userCode;
            this.scopes = scopes;
            this.expires = expires;
            this.interval = interval;
            this.outcome = outcome;
        }
    }

    /**
     * A sign-in that was begun.
     *
     * @param deviceCode the device's secret
     * @param userCode what the user types
     */
    record Begun(String deviceCode, String userCode) {
        /** Without the device's secret. */
        @Override
        public String toString() {
            return "Begun " + userCode;
        }
    }

    DeviceCodes(SimulatorSettings settings, IssuedSecrets secrets) {
        this.settings = settings;
        this.secrets = secrets;
        this.clock = settings.clock;
    }

    synchronized Begun begin(RequestedScopes scopes, SignInOutcome outcome) {
        Instant now = clock.instant();
        byDeviceCode.values().removeIf(entry -> entry.expires.plus(REMEMBERED).isBefore(now));
        Begun begun = new Begun("G" + Ids.token(100) + "-_", Ids.userCode());
        secrets.add("device_code", begun.deviceCode());
        byDeviceCode.put(begun.deviceCode(), new Entry(begun.userCode(), scopes, now.plus(settings.deviceCodeLifetime),
                settings.deviceCodeInterval, outcome));
        return begun;
    }

    /**
     * Asks once whether the user has decided.
     *
     * @return what was approved
     * @throws TokenErrorResponse as long as it was not
     */
    synchronized RequestedScopes poll(String deviceCode) {
        Entry entry = byDeviceCode.get(deviceCode);
        if (entry == null) {
            throw new TokenErrorResponse(400, "bad_verification_code", 70018, "The device_code is not valid.");
        }
        if (entry.redeemed) {
            throw new TokenErrorResponse(400, "invalid_grant", 54005, "The device_code was already redeemed.");
        }
        Instant now = clock.instant();
        if (!now.isBefore(entry.expires)) {
            throw new TokenErrorResponse(400, "expired_token", 70019, "The device_code has expired. Start over.");
        }
        checkPace(entry, now);
        if (entry.outcome instanceof SignInOutcome.Refuse refusal) {
            throw new TokenErrorResponse(400, refusal.error(), refusal.aadsts(), refusal.text());
        }
        if (entry.outcome instanceof SignInOutcome.Ask) {
            throw new TokenErrorResponse(400, "authorization_pending", 70016,
                    "OAuth 2.0 device flow error. Authorization is pending. Continue polling.");
        }
        entry.redeemed = true;
        return entry.scopes;
    }

    /** RFC 8628 §3.5: after slow_down a client has to wait 5 s longer from then on. */
    private static void checkPace(Entry entry, Instant now) {
        Instant last = entry.lastPoll;
        entry.lastPoll = now;
        boolean tooFast = !last.equals(Instant.MIN) && now.isBefore(last.plus(entry.interval).minus(TOLERANCE));
        if (tooFast) {
            entry.interval = entry.interval.plus(SLOWER);
            throw new TokenErrorResponse(400, "slow_down", 70016, "The polling interval must be increased by 5 seconds.");
        }
    }

    /** The codes that wait for a user, oldest first. */
    public synchronized List<String> pending() {
        return byDeviceCode.values().stream().filter(this::isPending).map(entry -> entry.userCode).toList();
    }

    /** Returns what the user is asked to consent to; empty when no sign-in waits under this code, in any case and spacing. */
    synchronized Optional<RequestedScopes> asked(String userCode) {
        return find(userCode).map(entry -> entry.scopes);
    }

    /** Returns whether a sign-in waited under this code. */
    public synchronized boolean decide(String userCode, SignInOutcome outcome) {
        Optional<Entry> entry = find(userCode);
        entry.ifPresent(found -> found.outcome = outcome);
        return entry.isPresent();
    }

    private Optional<Entry> find(String userCode) {
        String typed = userCode.replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT);
        return byDeviceCode.values().stream().filter(entry -> entry.userCode.equals(typed) && isPending(entry)).findFirst();
    }

    private boolean isPending(Entry entry) {
        return entry.outcome instanceof SignInOutcome.Ask && clock.instant().isBefore(entry.expires);
    }
}
