package io.github.camelonedrive.auth;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.credentials.ClientCertificate;
import io.github.camelonedrive.credentials.ClientCredential;
import io.github.camelonedrive.credentials.Cloud;
import io.github.camelonedrive.credentials.Secret;
import io.github.camelonedrive.transport.FakeTime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** How an app registration proves itself at the token endpoint. */
class ClientProofTest {

    private static ClientCertificate certificate;

    @TempDir
    Path directory;

    private final FakeTime clock = new FakeTime(Instant.parse("2026-11-22T10:00:00Z"));
    private final ScriptedLogin service = new ScriptedLogin();
    private final LoginClient login = service.client(clock);
    private final LoginRetry retry = new LoginRetry(clock, new Random(1));

    @BeforeAll
    static void makeCertificate(@TempDir Path keys) throws Exception {
        certificate = new TestCertificate(keys, 90).read();
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    @Tag("C90")
    void certificateSignsTheAssertionThatMicrosoftAsksFor() throws Exception {
        service.thenTokens("test-at", null);

        login.application(withCertificate(), Optional.empty(), retry);

        SignedJWT assertion = assertion(0);
        assertThat(assertion.getHeader().getAlgorithm()).isEqualTo(JWSAlgorithm.PS256);
        assertThat(assertion.getHeader().getType()).hasToString("JWT");
        assertThat(assertion.getHeader().getX509CertSHA256Thumbprint()).isEqualTo(Base64URL.encode(
                MessageDigest.getInstance("SHA-256").digest(certificate.certificate().getEncoded())));
        assertThat(assertion.getHeader().toJSONObject()).containsOnlyKeys("alg", "typ", "x5t#S256");
        assertThat(assertion.verify(new RSASSAVerifier((RSAPublicKey) certificate.certificate().getPublicKey()))).isTrue();
        JWTClaimsSet claims = assertion.getJWTClaimsSet();
        assertThat(claims.getAudience()).isEqualTo(List.of(service.address() + "/contoso.example/oauth2/v2.0/token"));
        assertThat(claims.getIssuer()).isEqualTo("test-client-id");
        assertThat(claims.getSubject()).isEqualTo("test-client-id");
        assertThat(claims.getJWTID()).isNotBlank();
    }

    @Test
    @Tag("C90")
    void assertionIsGoodFromNowForTenMinutesAtMostByTheClockThatIsGiven() throws Exception {
        clock.pass(Duration.ofHours(5));
        service.thenTokens("test-at", null);

        login.application(withCertificate(), Optional.empty(), retry);

        JWTClaimsSet claims = assertion(0).getJWTClaimsSet();
        assertThat(claims.getNotBeforeTime()).isEqualTo(Date.from(clock.now()));
        assertThat(claims.getIssueTime()).isEqualTo(Date.from(clock.now()));
        assertThat(claims.getExpirationTime()).isAfter(Date.from(clock.now()))
                .isBeforeOrEqualTo(Date.from(clock.now().plus(Duration.ofMinutes(10))));
    }

    @Test
    @Tag("C90")
    void noAssertionIsSentTwiceNotEvenWhenARequestIsTriedAgain() throws Exception {
        service.then(503, "").then(503, "").thenTokens("test-at", null);

        login.application(withCertificate(), Optional.empty(), retry);
        login.refresh(withCertificate(), Secret.of("test-refresh-" + UUID.randomUUID()), Optional.empty(), retry);

        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 4; i++) {
            ids.add(assertion(i).getJWTClaimsSet().getJWTID());
        }
        assertThat(ids).hasSize(4);
    }

    @Test
    void assertionComesWithTheClientIdAndNothingElseThatProves() throws Exception {
        service.thenTokens("test-at", null);

        login.refresh(withCertificate(), Secret.of("test-refresh-" + UUID.randomUUID()), Optional.empty(), retry);

        assertThat(service.form(0)).containsEntry("client_id", "test-client-id").doesNotContainKey("client_secret")
                .containsEntry("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
                .containsEntry("grant_type", "refresh_token");
    }

    @Test
    void endedCertificateIsSaidBeforeAnythingIsSent() {
        clock.pass(Duration.ofDays(100));

        OneDriveException failure = catchThrowableOfType(OneDriveException.class,
                () -> login.application(withCertificate(), Optional.empty(), retry));

        assertThat(failure.kind()).isEqualTo(FailureKind.SIGN_IN);
        assertThat(failure).hasMessageContaining("'offsite'").hasMessageContaining("has ended");
        assertThat(service.requests).isEmpty();
    }

    @Test
    @Tag("C91")
    void federatedTokenIsReadAnewForEachRequest() throws Exception {
        Path file = Files.writeString(directory.resolve("token"), "first.token.a\n");
        ClientIdentity client = client(new ClientCredential.FederatedToken(file));
        service.then(503, "").thenTokens("test-at", null);
        service.beforeAnswer = () -> write(file, "next.token." + service.requests.size());

        login.application(client, Optional.empty(), retry);
        login.application(client, Optional.empty(), retry);

        assertThat(service.requests).extracting(request -> request.form().get("client_assertion"))
                .containsExactly("first.token.a", "next.token.1", "next.token.2");
        assertThat(service.form(0)).containsEntry("client_id", "test-client-id").doesNotContainKey("client_secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "two words", "ümlaut"})
    void fileThatHoldsNoTokenIsNamedAndNothingIsSent(String content) throws Exception {
        Path file = Files.writeString(directory.resolve("token"), content);

        assertThatFederatedFails(file, "holds no federated token");
    }

    @Test
    void missingOrHugeFileIsNamedAndNothingIsSent() throws Exception {
        assertThatFederatedFails(directory.resolve("nowhere"), "there is no file");
        assertThatFederatedFails(Files.writeString(directory.resolve("huge"), "x".repeat(70_000)), "too large");
        assertThatFederatedFails(directory, "can't be read");
    }

    private void assertThatFederatedFails(Path file, String why) {
        assertThatThrownBy(() -> login.application(client(new ClientCredential.FederatedToken(file)), Optional.empty(), retry))
                .isInstanceOf(SignInException.class).hasMessageContaining(file.toString()).hasMessageContaining(why)
                .hasMessageContaining("'offsite'");
        assertThat(service.requests).isEmpty();
    }

    private SignedJWT assertion(int index) throws Exception {
        return SignedJWT.parse(service.form(index).get("client_assertion"));
    }

    private static ClientIdentity withCertificate() {
        return client(new ClientCredential.Certificate(certificate));
    }

    private static ClientIdentity client(ClientCredential credential) {
        return new ClientIdentity("offsite", Secret.of("test-client-id"), credential, "contoso.example", Cloud.GLOBAL);
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
