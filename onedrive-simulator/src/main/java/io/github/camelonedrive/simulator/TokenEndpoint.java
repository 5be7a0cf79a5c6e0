package io.github.camelonedrive.simulator;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** {@code POST /{tenant}/oauth2/v2.0/token} (`graph-contract.md` §7.3, §7.5). */
final class TokenEndpoint {
    static final String SUFFIX = "/oauth2/v2.0/token";
    /** The AADSTS number of a grant that was revoked or not used for too long. */
    static final int GRANT_REVOKED = 700082;
    private static final String PERSONAL_TENANT = "9188040d-6c67-4c5b-b112-36a304b66dad";
    private static final Set<String> ALWAYS_GRANTED = Set.of("openid", "profile", "email");

    private final Settings settings;
    private final Identity identity;
    private final Journal journal;

    TokenEndpoint(Settings settings, Identity identity, Journal journal) {
        this.settings = settings;
        this.identity = identity;
        this.journal = journal;
    }

    Answer token(Call call) throws IOException {
        checkTransport(call);
        Map<String, String> form = PercentCoding.parameters(new String(call.readSmallBody(), StandardCharsets.ISO_8859_1));
        checkTenant(call.rawPath());
        authenticateClient(call, form);
        Claims.check(form.get("claims"));
        String grantType = required(form, "grant_type");
        return switch (grantType) {
            case "refresh_token" -> refresh(form);
            case "client_credentials" -> clientCredentials(call, form);
            default -> throw new TokenError(400, "unsupported_grant_type", 70003,
                    "The app requested an unsupported grant type '" + grantType + "'.");
        };
    }

