package io.github.camelonedrive.credentials;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Keys and destinations for tests; every secret is random. */
final class TestVaults {

    private static final SecureRandom RANDOM = new SecureRandom();

    private TestVaults() {
    }

    static MasterKey randomKey() {
        byte[] bytes = new byte[MasterKey.LENGTH];
        RANDOM.nextBytes(bytes);
        return new MasterKey(bytes);
    }

    static String randomValue() {
        byte[] bytes = new byte[24];
        RANDOM.nextBytes(bytes);
        // With the characters that tend to break on the way.
        return "t+/=~&% ü" + Base64.getEncoder().encodeToString(bytes);
    }

    static Destination confidential(String name) {
        return new Destination(name, Secret.of(randomValue()), new ClientCredential.ClientSecret(Secret.of(randomValue())),
                Optional.of(Secret.of(randomValue())), "contoso.example", Cloud.USGOV, "/Backups/Füße 📦",
                new DriveSelector(DriveSelector.Kind.SITE, "contoso.example,1,2"), Optional.of(LocalDate.of(2027, 3, 1)),
                Optional.of(Instant.parse("2026-11-25T20:15:00Z")));
    }

    /** Somebody signed in, and it is known who. */
    static Destination authorized(String name) {
        Destination destination = confidential(name);
        return destination.withRefreshToken(destination.refreshToken().orElseThrow(),
                Optional.of(Grant.of(destination.permission().scopes()).withAccount(Optional.of("Ada (ada@contoso.example)"),
                        Optional.of("b!example"))));
    }

    /** The same vault in the file format before this one. */
    static byte[] inFirstFormat(byte[] file, MasterKey key) throws Exception {
        ObjectMapper json = new ObjectMapper();
        ObjectNode root = (ObjectNode) json.readTree(file);
        VaultKeys keys = new VaultKeys(key, RANDOM);
        reseal(root, root, "", keys);
        for (JsonNode node : root.get("destinations")) {
            ((ObjectNode) node).remove(List.of("permission", "granted", "account", "driveId"));
            reseal(root, (ObjectNode) node, node.get("id").asText(), keys);
        }
        root.put("version", 1);
        root.remove("tag");
        root.put("tag", Base64.getEncoder().encodeToString(keys.tag(CanonicalJson.canonical(root))));
        return json.writeValueAsBytes(root);
    }

    private static void reseal(ObjectNode root, ObjectNode node, String id, VaultKeys keys) throws Exception {
        for (String field : List.of("journalKey", "clientId", "clientSecret", "certificate", "refreshToken")) {
            if (node.has(field)) {
                byte[] plain = keys.fields().open(Base64.getDecoder().decode(node.get(field).asText()),
                        associatedData(root, 2, id, field));
                node.put(field, Base64.getEncoder().encodeToString(
                        keys.fields().seal(plain, associatedData(root, 1, id, field))));
            }
        }
    }

    private static byte[] associatedData(ObjectNode root, int version, String id, String field) {
        return CanonicalJson.canonical("onedrive-vault", version, root.get("keyId").asText(), id, field,
                root.get("generation").longValue());
    }

    /** Signs in as an application, with a certificate. */
    static Destination certified(String name) {
        return publicClient(name).withTenant("contoso.example").withCredential(
                new ClientCredential.Certificate(TestCertificates.clientCertificate()));
    }

    /** Signs in with a token that somebody else puts into a file. */
    static Destination federated(String name) {
        return publicClient(name).withTenant("contoso.example").withCredential(
                new ClientCredential.FederatedToken(Path.of("/var/run/secrets/föderiert/token")));
    }

    static Destination publicClient(String name) {
        return new Destination(name, Secret.of(randomValue()), ClientCredential.NONE, Optional.empty(), "consumers",
                Cloud.GLOBAL, "/", DriveSelector.ME, Optional.empty(), Optional.empty());
    }
}
