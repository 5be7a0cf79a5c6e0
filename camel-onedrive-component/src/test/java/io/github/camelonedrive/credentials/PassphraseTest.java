package io.github.camelonedrive.credentials;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelonedrive.credentials.VaultException.Reason;
import io.github.camelonedrive.files.OwnerOnlyFiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class PassphraseTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> NOTHING = Map.of("HOME", "/nowhere");

    @TempDir
    Path dir;

    private final String text = TestVaults.randomValue();
    private final Destination offsite = TestVaults.confidential("offsite");

    @Test
    void vaultOpensWithItsPassphraseFromAFile() throws IOException {
        Vault.create(vaultFile(), Passphrase.of(text)).add(offsite);
        Path file = secretFile(text + "\n");

        assertThat(KeySources.of(Map.of("ONEDRIVE_VAULT_PASSPHRASE_FILE", file.toString()), Optional.empty())
                .open(vaultFile()).destinations()).containsExactly(offsite);
        assertThat(KeySources.of(NOTHING, Optional.empty()).withPassphraseFile(file).open(vaultFile()).destinations())
                .containsExactly(offsite);
        assertThat(Files.readString(vaultFile())).contains("\"argon2id\"").doesNotContain("\"raw\"");
    }

    @Test
    void personIsAskedOnlyWhereNothingGivesThePassphraseAndTheVaultNeedsOne() throws IOException {
        Vault.create(vaultFile(), Passphrase.of(text));
        Path file = secretFile(text);
        AtomicInteger asked = new AtomicInteger();
        KeySources.Prompt prompt = what -> {
            asked.incrementAndGet();
            return Passphrase.of(text);
        };

        KeySources.of(NOTHING, Optional.empty()).withPassphraseFile(file).withPrompt(prompt).open(vaultFile());
        assertThat(asked).hasValue(0);
        KeySources.of(NOTHING, Optional.empty()).withPrompt(prompt).open(vaultFile());
        assertThat(asked).hasValue(1);

        VaultException failure = failure(() -> KeySources.of(NOTHING, Optional.empty()).open(vaultFile()));
        assertThat(failure.reason()).isEqualTo(Reason.KEY_MISSING);
        assertThat(failure).hasMessageContaining("sealed with a passphrase").hasMessageContaining(
                "ONEDRIVE_VAULT_PASSPHRASE_FILE").hasMessageContaining("terminal");
    }

    @Test
    void defaultKeyFileIsNoReasonNotToAsk() throws IOException {
        Path file = dir.resolve("default.key");
        MasterKey.generate(file);
        Vault.create(vaultFile(), Passphrase.of(text)).add(offsite);

        assertThat(KeySources.of(NOTHING, Optional.empty()).withDefaultKeyFile(file).withPrompt(what -> Passphrase.of(text))
                .open(vaultFile()).names()).containsExactly("offsite");
    }

    @Test
    void twoSourcesAreAnErrorThatNamesThem() throws IOException {
        Path file = secretFile(text);
        KeySources both = KeySources.of(Map.of("ONEDRIVE_VAULT_PASSPHRASE_FILE", file.toString(), "ONEDRIVE_VAULT_KEY", "x"),
                Optional.empty());

        assertThat(failure(both::key).reason()).isEqualTo(Reason.TWO_KEYS);
        assertThat(failure(() -> both.open(vaultFile())))
                .hasMessageContaining("ONEDRIVE_VAULT_KEY and ONEDRIVE_VAULT_PASSPHRASE_FILE");
        assertThat(failure(() -> KeySources.of(NOTHING, Optional.of(file)).withPassphraseFile(file).open(vaultFile())))
                .hasMessageContaining("the key file " + file + " and the passphrase file " + file);
    }

    @Test
    void keyForAPassphraseAndPassphraseForAKeyAreToldApart() throws IOException {
        Vault.create(vaultFile(), Passphrase.of(text));
        Path other = dir.resolve("other.json");
        Vault.create(other, TestVaults.randomKey());

        assertThat(failure(() -> Vault.open(vaultFile(), TestVaults.randomKey()))).hasMessageContaining(
                "sealed with a passphrase, and what was given is a key").extracting("reason").isEqualTo(Reason.WRONG_KEY);
        assertThat(failure(() -> Vault.open(other, Passphrase.of(text)))).hasMessageContaining(
                "sealed with a key, and what was given is a passphrase").extracting("reason").isEqualTo(Reason.WRONG_KEY);
    }

    /** What a file's own salt and parameters make of the passphrase would help whoever wrote them to guess it. */
    @Test
    void wrongPassphraseIsSaidWithoutAnythingDerivedFromIt() throws IOException {
        Vault.create(vaultFile(), Passphrase.of(text));
        byte[] before = Files.readAllBytes(vaultFile());

        VaultException failure = failure(() -> Vault.open(vaultFile(), Passphrase.of(TestVaults.randomValue())));

        assertThat(failure.reason()).isEqualTo(Reason.WRONG_KEY);
        assertThat(failure).hasMessageContaining("not the passphrase that it was sealed with");
        assertThat(failure.getMessage().replace(dir.toString(), "")).doesNotContainPattern("[0-9a-f]{16}");
        assertThat(Files.readAllBytes(vaultFile())).isEqualTo(before);
    }

    @Test
    void samePassphraseTypedOnAnotherKeyboardFits() throws IOException {
        Vault.create(vaultFile(), Passphrase.of("f\u00fcnf W\u00f6rter oder mehr")).add(offsite);

        assertThat(Vault.open(vaultFile(), Passphrase.of("fu\u0308nf Wo\u0308rter oder mehr")).names()).hasSize(1);
    }

    @Test
    void everyVaultHasASaltOfItsOwn() throws IOException {
        Vault one = Vault.create(vaultFile(), Passphrase.of(text));
        Vault two = Vault.create(dir.resolve("two.json"), Passphrase.of(text));

        assertThat(one.info().keyId()).isNotEqualTo(two.info().keyId());
        assertThat(one.info().passphrase().orElseThrow().isWeak()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"memoryKiB, 1048576", "memoryKiB, 65537", "memoryKiB, 8", "memoryKiB, 0", "memoryKiB, -1", "iterations, 0",
            "iterations, 33", "iterations, 2147483647", "parallelism, 0", "parallelism, 255", "version, 16",
            "memoryKiB, 9999999999"})
    void hostileParametersAreRefusedBeforeAnythingIsDerived(String member, long value) throws IOException {
        Vault.create(vaultFile(), Passphrase.of(text));
        changed(root -> ((ObjectNode) root.get("keyDerivation")).put(member, value));
        byte[] hostile = Files.readAllBytes(vaultFile());

        VaultException failure = failure(() -> Vault.open(vaultFile(), Passphrase.of(TestVaults.randomValue())));

        assertThat(failure.reason()).isEqualTo(Reason.UNKNOWN_FORMAT);
        assertThat(failure).hasMessageContaining("argon2id");
        assertThat(Files.readAllBytes(vaultFile())).isEqualTo(hostile);
    }

    @Test
    void derivationThatIsNotWholeIsUnknown() throws IOException {
        for (Consumer<ObjectNode> change : List.<Consumer<ObjectNode>>of(node -> node.remove("salt"),
                node -> node.put("salt", "AAAA"), node -> node.put("salt", "!"), node -> node.put("secret", "x"),
                node -> node.put("memoryKiB", "19456"), node -> node.remove("iterations"))) {
            Files.deleteIfExists(vaultFile());
            Vault.create(vaultFile(), Passphrase.of(text));
            changed(root -> change.accept((ObjectNode) root.get("keyDerivation")));

            assertThat(failure(() -> Vault.open(vaultFile(), Passphrase.of(text))).reason()).isEqualTo(Reason.UNKNOWN_FORMAT);
        }
    }

    @Test
    void otherSaltOrParametersWithinTheLimitsDoNotOpen() throws IOException {
        Vault running = Vault.create(vaultFile(), Passphrase.of(text));
        changed(root -> ((ObjectNode) root.get("keyDerivation")).put("iterations", 5));

        assertThat(failure(() -> Vault.open(vaultFile(), Passphrase.of(text))).reason()).isEqualTo(Reason.WRONG_KEY);
        assertThat(failure(running::names).reason()).isEqualTo(Reason.DAMAGED);
    }

    @Test
    void keyIsDerivedOnceInAProcess() throws Exception {
        Argon2id parameters = Argon2id.fresh(new SecureRandom());

        assertThat(Passphrase.of(text).derive(parameters)).isSameAs(Passphrase.of(text).derive(parameters));
        assertThat(Passphrase.of(text + "x").derive(parameters)).isNotSameAs(Passphrase.of(text).derive(parameters));
    }

    @Test
    void heapOf64MbIsEnoughToOpen() throws Exception {
        Vault.create(vaultFile(), Passphrase.of(text)).add(offsite);
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx64m",
                "-cp", System.getProperty("java.class.path"), Opener.class.getName(), vaultFile().toString(),
                secretFile(text).toString()).redirectErrorStream(true).redirectOutput(dir.resolve("log").toFile()).start();

        assertThat(process.waitFor()).as(Files.readString(dir.resolve("log"))).isZero();
    }

    /** Opens a vault while 24 MB of its heap are in use. */
    static final class Opener {

        public static void main(String[] arguments) throws IOException {
            byte[][] inUse = new byte[384][64 * 1024];
            KeySources sources = KeySources.of(NOTHING, Optional.empty()).withPassphraseFile(Path.of(arguments[1]));
            if (sources.open(Path.of(arguments[0])).names().size() != 1 || inUse.length != 384) {
                throw new IllegalStateException("another vault");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "  ", "two\nlines\n", "tab\there", "nul\u0000"})
    void fileWithoutAPassphraseIsRefusedWithoutQuotingIt(String content) throws IOException {
        VaultException failure = failure(() -> Passphrase.read(secretFile(content)));

        assertThat(failure.reason()).isEqualTo(Reason.MALFORMED_KEY);
        assertThat(failure).hasMessageNotContaining("two").hasMessageNotContaining("here");
    }

    @Test
    void fileThatIsNoTextIsRefused() throws IOException {
        Path file = dir.resolve("binary");
        OwnerOnlyFiles.writeNew(file, new byte[] {(byte) 0xff, (byte) 0xfe, 1});

        assertThat(failure(() -> Passphrase.read(file)).reason()).isEqualTo(Reason.MALFORMED_KEY);
    }

    @Test
    void openOrMissingFileIsNamed() throws IOException {
        Path file = secretFile(text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        VaultException failure = failure(() -> Passphrase.read(file));

        assertThat(failure.reason()).isEqualTo(Reason.LOOSE_KEY_PERMISSIONS);
        assertThat(failure).hasMessageContaining("passphrase file").hasMessageContaining("chmod 600 '" + file + "'");
        assertThat(failure(() -> Passphrase.read(dir.resolve("nowhere"))).reason()).isEqualTo(Reason.KEY_UNREADABLE);
    }

    @Test
    void newPassphraseThatIsEasilyGuessedIsRefused() throws IOException {
        assertThat(failure(() -> Passphrase.of("elf Zeichen").requireStrong())).hasMessageContaining("12 characters")
                .hasMessageNotContaining("elf");
        assertThat(Passphrase.of("zwölf Zeiche").requireStrong()).isNotNull();
    }

    @Test
    void textFormShowsNothingAndThePassphraseIsRedacted() throws IOException {
        assertThat(Passphrase.of(text)).hasToString("(vault passphrase)");
        assertThat(Redactor.redact("with " + text)).isEqualTo("with (secret)");
    }

    private Path vaultFile() {
        return dir.resolve("vault.json");
    }

    private Path secretFile(String content) throws IOException {
        Path file = Files.createTempDirectory(dir, "secret").resolve("passphrase");
        OwnerOnlyFiles.writeNew(file, content.getBytes(StandardCharsets.UTF_8));
        return file;
    }

    private void changed(Consumer<ObjectNode> change) throws IOException {
        ObjectNode root = (ObjectNode) JSON.readTree(Files.readAllBytes(vaultFile()));
        change.accept(root);
        Files.write(vaultFile(), JSON.writeValueAsBytes(root));
    }

    private static VaultException failure(ThrowingCallable action) {
        return catchThrowableOfType(VaultException.class, action);
    }
}
