package io.github.camelonedrive.component;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import io.github.camelonedrive.RemedyWords;
import io.github.camelonedrive.auth.SignInKind;
import io.github.camelonedrive.credentials.ClientCredential;
import io.github.camelonedrive.credentials.CredentialEnd;
import io.github.camelonedrive.credentials.Destination;
import io.github.camelonedrive.credentials.ExpiryLevel;
import io.github.camelonedrive.credentials.RefreshTokenUse;

/**
 * How a destination of a vault fares at some time: what health check, metrics, console and warnings are made of. Holds no
 * secrets.
 *
 * @param name       the destination's
 * @param at         the time at which all this holds
 * @param signIn     how it signs in
 * @param credential what its app registration proves itself with, for people
 * @param end        when that ends, as far as is known
 * @param lastSignIn when its refresh token was last stored or used, as far as is known
 * @param refreshDue whether its refresh token should be used now, lest it dies of idleness
 * @param throttled  how long Microsoft wants no requests from this process; zero when it takes them
 */
public record DestinationState(
        String name,
        Instant at,
        SignInKind signIn,
        String credential,
        Optional<CredentialEnd> end,
        Optional<Instant> lastSignIn,
        boolean refreshDue,
        Duration throttled) {

    static DestinationState of(Destination destination, Instant now, Duration throttled) {
        return new DestinationState(destination.name(), now, SignInKind.of(destination), label(destination.credential()),
                CredentialEnd.of(destination), destination.signedIn(), RefreshTokenUse.isDue(destination, now), throttled);
    }

    private static String label(ClientCredential credential) {
        if (credential instanceof ClientCredential.ClientSecret) {
            return "client secret";
        }
        if (credential instanceof ClientCredential.Certificate) {
            return "certificate";
        }
        return credential instanceof ClientCredential.FederatedToken ? "federated token" : "none (public client)";
    }

    /** How urgent the end of its credential is. */
    public ExpiryLevel level() {
        return end.map(known -> known.level(at)).orElse(ExpiryLevel.FINE);
    }

    /** What an operator should know and do about the end of its credential; empty while there is time. */
    public Optional<String> warning(RemedyWords words) {
        return end.filter(known -> level().isWarning()).map(known -> known.text(at, words));
    }
}
