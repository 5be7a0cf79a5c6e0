package io.github.camelonedrive.simulator.internal.identity;

import java.time.Clock;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.camelonedrive.simulator.internal.SimulatorSettings;
import io.github.camelonedrive.simulator.internal.drive.Ids;
import io.github.camelonedrive.simulator.internal.drive.SimulatedAccount;
import io.github.camelonedrive.simulator.internal.drive.StateLog;
import io.github.camelonedrive.simulator.internal.http.Call;
import io.github.camelonedrive.simulator.internal.http.GraphErrorResponse;
import io.github.camelonedrive.simulator.internal.http.IssuedSecrets;
import io.github.camelonedrive.simulator.internal.http.WireJson;

/** The one app registration, its grant, and the tokens that came of it. */
public final class Identity {
    /** Characters that arrive changed when a client forgets to form-encode them. */
    private static final String SECRET_TRAPS = "+/=~&%";
    private static final String KEY = "identity";
    private static final String BEARER = "Bearer ";
    private static final String REFRESH_PREFIX = "M.C5_BAY.";
    private static final int KEPT_TOKENS = 200;
    public static final String WRONG_AUDIENCE = "Access token validation failure. Invalid audience.";
    private static final String CHALLENGE =
            "Bearer realm=\"\", authorization_uri=\"https://login.microsoftonline.com/common/oauth2/authorize\","
                    + " client_id=\"00000003-0000-0000-c000-000000000000\"";

    private final SimulatorSettings settings;
    private final Clock clock;
    private final StateLog state;
    private final IssuedSecrets secrets;
    private final String clientId;
    private final String clientSecret;
    private final String tenantId;
    private final String givenRefreshToken;
    private final Map<String, IssuedRefreshToken> refreshTokens = new LinkedHashMap<>();
    private final Map<String, IssuedAccessToken> accessTokens = new LinkedHashMap<>();
    private String newestRefreshToken;
    private boolean clientSecretExpired;
    private boolean wrongAudience;
    /** What tokens carry, whatever was granted; null for what was granted. */
    private Set<String> onlyScopes;
    /** What the next token call has to bring in {@code claims}; null when nothing is demanded. */
    private Claims demand;

    public Identity(SimulatorSettings settings, StateLog state, IssuedSecrets secrets) {
        this.secrets = secrets;
        this.settings = settings;
        this.clock = settings.clock;
        this.state = state;
        JsonNode kept = state.restored(StateLog.Kind.IDENTITY).getOrDefault(KEY, WireJson.object());
        this.clientId = SimulatedAccount.choose(settings.clientId, kept, "clientId", UUID.randomUUID().toString());
        this.clientSecret = SimulatedAccount.choose(settings.clientSecret, kept, "clientSecret", Ids.token(34) + SECRET_TRAPS);
        this.tenantId = SimulatedAccount.choose(settings.tenantId, kept, "tenantId", UUID.randomUUID().toString());
        restoreTokens(kept);
        // A token that was given before has perhaps been rotated since; only a new one starts a new grant.
        this.givenRefreshToken = SimulatedAccount.choose(settings.refreshToken, kept, "givenRefreshToken", null);
        boolean givenBefore = Objects.equals(givenRefreshToken, kept.path("givenRefreshToken").textValue());
        this.newestRefreshToken = SimulatedAccount.choose(givenBefore ? null : settings.refreshToken, kept,
                "newestRefreshToken",
                newToken(REFRESH_PREFIX));
        refreshTokens.computeIfAbsent(newestRefreshToken, token -> newGrant(settings.grantedScopes));
        secrets.add("client_secret", clientSecret);
        secrets.add("refresh_token", newestRefreshToken);
        save();
    }

    private void restoreTokens(JsonNode kept) {
        kept.path("refreshTokens").fields().forEachRemaining(
                entry -> refreshTokens.put(entry.getKey(), IssuedRefreshToken.fromJson(entry.getValue())));
        kept.path("accessTokens").fields().forEachRemaining(
                entry -> accessTokens.put(entry.getKey(), IssuedAccessToken.fromJson(entry.getValue())));
        demand = Claims.of(kept, "demand");
        clientSecretExpired = settings.clientSecretExpired || kept.path("clientSecretExpired").asBoolean();
    }

