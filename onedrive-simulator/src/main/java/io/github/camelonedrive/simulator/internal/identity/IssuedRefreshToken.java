package io.github.camelonedrive.simulator.internal.identity;

import java.time.Instant;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.camelonedrive.simulator.internal.http.WireJson;

/**
 * What the simulator knows of a refresh token.
 *
 * @param grant the sign-in that it comes from; all tokens rotated from one another share it
 * @param scopes what the user granted then
 * @param lastUsed when it was issued or last used
 * @param revocation the AADSTS number with which it was revoked, or 0
 */
record IssuedRefreshToken(String grant, Set<String> scopes, Instant lastUsed, int revocation) {

    IssuedRefreshToken usedAt(Instant when) {
        return new IssuedRefreshToken(grant, scopes, when, revocation);
    }

    IssuedRefreshToken revoked(int aadsts) {
        return new IssuedRefreshToken(grant, scopes, lastUsed, aadsts);
    }

    ObjectNode toJson() {
        ObjectNode json = WireJson.object().put("grant", grant).put("lastUsed", lastUsed.toString())
                .put("revocation", revocation);
        ArrayNode names = json.putArray("scopes");
        scopes.forEach(names::add);
        return json;
    }

    static IssuedRefreshToken fromJson(JsonNode json) {
        return new IssuedRefreshToken(json.path("grant").asText(), IssuedAccessToken.texts(json.path("scopes")),
                Instant.parse(json.path("lastUsed").asText()), json.path("revocation").asInt());
    }
}
