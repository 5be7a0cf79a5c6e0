package io.github.camelonedrive.backup.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code destination add}, {@code update}, {@code list} and {@code show}: with options, and asked at a terminal. */
class DestinationAddTest {

    private final String clientId = UUID.randomUUID().toString();
    private final String secret = random();

    @TempDir
    private Path directory;

    private ProgramInThisJvm program;

    @BeforeEach
    void makeTheVault() {
        program = new ProgramInThisJvm(directory).expect(0, "vault", "init");
    }

    @Test
    void onATerminalItAsksForWhatIsMissingAndAgainForWhatCannotBe() throws Exception {
        String later = LocalDate.now().plusYears(1).toString();
        int code = program.typing(String.join("\n", "", "my client id", clientId, UUID.randomUUID().toString(), secret,
                "next year", later, "not a tenant!", "", "/Back:ups", "Sicherung 数据") + "\n",
                "destination", "add", "offsite");
        assertThat(code).as(program.err()).isZero();
        assertThat(program.err()).containsSubsequence("Application (client) ID: ", "This is needed.",
                "does not look like a client ID", "not shown", "secret's ID, not its value", "'next year' is not a date",
                "Tenant", "[common]", "can't be a tenant", "Folder", "[/Backups]", "Back:ups");
        assertThat(program.err() + program.out()).doesNotContain(secret);
        assertThat(program.out()).contains("Next: onedrive-backup authorize offsite");

        JsonNode shown = shown();
        assertThat(shown.get("folder").asText()).isEqualTo("/Sicherung 数据");
        assertThat(shown.get("tenant").asText()).isEqualTo("common");
        assertThat(shown.get("secretExpires").asText()).isEqualTo(later);
        assertThat(shown.get("clientSecret").asBoolean()).isTrue();
        assertThat(shown.get("clientId").asText()).isEqualTo("…" + clientId.substring(32));
        assertThat(shown.get("signIn").asText()).isEqualTo("not authorized yet");
    }

    @Test
    void nothingIsAskedThatWasGiven() throws Exception {
        assertThat(program.typing("", "destination", "add", "offsite", "--client-id", clientId, "--client-secret-file",
                program.secret("secret", secret), "--tenant", "consumers", "--folder", "/", "--secret-expires", "2099-01-31"))
                .as(program.err()).isZero();
        assertThat(program.err()).isEmpty();
    }

    @Test
    void aPublicClientHasNoSecretAndNoDay() throws Exception {
        assertThat(program.typing(clientId + "\n\n\n\n", "destination", "add", "offsite")).as(program.err()).isZero();
        assertThat(program.err()).doesNotContain("expires");
        assertThat(program.out()).contains("--device");
        assertThat(shown().get("credential").asText()).isEqualTo("public client");
        assertThat(shown().get("folder").asText()).isEqualTo("/Backups");
    }

    @Test
    void whoLeavesInTheMiddleHasStoredNothing() throws Exception {
        assertThat(program.typing(clientId + "\n", "destination", "add", "offsite")).isEqualTo(2);
        assertThat(program.err()).contains("nothing was stored");
        assertThat(program.expect(0, "destination", "list", "--json").json().get("destinations")).isEmpty();
    }

    @Test
    void withoutATerminalNothingIsAsked() {
        program.expect(2, "destination", "add", "offsite");
        assertThat(program.err()).contains("--client-id");
        assertThat(program.out()).isEmpty();
    }

    @Test
    void aNameThatIsTakenIsSaidBeforeAnythingIsAsked() {
        program.expect(0, "destination", "add", "offsite", "--client-id", clientId);
        assertThat(program.typing("", "destination", "add", "offsite")).isEqualTo(2);
        assertThat(program.err()).contains("already").doesNotContain("client ID");
    }

