package io.github.camelonedrive.credentials;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.bouncycastle.crypto.InvalidCipherTextException;

import io.github.camelonedrive.credentials.ClientCredential.Certificate;
import io.github.camelonedrive.credentials.ClientCredential.ClientSecret;
import io.github.camelonedrive.credentials.ClientCredential.FederatedToken;

/**
 * The vault's file format, version 2, as {@code docs/security.md} specifies it: from document to bytes and back. Version 1 is
 * read too. Nothing of a file is used before its final tag was checked.
 */
final class VaultFormat {

    static final int VERSION = 2;

    private static final int FIRST_VERSION = 1;

    private static final String NAME = "onedrive-vault";
    private static final String RAW_KEY = "raw";

    /** The destination id in the associated data of fields that belong to the vault itself. */
    private static final String NO_DESTINATION = "";

    private static final Set<String> MEMBERS = Set.of("format", "version", "keyId", "keyDerivation", "generation",
            "journalKey", "destinations", "tag");

    private static final Set<String> DERIVATION_MEMBERS = Set.of("kind", "version", "salt", "memoryKiB", "iterations",
            "parallelism");

    /** A destination has at most one of them. */
    private static final List<String> CREDENTIALS = List.of("clientSecret", "certificate", "federatedTokenFile");

    private static final Set<String> FIRST_DESTINATION_MEMBERS = Set.of("id", "name", "tenant", "cloud", "folder", "drive",
            "secretExpires", "signedIn", "clientId", "clientSecret", "certificate", "federatedTokenFile", "refreshToken");

    private static final Set<String> DESTINATION_MEMBERS = union(FIRST_DESTINATION_MEMBERS,
            Set.of("permission", "granted", "account", "driveId"));

    private static final Set<String> DRIVE_MEMBERS = Set.of("kind", "id");

    private final VaultKeys keys;
    private final Optional<Argon2id> passphrase;

    /** For a vault whose key was given as it is. */
    VaultFormat(VaultKeys keys) {
        this(keys, Optional.empty());
    }

    /** @param passphrase how the key came from a passphrase */
    VaultFormat(VaultKeys keys, Optional<Argon2id> passphrase) {
        this.keys = keys;
        this.passphrase = passphrase;
    }

    String keyId() {
        return keys.keyId();
    }

    Optional<Argon2id> passphrase() {
        return passphrase;
    }

    /** The file's content. Every field is sealed anew, with a fresh nonce. */
    byte[] encode(VaultDocument document) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("format", NAME);
        root.put("version", VERSION);
        root.put("keyId", keys.keyId());
        ObjectNode derivation = root.putObject("keyDerivation");
        passphrase.ifPresentOrElse(argon2id -> argon2id.write(derivation), () -> derivation.put("kind", RAW_KEY));
        root.put("generation", document.generation());
        Place vault = new Place(VERSION, NO_DESTINATION, document.generation());
        root.put("journalKey", seal(document.journalKey(), vault, "journalKey"));
        ArrayNode destinations = root.putArray("destinations");
        for (VaultEntry entry : document.entries()) {
            destinations.add(encode(entry, new Place(VERSION, entry.id(), document.generation())));
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
        destination.signedIn().ifPresent(time -> node.put("signedIn", time.toString()));
        node.put("permission", destination.permission().label());
        destination.grant().ifPresent(grant -> {
            grant.scopes().forEach(node.withArray("granted")::add);
            grant.account().ifPresent(account -> node.put("account", account));
            grant.driveId().ifPresent(id -> node.put("driveId", id));
        });
        node.put("clientId", seal(destination.clientId(), place, "clientId"));
        if (destination.credential() instanceof ClientSecret secret) {
            node.put("clientSecret", seal(secret.value(), place, "clientSecret"));
        } else if (destination.credential() instanceof Certificate certificate) {
            node.put("certificate", seal(certificate.certificate().pem(), place, "certificate"));
        } else if (destination.credential() instanceof FederatedToken token) {
            node.put("federatedTokenFile", token.file().toString());
        }
        destination.refreshToken().ifPresent(token -> node.put("refreshToken", seal(token, place, "refreshToken")));
        return node;
    }

    /** @throws Unusable with the reason and what is wrong */
    VaultDocument decode(byte[] file) throws Unusable {
        return decode(header(file));
    }

    /** @throws Unusable with the reason and what is wrong */
    VaultDocument decode(Header header) throws Unusable {
        ObjectNode root = header.root;
        if (!header.keyId.equals(keys.keyId())) {
            // What a file's salt and parameters make of a passphrase is not shown: it could be used to guess that.
            throw new Unusable(VaultException.Reason.WRONG_KEY, header.passphrase.isPresent() && passphrase.isPresent()
                    ? "it is not the passphrase that it was sealed with"
                    : "it was sealed with the key " + header.keyId + ", the key given is " + keys.keyId());
        }
        if (!MessageDigest.isEqual(ascii(root.path("tag").asText()), ascii(tag(root)))) {
            throw damaged("its content was changed after it was written, or was not written by this program");
        }
        requireKnownMembers(root);
        try {
            return document(root);
        } catch (IllegalArgumentException | DateTimeException | InvalidCipherTextException e) {
            // Only whoever has the key gets here: a tag that fits, around fields that don't.
            throw damaged("a field can't be opened at the place where it stands");
        }
    }

