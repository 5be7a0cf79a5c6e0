package io.github.camelonedrive.backup.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The vault's commands as somebody types them, with keys and passphrases from each source. Runs them in this JVM. */
class VaultCommandsTest {

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Map<String, String> environment = new HashMap<>();
    private final String passphrase = random() + " ü";

    private String typed = "";
    private boolean terminal;

    @BeforeEach
    void configurationDirectory() {
        environment.put("XDG_CONFIG_HOME", directory.resolve("config").toString());
    }

    @Test
    void checkSaysWhatThereIsToKnow() throws Exception {
        expect(0, "vault", "init");
        expect(0, "destination", "add", "offsite", "--client-id", "some-app", "--secret-expires", LocalDate.now().plusDays(20)
                .toString());

        assertThat(expect(0, "vault", "check")).contains("is whole and its key fits").contains("1 destination.")
                .contains("Written 2 times").contains("Permissions: rw-------").containsPattern("Key: [0-9a-f]{16}\\.")
                .contains("Warning: The client secret of destination 'offsite' expires in ");
        JsonNode json = json("vault", "check", "--json");
        assertThat(json.at("/keyId").asText()).matches("[0-9a-f]{16}");
        assertThat(json.at("/keyDerivation/kind").asText()).isEqualTo("raw");
        assertThat(json.at("/generation").asInt()).isEqualTo(2);
        assertThat(json.at("/permissions").asText()).isEqualTo("rw-------");
        assertThat(json.at("/destinations/0").asText()).isEqualTo("offsite");
        assertThat(json.at("/warnings")).hasSize(1);
        assertThat(json.at("/otherKeyFiles")).isEmpty();
    }

    @Test
    void rotateReplacesTheDefaultKeyAndSaysWhereTheOldOneIs() throws Exception {
        expect(0, "vault", "init");
        String before = json("vault", "check", "--json").at("/keyId").asText();

        String said = expect(0, "vault", "rotate");

        Path key = directory.resolve("config/onedrive-backup/vault.key");
        Path old = directory.resolve("config/onedrive-backup/vault.key." + before + ".old");
        assertThat(said).contains("new key is at " + key).contains("old key is at " + old).contains("Keep a copy");
        assertThat(expect(0, "vault", "check")).contains(old.toString()).contains("earlier (.old)");
        assertThat(json("vault", "check", "--json").at("/keyId").asText()).isNotEqualTo(before);
        assertThat(json("vault", "rotate", "--json").at("/keyFile").asText()).isEqualTo(key.toString());
    }

    @Test
    void rotateToAnotherKeyFileSaysWhatToGiveFromNowOn() throws Exception {
        environment.put("ONEDRIVE_VAULT_KEY", random());
        expect(0, "vault", "init");
        expect(2, "vault", "rotate");
        assertThat(said()).contains("ONEDRIVE_VAULT_KEY").contains("--new-key-file");

        Path next = directory.resolve("next.key");
        assertThat(expect(0, "vault", "rotate", "--new-key-file", "next.key")).contains("made now")
                .contains("ONEDRIVE_VAULT_KEY_FILE=" + next).contains("no longer ONEDRIVE_VAULT_KEY.");

        expect(1, "vault", "check");
        assertThat(said()).contains("does not fit");
        environment.remove("ONEDRIVE_VAULT_KEY");
        expect(0, "vault", "check", "--key-file", next.toString());
        expect(2, "vault", "rotate", "--key-file", next.toString(), "--new-key-file", next.toString());
        assertThat(said()).contains("already");
    }

    @Test
    void aKeyIsNotMadeInsideTheHome() throws Exception {
        expect(0, "vault", "init");
        expect(2, "vault", "rotate", "--new-key-file", ".onedrive-backup/vault.key");
        assertThat(said()).contains("beside what it protects");
        expect(0, "vault", "check");
    }

    @Test
    void onlyOneNewKeyIsTaken() throws Exception {
        expect(2, "vault", "rotate", "--new-key-file", "a", "--new-passphrase-file", "b");
        expect(2, "vault", "rotate", "--new-passphrase", "--new-passphrase-file", "b");
    }

