package io.github.camelonedrive.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * What a sink has seen since it was started, or between two looks at it.
 *
 * @param bytes      of request bodies
 * @param cpuSeconds the sink's own user and system time
 */
record SinkCounts(long requests, long bytes, double cpuSeconds) {

    /** @param sink its plain HTTP address */
    static SinkCounts ask(String sink) throws IOException {
        try (InputStream answer = URI.create(sink + "/benchmark/counts").toURL().openStream()) {
            JsonNode counts = new ObjectMapper().readTree(answer);
            return new SinkCounts(counts.path("requests").asLong(), counts.path("bytes").asLong(),
                    counts.path("cpuMillis").asLong() / 1000.0);
        }
    }

    SinkCounts since(SinkCounts before) {
        return new SinkCounts(requests - before.requests, bytes - before.bytes, cpuSeconds - before.cpuSeconds);
    }
}
