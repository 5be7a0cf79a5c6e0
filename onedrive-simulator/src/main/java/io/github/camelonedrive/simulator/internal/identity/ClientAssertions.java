package io.github.camelonedrive.simulator.internal.identity;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.camelonedrive.simulator.internal.SimulatorSettings;

/**
 * Checks the {@code client_assertion} of a token call: a JWT signed with a registered certificate's key, or one of another
 * issuer for which there is a federated credential (statement 90).
 */
final class ClientAssertions {
    static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static final Duration MAX_LIFETIME = Duration.ofMinutes(10);
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);
    private static final int REJECTED = 700027;
    private static final int NOT_AUTHENTICATED = 50012;
    private static final int NOT_NOW = 700024;

    private final SimulatorSettings settings;
    private final Clock clock;
    private final String clientId;
    /** The ids of accepted assertions, until they would have expired. */
    private final Map<String, Instant> used = new HashMap<>();

    ClientAssertions(SimulatorSettings settings, String clientId) {
        this.settings = settings;
        this.clock = settings.clock;
        this.clientId = clientId;
    }

    /**
     * @param endpoint the token endpoint's URL as the client addressed it
     * @throws TokenErrorResponse if the assertion does not prove that the app is calling
     */
    void check(String type, String assertion, String endpoint) {
        if (!TYPE.equals(type)) {
            throw new TokenErrorResponse(400, "invalid_request", 900144,
                    "The request body must contain the following parameter: 'client_assertion_type'.");
        }
        Jwt jwt = Jwt.parse(assertion).orElseThrow(
                () -> invalidClient(NOT_AUTHENTICATED, "The client assertion is not a signed JSON Web Token."));
        boolean ownKey = jwt.claim("iss").equals(clientId) || settings.federatedCredentials.isEmpty();
        if (ownKey) {
            checkOwn(jwt, endpoint);
        } else {
            checkFederated(jwt);
        }
    }

    private void checkOwn(Jwt jwt, String endpoint) {
        X509Certificate certificate = certificate(jwt);
        boolean header = List.of("PS256", "RS256").contains(jwt.algorithm()) && jwt.header().path("typ").asText().equals("JWT");
        if (!header || !jwt.isSignedBy(certificate.getPublicKey())) {
            throw invalidClient(REJECTED, "Client assertion failed signature validation.");
        }
        if (clock.instant().isAfter(certificate.getNotAfter().toInstant())) {
            throw invalidClient(REJECTED, "The certificate with which the client assertion is signed is expired.");
        }
        if (!jwt.isFor(endpoint)) {
            throw invalidClient(NOT_AUTHENTICATED, "Client assertion audience claim does not match the token endpoint.");
        }
        if (!jwt.claim("iss").equals(clientId) || !jwt.claim("sub").equals(clientId)) {
            throw invalidClient(NOT_AUTHENTICATED,
                    "Client assertion issuer and subject must both be the application identifier.");
        }
        Instant expires = checkTime(jwt, true);
        useOnce(jwt.claim("jti"), expires);
    }

    private X509Certificate certificate(Jwt jwt) {
        String thumbprint = jwt.header().path("x5t#S256").asText();
        return settings.certificates.stream().filter(one -> thumbprint(one).equals(thumbprint)).findFirst()
                .orElseThrow(() -> invalidClient(REJECTED, "The certificate with identifier used to sign the client assertion"
                        + " is not registered on application. [Reason - The key was not found., Thumbprint of key used by"
                        + " client: '" + thumbprint + "']"));
    }

    private static String thumbprint(X509Certificate certificate) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A registered certificate cannot be encoded.", e);
        }
    }

    private void checkFederated(Jwt jwt) {
        List<SimulatorSettings.FederatedCredential> ofIssuer =
                settings.federatedCredentials.stream().filter(one -> one.issuer().equals(jwt.claim("iss"))).toList();
        if (ofIssuer.isEmpty()) {
            throw invalidClient(700211, "No matching federated identity record found for presented assertion issuer '"
                    + jwt.claim("iss") + "'.");
        }
        SimulatorSettings.FederatedCredential match =
                ofIssuer.stream().filter(one -> one.subject().equals(jwt.claim("sub"))).findFirst()
                .orElseThrow(() -> wrongSubject(jwt.claim("sub"), ofIssuer));
        if (!jwt.isFor(match.audience())) {
            throw new TokenErrorResponse(400, "invalid_request", 70021,
                    "No matching federated identity record found for presented assertion audience '" + jwt.claim("aud") + "'.");
        }
        if (!jwt.isSignedBy(match.key())) {
            throw invalidClient(NOT_AUTHENTICATED, "Client assertion failed signature validation.");
        }
        checkTime(jwt, false);
    }

    private static TokenErrorResponse wrongSubject(String subject, List<SimulatorSettings.FederatedCredential> ofIssuer) {
        boolean caseOnly = ofIssuer.stream().anyMatch(one -> one.subject().equalsIgnoreCase(subject));
        return invalidClient(caseOnly ? 7002138 : 700213, "No matching federated identity record found for presented assertion"
                + " subject '" + subject + "'. Matching is case-sensitive.");
    }

    /** When the assertion expires. A token of another issuer may live as long as that one likes. */
    private Instant checkTime(Jwt jwt, boolean limited) {
        Instant now = clock.instant();
        Instant begins = jwt.time("nbf").or(() -> jwt.time("iat")).orElse(now);
        Instant expires = jwt.time("exp").orElse(Instant.MIN);
        Instant latest = (begins.isAfter(now) ? begins : now).plus(MAX_LIFETIME);
        boolean good = expires.isAfter(now) && !begins.isAfter(now.plus(CLOCK_SKEW))
                && !(limited && expires.isAfter(latest));
        if (!good) {
            throw invalidClient(NOT_NOW, "Client assertion is not within its valid time range. Current time: " + now
                    + ", assertion valid from " + begins + ", expiry time of assertion "
                    + (expires.equals(Instant.MIN) ? "missing" : expires) + ".");
        }
        return expires;
    }

    private synchronized void useOnce(String id, Instant expires) {
        used.values().removeIf(until -> until.isBefore(clock.instant()));
        if (id.isEmpty() || used.putIfAbsent(id, expires) != null) {
            throw invalidClient(NOT_AUTHENTICATED, id.isEmpty() ? "The client assertion has no 'jti'."
                    : "The client assertion was used before; each needs a 'jti' of its own.");
        }
    }

    private static TokenErrorResponse invalidClient(int number, String message) {
        return new TokenErrorResponse(401, "invalid_client", number, message);
    }
}