    private void save() {
        forgetOldest();
        ObjectNode json = WireJson.object().put("clientId", clientId).put("clientSecret", clientSecret).put("tenantId",
                tenantId)
                .put("newestRefreshToken", newestRefreshToken)
                .put("givenRefreshToken", givenRefreshToken)
                .put("clientSecretExpired", clientSecretExpired)
                .put("demand", demand == null ? null : demand.notBefore());
        ObjectNode tokens = json.putObject("refreshTokens");
        refreshTokens.forEach((token, grant) -> tokens.set(token, grant.toJson()));
        ObjectNode living = json.putObject("accessTokens");
        accessTokens.forEach((token, access) -> {
            if (clock.instant().isBefore(access.expires())) {
                living.set(token, access.toJson());
            }
        });
        state.put(StateLog.Kind.IDENTITY, KEY, json);
    }

    /** A simulator that runs for days does not remember every token. */
    private void forgetOldest() {
        forgetOldest(refreshTokens);
        forgetOldest(accessTokens);
    }

    private static void forgetOldest(Map<String, ?> tokens) {
        Iterator<String> oldest = tokens.keySet().iterator();
        while (tokens.size() > KEPT_TOKENS) {
            oldest.next();
            oldest.remove();
        }
    }

    public String clientId() {
        return clientId;
    }

    public String clientSecret() {
        return clientSecret;
    }

    public String tenantId() {
        return tenantId;
    }

    public synchronized String refreshToken() {
        return newestRefreshToken;
    }

    /** From now on every refresh with a token of today fails with this AADSTS number; a new sign-in is good. */
    public synchronized void revoke(int aadsts) {
        refreshTokens.replaceAll((token, grant) -> grant.revoked(aadsts));
        save();
    }

    public synchronized void expireClientSecret() {
        clientSecretExpired = true;
        save();
    }

    synchronized boolean isClientSecretExpired() {
        return clientSecretExpired;
    }

    /** Tokens issued from now on carry exactly these permissions. */
    public synchronized void grantOnly(Set<String> scopes) {
        onlyScopes = scopes;
    }

    /** Makes Graph take all tokens for another service's, or no longer. */
    public synchronized void mistakeAudience(boolean wrong) {
        wrongAudience = wrong;
    }

    /** What a token gets that should get these permissions. */
    synchronized Set<String> effective(Set<String> scopes) {
        return onlyScopes == null ? scopes : onlyScopes;
    }

    /**
     * Uses a refresh token; what it is good for.
     *
     * @throws TokenErrorResponse {@code invalid_grant} if it is unknown, was revoked, or died of idleness
     */
    synchronized IssuedRefreshToken use(String token) {
        IssuedRefreshToken grant = known(token);
        if (grant.revocation() != 0) {
            throw new TokenErrorResponse(400, "invalid_grant", grant.revocation(), revocationText(grant.revocation()),
                    "bad_token");
        }
        Instant now = clock.instant();
        if (!now.isBefore(grant.lastUsed().plus(settings.refreshTokenIdleLifetime))) {
            throw new TokenErrorResponse(400, "invalid_grant", TokenEndpoint.GRANT_REVOKED,
                    "The refresh token has expired due to"
                    + " inactivity. The token was issued on " + grant.lastUsed() + " and was inactive for "
                    + settings.refreshTokenIdleLifetime.toDays() + ".00:00:00.", "bad_token");
        }
        refreshTokens.put(token, grant.usedAt(now));
        return grant;
    }

    private IssuedRefreshToken known(String token) {
        IssuedRefreshToken grant = refreshTokens.get(token);
        if (grant == null) {
            throw new TokenErrorResponse(400, "invalid_grant", 70000,
                    "The provided value for the input parameter 'refresh_token' or 'assertion' is not valid.", "bad_token");
        }
        return grant;
    }

    private static String revocationText(int number) {
        return switch (number) {
            case 700082 -> "The refresh token has expired due to inactivity.";
            case 50173 -> "The provided grant has expired due to it being revoked, a fresh auth token is needed.";
            case 65001 -> "The user or administrator has not consented to use the application.";
            default -> "The user could not be authenticated as the grant is expired or revoked. The user must sign in again.";
        };
    }