    @ParameterizedTest
    @CsvSource({"--client-secret, --client-secret-file", "--refresh-token, --refresh-token-file",
        "--certificate-password, --certificate-password-file"})
    void aSecretIsNoArgumentAndIsNotRepeated(String option, String instead) {
        for (String[] form : new String[][] {{option, secret}, {option + "=" + secret}}) {
            String[] line = new String[5 + form.length];
            System.arraycopy(new String[] {"destination", "add", "offsite", "--client-id", clientId}, 0, line, 0, 5);
            System.arraycopy(form, 0, line, 5, form.length);
            program.expect(2, line);
            assertThat(program.err()).contains(option).contains(instead).doesNotContain(secret);
        }
        program.expect(2, "--json", "destination", "add", "offsite", option, secret);
        assertThat(program.out()).contains(instead).doesNotContain(secret);
    }

    @Test
    void whatLooksWrongIsSaidButStored() throws Exception {
        program.expect(0, "destination", "add", "offsite", "--client-id", "backup app", "--client-secret-file",
                program.secret("secret", UUID.randomUUID().toString()),
                "--secret-expires", LocalDate.now().minusDays(2).toString());
        assertThat(program.err()).contains("does not look like a client ID").contains("ID, not its value")
                .contains("expired on").doesNotContain("backup app");
        program.expect(0, "destination", "add", "other", "--client-id", clientId, "--client-secret-file",
                program.secret("secret", secret), "--secret-expires", LocalDate.now().plusDays(20).toString());
        assertThat(program.err()).contains("expires in");
        assertThat(program.expect(0, "destination", "list").out()).contains("days left").contains("expired");
    }

    @Test
    void aSecretThatEndsInAYearIsNoWarning() throws Exception {
        program.expect(0, "destination", "add", "offsite", "--client-id", clientId, "--client-secret-file",
                program.secret("secret", secret), "--secret-expires", LocalDate.now().plusDays(365).toString());
        assertThat(program.err()).isEmpty();
    }

