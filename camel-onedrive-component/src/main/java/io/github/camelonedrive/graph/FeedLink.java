package io.github.camelonedrive.graph;

import java.util.Objects;

/**
 * Where to read on in a drive's changes: a {@code nextLink} or {@code deltaLink} of Graph's, or where its 410 says to start
 * anew. Used as it came ({@code graph-contract.md} statement 8); never shown, since it may hold a token.
 *
 * @param value the whole address
 */
public record FeedLink(String value) {

    public FeedLink {
        Objects.requireNonNull(value);
    }

    @Override
    public String toString() {
        return "FeedLink";
    }
}
