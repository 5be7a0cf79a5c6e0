package io.github.camelonedrive.simulator.internal.identity;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.camelonedrive.simulator.internal.http.WireJson;

/**
 * What the simulator knows of an access token; it is opaque to clients.
 *
 * @param expires until when it is good
 * @param appOnly whether it stands for the application alone
 * @param scopes the permissions
 * @param graph whether it is meant for Graph
 * @param challenge the claims that it lacks, or null
 */
public record IssuedAccessToken(Instant expires, boolean appOnly, Set<String> scopes, boolean graph, Claims challenge) {

    IssuedAccessToken expiring(Instant when) {
        return new IssuedAccessToken(when, appOnly, scopes, graph, challenge);
    }

    IssuedAccessToken challenged(Claims lacking) {
        return new IssuedAccessToken(expires, appOnly, scopes, graph, lacking);
    }

    ObjectNode toJson() {
        ObjectNode json = WireJson.object().put("expires", expires.toString()).put("appOnly", appOnly).put("graph", graph)
                .put("challenge", challenge == null ? null : challenge.notBefore());
        ArrayNode names = json.putArray("scopes");
        scopes.forEach(names::add);
        return json;
    }

    static IssuedAccessToken fromJson(JsonNode json) {
        return new IssuedAccessToken(Instant.parse(json.path("expires").asText()), json.path("appOnly").asBoolean(),
                texts(json.path("scopes")), json.path("graph").asBoolean(), Claims.of(json, "challenge"));
    }

    static Set<String> texts(JsonNode array) {
        Set<String> texts = new LinkedHashSet<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
