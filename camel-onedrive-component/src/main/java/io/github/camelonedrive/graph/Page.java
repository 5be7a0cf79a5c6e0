package io.github.camelonedrive.graph;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

import io.github.camelonedrive.OneDriveException;

/**
 * One page of a collection (statement 71).
 *
 * @param next the path of the next page, as {@link GraphClient} takes it; empty for the last one
 */
record Page<T>(List<T> entries, String next) {

    /** Makes of an entry what it stands for. */
    @FunctionalInterface
    interface EntryReader<T> {
        T read(JsonNode entry, String purpose) throws UnexpectedAnswerException;
    }

    static <T> Page<T> load(GraphClient client, String path, String purpose, EntryReader<T> reader)
            throws OneDriveException, InterruptedException {
        Page<T> page = client.call("GET", path, null, purpose, (answer, what) -> read(answer, what, reader));
        return page.next.isEmpty() ? page : new Page<>(page.entries, client.pathOfLink(page.next));
    }

    /** All pages. */
    static <T> List<T> all(GraphClient client, String path, String purpose, EntryReader<T> reader)
            throws OneDriveException, InterruptedException {
        List<T> all = new ArrayList<>();
        FollowedLinks followed = new FollowedLinks(purpose);
        followed.start(path);
        String next = path;
        while (!next.isEmpty()) {
            Page<T> page = load(client, next, purpose, reader);
            all.addAll(page.entries);
            next = page.followedBy(followed);
        }
        return all;
    }

    /** Returns {@link #next}, once it has been found to lead on. */
    String followedBy(FollowedLinks followed) throws FollowedLinks.EndlessListingException {
        if (!next.isEmpty()) {
            followed.next(next, entries.size());
        }
        return next;
    }

    /** What has no list is no empty folder: taking it for one could make a second copy of a file that is there. */
    private static <T> Page<T> read(GraphAnswer answer, String purpose, EntryReader<T> reader)
            throws UnexpectedAnswerException {
        JsonNode value = answer.body().path("value");
        if (!value.isArray()) {
            throw new UnexpectedAnswerException(purpose + " failed: OneDrive answered without a list.");
        }
        List<T> entries = new ArrayList<>();
        for (JsonNode entry : value) {
            entries.add(reader.read(entry, purpose));
        }
        return new Page<>(List.copyOf(entries), answer.body().path("@odata.nextLink").asText(""));
    }
}
