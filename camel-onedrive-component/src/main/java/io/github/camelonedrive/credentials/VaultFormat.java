package io.github.camelonedrive.credentials;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.bouncycastle.crypto.InvalidCipherTextException;

/**
 * The vault's file format, version 1, as {@code docs/security.md} specifies it: from document to bytes and back. Nothing of
 * a file is used before its final tag was checked.
 */
final class VaultFormat {

    static final int VERSION = 1;

    private static final String NAME = "onedrive-vault";
    private static final String RAW_KEY = "raw";

    /** The destination id in the associated data of fields that belong to the vault itself. */
    private static final String NO_DESTINATION = "";

    private final VaultKeys keys;

    VaultFormat(VaultKeys keys) {
        this.keys = keys;
    }

    /** The file's content. Every field is sealed anew, with a fresh nonce. */
    byte[] encode(VaultDocument document) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("format", NAME);
        root.put("version", VERSION);
        root.put("keyId", keys.keyId());
        root.putObject("keyDerivation").put("kind", RAW_KEY);
        root.put("generation", document.generation());
        Place vault = new Place(NO_DESTINATION, document.generation());
        root.put("journalKey", seal(document.journalKey(), vault, "journalKey"));
        ArrayNode destinations = root.putArray("destinations");
        for (VaultEntry entry : document.entries()) {
            destinations.add(encode(entry, new Place(entry.id(), document.generation())));
        }
        root.put("tag", tag(root));
        return CanonicalJson.readable(root);
    }

    private ObjectNode encode(VaultEntry entry, Place place) {
        Destination destination = entry.destination();
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("id", entry.id());
        node.put("name", destination.name());
        node.put("tenant", destination.tenant());
        node.put("cloud", destination.cloud().label());
        node.put("folder", destination.folderPath());
        ObjectNode drive = node.putObject("drive");
        drive.put("kind", destination.drive().kind().name().toLowerCase(Locale.ROOT));
        drive.put("id", destination.drive().id());
        destination.secretExpires().ifPresent(date -> node.put("secretExpires", date.toString()));
        node.put("clientId", seal(destination.clientId(), place, "clientId"));
        destination.credential().secret().ifPresent(secret -> node.put("clientSecret", seal(secret, place, "clientSecret")));
        destination.refreshToken().ifPresent(token -> node.put("refreshToken", seal(token, place, "refreshToken")));
        return node;
    }

    /** @throws Unusable with the reason and what is wrong */
    VaultDocument decode(byte[] file) throws Unusable {
        ObjectNode root = parse(file);
        requireKnownFormat(root);
        String keyId = root.path("keyId").asText();
        if (!keyId.equals(keys.keyId())) {
            throw new Unusable(VaultException.Reason.WRONG_KEY,
                    "it was sealed with the key " + keyId + ", the key given is " + keys.keyId());
        }
        if (!MessageDigest.isEqual(ascii(root.path("tag").asText()), ascii(tag(root)))) {
            throw damaged("its content was changed after it was written, or was not written by this program");
        }
        try {
            return document(root);
        } catch (IllegalArgumentException | DateTimeException | InvalidCipherTextException e) {
            // Only whoever has the key gets here: a tag that fits, around fields that don't.
            throw damaged("a field can't be opened at the place where it stands");
        }
    }

    private static ObjectNode parse(byte[] file) throws Unusable {
        if (file.length == 0) {
            throw damaged("it is empty");
        }
        try {
            if (CanonicalJson.parse(file) instanceof ObjectNode root) {
                return root;
            }
            throw damaged("it holds no JSON object");
        } catch (IOException e) {
            throw damaged("it is cut off or no longer JSON");
        }
    }

    private static void requireKnownFormat(JsonNode root) throws Unusable {
        if (!NAME.equals(root.path("format").asText())) {
            throw unknown("it is no vault");
        }
        if (!root.path("version").isInt() || root.path("version").intValue() != VERSION) {
            throw unknown("its format version is " + root.path("version") + ", this program knows " + VERSION);
        }
        if (!RAW_KEY.equals(root.path("keyDerivation").path("kind").asText())) {
            throw unknown("its key derivation is " + root.path("keyDerivation").path("kind") + ", this program knows \""
                    + RAW_KEY + "\"");
        }
    }

    private VaultDocument document(JsonNode root) throws InvalidCipherTextException {
        long generation = root.path("generation").longValue();
        byte[] journalKey = open(root, new Place(NO_DESTINATION, generation), "journalKey");
        List<VaultEntry> entries = new ArrayList<>();
        for (JsonNode node : root.path("destinations")) {
            entries.add(entry(node, generation));
        }
        return new VaultDocument(generation, journalKey, entries);
    }

    private VaultEntry entry(JsonNode node, long generation) throws InvalidCipherTextException {
        String id = node.path("id").asText();
        Place place = new Place(id, generation);
        JsonNode drive = node.path("drive");
        return new VaultEntry(id, new Destination(
                node.path("name").asText(),
                openSecret(node, place, "clientId"),
                ClientCredential.ofSecret(openOptional(node, place, "clientSecret")),
                openOptional(node, place, "refreshToken"),
                node.path("tenant").asText(),
                Cloud.parse(node.path("cloud").asText()),
                node.path("folder").asText(),
                new DriveSelector(DriveSelector.Kind.valueOf(drive.path("kind").asText().toUpperCase(Locale.ROOT)),
                        drive.path("id").asText()),
                node.has("secretExpires") ? Optional.of(LocalDate.parse(node.path("secretExpires").asText()))
                        : Optional.empty(), Optional.empty()));
    }

    private String seal(Secret secret, Place place, String field) {
        return seal(secret.reveal().getBytes(StandardCharsets.UTF_8), place, field);
    }

    private String seal(byte[] plain, Place place, String field) {
        return Base64.getEncoder().encodeToString(keys.fields().seal(plain, associatedData(place, field)));
    }

    private Optional<Secret> openOptional(JsonNode node, Place place, String field) throws InvalidCipherTextException {
        return node.has(field) ? Optional.of(openSecret(node, place, field)) : Optional.empty();
    }

    private Secret openSecret(JsonNode node, Place place, String field) throws InvalidCipherTextException {
        return Secret.of(new String(open(node, place, field), StandardCharsets.UTF_8));
    }

    private byte[] open(JsonNode node, Place place, String field) throws InvalidCipherTextException {
        return keys.fields().open(Base64.getDecoder().decode(node.path(field).asText()), associatedData(place, field));
    }

    /** Binds a sealed field to the one place where it may stand. */
    private byte[] associatedData(Place place, String field) {
        return CanonicalJson.canonical(NAME, VERSION, keys.keyId(), place.destinationId(), field, place.generation());
    }

    private String tag(ObjectNode root) {
        ObjectNode untagged = root.deepCopy();
        untagged.remove("tag");
        return Base64.getEncoder().encodeToString(keys.tag(CanonicalJson.canonical(untagged)));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Unusable damaged(String what) {
        return new Unusable(VaultException.Reason.DAMAGED, what);
    }

    private static Unusable unknown(String what) {
        return new Unusable(VaultException.Reason.UNKNOWN_FORMAT, what);
    }

    private record Place(String destinationId, long generation) {
    }

    /** The bytes are no vault that these keys open. The message completes "… can't be used: ". */
    static final class Unusable extends Exception {

        private static final long serialVersionUID = 1L;

        private final VaultException.Reason reason;

        private Unusable(VaultException.Reason reason, String message) {
            super(message);
            this.reason = reason;
        }

        VaultException.Reason reason() {
            return reason;
        }
    }
}
