package io.github.camelonedrive.credentials;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.camelonedrive.credentials.VaultException.Reason;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Whatever is done to the file by somebody without the key is noticed, and never repaired by overwriting it. */
class VaultTamperingTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path dir;

    private final MasterKey key = TestVaults.randomKey();
    private Path file;
    private byte[] original;
    private List<Destination> destinations;

    @BeforeEach
    void vaultWithTwoDestinations() throws IOException {
        file = dir.resolve("vault.json");
        Vault vault = Vault.create(file, key);
        vault.add(TestVaults.authorized("one"));
        vault.add(TestVaults.confidential("two"));
        vault.add(TestVaults.certified("vier"));
        vault.add(TestVaults.federated("zwei"));
        destinations = vault.destinations();
        original = Files.readAllBytes(file);
    }

    @Test
    void noFlippedBitYieldsOtherData() throws IOException {
        withoutCertificate();
        VaultFormat format = new VaultFormat(new VaultKeys(key, new SecureRandom()));
        Set<Reason> seen = EnumSet.noneOf(Reason.class);
        for (int position = 0; position < original.length; position++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] flipped = original.clone();
                flipped[position] ^= (byte) (1 << bit);

                try {
                    assertThat(format.decode(flipped).entries()).extracting(VaultEntry::destination)
                            .isEqualTo(destinations);
                } catch (VaultFormat.Unusable e) {
                    seen.add(e.reason());
                }
            }
        }
        assertThat(seen).containsExactlyInAnyOrder(Reason.DAMAGED, Reason.WRONG_KEY, Reason.UNKNOWN_FORMAT);
    }

    @Test
    void fileCutAnywhereIsDamaged() throws IOException {
        withoutCertificate();
        // The last byte is the newline after the document.
        for (int length = 0; length < original.length - 1; length++) {
            assertThat(reasonOf(Arrays.copyOf(original, length))).contains(Reason.DAMAGED);
        }
    }

    @Test
    void anythingAfterTheDocumentIsDamage() throws IOException {
        byte[] longer = Arrays.copyOf(original, original.length + 1);
        longer[original.length] = '}';

        assertThat(reasonOf(longer)).contains(Reason.DAMAGED);
    }

    @Test
    void fileOfZerosIsDamagedNotMissing() throws IOException {
        assertThat(reasonOf(new byte[original.length])).contains(Reason.DAMAGED);
    }

    static Stream<Tampering> tamperings() {
        return Stream.of(
                tampering("tenant", root -> first(root).put("tenant", "attacker.example")),
                tampering("cloud", root -> first(root).put("cloud", "global")),
                tampering("folder", root -> first(root).put("folder", "/Elsewhere")),
                tampering("drive kind", root -> ((ObjectNode) first(root).get("drive")).put("kind", "drive")),
                tampering("drive id", root -> ((ObjectNode) first(root).get("drive")).put("id", "other")),
                tampering("secret's expiry", root -> first(root).put("secretExpires", "2099-01-01")),
                tampering("secret's expiry removed", root -> first(root).remove("secretExpires")),
                tampering("signed in", root -> first(root).put("signedIn", "2026-11-25T20:15:01Z")),
                tampering("permission", root -> first(root).put("permission", "own")),
                tampering("permission removed", root -> first(root).remove("permission")),
                tampering("granted scope", root -> ((ArrayNode) first(root).get("granted")).set(0, "Mail.Read")),
                tampering("granted scopes removed", root -> first(root).remove("granted")),
                tampering("account", root -> first(root).put("account", "Eve")),
                tampering("id of the account's drive", root -> first(root).put("driveId", "b!other")),
                tampering("signed in removed", root -> first(root).remove("signedIn")),
                tampering("signed in added", root -> named(root, "zwei").put("signedIn", "2026-11-25T20:15:01Z")),
                tampering("federated token's file", root -> named(root, "zwei").put("federatedTokenFile", "/tmp/token")),
                tampering("federated token's file moved", root -> named(root, "one").put("federatedTokenFile", "/tmp/token")),
                tampering("certificate removed", root -> named(root, "vier").remove("certificate")),
                tampering("certificate moved", root -> named(root, "zwei").set("certificate",
                        named(root, "vier").remove("certificate"))),
                tampering("certificate in place of a secret", root -> first(root).set("clientSecret",
                        named(root, "vier").get("certificate"))),
                tampering("name", root -> first(root).put("name", "three")),
                tampering("names swapped", root -> swap(root, "name")),
                tampering("ids swapped", root -> swap(root, "id")),
                tampering("client secrets swapped", root -> swap(root, "clientSecret")),
                tampering("refresh tokens swapped", root -> swap(root, "refreshToken")),
                tampering("fields of one destination swapped", root -> {
                    String secret = first(root).get("clientSecret").asText();
                    first(root).put("clientSecret", first(root).get("refreshToken").asText());
                    first(root).put("refreshToken", secret);
                }),
                tampering("client secret removed", root -> first(root).remove("clientSecret")),
                tampering("destination removed", root -> ((ArrayNode) root.get("destinations")).remove(0)),
                tampering("destination doubled", root -> ((ArrayNode) root.get("destinations")).add(first(root).deepCopy())),
                tampering("order of destinations", root -> {
                    ArrayNode list = (ArrayNode) root.get("destinations");
                    list.add(list.remove(0));
                }),
                tampering("generation", root -> root.put("generation", 2)),
                tampering("journal key", root -> root.put("journalKey", first(root).get("clientId").asText())),
                tampering("unknown member", root -> root.put("extra", "1")),
                tampering("tag removed", root -> root.remove("tag")),
                tampering("empty tag", root -> root.put("tag", "")));
    }

    @ParameterizedTest
    @MethodSource("tamperings")
    void changeByHandIsDamage(Tampering tampering) throws IOException {
        ObjectNode root = (ObjectNode) JSON.readTree(original);

        tampering.change.accept(root);

        assertThat(reasonOf(JSON.writeValueAsBytes(root))).contains(Reason.DAMAGED);
    }

    /** Without the final tag, the associated data of each field still binds it to its place. */
    @ParameterizedTest
    @MethodSource("movedFields")
    void sealedFieldOpensNowhereElseEvenUnderARightTag(Tampering tampering) throws IOException {
        ObjectNode root = (ObjectNode) JSON.readTree(original);

        tampering.change.accept(root);

        assertThat(reasonOf(retagged(root))).contains(Reason.DAMAGED);
    }

    static Stream<Tampering> movedFields() {
        Set<String> moved = Set.of("certificate moved", "certificate in place of a secret", "ids swapped",
                "client secrets swapped", "refresh tokens swapped",
                "fields of one destination swapped", "generation", "journal key");
        return tamperings().filter(tampering -> moved.contains(tampering.name));
    }

    @Test
    void retaggingItselfIsRight() throws IOException {
        assertThat(contentOf(retagged((ObjectNode) JSON.readTree(original)))).isEqualTo(destinations);
    }

    @Test
    void fieldOfAnOlderGenerationIsRefused() throws IOException {
        Vault vault = Vault.open(file, key);
        vault.updateRefreshToken("two", Secret.of(TestVaults.randomValue()));
        ObjectNode old = (ObjectNode) JSON.readTree(original);
        ObjectNode now = (ObjectNode) JSON.readTree(Files.readAllBytes(file));

        first(now).put("refreshToken", first(old).get("refreshToken").asText());

        assertThat(reasonOf(JSON.writeValueAsBytes(now))).contains(Reason.DAMAGED);
        assertThat(reasonOf(retagged(now))).contains(Reason.DAMAGED);
    }

    @Test
    void reformattedFileIsStillTheSameVault() throws IOException {
        byte[] compact = JSON.writeValueAsBytes(JSON.readTree(original));

        assertThat(compact.length).isLessThan(original.length);
        assertThat(contentOf(compact)).isEqualTo(destinations);
    }

    @Test
    void otherVersionOrKeyDerivationIsUnknownNotDamaged() throws IOException {
        ObjectNode version = (ObjectNode) JSON.readTree(original);
        version.put("version", 3);
        ObjectNode derivation = (ObjectNode) JSON.readTree(original);
        derivation.putObject("keyDerivation").put("kind", "scrypt");

        assertThat(reasonOf(JSON.writeValueAsBytes(version))).contains(Reason.UNKNOWN_FORMAT);
        assertThat(failureOf(JSON.writeValueAsBytes(version))).hasMessageContaining("version is 3");
        assertThat(reasonOf(JSON.writeValueAsBytes(derivation))).contains(Reason.UNKNOWN_FORMAT);
        assertThat(failureOf(JSON.writeValueAsBytes(derivation))).hasMessageContaining("\"scrypt\"");
        assertThat(reasonOf("{}".getBytes())).contains(Reason.UNKNOWN_FORMAT);
    }

    /** A newer program would write such a file, under a right tag: its member must neither be ignored nor be dropped. */
    @ParameterizedTest
    @MethodSource("unknownMembers")
    void memberOfANewerProgramIsUnknownNotIgnored(Tampering addition) throws IOException {
        Vault running = Vault.open(file, key);
        ObjectNode root = (ObjectNode) JSON.readTree(original);
        addition.change.accept(root);
        byte[] newer = retagged(root);

        assertThat(reasonOf(newer)).contains(Reason.UNKNOWN_FORMAT);
        assertThat(failureOf(newer)).hasMessageContaining("'extra'").hasMessageContaining("newer");
        assertThat(catchThrowableOfType(VaultException.class, () -> running.remove("one")).reason())
                .isEqualTo(Reason.UNKNOWN_FORMAT);
        assertThat(Files.readAllBytes(file)).isEqualTo(newer);
    }

    static Stream<Tampering> unknownMembers() {
        return Stream.of(tampering("key derivation", root -> ((ObjectNode) root.get("keyDerivation")).put("extra", "x")),
                tampering("vault", root -> root.put("extra", 1)),
                tampering("destination", root -> first(root).put("extra", "x")),
                tampering("drive", root -> ((ObjectNode) first(root).get("drive")).put("extra", "x")));
    }

    @Test
    void twoCredentialsOfOneDestinationAreDamage() throws IOException {
        ObjectNode root = (ObjectNode) JSON.readTree(original);
        first(root).put("federatedTokenFile", "/tmp/token");

        assertThat(reasonOf(retagged(root))).contains(Reason.DAMAGED);
    }

    /** As written before there were certificates, federated tokens and times of sign-in. */
    @Test
    void vaultWithoutTheLaterMembersStillOpens() throws IOException {
        ObjectNode root = (ObjectNode) JSON.readTree(original);
        first(root).remove("signedIn");
        ((ArrayNode) root.get("destinations")).remove(3);
        ((ArrayNode) root.get("destinations")).remove(2);

        assertThat(contentOf(retagged(root))).hasSize(2).first()
                .satisfies(one -> assertThat(one.signedIn()).isEmpty())
                .satisfies(one -> assertThat(one.credential().secret()).isPresent());
    }

    @Test
    void vaultBehindALinkIsCheckedAndLeftAloneLikeAnyOther() throws IOException {
        byte[] damaged = original.clone();
        damaged[damaged.length / 2] ^= 1;
        Path link = Files.createSymbolicLink(dir.resolve("link.json"), file);
        Vault running = Vault.open(link, key);
        Files.write(file, damaged);

        assertThat(catchThrowableOfType(VaultException.class, () -> Vault.open(link, key)).reason()).isEqualTo(Reason.DAMAGED);
        assertThat(catchThrowableOfType(VaultException.class, () -> running.remove("one")).reason()).isEqualTo(Reason.DAMAGED);
        assertThat(catchThrowableOfType(VaultException.class, () -> running.rotate(TestVaults.randomKey())).reason())
                .isEqualTo(Reason.DAMAGED);
        assertThat(Files.readAllBytes(file)).isEqualTo(damaged);

        // What the link leads to must be closed to others, not the link itself, whose own mode means nothing.
        Files.write(file, original);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(catchThrowableOfType(VaultException.class, () -> Vault.open(link, key)).reason())
                .isEqualTo(Reason.LOOSE_PERMISSIONS);
    }

    @Test
    void doubledMemberIsDamage() throws IOException {
        String doubled = new String(original).replaceFirst("\\{", "{ \"version\" : 1,");

        assertThat(reasonOf(doubled.getBytes())).contains(Reason.DAMAGED);
    }

    @Test
    void damagedVaultIsNeverWritten() throws IOException {
        Vault vault = Vault.open(file, key);
        byte[] damaged = original.clone();
        damaged[damaged.length / 2] ^= 1;
        Files.write(file, damaged);

        VaultException failure = catchThrowableOfType(VaultException.class, () -> vault.remove("one"));

        assertThat(failure.reason()).isEqualTo(Reason.DAMAGED);
        assertThat(failure).hasMessageContaining(file.toString()).hasMessageContaining("Restore it from a backup");
        assertThat(Files.readAllBytes(file)).isEqualTo(damaged);
    }

    /** A certificate is long and sealed like every other field; what tries each bit leaves it out. */
    private void withoutCertificate() throws IOException {
        Vault vault = Vault.open(file, key);
        vault.remove("vier");
        vault.remove("two");
        destinations = vault.destinations();
        original = Files.readAllBytes(file);
    }

    private Optional<Reason> reasonOf(byte[] content) throws IOException {
        return Optional.ofNullable(failureOf(content)).map(VaultException::reason);
    }

    private VaultException failureOf(byte[] content) throws IOException {
        Files.write(file, content);
        return catchThrowableOfType(VaultException.class, () -> Vault.open(file, key));
    }

    private List<Destination> contentOf(byte[] content) {
        try {
            Files.write(file, content);
            return Vault.open(file, key).destinations();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private byte[] retagged(ObjectNode root) {
        root.remove("tag");
        byte[] tag = new VaultKeys(key, new SecureRandom()).tag(CanonicalJson.canonical(root));
        root.put("tag", Base64.getEncoder().encodeToString(tag));
        return CanonicalJson.readable(root);
    }

    private static ObjectNode first(ObjectNode root) {
        return (ObjectNode) root.get("destinations").get(0);
    }

    private static ObjectNode named(ObjectNode root, String name) {
        for (JsonNode destination : root.get("destinations")) {
            if (name.equals(destination.get("name").asText())) {
                return (ObjectNode) destination;
            }
        }
        throw new AssertionError(name);
    }

    private static void swap(ObjectNode root, String field) {
        ObjectNode second = (ObjectNode) root.get("destinations").get(1);
        String value = first(root).get(field).asText();
        first(root).put(field, second.get(field).asText());
        second.put(field, value);
    }

    private static Tampering tampering(String name, Consumer<ObjectNode> change) {
        return new Tampering(name, change);
    }

    record Tampering(String name, Consumer<ObjectNode> change) {

        @Override
        public String toString() {
            return name;
        }
    }
}
