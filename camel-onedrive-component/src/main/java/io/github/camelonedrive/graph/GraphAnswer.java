package io.github.camelonedrive.graph;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * An answer with its body read.
 *
 * @param status     the HTTP status
 * @param headers    by lower-case name; the first one where there are several; of WWW-Authenticate all, one a line
 * @param body       parsed; a missing node when there was none or it was no JSON
 * @param retryAfter how long the server asked us to wait
 */
record GraphAnswer(int status, Map<String, String> headers, JsonNode body, Optional<Duration> retryAfter) {

    boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    Optional<String> header(String lowerCaseName) {
        return Optional.ofNullable(headers.get(lowerCaseName.toLowerCase(java.util.Locale.ROOT)));
    }
}
