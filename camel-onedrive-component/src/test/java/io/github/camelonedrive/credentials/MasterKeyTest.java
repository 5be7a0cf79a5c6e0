package io.github.camelonedrive.credentials;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.credentials.VaultException.Reason;
import io.github.camelonedrive.files.OwnerOnlyFiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class MasterKeyTest {

    private final byte[] bytes = randomBytes(32);
    private final String base64 = Base64.getEncoder().encodeToString(bytes);

    @TempDir
    Path dir;

    @Test
    void isTakenFromTheEnvironmentInEachTextForm() throws IOException {
        String urlForm = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        for (String text : new String[] {base64, urlForm, HexFormat.of().formatHex(bytes),
                HexFormat.of().withUpperCase().formatHex(bytes), base64 + "\n", base64 + "\r\n"}) {
            MasterKey key = MasterKey.resolve(Map.of("ONEDRIVE_VAULT_KEY", text), Optional.empty());

            assertThat(key.derive("test")).isEqualTo(new MasterKey(bytes).derive("test"));
        }
    }

    @Test
    void isTakenFromAKeyFileNamedByTheEnvironmentOrTheOption() throws IOException {
        Path file = keyFile(base64 + "\n");

        MasterKey byEnvironment = MasterKey.resolve(Map.of("ONEDRIVE_VAULT_KEY_FILE", file.toString()), Optional.empty());
        MasterKey byOption = MasterKey.resolve(Map.of(), Optional.of(file));

        assertThat(byEnvironment.derive("test")).isEqualTo(byOption.derive("test"))
                .isEqualTo(new MasterKey(bytes).derive("test"));
    }

    @Test
    void isTakenFromTheDefaultFileWhenNothingIsGiven() throws IOException {
        Path file = dir.resolve("default.key");
        MasterKey made = MasterKey.generate(file);
        KeySources sources = KeySources.of(Map.of("ONEDRIVE_VAULT_KEY", ""), Optional.empty()).withDefaultKeyFile(file);

        assertThat(sources.masterKey().derive("test")).isEqualTo(made.derive("test"));
        assertThat(sources.keyFileInUse()).contains(file);
    }

    @Test
    void defaultFileIsIgnoredWhenAnotherKeyIsGiven() throws IOException {
        MasterKey.generate(dir.resolve("default.key"));
        MasterKey made = MasterKey.generate(dir.resolve("given.key"));

        assertThat(KeySources.of(Map.of(), Optional.of(dir.resolve("given.key")))
                .withDefaultKeyFile(dir.resolve("default.key")).masterKey().derive("test")).isEqualTo(made.derive("test"));
    }

    @Test
    void noPlaceIsTheDefaultUnlessTheCallerNamesOne() throws IOException {
        assertThat(KeySources.of(Map.of("HOME", dir.toString()), Optional.empty()).keyFileInUse()).isEmpty();
    }

    @Test
    void missingKeyNamesTheWaysToGiveOne() {
        VaultException failure = catchThrowableOfType(VaultException.class, () -> KeySources.of(Map.of(), Optional.empty())
                .withDefaultKeyFile(dir.resolve("default.key")).key());

        assertThat(failure.reason()).isEqualTo(Reason.KEY_MISSING);
        assertThat(failure.kind()).isEqualTo(FailureKind.VAULT);
        assertThat(failure).hasMessageContaining("ONEDRIVE_VAULT_KEY ").hasMessageContaining("ONEDRIVE_VAULT_KEY_FILE")
                .hasMessageContaining("keyFile").hasMessageContaining(dir.toString());
    }

    @Test
    void twoSourcesAreAnErrorEvenWithTheSameKey() throws IOException {
        Path file = keyFile(base64);

        VaultException failure = failure(Map.of("ONEDRIVE_VAULT_KEY", base64), Optional.of(file));

        assertThat(failure.reason()).isEqualTo(Reason.TWO_KEYS);
        assertThat(failure).hasMessageContaining("ONEDRIVE_VAULT_KEY and the key file " + file).hasMessageNotContaining(base64);
        assertThat(failure(Map.of("ONEDRIVE_VAULT_KEY_FILE", file.toString()), Optional.of(file)).reason())
                .isEqualTo(Reason.TWO_KEYS);
        assertThat(failure(Map.of("ONEDRIVE_VAULT_KEY_FILE", file.toString(), "ONEDRIVE_VAULT_KEY", base64),
                Optional.empty()).reason()).isEqualTo(Reason.TWO_KEYS);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 16, 31, 33, 64})
    void keyOfAnotherLengthIsRefusedNamingTheLengthOnly(int length) {
        String text = Base64.getEncoder().encodeToString(randomBytes(length)) + (length == 0 ? "=" : "");

        VaultException failure = failure(Map.of("ONEDRIVE_VAULT_KEY", text), Optional.empty());

        assertThat(failure.reason()).isEqualTo(Reason.MALFORMED_KEY);
        if (length > 0) {
            assertThat(failure).hasMessageContaining("holds " + length + " bytes instead of 32").hasMessageNotContaining(text);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 30, 61, 62, 63, 65, 66, 128})
    void hexOfAnotherLengthIsNamedAsHex(int digits) {
        String text = HexFormat.of().formatHex(randomBytes(64)).substring(0, digits);

        VaultException failure = failure(Map.of("ONEDRIVE_VAULT_KEY", text), Optional.empty());

        assertThat(failure.reason()).isEqualTo(Reason.MALFORMED_KEY);
        assertThat(failure).hasMessageContaining("holds " + digits + " hex digits instead of 64");
    }

    @ParameterizedTest
    @ValueSource(strings = {" %s", "%s ", "%s \n", "\n%s", "\t%s\n"})
    void whiteSpaceAroundTheKeyIsNamed(String form) throws IOException {
        VaultException failure = failure(Map.of(), Optional.of(keyFile(form.formatted(base64))));

        assertThat(failure.reason()).isEqualTo(Reason.MALFORMED_KEY);
        assertThat(failure).hasMessageContaining("holds spaces or line breaks").hasMessageNotContaining(base64);
    }

    @Test
    void whiteSpaceWithinTheKeyIsNamed() throws IOException {
        Path file = keyFile(base64.substring(0, 20) + "\n" + base64.substring(20) + "\n");

        assertThat(failure(Map.of(), Optional.of(file))).hasMessageContaining("holds spaces or line breaks");
    }

    @Test
    void textThatIsNoKeyIsNeverQuoted() {
        String text = "p@ssphrase-by-mistake!";

        VaultException failure = failure(Map.of("ONEDRIVE_VAULT_KEY", text), Optional.empty());

        assertThat(failure.reason()).isEqualTo(Reason.MALFORMED_KEY);
        assertThat(failure).hasMessageContaining("22 characters").hasMessageNotContaining("p@ss").hasNoCause();
    }

    @Test
    void twoTrailingNewlinesAreNotIgnored() {
        for (String end : new String[] {"\n\n", "\r\n\r\n", "\n\n\n"}) {
            VaultException failure = failure(Map.of("ONEDRIVE_VAULT_KEY", base64 + end), Optional.empty());

            assertThat(failure.reason()).isEqualTo(Reason.MALFORMED_KEY);
            assertThat(failure).hasMessageContaining("ends with more than one newline").hasMessageNotContaining(base64);
        }
    }

    @Test
    void openKeyFileIsRefusedWithTheCommandThatClosesIt() throws IOException {
        for (String permissions : new String[] {"rw-r-----", "rw----r--", "rw--w----", "rwx-----x"}) {
            Path file = keyFile(base64);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));

            VaultException failure = failure(Map.of(), Optional.of(file));

            assertThat(failure.reason()).isEqualTo(Reason.LOOSE_KEY_PERMISSIONS);
            assertThat(failure).hasMessageContaining(permissions).hasMessageContaining("chmod 600 '" + file + "'");
        }
    }

    @Test
    void keyFileThatIsMissingOrNoFileIsNamed() {
        Path missing = dir.resolve("nowhere.key");

        assertThat(failure(Map.of(), Optional.of(missing)).reason()).isEqualTo(Reason.KEY_UNREADABLE);
        assertThat(failure(Map.of(), Optional.of(missing))).hasMessageContaining("nowhere.key");
    }

    @Test
    void generatedKeyIsRandomAndItsFileIsClosedToOthers() throws IOException {
        Path file = dir.resolve("new/deep/vault.key");

        MasterKey made = MasterKey.generate(file);
        MasterKey other = MasterKey.generate(dir.resolve("other.key"));

        assertThat(MasterKey.resolve(Map.of(), Optional.of(file)).derive("test")).isEqualTo(made.derive("test"))
                .isNotEqualTo(other.derive("test"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent()))).isEqualTo("rwx------");
        assertThat(Files.readString(file)).matches("[A-Za-z0-9+/]{43}=\n");
    }

    @Test
    void existingKeyIsNeverOverwritten() throws IOException {
        Path file = keyFile(base64);

        VaultException failure = catchThrowableOfType(VaultException.class, () -> MasterKey.generate(file));

        assertThat(failure.reason()).isEqualTo(Reason.KEY_EXISTS);
        assertThat(Files.readString(file)).isEqualTo(base64);
    }

    @Test
    void placeThatCantBeWrittenIsNamed() throws IOException {
        Path noDirectory = Files.createFile(dir.resolve("file"));

        VaultException failure = catchThrowableOfType(VaultException.class,
                () -> MasterKey.generate(noDirectory.resolve("vault.key")));

        assertThat(failure.reason()).isEqualTo(Reason.KEY_NOT_WRITABLE);
    }

    @Test
    void textFormShowsNothing() {
        assertThat(new MasterKey(bytes)).hasToString("(vault key)");
    }

    private static VaultException failure(Map<String, String> environment, Optional<Path> keyFile) {
        return catchThrowableOfType(VaultException.class, () -> MasterKey.resolve(environment, keyFile));
    }

    private Path keyFile(String content) throws IOException {
        Path file = dir.resolve("vault" + Arrays.hashCode(randomBytes(8)) + ".key");
        OwnerOnlyFiles.writeNew(file, content.getBytes(StandardCharsets.US_ASCII));
        return file;
    }

    private static byte[] randomBytes(int length) {
        byte[] random = new byte[length];
        new SecureRandom().nextBytes(random);
        return random;
    }
}