    private void checkTransport(Call call) {
        if (!call.method().equals("POST")) {
            throw new TokenError(400, "invalid_request", 900561, "The endpoint only accepts POST requests.");
        }
        String type = call.header("Content-Type");
        if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded")) {
            throw new TokenError(400, "invalid_request", 900144,
                    "The request body must contain the following parameter: 'grant_type'.");
        }
        if (!call.query().isEmpty()) {
            journal.violation(call, "parameters in the token URL; they belong into the body");
        }
    }

    private void checkTenant(String rawPath) {
        String tenant = tenant(rawPath);
        boolean known = switch (tenant) {
            case "common" -> true;
            case "consumers", PERSONAL_TENANT -> settings.accountType.isPersonal();
            case "organizations" -> !settings.accountType.isPersonal();
            default -> tenant.equals(identity.tenantId().toLowerCase(Locale.ROOT));
        };
        if (known) {
            return;
        }
        if (!tenant.matches("[0-9a-z.-]+")) {
            throw new TokenError(400, "invalid_request", 900023, "Specified tenant identifier '" + tenant
                    + "' is neither a valid DNS name, nor a valid external domain.");
        }
        if (List.of("consumers", "organizations", PERSONAL_TENANT).contains(tenant)) {
            throw new TokenError(400, "invalid_request", 9002332,
                    "The account type is not allowed at the /" + tenant + " endpoint.");
        }
        throw new TokenError(400, "invalid_request", 90002, "Tenant '" + tenant + "' not found.");
    }

    private static String tenant(String rawPath) {
        return PercentCoding.decodeSegment(rawPath.substring(1, rawPath.length() - SUFFIX.length())).toLowerCase(Locale.ROOT);
    }

    private void authenticateClient(Call call, Map<String, String> form) {
        String clientId = form.get("client_id");
        String secret = form.get("client_secret");
        String basic = call.header("Authorization");
        if (basic != null && basic.startsWith("Basic ")) {
            String pair = new String(Base64.getDecoder().decode(basic.substring("Basic ".length())), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            clientId = PercentCoding.decodeParameter(pair.substring(0, Math.max(colon, 0)));
            secret = PercentCoding.decodeParameter(pair.substring(colon + 1));
        }
        if (clientId == null) {
            throw missing("client_id");
        }
        if (!clientId.equalsIgnoreCase(identity.clientId())) {
            throw new TokenError(400, "unauthorized_client", 700016,
                    "Application with identifier '" + clientId + "' was not found in the directory.");
        }
        checkSecret(secret, form.containsKey("client_assertion"));
    }

    private void checkSecret(String secret, boolean hasAssertion) {
        if (settings.publicClient) {
            if (secret != null || hasAssertion) {
                throw new TokenError(401, "invalid_client", 700025,
                        "Client is public so neither 'client_assertion' nor 'client_secret' should be presented.");
            }
            return;
        }
        if (hasAssertion) {
            throw new TokenError(401, "invalid_client", 700027, "The certificate is not registered for this application.");
        }
        if (secret == null) {
            throw new TokenError(401, "invalid_client", 7000218,
                    "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.");
        }
        if (!secret.equals(identity.clientSecret())) {
            throw new TokenError(401, "invalid_client", 7000215, "Invalid client secret provided. Ensure the secret being sent"
                    + " in the request is the client secret value, not the client secret ID.");
        }
    }

    private Answer refresh(Map<String, String> form) {
        String token = required(form, "refresh_token");
        int revocation = identity.revocation();
        if (revocation != 0) {
            throw new TokenError(400, "invalid_grant", revocation, revocationText(revocation), "bad_token");
        }
        if (!identity.isValidRefreshToken(token)) {
            throw new TokenError(400, "invalid_grant", 70000,
                    "The provided value for the input parameter 'refresh_token' or 'assertion' is not valid.", "bad_token");
        }
        Set<String> scopes = scopes(form.get("scope"));
        ObjectNode body = Json.object()
                .put("token_type", "Bearer")
                .put("scope", String.join(" ", withoutOfflineAccess(scopes)))
                .put("expires_in", settings.accessTokenLifetime.toSeconds())
                .put("ext_expires_in", settings.accessTokenLifetime.toSeconds())
                .put("access_token", identity.issueAccessToken(false, form.get("claims")));
        if (scopes.contains("offline_access")) {
            body.put("refresh_token", identity.rotate(token));
        }
        return success(body);
    }

    /** A token for the application alone: concrete tenant, all its scopes at once, never a refresh token (§7.3). */
    private Answer clientCredentials(Call call, Map<String, String> form) {
        if (!tenant(call.rawPath()).equals(identity.tenantId().toLowerCase(Locale.ROOT)) || settings.accountType.isPersonal()) {
            throw new TokenError(400, "invalid_request", 9001023,
                    "The grant type is not supported over the /common or /consumers endpoints. Use the tenant's own.");
        }
        if (settings.publicClient) {
            throw new TokenError(401, "invalid_client", 7000218,
                    "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.");
        }
        if (!required(form, "scope").endsWith("/.default")) {
            throw new TokenError(400, "invalid_scope", 70011, "The provided value for the input parameter 'scope' is not valid."
                    + " Use the resource and '/.default'.");
        }
        return success(Json.object().put("token_type", "Bearer")
                .put("expires_in", settings.accessTokenLifetime.toSeconds())
                .put("access_token", identity.issueAccessToken(true, form.get("claims"))));
    }

    private static Answer success(ObjectNode body) {
        return Answer.json(200, body).header("Cache-Control", "no-store").header("Pragma", "no-cache");
    }

    /** What the new token is good for: a part of what was granted, or all of it when nothing is asked for. */
    private Set<String> scopes(String asked) {
        if (asked == null || asked.isBlank()) {
            return settings.grantedScopes;
        }
        Set<String> scopes = new LinkedHashSet<>();
        for (String scope : asked.trim().split("\\s+")) {
            String name = scope.substring(scope.lastIndexOf('/') + 1);
            if (name.equals(".default")) {
                settings.grantedScopes.stream().filter(s -> !s.equals("offline_access")).forEach(scopes::add);
            } else if (settings.grantedScopes.stream().anyMatch(name::equalsIgnoreCase) || ALWAYS_GRANTED.contains(name)) {
                scopes.add(name);
            } else {
                throw new TokenError(400, "invalid_grant", 65001, "The user or administrator has not consented to use the"
                        + " application with the scope '" + scope + "'.", "consent_required");
            }
        }
        return scopes;
    }

    private static List<String> withoutOfflineAccess(Set<String> scopes) {
        return scopes.stream().filter(scope -> !scope.equals("offline_access")).toList();
    }

    private static String revocationText(int number) {
        return switch (number) {
            case 700082 -> "The refresh token has expired due to inactivity.";
            case 50173 -> "The provided grant has expired due to it being revoked, a fresh auth token is needed.";
            case 65001 -> "The user or administrator has not consented to use the application.";
            default -> "The user could not be authenticated as the grant is expired or revoked. The user must sign in again.";
        };
    }

    private static String required(Map<String, String> form, String name) {
        String value = form.get(name);
        if (value == null || value.isEmpty()) {
            throw missing(name);
        }
        return value;
    }

    private static TokenError missing(String name) {
        return new TokenError(400, "invalid_request", 900144,
                "The request body must contain the following parameter: '" + name + "'.");
    }

    static boolean isTokenPath(String rawPath) {
        return rawPath.endsWith(SUFFIX) && Arrays.stream(rawPath.split("/")).filter(s -> !s.isEmpty()).count() == 4;
    }
}