    /**
     * What a file says about the key that it wants. It can't be trusted before the key was proven.
     *
     * @throws Unusable when it is no vault of a format that is known
     */
    static Header header(byte[] file) throws Unusable {
        ObjectNode root = parse(file);
        requireKnownFormat(root);
        JsonNode derivation = root.path("keyDerivation");
        Optional<Argon2id> argon2id = Argon2id.KIND.equals(derivation.path("kind").asText())
                ? Optional.of(Argon2id.read(derivation)) : Optional.empty();
        return new Header(root, root.path("keyId").asText(), argon2id);
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
        JsonNode version = root.path("version");
        if (!version.isInt() || version.intValue() < FIRST_VERSION) {
            throw unknown("its format version is " + version + ", this program knows " + FIRST_VERSION + " and " + VERSION);
        }
        if (version.intValue() > VERSION) {
            throw unknown("its format version is " + version + ", made by a newer version of this program, which knows "
                    + FIRST_VERSION + " and " + VERSION);
        }
        JsonNode kind = root.path("keyDerivation").path("kind");
        if (!Set.of(RAW_KEY, Argon2id.KIND).contains(kind.asText())) {
            throw unknown("its key derivation is " + kind + ", this program knows \"" + RAW_KEY + "\" and \"" + Argon2id.KIND
                    + "\"");
        }
    }

    /**
     * A member that is not known was written by a newer program. To ignore it would mean to drop it at the next write, or to
     * use a destination otherwise than it says.
     */
    private static void requireKnownMembers(JsonNode root) throws Unusable {
        requireKnownMembers(root, MEMBERS);
        requireKnownMembers(root.path("keyDerivation"), DERIVATION_MEMBERS);
        Set<String> members = version(root) == FIRST_VERSION ? FIRST_DESTINATION_MEMBERS : DESTINATION_MEMBERS;
        for (JsonNode destination : root.path("destinations")) {
            requireKnownMembers(destination, members);
            requireKnownMembers(destination.path("drive"), DRIVE_MEMBERS);
        }
    }

    private static void requireKnownMembers(JsonNode node, Set<String> known) throws Unusable {
        for (Iterator<String> names = node.fieldNames(); names.hasNext();) {
            String name = names.next();
            if (!known.contains(name)) {
                throw unknown("it holds '" + name + "', which this program does not know; a newer one wrote it");
            }
        }
    }

    private VaultDocument document(JsonNode root) throws InvalidCipherTextException {
        long generation = root.path("generation").longValue();
        byte[] journalKey = open(root, new Place(version(root), NO_DESTINATION, generation), "journalKey");
        List<VaultEntry> entries = new ArrayList<>();
        for (JsonNode node : root.path("destinations")) {
            entries.add(entry(node, version(root), generation));
        }
        return new VaultDocument(generation, journalKey, entries);
    }

    private static int version(JsonNode root) {
        return root.path("version").intValue();
    }

    private VaultEntry entry(JsonNode node, int version, long generation) throws InvalidCipherTextException {
        String id = node.path("id").asText();
        Place place = new Place(version, id, generation);
        JsonNode drive = node.path("drive");
        return new VaultEntry(id, new Destination(
                node.path("name").asText(),
                openSecret(node, place, "clientId"),
                credential(node, place),
                openOptional(node, place, "refreshToken"),
                node.path("tenant").asText(),
                Cloud.parse(node.path("cloud").asText()),
                node.path("folder").asText(),
                new DriveSelector(DriveSelector.Kind.valueOf(drive.path("kind").asText().toUpperCase(Locale.ROOT)),
                        drive.path("id").asText()),
                text(node, "secretExpires").map(LocalDate::parse),
                text(node, "signedIn").map(Instant::parse),
                version == FIRST_VERSION ? Permission.ALL : Permission.parse(node.path("permission").asText()),
                grant(node)));
    }

    private static Optional<Grant> grant(JsonNode node) {
        if (!node.has("granted")) {
            return Optional.empty();
        }
        SortedSet<String> scopes = new TreeSet<>();
        node.path("granted").forEach(scope -> scopes.add(scope.asText()));
        return Optional.of(new Grant(scopes, text(node, "account"), text(node, "driveId")));
    }

    private ClientCredential credential(JsonNode node, Place place) throws InvalidCipherTextException {
        if (CREDENTIALS.stream().filter(node::has).count() > 1) {
            throw new IllegalArgumentException("Two credentials");
        }
        if (node.has("certificate")) {
            byte[] pem = open(node, place, "certificate");
            return new Certificate(ClientCertificate.parse(pem, Optional.empty()));
        }
        Optional<Path> tokenFile = text(node, "federatedTokenFile").map(Path::of);
        return tokenFile.isPresent() ? new FederatedToken(tokenFile.get())
                : ClientCredential.ofSecret(openOptional(node, place, "clientSecret"));
    }

    private static Optional<String> text(JsonNode node, String field) {
        return node.has(field) ? Optional.of(node.path(field).asText()) : Optional.empty();
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
        return CanonicalJson.canonical(NAME, place.version(), keys.keyId(), place.destinationId(), field, place.generation());
    }

    private String tag(ObjectNode root) {
        ObjectNode untagged = root.deepCopy();
        untagged.remove("tag");
        return Base64.getEncoder().encodeToString(keys.tag(CanonicalJson.canonical(untagged)));
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> union = new HashSet<>(one);
        union.addAll(other);
        return Set.copyOf(union);
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

    private record Place(int version, String destinationId, long generation) {
    }

    /**
     * @param passphrase how the key comes from a passphrase; empty when it is given as it is
     */
    record Header(ObjectNode root, String keyId, Optional<Argon2id> passphrase) {
    }

    /** The bytes are no vault that these keys open. The message completes "… can't be used: ". */
    static final class Unusable extends Exception {

        private static final long serialVersionUID = 1L;

        private final VaultException.Reason reason;

        Unusable(VaultException.Reason reason, String message) {
            super(message);
            this.reason = reason;
        }

        VaultException.Reason reason() {
            return reason;
        }
    }
}
