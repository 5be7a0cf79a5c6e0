package io.github.camelonedrive.simulator.internal.identity;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Set;

import io.github.camelonedrive.simulator.internal.SimulatorSettings;
import io.github.camelonedrive.simulator.internal.http.Call;
import io.github.camelonedrive.simulator.internal.http.PercentCoding;

/**
 * Which app calls the token endpoint, and its proof: a secret in the form or as HTTP Basic, an assertion, or, for a public
 * client, nothing (statements 81, 90, 92).
 */
final class ClientAuthentication {
    /** Grants that a user's approval protects, so that an app which may be public needs no proof of its own. */
    private static final Set<String> PUBLIC_GRANTS = Set.of(DeviceCodes.GRANT_TYPE, "authorization_code", "refresh_token");

    private final SimulatorSettings settings;
    private final Identity identity;
    private final ClientAssertions assertions;

    ClientAuthentication(SimulatorSettings settings, Identity identity) {
        this.settings = settings;
        this.identity = identity;
        this.assertions = new ClientAssertions(settings, identity.clientId());
    }

    /**
     * @param endpoint the token endpoint's URL as the client addressed it
     * @throws TokenErrorResponse if it is another app, or this one is not proven
     */
    void check(Call call, Map<String, String> form, String endpoint) {
        String clientId = form.get("client_id");
        String secret = form.get("client_secret");
        String basic = call.header("Authorization");
        if (basic != null && basic.startsWith("Basic ")) {
            String pair = new String(Base64.getDecoder().decode(basic.substring("Basic ".length())), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            clientId = PercentCoding.decodeParameter(pair.substring(0, Math.max(colon, 0)));
            secret = PercentCoding.decodeParameter(pair.substring(colon + 1));
        }
        String assertion = form.get("client_assertion");
        checkId(clientId);
        boolean proof = secret != null || assertion != null;
        if (settings.publicClient) {
            refuseProof(proof);
        } else if (assertion != null) {
            assertions.check(form.get("client_assertion_type"), assertion, endpoint);
        } else if (proof || !mayBePublic(form.get("grant_type"))) {
            checkSecret(secret);
        }
    }

    /** @throws TokenErrorResponse if there is no such app */
    void checkId(String clientId) {
        if (clientId == null || clientId.isEmpty()) {
            throw TokenErrorResponse.missing("client_id");
        }
        if (!clientId.equalsIgnoreCase(identity.clientId())) {
            throw new TokenErrorResponse(400, "unauthorized_client", 700016,
                    "Application with identifier '" + clientId + "' was not found in the directory.");
        }
    }

    private static void refuseProof(boolean proof) {
        if (proof) {
            throw new TokenErrorResponse(401, "invalid_client", 700025,
                    "Client is public so neither 'client_assertion' nor 'client_secret' should be presented.");
        }
    }

    private boolean mayBePublic(String grantType) {
        return settings.publicClientFlows && grantType != null && PUBLIC_GRANTS.contains(grantType);
    }

    private void checkSecret(String secret) {
        if (secret == null) {
            throw needsProof();
        }
        if (!secret.equals(identity.clientSecret())) {
            throw new TokenErrorResponse(401, "invalid_client", 7000215,
                    "Invalid client secret provided. Ensure the secret being sent"
                    + " in the request is the client secret value, not the client secret ID.");
        }
        if (identity.isClientSecretExpired()) {
            throw new TokenErrorResponse(401, "invalid_client", 7000222, "The provided client secret keys for app '"
                    + identity.clientId() + "' are expired.");
        }
    }

    static TokenErrorResponse needsProof() {
        return new TokenErrorResponse(401, "invalid_client", 7000218,
                "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.");
    }
}
