package io.github.camelonedrive.simulator.internal.identity;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.camelonedrive.simulator.internal.http.Json;

/**
 * What the simulator knows of an access token; clients are told nothing of it.
 *
 * @param expires until when it is good
 * @param appOnly whether it stands for the application alone
 * @param scopes the permissions
 * @param graph whether it is meant for Graph
 * @param challenge the claims that it lacks, or null
 */
public record AccessToken(Instant expires, boolean appOnly, Set<String> scopes, boolean graph, Claims challenge) {

    AccessToken expiring(Instant when) {
        return new AccessToken(when, appOnly, scopes, graph, challenge);
    }

    AccessToken challenged(Claims lacking) {
        return new AccessToken(expires, appOnly, scopes, graph, lacking);
    }

    ObjectNode toJson() {
        ObjectNode json = Json.object().put("expires", expires.toString()).put("appOnly", appOnly).put("graph", graph)
                .put("challenge", challenge == null ? null : challenge.notBefore());
        ArrayNode names = json.putArray("scopes");
        scopes.forEach(names::add);
        return json;
    }

    static AccessToken fromJson(JsonNode json) {
        return new AccessToken(Instant.parse(json.path("expires").asText()), json.path("appOnly").asBoolean(),
                texts(json.path("scopes")), json.path("graph").asBoolean(), Claims.of(json, "challenge"));
    }

    static Set<String> texts(JsonNode array) {
        Set<String> texts = new LinkedHashSet<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
