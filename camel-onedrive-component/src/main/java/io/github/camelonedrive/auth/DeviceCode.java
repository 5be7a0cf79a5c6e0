package io.github.camelonedrive.auth;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.device.DeviceAuthorizationSuccessResponse;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;

import io.github.camelonedrive.credentials.Secret;
import io.github.camelonedrive.transport.Endpoints;

/**
 * A device code and what belongs to it ({@code graph-contract.md} §7.4).
 *
 * @param value     is polled with, and secret
 * @param userCode  for a person to enter
 * @param address   where to enter it: https, or http on this machine
 * @param lifetime  from when it was given
 * @param interval  the shortest pause between two polls
 */
record DeviceCode(Secret value, String userCode, URI address, Duration lifetime, Duration interval) {

    /** It is shown on terminals and in logs. */
    private static final Pattern PRESENTABLE = Pattern.compile("[A-Za-z0-9-]{1,64}");

    private static final Duration LONGEST_LIFE = Duration.ofHours(1);
    private static final Duration LONGEST_INTERVAL = Duration.ofMinutes(1);
    private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(1);

    /** Empty when the answer is none that can be shown to a person. */
    static Optional<DeviceCode> parse(HTTPResponse response) {
        try {
            DeviceAuthorizationSuccessResponse answer = DeviceAuthorizationSuccessResponse.parse(response);
            URI address = Endpoints.requireSafe("verification_uri", answer.getVerificationURI().toString());
            String userCode = answer.getUserCode().getValue();
            return PRESENTABLE.matcher(userCode).matches()
                    ? Optional.of(new DeviceCode(Secret.of(answer.getDeviceCode().getValue()), userCode, address,
                            atMost(LONGEST_LIFE, answer.getLifetime()),
                            atLeast(SHORTEST_INTERVAL, atMost(LONGEST_INTERVAL, answer.getInterval()))))
                    : Optional.empty();
        } catch (ParseException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Duration atMost(Duration most, long seconds) {
        return Duration.ofSeconds(Math.min(most.toSeconds(), seconds));
    }

    private static Duration atLeast(Duration least, Duration duration) {
        return duration.compareTo(least) < 0 ? least : duration;
    }
}
