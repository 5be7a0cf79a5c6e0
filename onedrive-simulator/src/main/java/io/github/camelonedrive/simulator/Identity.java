package io.github.camelonedrive.simulator;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The one app registration, its grant, and the tokens that came of it. */
final class Identity {
    /** Characters that arrive changed when a client forgets to form-encode them (`graph-contract.md` §9.81). */
    private static final String SECRET_TRAPS = "+/=~&%";
    private static final String KEY = "identity";
    private static final String BEARER = "Bearer ";
    private static final String CHALLENGE =
            "Bearer realm=\"\", authorization_uri=\"https://login.microsoftonline.com/common/oauth2/authorize\","
                    + " client_id=\"00000003-0000-0000-c000-000000000000\"";

    private final Settings settings;
    private final Clock clock;
    private final StateLog state;
    private final String clientId;
    private final String clientSecret;
    private final String tenantId;
    private final String givenRefreshToken;
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

    Identity(Settings settings, StateLog state) {
        this.settings = settings;
        this.clock = settings.clock;
        this.state = state;
        JsonNode kept = state.restored(StateLog.Kind.IDENTITY).getOrDefault(KEY, Json.object());
        this.clientId = Account.choose(settings.clientId, kept, "clientId", UUID.randomUUID().toString());
        this.clientSecret = Account.choose(settings.clientSecret, kept, "clientSecret", Ids.token(34) + SECRET_TRAPS);
        this.tenantId = Account.choose(settings.tenantId, kept, "tenantId", UUID.randomUUID().toString());
        restoreTokens(kept);
        // A token that was given before has perhaps been rotated since; only a new one starts a new grant.
        this.givenRefreshToken = Account.choose(settings.refreshToken, kept, "givenRefreshToken", null);
        boolean givenBefore = Objects.equals(givenRefreshToken, kept.path("givenRefreshToken").textValue());
        this.newestRefreshToken = Account.choose(givenBefore ? null : settings.refreshToken, kept, "newestRefreshToken",
                newToken("M.C5_BAY."));
        refreshTokens.add(newestRefreshToken);
        save();
    }

    private void restoreTokens(JsonNode kept) {
        kept.path("refreshTokens").forEach(token -> refreshTokens.add(token.asText()));
        kept.path("accessTokens").fields().forEachRemaining(entry -> {
            JsonNode access = entry.getValue();
            accessTokens.put(entry.getKey(), new Access(Instant.parse(access.path("expires").asText()),
                    access.path("appOnly").asBoolean(), claims(access, "challenge")));
        });
        revocation = kept.path("revocation").asInt();
        demand = claims(kept, "demand");
    }

    private static Claims claims(JsonNode json, String field) {
        return json.hasNonNull(field) ? new Claims(json.get(field).asText()) : null;
    }

    private void save() {
        ObjectNode json = Json.object().put("clientId", clientId).put("clientSecret", clientSecret).put("tenantId", tenantId)
                .put("newestRefreshToken", newestRefreshToken).put("revocation", revocation)
                .put("givenRefreshToken", givenRefreshToken)
                .put("demand", demand == null ? null : demand.notBefore());
        ArrayNode tokens = json.putArray("refreshTokens");
        refreshTokens.forEach(tokens::add);
        ObjectNode living = json.putObject("accessTokens");
        accessTokens.forEach((token, access) -> {
            if (clock.instant().isBefore(access.expires())) {
                living.putObject(token).put("expires", access.expires().toString()).put("appOnly", access.appOnly())
                        .put("challenge", access.challenge() == null ? null : access.challenge().notBefore());
            }
        });
        state.put(StateLog.Kind.IDENTITY, KEY, json);
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
        save();
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
        save();
        return newestRefreshToken;
    }

    /** @param claims the {@code claims} parameter of the token call, or null; only those that were demanded end a challenge */
    synchronized String issueAccessToken(boolean appOnly, String claims) {
        if (demand != null && demand.areIn(claims)) {
            demand = null;
        }
        String token = newToken("EwB");
        accessTokens.put(token, new Access(clock.instant().plus(settings.accessTokenLifetime), appOnly, demand));
        save();
        return token;
    }

    synchronized void expireAccessTokens() {
        accessTokens.replaceAll((token, access) -> new Access(Instant.MIN, access.appOnly(), access.challenge()));
        save();
    }

    /** Refuses all access tokens issued until now, and those issued later without the claims that the refusal names (§5). */
    synchronized void challengeClaims() {
        demand = Claims.issuedSince(clock.instant());
        accessTokens.replaceAll((token, access) -> new Access(access.expires(), access.appOnly(), demand));
        save();
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
        return prefix + Ids.token(80) + "*!$";
    }

    private static GraphException unauthorized(String message) {
        return new GraphException(401, "InvalidAuthenticationToken", message).header("WWW-Authenticate", CHALLENGE);
    }

    private static GraphException unauthorized(String message, Claims claims) {
        return new GraphException(401, "InvalidAuthenticationToken", message).header("WWW-Authenticate",
                CHALLENGE + ", error=\"insufficient_claims\", claims=\"" + claims.base64() + "\"");
    }
}
