package io.github.camelonedrive.simulator.internal.identity;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.camelonedrive.simulator.internal.SimulatorSettings;
import io.github.camelonedrive.simulator.internal.http.Call;
import io.github.camelonedrive.simulator.internal.http.IssuedSecrets;
import io.github.camelonedrive.simulator.internal.http.Journal;
import io.github.camelonedrive.simulator.internal.http.PercentCoding;
import io.github.camelonedrive.simulator.internal.http.Response;
import io.github.camelonedrive.simulator.internal.http.WireJson;

/** {@code POST /{tenant}/oauth2/v2.0/token}. */
public final class TokenEndpoint {
    /** The AADSTS number of a grant that was revoked or not used for too long. */
    public static final int GRANT_REVOKED = 700082;

    private final SimulatorSettings settings;
    private final Identity identity;
    private final SignInUser user;
    private final Tenants tenants;
    private final ClientAuthentication clients;
    private final Journal journal;
    private final IssuedSecrets secrets;

    TokenEndpoint(SimulatorSettings settings, Identity identity, SignInUser user, Tenants tenants,
            ClientAuthentication clients, Journal journal, IssuedSecrets secrets) {
        this.settings = settings;
        this.identity = identity;
        this.user = user;
        this.tenants = tenants;
        this.clients = clients;
        this.journal = journal;
        this.secrets = secrets;
    }

    Response token(Call call) throws IOException {
        Map<String, String> form = form(call);
        secrets.addForm(form);
        journal.tokenCall(form.getOrDefault("grant_type", ""));
        if (!call.query().isEmpty()) {
            call.violation("parameters in the token URL; they belong into the body");
        }
        tenants.check(call.rawPath());
        clients.check(call, form, call.publicUrl() + call.rawPath());
        Claims.check(form.get("claims"));
        String grantType = required(form, "grant_type");
        return switch (grantType) {
            case "refresh_token" -> refresh(form);
            case "authorization_code" -> authorizationCode(form);
            case DeviceCodes.GRANT_TYPE -> deviceCode(form);
            case "client_credentials" -> clientCredentials(call, form);
            default -> throw new TokenErrorResponse(400, "unsupported_grant_type", 70003,
                    "The app requested an unsupported grant type '" + grantType + "'.");
        };
    }

    /** @throws TokenErrorResponse if the request is no form that was posted */
    static Map<String, String> form(Call call) throws IOException {
        if (!call.method().equals("POST")) {
            throw new TokenErrorResponse(400, "invalid_request", 900561, "The endpoint only accepts POST requests.");
        }
        String type = call.header("Content-Type");
        if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded")) {
            throw TokenErrorResponse.missing("grant_type");
        }
        return PercentCoding.parameters(new String(call.readSmallBody(), StandardCharsets.ISO_8859_1));
    }

    private Response refresh(Map<String, String> form) {
        String token = required(form, "refresh_token");
        Set<String> granted = identity.use(token).scopes();
        RequestedScopes scopes = asked(form);
        Set<String> wanted = scopes == null ? granted : scopes.within(granted);
        String next = wanted.contains(RequestedScopes.OFFLINE_ACCESS) ? identity.rotate(token) : null;
        return delegated(wanted, scopes == null || scopes.graph(), next, form);
    }

    private Response authorizationCode(Map<String, String> form) {
        String code = required(form, "code");
        AuthorizationCodes.Approval approval =
                user.codes().redeem(code, required(form, "redirect_uri"), form.get("code_verifier"));
        return firstTokens(approval.scopes(), form);
    }

    /** The device flow is for public clients; the registration may allow it to others. */
    private Response deviceCode(Map<String, String> form) {
        if (!settings.publicClient && !settings.publicClientFlows) {
            throw ClientAuthentication.needsProof();
        }
        return firstTokens(user.devices().poll(required(form, "device_code")), form);
    }

    private Response firstTokens(RequestedScopes consent, Map<String, String> form) {
        Set<String> granted = consent.consented(settings.grantedScopes);
        RequestedScopes asked = asked(form);
        Set<String> wanted = asked == null ? granted : asked.within(granted);
        String refreshToken = granted.contains(RequestedScopes.OFFLINE_ACCESS) ? identity.signedIn(granted) : null;
        return delegated(wanted, consent.graph(), refreshToken, form);
    }

    /** Null when the parameter {@code scope} was not sent. */
    private static RequestedScopes asked(Map<String, String> form) {
        String scope = form.get("scope");
        return scope == null || scope.isBlank() ? null : RequestedScopes.parse(scope);
    }

    /** @param refreshToken null to hand out none */
    private Response delegated(Set<String> wanted, boolean graph, String refreshToken, Map<String, String> form) {
        Set<String> scopes = identity.effective(wanted);
        ObjectNode body = WireJson.object()
                .put("token_type", "Bearer")
                .put("scope", String.join(" ", RequestedScopes.withoutOfflineAccess(scopes)))
                .put("expires_in", settings.accessTokenLifetime.toSeconds())
                .put("ext_expires_in", settings.accessTokenLifetime.toSeconds())
                .put("access_token", identity.issueAccessToken(false, scopes, graph, form.get("claims")));
        if (refreshToken != null) {
            body.put("refresh_token", refreshToken);
        }
        return success(body);
    }

    /** A token for the application alone: concrete tenant, all its permissions at once, never a refresh token. */
    private Response clientCredentials(Call call, Map<String, String> form) {
        if (!tenants.isConcrete(call.rawPath())) {
            throw new TokenErrorResponse(400, "invalid_request", 9001023,
                    "The grant type is not supported over the /common or /consumers endpoints. Use the tenant's own.");
        }
        if (settings.publicClient) {
            throw ClientAuthentication.needsProof();
        }
        RequestedScopes scopes = RequestedScopes.parse(required(form, "scope"));
        if (!scopes.isDefaultOnly() || !form.get("scope").contains("/.default")) {
            throw new TokenErrorResponse(400, "invalid_scope", 70011,
                    "The provided value for the input parameter 'scope' is not valid."
                    + " Use the resource and '/.default'.");
        }
        Set<String> permissions = identity.effective(scopes.within(settings.grantedScopes));
        return success(WireJson.object().put("token_type", "Bearer")
                .put("expires_in", settings.accessTokenLifetime.toSeconds())
                .put("access_token", identity.issueAccessToken(true, permissions, scopes.graph(), form.get("claims"))));
    }

    private static Response success(ObjectNode body) {
        return Response.json(200, body).header("Cache-Control", "no-store").header("Pragma", "no-cache");
    }

    static String required(Map<String, String> form, String name) {
        String value = form.get(name);
        if (value == null || value.isEmpty()) {
            throw TokenErrorResponse.missing(name);
        }
        return value;
    }
}