    @Test
    void aPassphraseIsTypedTwiceAtInitAndOnceLater() throws Exception {
        terminal = true;
        typed = passphrase + "\n" + passphrase + "x\n";
        expect(1, "vault", "init", "--passphrase");
        assertThat(said()).contains("differ");
        assertThat(directory.resolve(".onedrive-backup/vault.json")).doesNotExist();

        typed = passphrase + "\n" + passphrase + "\n";
        expect(0, "vault", "init", "--passphrase");
        assertThat(said()).contains("New passphrase").contains("again");
        assertThat(directory.resolve("config")).doesNotExist();

        typed = passphrase + "\n";
        assertThat(expect(0, "vault", "check")).contains("from a passphrase (Argon2id, 19456 KiB, 4 passes, 1 lane)");
        typed = random() + "\n";
        expect(1, "vault", "check");
        assertThat(said()).contains("not the passphrase");

        terminal = false;
        expect(1, "vault", "check");
        assertThat(said()).contains("ONEDRIVE_VAULT_PASSPHRASE_FILE");
        environment.put("ONEDRIVE_VAULT_PASSPHRASE_FILE", secretFile("passphrase", passphrase).toString());
        JsonNode json = json("vault", "check", "--json");
        assertThat(json.at("/keyDerivation/kind").asText()).isEqualTo("argon2id");
        assertThat(json.at("/keyDerivation/weak").asBoolean()).isFalse();
        assertThat(expect(0, "vault", "rotate")).contains("passphrase is the same");
        expect(0, "vault", "check");
    }

    @Test
    void aPassphraseThatIsTooShortIsRefusedBeforeAnythingIsMade() throws Exception {
        environment.put("ONEDRIVE_VAULT_PASSPHRASE_FILE", secretFile("passphrase", "short").toString());
        expect(1, "vault", "init");
        assertThat(said()).contains("12 characters").doesNotContain("'short'");
        assertThat(directory.resolve(".onedrive-backup/vault.json")).doesNotExist();
    }

    @Test
    void aPassphraseCantBeTypedWithoutATerminalOrBesideAnotherKey() throws Exception {
        expect(2, "vault", "init", "--passphrase");
        assertThat(said()).contains("terminal").contains("ONEDRIVE_VAULT_PASSPHRASE_FILE");
        environment.put("ONEDRIVE_VAULT_KEY", random());
        terminal = true;
        expect(2, "vault", "init", "--passphrase");
        assertThat(said()).contains("--passphrase and ONEDRIVE_VAULT_KEY");
    }

    @Test
    void rotateMovesFromAKeyFileToAPassphraseAndBack() throws Exception {
        expect(0, "vault", "init");
        Path file = secretFile("passphrase", passphrase);
        assertThat(expect(0, "vault", "rotate", "--new-passphrase-file", file.toString()))
                .contains("ONEDRIVE_VAULT_PASSPHRASE_FILE");

        environment.put("ONEDRIVE_VAULT_PASSPHRASE_FILE", file.toString());
        expect(0, "vault", "check");
        Path next = directory.resolve("next.key");
        assertThat(expect(0, "vault", "rotate", "--new-key-file", next.toString()))
                .contains("no longer ONEDRIVE_VAULT_PASSPHRASE_FILE");
        environment.remove("ONEDRIVE_VAULT_PASSPHRASE_FILE");
        expect(0, "vault", "check", "--key-file", next.toString());

        terminal = true;
        typed = passphrase + "\n" + passphrase + "\n";
        assertThat(expect(0, "vault", "rotate", "--new-passphrase", "--key-file", next.toString()))
                .contains("No longer give --key-file");
        typed = passphrase + "\n";
        expect(0, "vault", "check");
    }

    @Test
    void noKeyOrPassphraseIsShown() throws Exception {
        String key = random();
        environment.put("ONEDRIVE_VAULT_KEY", key);
        StringBuilder shown = new StringBuilder();
        shown.append(expect(0, "vault", "init", "-v")).append(said());
        Path file = secretFile("passphrase", passphrase);
        shown.append(expect(0, "vault", "rotate", "-v", "--new-passphrase-file", file.toString())).append(said());
        shown.append(expect(1, "vault", "check", "-v")).append(said());
        environment.clear();
        environment.put("ONEDRIVE_VAULT_PASSPHRASE_FILE", file.toString());
        shown.append(expect(0, "vault", "check", "-v", "--json")).append(said());

        assertThat(shown.toString()).doesNotContain(key).doesNotContain(passphrase);
        try (Stream<Path> files = Files.walk(directory.resolve(".onedrive-backup"))) {
            for (Path each : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(each)).doesNotContain(key).doesNotContain(passphrase);
            }
        }
    }

    private JsonNode json(String... arguments) throws Exception {
        return new ObjectMapper().readTree(expect(0, arguments));
    }

    private String expect(int exitCode, String... arguments) {
        out.reset();
        err.reset();
        Environment process = new Environment(Map.copyOf(environment), directory, directory, terminal,
                StandardCharsets.UTF_8, new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8));
        assertThat(new CommandLineProgram(process).run(arguments)).as("%s\n%s", out, err).isEqualTo(exitCode);
        return out.toString(StandardCharsets.UTF_8);
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private Path secretFile(String name, String content) throws IOException {
        Path file = Files.writeString(directory.resolve(name), content + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private static String random() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