    /**
     * A new refresh token, or the same one when rotation is off.
     *
     * @throws TokenErrorResponse if another request has made it invalid meanwhile
     */
    synchronized String rotate(String old) {
        if (!settings.rotateRefreshTokens) {
            save();
            return old;
        }
        IssuedRefreshToken grant = known(old);
        if (settings.invalidateOldRefreshTokens) {
            refreshTokens.values().removeIf(other -> other.grant().equals(grant.grant()));
        }
        return keep(grant.usedAt(clock.instant()));
    }

    /** The refresh token of a new sign-in. */
    synchronized String signedIn(Set<String> scopes) {
        return keep(newGrant(scopes));
    }

    private IssuedRefreshToken newGrant(Set<String> scopes) {
        return new IssuedRefreshToken(UUID.randomUUID().toString(), scopes, clock.instant(), 0);
    }

    private String keep(IssuedRefreshToken grant) {
        newestRefreshToken = newToken(REFRESH_PREFIX);
        refreshTokens.put(newestRefreshToken, grant);
        secrets.add("refresh_token", newestRefreshToken);
        save();
        return newestRefreshToken;
    }

    /** @param claims the {@code claims} parameter of the token call, or null; only those that were demanded end a challenge */
    synchronized String issueAccessToken(boolean appOnly, Set<String> scopes, boolean graph, String claims) {
        if (demand != null && demand.areIn(claims)) {
            demand = null;
        }
        String token = newToken("EwB");
        Instant expires = clock.instant().plus(settings.accessTokenLifetime);
        secrets.add("access_token", token);
        accessTokens.put(token, new IssuedAccessToken(expires, appOnly, scopes, graph, demand));
        save();
        return token;
    }

    public synchronized void expireAccessTokens() {
        accessTokens.replaceAll((token, access) -> access.expiring(Instant.MIN));
        save();
    }

    /** Refuses all access tokens issued until now, and those issued later without the claims that the refusal names. */
    public synchronized void challengeClaims() {
        demand = Claims.issuedSince(clock.instant());
        accessTokens.replaceAll((token, access) -> access.challenged(demand));
        save();
    }

    /** Lets a request through only with a living bearer token. */
    public synchronized IssuedAccessToken authorize(Call call) {
        String header = call.header("Authorization");
        // The name of the scheme is case-insensitive (RFC 9110 §11.1); some clients write it small.
        boolean bearer = header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length());
        if (!bearer || header.length() == BEARER.length()) {
            throw unauthorized("Access token is empty.");
        }
        IssuedAccessToken access = accessTokens.get(header.substring(BEARER.length()));
        if (access == null) {
            throw unauthorized("CompactToken validation failed with reason code: 80049228.");
        }
        if (!access.graph() || wrongAudience) {
            throw unauthorized(WRONG_AUDIENCE);
        }
        if (!clock.instant().isBefore(access.expires())) {
            throw unauthorized("Lifetime validation failed, the token is expired.");
        }
        if (access.challenge() != null) {
            throw unauthorized("Continuous access evaluation resulted in challenge with result: InteractionRequired and code:"
                    + " TokenIssuedBeforeRevocationTimestamp", access.challenge());
        }
        if (access.appOnly() && call.rawPath().matches(Call.GRAPH_PREFIX + "/me(/.*)?")) {
            throw new GraphErrorResponse(400, "BadRequest", "/me request is only valid with delegated authentication flow.");
        }
        return access;
    }

    /** Opaque, and nothing like a JWT, as those of personal accounts are. */
    private String newToken(String prefix) {
        return prefix + Ids.token(80) + "*!$";
    }

    private static GraphErrorResponse unauthorized(String message) {
        return new GraphErrorResponse(401, "InvalidAuthenticationToken", message).header("WWW-Authenticate", CHALLENGE);
    }

    private static GraphErrorResponse unauthorized(String message, Claims claims) {
        return new GraphErrorResponse(401, "InvalidAuthenticationToken", message).header("WWW-Authenticate",
                CHALLENGE + ", error=\"insufficient_claims\", claims=\"" + claims.base64() + "\"");
    }
}
