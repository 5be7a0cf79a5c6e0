package io.github.camelonedrive.credentials;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.TimeZone;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelonedrive.RemedyAction;
import io.github.camelonedrive.RemedyWords;
import io.github.camelonedrive.credentials.CredentialEnd.Kind;

import static org.assertj.core.api.Assertions.assertThat;

/** When an operator is warned of the end of a secret or a certificate, and what he is told. */
class CredentialEndTest {

    private static final TimeZone ZONE = TimeZone.getDefault();

    @TempDir
    private Path directory;

    @AfterEach
    void restoreZone() {
        TimeZone.setDefault(ZONE);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-12-01T23:59:59Z, FINE,    61",
        "2026-12-02T00:00:00Z, DAYS_60, 60",
        "2026-12-31T23:59:59Z, DAYS_60, 31",
        "2027-01-01T00:00:00Z, DAYS_30, 30",
        "2027-01-23T23:59:59Z, DAYS_30, 8",
        "2027-01-24T00:00:00Z, DAYS_7,  7",
        "2027-01-29T23:59:59Z, DAYS_7,  2",
        "2027-01-30T00:00:00Z, DAYS_1,  1",
        "2027-01-31T00:00:00Z, DAYS_1,  0",
        "2027-01-31T23:59:59Z, DAYS_1,  0",
        "2027-02-01T00:00:00Z, EXPIRED, -1",
        "2027-02-03T12:00:00Z, EXPIRED, -2" })
    void aSecretIsGoodUntilItsLastDayIsOverAndEachThresholdIsADayOfTheCalendar(Instant now, ExpiryLevel level, long days) {
        CredentialEnd end = secret(LocalDate.of(2027, 1, 31));

        assertThat(end.level(now)).isEqualTo(level);
        assertThat(end.daysLeft(now)).isEqualTo(days);
    }

    @ParameterizedTest
    @CsvSource({
        // 60 days before 2028-03-01, over the 29th of February, and before the same day of a year without it.
        "2028-03-01, 2028-01-01, DAYS_60", "2028-03-01, 2027-12-31, FINE",
        "2027-03-01, 2026-12-31, DAYS_60", "2027-03-01, 2026-12-30, FINE",
        // The secret's last day is a leap day.
        "2028-02-29, 2028-02-28, DAYS_1", "2028-02-29, 2028-02-29, DAYS_1", "2028-02-29, 2028-03-01, EXPIRED" })
    void leapDaysCount(LocalDate lastDay, LocalDate today, ExpiryLevel level) {
        assertThat(secret(lastDay).level(Instant.parse(today + "T12:00:00Z"))).isEqualTo(level);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Pacific/Kiritimati", "Etc/GMT+12", "Europe/Berlin", "UTC"})
    void theZoneOfTheMachineChangesNothing(String zone) {
        TimeZone.setDefault(TimeZone.getTimeZone(zone));
        CredentialEnd end = secret(LocalDate.of(2027, 1, 31));

        assertThat(end.level(Instant.parse("2027-01-31T23:59:59Z"))).isEqualTo(ExpiryLevel.DAYS_1);
        assertThat(end.level(Instant.parse("2027-02-01T00:00:00Z"))).isEqualTo(ExpiryLevel.EXPIRED);
        assertThat(end.lastDay()).isEqualTo("2027-01-31");
    }

    @Test
    void aCertificateIsGoodUntilAndAtItsOwnEnd() throws Exception {
        ClientCertificate certificate = certificate();
        CredentialEnd end = CredentialEnd.of(destination().withCredential(new ClientCredential.Certificate(certificate)))
                .orElseThrow();
        Instant notAfter = certificate.notAfter();

        assertThat(end.kind()).isEqualTo(Kind.CERTIFICATE);
        assertThat(end.level(notAfter)).isEqualTo(ExpiryLevel.DAYS_1);
        assertThat(end.level(notAfter.plusMillis(1))).isEqualTo(ExpiryLevel.EXPIRED);
        assertThat(end.level(notAfter.minus(Duration.ofDays(31)))).isEqualTo(ExpiryLevel.DAYS_60);
        assertThat(end.level(notAfter.minus(Duration.ofDays(31)).plusMillis(1))).isEqualTo(ExpiryLevel.DAYS_30);
    }

    @Test
    void theEarlierOfBothCounts() throws Exception {
        ClientCertificate certificate = certificate();
        Destination both = destination().withCredential(new ClientCredential.Certificate(certificate));
        LocalDate day = LocalDate.ofInstant(certificate.notAfter(), ZoneOffset.UTC);

        assertThat(CredentialEnd.of(both.withSecretExpires(day.minusDays(1))).orElseThrow().kind()).isEqualTo(Kind.SECRET);
        assertThat(CredentialEnd.of(both.withSecretExpires(day.plusDays(1))).orElseThrow().kind()).isEqualTo(Kind.CERTIFICATE);
    }

    @Test
    void whatIsNotKnownToEndIsNoWarning() {
        assertThat(CredentialEnd.of(destination())).isEmpty();
        assertThat(CredentialEnd.of(TestVaults.publicClient("public"))).isEmpty();
    }

    @Test
    void theTextSaysWhatHappensWhenAndWhatToDo() {
        CredentialEnd end = secret(LocalDate.of(2027, 1, 31));

        assertThat(end.text(Instant.parse("2027-01-01T08:00:00Z"), RemedyWords.NEUTRAL))
                .contains("client secret of destination 'offsite'",
                "in 30 days", "2027-01-31", "Certificates & secrets",
                "Store the new client secret for destination 'offsite'");
        assertThat(end.problem(Instant.parse("2027-01-30T08:00:00Z"))).contains("in 1 day,");
        assertThat(end.problem(Instant.parse("2027-01-31T08:00:00Z"))).contains("within a day");
        assertThat(end.problem(Instant.parse("2027-02-01T08:00:00Z"))).contains("expired on 2027-01-31", "refuses");
        assertThat(new CredentialEnd("offsite", Kind.CERTIFICATE, Instant.EPOCH).remedy().actions())
                .containsExactly(RemedyAction.NEW_CERTIFICATE);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-30T10:00:00Z, 2026-11-24T10:00:00Z, false",
        "2026-11-30T09:59:59Z, 2026-11-23T10:00:00Z, false",
        "2026-11-30T10:00:00Z, 2026-11-23T10:00:00Z, true",
        "2026-11-30T10:00:00Z, 2026-11-22T10:00:00Z, true",
        // A day ahead may be another machine's clock; more was a clock that was wrong.
        "2026-11-30T10:00:00Z, 2026-12-01T10:00:00Z, false",
        "2026-11-30T10:00:00Z, 2036-12-01T10:00:00Z, true" })
    void aRefreshTokenIsUsedAfterAWeekUnused(Instant now, Instant used, boolean due) {
        Destination signedIn = destination().withRefreshToken(Secret.of(TestVaults.randomValue())).withSignedIn(used);

        assertThat(RefreshTokenUse.isDue(signedIn, now)).isEqualTo(due);
    }

    @Test
    void aRefreshTokenOfUnknownAgeIsUsedAndWithoutOneThereIsNothingToUse() {
        Instant now = Instant.parse("2026-11-30T10:00:00Z");

        assertThat(RefreshTokenUse.isDue(destination().withRefreshToken(Secret.of(TestVaults.randomValue())), now)).isTrue();
        assertThat(RefreshTokenUse.isDue(destination().withSignedIn(Instant.EPOCH), now)).isFalse();
    }

    private static CredentialEnd secret(LocalDate lastDay) {
        return CredentialEnd.of(destination().withSecretExpires(lastDay)).orElseThrow();
    }

    private static Destination destination() {
        return Destination.of("offsite", Secret.of(TestVaults.randomValue()))
                .withCredential(ClientCredential.ofSecret(Optional.of(Secret.of(TestVaults.randomValue()))));
    }

    /** Made by the JDK's own tool, good for 90 days. */
    private ClientCertificate certificate() throws IOException, InterruptedException, GeneralSecurityException {
        Path file = directory.resolve("certificate.p12");
        String password = UUID.randomUUID().toString();
        Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair", "-alias", "backup", "-keyalg", "RSA", "-keysize", "2048", "-dname", "CN=backup", "-validity",
                "90",
                "-keystore", file.toString(), "-storetype", "PKCS12", "-storepass", password).inheritIO().start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream content = Files.newInputStream(file)) {
            store.load(content, password.toCharArray());
        }
        return new ClientCertificate((PrivateKey) store.getKey("backup", password.toCharArray()),
                (X509Certificate) store.getCertificate("backup"));
    }
}
