package io.github.camelonedrive.graph;

import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

import io.github.camelonedrive.credentials.Redactor;

/**
 * What an error body says ({@code graph-contract.md} §5, statement 65): the inner part is spelled {@code innerError} or
 * {@code innererror}, nests, or is missing; the body may be empty, HTML or anything.
 *
 * @param code          the top code; empty when there is none
 * @param innermostCode the most specific code; the top code when there is no inner one
 * @param message       for people only, shortened; empty when there is none
 * @param requestId     from the inner part; the response header is looked at elsewhere
 */
record GraphError(String code, String innermostCode, String message, Optional<String> requestId) {

    private static final GraphError NONE = new GraphError("", "", "", Optional.empty());
    private static final int DEEPEST = 16;
    private static final int LONGEST_MESSAGE = 300;

    static GraphError of(JsonNode body) {
        JsonNode error = body.path("error");
        if (!error.isObject()) {
            return NONE;
        }
        String code = error.path("code").asText("");
        String innermost = code;
        Optional<String> requestId = Optional.empty();
        JsonNode inner = inner(error);
        for (int depth = 0; inner.isObject() && depth < DEEPEST; depth++) {
            String innerCode = inner.path("code").asText("");
            // Graph's throttling answers repeat the status here ("429"), which says less than the code above it.
            if (!innerCode.isEmpty() && !innerCode.chars().allMatch(Character::isDigit)) {
                innermost = innerCode;
            }
            if (requestId.isEmpty()) {
                requestId = requestIdOf(inner);
            }
            inner = inner(inner);
        }
        return new GraphError(code, innermost, shorten(error.path("message").asText("")), requestId);
    }

    private static JsonNode inner(JsonNode error) {
        return error.has("innerError") ? error.path("innerError") : error.path("innererror");
    }

    private static Optional<String> requestIdOf(JsonNode inner) {
        return Optional.of(inner.path("request-id").asText("")).filter(id -> !id.isEmpty());
    }

    private static String shorten(String message) {
        String line = Redactor.redact(message).replaceAll("\\s+", " ").strip();
        return line.length() <= LONGEST_MESSAGE ? line : line.substring(0, LONGEST_MESSAGE) + "…";
    }
}