    @Test
    void personalAccountsAreInOneCloudOnly() {
        program.expect(2, "destination", "add", "offsite", "--client-id", clientId, "--tenant", "consumers",
                "--cloud", "usgov");
        assertThat(program.err()).contains("consumers").contains("--cloud");
        assertThat(program.typing("\nconsumers\ncontoso.onmicrosoft.us\n\n", "destination", "add", "offsite", "--client-id",
                clientId, "--cloud", "usgov")).as(program.err()).isZero();
        assertThat(program.err()).contains("Personal accounts");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u001b[31m", "a\nb", "a\u009bb"})
    void aClientIdWithControlCharacters_isRefused(String id) {
        program.expect(2, "destination", "add", "offsite", "--client-id", id);
        assertThat(program.err()).contains("--client-id holds a control character");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--drive", "--site", "--user", "--group"})
    void anApplicationSignsInByItselfWithATenantAndADrive(String selector) throws Exception {
        String file = program.secret("secret", secret);
        program.expect(0, "destination", "add", "offsite", "--client-id", clientId, "--client-secret-file", file,
                "--tenant", "contoso.example", selector, "some,id");
        assertThat(program.out()).contains("Next: onedrive-backup destination test offsite");
        assertThat(shown().get("signIn").asText()).isEqualTo("application");
        assertThat(shown().get("drive").asText()).isEqualTo(selector.substring(2) + ":some,id");
        program.expect(0, "destination", "add", "any", "--client-id", clientId, "--client-secret-file", file, selector, "x");
        assertThat(program.out()).contains("authorize any").contains("--tenant");
    }

    @Test
    void aRefreshTokenMakesItReadyForTheTest() throws Exception {
        program.expect(0, "destination", "add", "offsite", "--client-id", clientId, "--refresh-token-file",
                program.secret("token", random()));
        assertThat(program.out()).contains("Next: onedrive-backup destination test offsite");
        assertThat(shown().get("signIn").asText()).isEqualTo("delegated");
    }

    @Test
    void onlyOneWayToProveTheRegistration() throws Exception {
        String file = program.secret("secret", secret);
        program.expect(2, "destination", "add", "offsite", "--client-id", clientId, "--client-secret-file", file,
                "--federated-token-file", file);
        program.expect(2, "destination", "add", "offsite", "--client-id", clientId, "--certificate-password-file", file);
        assertThat(program.err()).contains("--certificate");
    }

    @Test
    void aCertificateIsShownByWhatThePortalShows() throws Exception {
        Path store = keyStore("CN=Backup of Example", 20);
        program.expect(2, "destination", "add", "offsite", "--client-id", clientId, "--certificate", store.toString());
        assertThat(program.err()).contains("password").doesNotContain(secret);
        program.expect(0, "destination", "add", "offsite", "--client-id", clientId, "--certificate", store.toString(),
                "--certificate-password-file", program.secret("password", secret));
        assertThat(program.err()).contains("certificate").contains("expires in 19 days");
        JsonNode certificate = shown().get("certificate");
        assertThat(certificate.get("subject").asText()).isEqualTo("CN=Backup of Example");
        assertThat(certificate.get("thumbprint").asText()).matches("[0-9A-F]{40}");
        assertThat(shown().get("daysLeft").asInt()).isEqualTo(19);
        String shown = program.expect(0, "destination", "show", "offsite").out();
        assertThat(shown).contains(certificate.get("thumbprint").asText()).contains("CN=Backup of Example")
                .contains("19 days left").doesNotContain(clientId).doesNotContain("PRIVATE");
    }

    @Test
    void aFederatedTokenIsRememberedByItsPlace() throws Exception {
        program.expect(2, "destination", "add", "offsite", "--client-id", clientId, "--federated-token-file", "nowhere");
        assertThat(program.err()).contains("nowhere");
        program.secret("federated", random());
        program.expect(0, "destination", "add", "offsite", "--client-id", clientId, "--federated-token-file", "federated");
        assertThat(shown().get("federatedTokenFile").asText()).isEqualTo(directory.resolve("federated").toString());
    }

    @Test
    void aNewSecretKeepsTheSignInAndForgetsWhenTheOldOneEnded() throws Exception {
        program.expect(0, "destination", "add", "offsite", "--client-id", clientId, "--client-secret-file",
                program.secret("secret", secret), "--secret-expires", "2026-12-01", "--refresh-token-file",
                program.secret("token", random()), "--folder", "/Backups");
        program.expect(0, "destination", "update", "offsite", "--client-secret-file", program.secret("new", random()));
        assertThat(shown().has("secretExpires")).isFalse();
        assertThat(shown().get("signIn").asText()).isEqualTo("delegated");
        assertThat(shown().get("folder").asText()).isEqualTo("/Backups");
        program.expect(0, "destination", "update", "offsite", "--secret-expires", "2099-12-01");
        assertThat(shown().get("secretExpires").asText()).isEqualTo("2099-12-01");
        assertThat(shown().get("clientSecret").asBoolean()).isTrue();
        program.expect(2, "destination", "update", "offsite");
        program.expect(2, "destination", "update", "nowhere", "--secret-expires", "2099-12-01");
    }

    private Path keyStore(String subject, int days) throws IOException, InterruptedException {
        Path store = directory.resolve("backup.p12");
        ProcessBuilder keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair", "-alias", "backup", "-keyalg", "RSA", "-keysize", "2048", "-dname", subject, "-validity",
                Integer.toString(days), "-storetype", "PKCS12", "-keystore", store.toString(), "-storepass:env", "PASSWORD")
                .redirectErrorStream(true).directory(directory.toFile());
        keytool.environment().put("PASSWORD", secret);
        Process running = keytool.start();
        String said = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(running.waitFor()).as(said).isZero();
        return Files.setPosixFilePermissions(store, PosixFilePermissions.fromString("rw-------"));
    }

    private JsonNode shown() throws IOException {
        return program.expect(0, "destination", "show", "offsite", "--json").json().at("/destinations/0");
    }

    private static String random() {
        byte[] bytes = new byte[20];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
