package io.github.camelonedrive.simulator;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One request that reached the simulator, as it was when it was read from the journal.
 *
 * @param number counts from 1, in order of arrival
 * @param time when its head had arrived, by the simulator's clock
 * @param step what it was for
 * @param method the HTTP method
 * @param path the raw path, still percent-encoded
 * @param query the raw query, or null
 * @param headers all request headers, names in lower case
 * @param itemPath the decoded path of the item it was about, {@code /Backups/x.sql}; empty when it was about none
 * @param fragmentIndex for fragments: how many the session had accepted before this one
 * @param lastFragment whether this was the fragment that ends the file
 * @param bodyLength bytes of the body that were received
 * @param status the status of the response, or 0 while there is none or when the connection was cut
 */
public record RecordedRequest(long number, Instant time, Step step, String method, String path, String query,
        Map<String, List<String>> headers, String itemPath, OptionalInt fragmentIndex, boolean lastFragment,
        long bodyLength, int status) {

    /** The first value of a header, whatever its case. */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream().findFirst();
    }

    /** Without headers and query, because both carry secrets. */
    @Override
    public String toString() {
        return "#" + number + " " + time + " " + step + " " + method + " " + itemPath + " -> " + status
                + " (" + bodyLength + " bytes received)";
    }
}
