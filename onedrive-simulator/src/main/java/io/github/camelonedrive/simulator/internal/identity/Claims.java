package io.github.camelonedrive.simulator.internal.identity;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.github.camelonedrive.simulator.internal.drive.StateLog;

/**
 * What a claims challenge asks for: an access token that is not older than this.
 *
 * @param notBefore seconds since 1970, as text, which is how the claim is written
 */
record Claims(String notBefore) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    static Claims issuedSince(Instant time) {
        return new Claims(Long.toString(time.getEpochSecond()));
    }

    /** As kept in a field of a {@link StateLog}; null when there are none. */
    static Claims of(JsonNode json, String field) {
        return json.hasNonNull(field) ? new Claims(json.get(field).asText()) : null;
    }

    /** As the parameter {@code claims} of {@code WWW-Authenticate} carries them. */
    String base64() {
        String json = "{\"access_token\":{\"nbf\":{\"essential\":true,\"value\":\"" + notBefore + "\"}}}";
        return Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns whether a token call's parameter {@code claims}, null when there was none, asks for them. */
    boolean areIn(String parameter) {
        return parameter != null && parse(parameter).at("/access_token/nbf/value").asText().equals(notBefore);
    }

    /** @throws TokenErrorResponse if a token call's parameter {@code claims} is given and is no JSON object */
    static void check(String parameter) {
        if (parameter != null) {
            parse(parameter);
        }
    }

    private static JsonNode parse(String parameter) {
        try {
            JsonNode json = MAPPER.readTree(parameter);
            if (json != null && json.isObject()) {
                return json;
            }
        } catch (IOException e) {
            // Falls through: text that is no JSON and JSON that is no object are the same mistake.
        }
        throw new TokenErrorResponse(400, "invalid_request", 9002313,
                "Invalid request. The claims parameter is malformed or invalid.");
    }
}
