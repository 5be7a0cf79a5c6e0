package io.github.camelonedrive.simulator;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The one app registration, its grant, and the tokens that came of it. */
final class Identity {
    /** Characters that arrive changed when a client forgets to form-encode them (`graph-contract.md` §9.81). */
    private static final String SECRET_TRAPS = "+/=~&%";

    private final Settings settings;
    private final Clock clock;
    private final Ids ids;
    private final String clientId;
    private final String clientSecret;
    private final String tenantId;
    private final Set<String> refreshTokens = new LinkedHashSet<>();
    private final Map<String, Access> accessTokens = new HashMap<>();
    private String newestRefreshToken;
    private int revocation;

    /** Until when an access token is good, and whether it stands for the application alone. */
    private record Access(Instant expires, boolean appOnly) {
    }

    Identity(Settings settings, Ids ids) {
        this.settings = settings;
        this.clock = settings.clock;
        this.ids = ids;
        this.clientId = settings.clientId == null ? UUID.randomUUID().toString() : settings.clientId;
        this.clientSecret = settings.clientSecret == null ? ids.token(34) + SECRET_TRAPS : settings.clientSecret;
        this.tenantId = settings.tenantId == null ? UUID.randomUUID().toString() : settings.tenantId;
        this.newestRefreshToken = settings.refreshToken == null ? newToken("M.C5_BAY.") : settings.refreshToken;
        refreshTokens.add(newestRefreshToken);
    }

    String clientId() {
        return clientId;
    }

    String clientSecret() {
        return clientSecret;
    }

    String tenantId() {
        return tenantId;
    }

    synchronized String refreshToken() {
        return newestRefreshToken;
    }

    /** From now on every refresh fails with this AADSTS number. */
    synchronized void revoke(int aadsts) {
        revocation = aadsts;
    }

    /** The AADSTS number of the revocation, or 0 while the grant stands. */
    synchronized int revocation() {
        return revocation;
    }

    synchronized boolean isValidRefreshToken(String token) {
        return refreshTokens.contains(token);
    }

    /** A new refresh token, or the same one when rotation is off. */
    synchronized String rotate(String old) {
        if (!settings.rotateRefreshTokens) {
            return old;
        }
        newestRefreshToken = newToken("M.C5_BAY.");
        if (settings.invalidateOldRefreshTokens) {
            refreshTokens.clear();
        }
        refreshTokens.add(newestRefreshToken);
        return newestRefreshToken;
    }

    synchronized String issueAccessToken(boolean appOnly) {
        String token = newToken("EwB");
        accessTokens.put(token, new Access(clock.instant().plus(settings.accessTokenLifetime), appOnly));
        return token;
    }

    synchronized void expireAccessTokens() {
        accessTokens.replaceAll((token, access) -> new Access(Instant.MIN, access.appOnly()));
    }

    /** Lets a request through only with a living bearer token (`graph-contract.md` §5, J9). */
    synchronized void authorize(Call call) {
        String header = call.header("Authorization");
        if (header == null || !header.startsWith("Bearer ") || header.length() == "Bearer ".length()) {
            throw unauthorized("Access token is empty.");
        }
        Access access = accessTokens.get(header.substring("Bearer ".length()));
        if (access == null) {
            throw unauthorized("CompactToken validation failed with reason code: 80049228.");
        }
        if (!clock.instant().isBefore(access.expires())) {
            throw unauthorized("Lifetime validation failed, the token is expired.");
        }
        if (access.appOnly() && call.rawPath().matches(GraphApi.PREFIX + "/me(/.*)?")) {
            throw new GraphException(400, "BadRequest", "/me request is only valid with delegated authentication flow.");
        }
    }

    /** Opaque, and nothing like a JWT, as those of personal accounts are (§7.3). */
    private String newToken(String prefix) {
        return prefix + ids.token(80) + "*!$";
    }

    private static GraphException unauthorized(String message) {
        return new GraphException(401, "InvalidAuthenticationToken", message).header("WWW-Authenticate",
                "Bearer realm=\"\", authorization_uri=\"https://login.microsoftonline.com/common/oauth2/authorize\","
                        + " client_id=\"00000003-0000-0000-c000-000000000000\"");
    }
}
