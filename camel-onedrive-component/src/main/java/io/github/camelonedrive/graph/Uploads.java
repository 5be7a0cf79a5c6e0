package io.github.camelonedrive.graph;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.hc.core5.http.HttpEntity;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.credentials.Secret;

/**
 * The calls that carry content ({@code graph-contract.md} §2, §3). Each is sent once: what a failure of one means depends on
 * where the upload stands, which the engine knows.
 */
public final class Uploads {

    /** A fragment's answer when the service has never heard of 320 KiB borders: the first byte it still wants. */
    private static final String RANGE_START = "^(\\d{1,18})-.*$";

    private final GraphClient client;
    private final DriveAddress address;

    public Uploads(GraphClient client, DriveAddress address) {
        this.client = client;
        this.address = address;
    }

    /** One PUT of the whole content. */
    public DriveItem put(String folderId, String name, ConflictBehavior conflict, HttpEntity content, String purpose)
            throws OneDriveException, InterruptedException {
        String path = address.child(folderId, name, "content") + "?@microsoft.graph.conflictBehavior=" + conflict.wireValue();
        return ItemReader.item(client.attempt("PUT", path, content, Map.of(), purpose), purpose);
    }

    /**
     * Opens a session, always by the parent's id and the name, which works on every kind of drive (statement 25).
     *
     * @param size         lets the service refuse at once what has no room (507)
     * @param lastModified kept by the file; empty leaves it to the service
     */
    public UploadSession open(
            String folderId, String name, ConflictBehavior conflict, long size, Optional<Instant> lastModified, String purpose)
            throws OneDriveException, InterruptedException {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ObjectNode item = body.putObject("item");
        item.put("@microsoft.graph.conflictBehavior", conflict.wireValue());
        item.put("fileSize", size);
        lastModified.ifPresent(time -> item.putObject("fileSystemInfo")
                .put("lastModifiedDateTime", time.truncatedTo(ChronoUnit.SECONDS).toString()));
        GraphAnswer answer = client.attempt("POST", address.child(folderId, name, "createUploadSession"),
                GraphClient.json(body), Map.of(), purpose);
        String url = answer.body().path("uploadUrl").asText("");
        if (url.isEmpty()) {
            throw new UnexpectedAnswerException(purpose + " failed: OneDrive named no place to send to.");
        }
        return new UploadSession(client.preauthenticated(url), state(answer.body()));
    }

    /**
     * A session that was opened earlier, perhaps by another process; where it stands, {@link #status} tells.
     *
     * @throws UnexpectedAnswerException when the address may not be used with these settings
     */
    public UploadSession reopen(Secret url) throws OneDriveException {
        return new UploadSession(client.preauthenticated(url.reveal()), new SessionState(OptionalLong.empty()));
    }

    /** Sends one fragment: bytes {@code start} up to, not including, {@code end} of {@code total}. */
    public FragmentOutcome send(UploadSession session, long start, long end, long total, HttpEntity fragment, String purpose)
            throws OneDriveException, InterruptedException {
        Map<String, String> headers = Map.of("Content-Range", "bytes " + start + "-" + (end - 1) + "/" + total);
        GraphAnswer answer = client.preauthenticated("PUT", session.url(), fragment, headers, purpose);
        return ItemReader.isItem(answer.body())
                ? new FragmentOutcome.Committed(ItemReader.item(answer, purpose))
                : new FragmentOutcome.Pending(state(answer.body()));
    }

    /** Asks where a session stands. */
    public FragmentOutcome status(UploadSession session, String purpose) throws OneDriveException, InterruptedException {
        GraphAnswer answer = client.preauthenticated("GET", session.url(), null, Map.of(), purpose);
        return ItemReader.isItem(answer.body())
                ? new FragmentOutcome.Committed(ItemReader.item(answer, purpose))
                : new FragmentOutcome.Pending(state(answer.body()));
    }

    /** Gives a session up; one that is gone already is fine (statement 55). */
    public void cancel(UploadSession session, String purpose) throws OneDriveException, InterruptedException {
        try {
            client.giveUp(session.url(), purpose);
        } catch (GraphException.NotFound gone) {
            // Expired, cancelled or committed: in each case nothing stays open.
        }
    }

    /** The smallest start of {@code N-} and {@code N-M}, in any number and order (statements 31 and 39). */
    private static SessionState state(JsonNode body) {
        OptionalLong next = OptionalLong.empty();
        for (JsonNode range : body.path("nextExpectedRanges")) {
            String text = range.asText("").strip();
            if (text.matches(RANGE_START)) {
                long start = Long.parseLong(text.substring(0, text.indexOf('-')));
                next = OptionalLong.of(Math.min(start, next.orElse(start)));
            }
        }
        return new SessionState(next, expiry(body.path("expirationDateTime").asText("")));
    }

    /** Only a hint, so a time that can't be read is no failure. */
    private static Optional<Instant> expiry(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException none) {
            return Optional.empty();
        }
    }
}
