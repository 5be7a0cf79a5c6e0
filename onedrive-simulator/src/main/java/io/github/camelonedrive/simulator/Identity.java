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
    private static final String BEARER = "Bearer ";
    private static final String CHALLENGE =
            "Bearer realm=\"\", authorization_uri=\"https://login.microsoftonline.com/common/oauth2/authorize\","
                    + " client_id=\"00000003-0000-0000-c000-000000000000\"";

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
    /** What the next token call has to bring in {@code claims}; null when nothing is demanded. */
    private Claims demand;

    /**
     * An access token.
     *
     * @param expires until when it is good
     * @param appOnly whether it stands for the application alone
     * @param challenge the claims that it lacks, or null
     */
    private record Access(Instant expires, boolean appOnly, Claims challenge) {
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

    /** @param claims the {@code claims} parameter of the token call, or null; only those that were demanded end a challenge */
    synchronized String issueAccessToken(boolean appOnly, String claims) {
        if (demand != null && demand.areIn(claims)) {
            demand = null;
        }
        String token = newToken("EwB");
        accessTokens.put(token, new Access(clock.instant().plus(settings.accessTokenLifetime), appOnly, demand));
        return token;
    }

    synchronized void expireAccessTokens() {
        accessTokens.replaceAll((token, access) -> new Access(Instant.MIN, access.appOnly(), access.challenge()));
    }

    /** Refuses all access tokens issued until now, and those issued later without the claims that the refusal names (§5). */
    synchronized void challengeClaims() {
        demand = Claims.issuedSince(clock.instant());
        accessTokens.replaceAll((token, access) -> new Access(access.expires(), access.appOnly(), demand));
    }

    /** Lets a request through only with a living bearer token (`graph-contract.md` §5, J9). */
    synchronized void authorize(Call call) {
        String header = call.header("Authorization");
        // The name of the scheme is case-insensitive (RFC 9110 §11.1); some clients write it small.
        boolean bearer = header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length());
        if (!bearer || header.length() == BEARER.length()) {
            throw unauthorized("Access token is empty.");
        }
        Access access = accessTokens.get(header.substring(BEARER.length()));
        if (access == null) {
            throw unauthorized("CompactToken validation failed with reason code: 80049228.");
        }
        if (!clock.instant().isBefore(access.expires())) {
            throw unauthorized("Lifetime validation failed, the token is expired.");
        }
        if (access.challenge() != null) {
            throw unauthorized("Continuous access evaluation resulted in challenge with result: InteractionRequired and code:"
                    + " TokenIssuedBeforeRevocationTimestamp", access.challenge());
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
        return new GraphException(401, "InvalidAuthenticationToken", message).header("WWW-Authenticate", CHALLENGE);
    }

    private static GraphException unauthorized(String message, Claims claims) {
        return new GraphException(401, "InvalidAuthenticationToken", message).header("WWW-Authenticate",
                CHALLENGE + ", error=\"insufficient_claims\", claims=\"" + claims.base64() + "\"");
    }
}
