package io.github.camelonedrive.graph;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.OptionalLong;

import com.fasterxml.jackson.databind.JsonNode;

/** Turns Graph's JSON into our types. Only an item's id has to be there (statement 21). */
final class ItemReader {

    private ItemReader() {
    }

    static boolean isItem(JsonNode node) {
        return !node.path("id").asText("").isEmpty();
    }

    /** The item that an answer is. */
    static DriveItem item(GraphAnswer answer, String purpose) throws UnexpectedAnswerException {
        return item(answer.body(), answer.header("request-id"), purpose);
    }

    /** One item of a listing. */
    static DriveItem item(JsonNode node, String purpose) throws UnexpectedAnswerException {
        return item(node, Optional.empty(), purpose);
    }

    private static DriveItem item(JsonNode node, Optional<String> requestId, String purpose) throws UnexpectedAnswerException {
        if (!isItem(node)) {
            throw new UnexpectedAnswerException(purpose + " failed: OneDrive answered without an item where one was expected.");
        }
        JsonNode parent = node.path("parentReference");
        return new DriveItem(node.path("id").asText(), node.path("name").asText(""), node.has("folder"),
                node.path("size").asLong(DriveItem.UNKNOWN_SIZE),
                text(node.path("file").path("hashes"), "quickXorHash"), text(node, "eTag"),
                text(node, "webUrl"), instant(node), text(parent, "id"), text(parent, "path"), text(parent, "driveId"),
                text(parent, "driveType"), text(node.path("file"), "mimeType"), count(node.path("folder"), "childCount"),
                requestId);
    }

    /** One version of a listing of versions. */
    static ItemVersion version(JsonNode node, String purpose) throws UnexpectedAnswerException {
        if (!isItem(node)) {
            throw new UnexpectedAnswerException(purpose + " failed: OneDrive answered with a version that has no id.");
        }
        JsonNode person = node.path("lastModifiedBy").path("user");
        return new ItemVersion(node.path("id").asText(), count(node, "size"),
                text(node, "lastModifiedDateTime").flatMap(ItemReader::parse),
                text(person, "displayName").or(() -> text(person, "email")));
    }

    /** The permission that an answer is, which holds a link. */
    static SharingLink link(GraphAnswer answer, String purpose) throws UnexpectedAnswerException {
        JsonNode link = answer.body().path("link");
        String url = link.path("webUrl").asText("");
        if (url.isEmpty()) {
            throw new UnexpectedAnswerException(purpose + " failed: OneDrive answered without a link.");
        }
        return new SharingLink(answer.body().path("id").asText(""), link.path("type").asText(""),
                link.path("scope").asText(""), url, text(link, "webHtml"),
                text(answer.body(), "expirationDateTime").flatMap(ItemReader::parse),
                answer.body().path("hasPassword").asBoolean(false), answer.status() == 201);
    }

    /** The drive that an answer is. */
    static Drive drive(GraphAnswer answer, String purpose) throws UnexpectedAnswerException {
        return drive(answer.body(), purpose);
    }

    static Drive drive(JsonNode node, String purpose) throws UnexpectedAnswerException {
        if (!isItem(node)) {
            throw new UnexpectedAnswerException(purpose + " failed: OneDrive answered without a drive where one was expected.");
        }
        JsonNode owner = node.path("owner");
        String name = text(owner.path("user"), "displayName").or(() -> text(owner.path("group"), "displayName")).orElse("");
        JsonNode quota = node.path("quota");
        return new Drive(node.path("id").asText(), node.path("driveType").asText(""), name,
                new Quota(positive(quota, "total"), count(quota, "used"), remaining(quota), quota.path("state").asText("")));
    }

    /** The person that an answer is; what it does not say is empty. */
    static Person person(GraphAnswer answer, String purpose) throws UnexpectedAnswerException {
        JsonNode node = answer.body();
        if (!isItem(node)) {
            throw new UnexpectedAnswerException(purpose + " failed: OneDrive answered without a person.");
        }
        return new Person(node.path("displayName").asText(""),
                text(node, "userPrincipalName").or(() -> text(node, "mail")).orElse(""));
    }

    private static OptionalLong remaining(JsonNode quota) {
        return positive(quota, "total").isPresent() ? count(quota, "remaining") : OptionalLong.empty();
    }

    private static OptionalLong positive(JsonNode node, String field) {
        long value = node.path(field).asLong(0);
        return value > 0 ? OptionalLong.of(value) : OptionalLong.empty();
    }

    private static OptionalLong count(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isIntegralNumber() && value.asLong() >= 0 ? OptionalLong.of(value.asLong()) : OptionalLong.empty();
    }

    private static Optional<String> text(JsonNode node, String field) {
        return Optional.of(node.path(field).asText("")).filter(value -> !value.isEmpty());
    }

    /** The file's own time where there is one; the item's is when the service stored it. */
    private static Optional<Instant> instant(JsonNode node) {
        return text(node.path("fileSystemInfo"), "lastModifiedDateTime").or(() -> text(node, "lastModifiedDateTime"))
                .flatMap(ItemReader::parse);
    }

    private static Optional<Instant> parse(String time) {
        try {
            return Optional.of(OffsetDateTime.parse(time).toInstant());
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }
}
