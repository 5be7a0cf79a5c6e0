package io.github.camelonedrive.simulator.internal.identity;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelonedrive.simulator.AccountType;
import io.github.camelonedrive.simulator.AdjustableClock;
import io.github.camelonedrive.simulator.GraphClient;
import io.github.camelonedrive.simulator.OneDriveSimulator;
import io.github.camelonedrive.simulator.SimulatorTestBase;

import static org.assertj.core.api.Assertions.assertThat;

/** Statements 83, 90: an app that proves itself by a key. */
class ClientAssertionTest extends SimulatorTestBase {
    private static final String ISSUER = "https://issuer.example/";
    private static final String SUBJECT = "system:serviceaccount:backup";
    private static final String AUDIENCE = "api://AzureADTokenExchange";

    @TempDir
    private static Path directory;
    private static TestKey registered;
    private static TestKey stranger;

    private final AdjustableClock clock = AdjustableClock.stopped();

    @BeforeAll
    static void makeKeys() throws Exception {
        registered = TestKey.create(directory, "2026/01/01 00:00:00", 365);
        stranger = TestKey.create(directory, "2026/01/01 00:00:00", 365);
    }

    @BeforeEach
    void startWithCertificate() {
        start(builder -> builder.accountType(AccountType.BUSINESS).clock(clock).certificate(registered.certificate()));
    }

    private String endpoint() {
        return simulator.loginEndpoint() + "/" + simulator.tenantId() + "/oauth2/v2.0/token";
    }

    private TestJwt assertion() {
        return TestJwt.of(registered, simulator.clientId(), endpoint(), clock.instant());
    }

    private HttpResponse<String> send(String assertion) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "client_credentials");
        form.put("client_id", simulator.clientId());
        form.put("scope", "https://graph.microsoft.com/.default");
        form.put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
        form.put("client_assertion", assertion);
        return client.token(simulator.tenantId(), form);
    }

    private void assertAccepted(String assertion) {
        HttpResponse<String> answer = send(assertion);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains("access_token").doesNotContain("refresh_token");
        client.use(GraphClient.json(answer).path("access_token").asText());
        assertThat(client.get("/drives/" + simulator.driveId()).statusCode()).isEqualTo(200);
    }

    private void assertRefused(String assertion, int aadsts) {
        HttpResponse<String> answer = send(assertion);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(401);
        assertThat(answer.body()).contains("\"error\":\"invalid_client\"", "AADSTS" + aadsts + ": ");
    }

    private void assertRefused(UnaryOperator<TestJwt> mistake, int aadsts) {
        assertRefused(mistake.apply(assertion()).sign(registered.key()), aadsts);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PS256", "RS256"})
    void aRegisteredCertificateProvesTheApp(String algorithm) {
        assertAccepted(assertion().header("alg", algorithm).sign(registered.key()));
        assertThat(simulator.violations()).isEmpty();
    }

    @Test
    void aCertificateAndTheSecretAreGoodBesideEachOtherAndForEveryGrant() {
        client.signInAsApplication();
        Map<String, String> form = client.refreshForm();
        form.remove("client_secret");
        form.put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
        form.put("client_assertion", assertion().sign(registered.key()));
        HttpResponse<String> answer = client.token(simulator.tenantId(), form);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @Test
    @Tag("S90")
    void onlyARegisteredCertificatesKeyMaySign() {
        TestJwt ofStranger = TestJwt.of(stranger, simulator.clientId(), endpoint(), clock.instant());
        assertRefused(ofStranger.sign(stranger.key()), 700027);
        assertRefused(assertion().sign(stranger.key()), 700027);
        assertRefused(jwt -> jwt.header("alg", "RS512"), 700027);
        assertRefused(jwt -> jwt.header("typ", "other"), 700027);
        String good = assertion().sign(registered.key());
        TestJwt altered = assertion();
        altered.claims.put("exp", 1);
        String payload = altered.sign(registered.key()).split("\\.")[1];
        String[] parts = good.split("\\.");
        assertRefused(parts[0] + "." + payload + "." + parts[2], 700027);
        assertRefused("nonsense", 50012);
    }

    @Test
    @Tag("S90")
    void theAudienceIsTheTokenEndpointToTheLastCharacter() {
        assertRefused(jwt -> jwt.claim("aud", endpoint() + "/"), 50012);
        String real = "https://login.microsoftonline.com/" + simulator.tenantId() + "/oauth2/v2.0/token";
        assertRefused(jwt -> jwt.claim("aud", real), 50012);
        assertRefused(jwt -> jwt.claim("aud", simulator.loginEndpoint() + "/common/oauth2/v2.0/token"), 50012);
    }

    @Test
    void issuerAndSubjectAreTheClientId() {
        assertRefused(jwt -> jwt.claim("iss", "another"), 50012);
        assertRefused(jwt -> jwt.claim("sub", "another"), 50012);
    }

    @Test
    void anAssertionIsShortLivedAndOfNow() {
        Instant now = clock.instant();
        assertRefused(jwt -> jwt.claim("exp", now), 700024);
        assertRefused(jwt -> jwt.without("exp"), 700024);
        assertRefused(jwt -> jwt.claim("exp", now.plusSeconds(601)), 700024);
        assertAccepted(assertion().claim("exp", now.plusSeconds(600)).sign(registered.key()));
    }

    @Test
    void clocksMayDifferByFiveMinutesAndTheRefusalSaysThatTheyDo() {
        Instant ahead = clock.instant().plus(Duration.ofMinutes(5));
        assertAccepted(assertion().claim("nbf", ahead).claim("iat", ahead).claim("exp", ahead.plusSeconds(600))
                .sign(registered.key()));
        String tooFar = assertion().claim("nbf", ahead.plusSeconds(1)).claim("exp", ahead.plusSeconds(300))
                .sign(registered.key());
        assertRefused(tooFar, 700024);
        assertThat(send(tooFar).body()).contains("Client assertion is not within its valid time range", "Current time: ");
    }

    @Test
    @Tag("S90")
    void anAssertionIsGoodOnce() {
        String assertion = assertion().sign(registered.key());
        assertAccepted(assertion);
        assertRefused(assertion, 50012);
        assertRefused(jwt -> jwt.without("jti"), 50012);
    }

    @Test
    void anExpiredCertificateProvesNothing() {
        clock.advance(Duration.ofDays(400));
        assertRefused(assertion().sign(registered.key()), 700027);
    }

    @Test
    void anAssertionNeedsItsType() {
        Map<String, String> form = client.refreshForm();
        form.put("client_assertion", assertion().sign(registered.key()));
        assertThat(client.token(simulator.tenantId(), form).body()).contains("AADSTS900144", "client_assertion_type");
    }

    @Test
    @Tag("S92")
    void aPublicClientMustNotSendAnAssertion() {
        close();
        simulator = OneDriveSimulator.builder().accountType(AccountType.BUSINESS).publicClient().clock(clock).start();
        client = new GraphClient(simulator);
        assertRefused(jwt -> jwt, 700025);
    }

    private TestJwt federated() {
        return new TestJwt().header("alg", "RS256").claim("iss", ISSUER).claim("sub", SUBJECT).claim("aud", AUDIENCE)
                .claim("exp", clock.instant().plusSeconds(3600));
    }

    private void startFederated() {
        close();
        start(builder -> builder.accountType(AccountType.BUSINESS).clock(clock).certificate(registered.certificate())
                .federatedCredential(ISSUER, SUBJECT, AUDIENCE, stranger.certificate().getPublicKey()));
    }

    @Test
    void anotherIssuersTokenStandsForTheAppWhenAllThreeNamesMatch() {
        startFederated();
        String token = federated().sign(stranger.key());
        assertAccepted(token);
        assertAccepted(token);
        assertAccepted(assertion().sign(registered.key()));

        assertRefused(federated().claim("iss", "https://issuer.example").sign(stranger.key()), 700211);
        assertRefused(federated().claim("sub", "another").sign(stranger.key()), 700213);
        assertRefused(federated().claim("sub", "System:serviceaccount:backup").sign(stranger.key()), 7002138);
        assertRefused(federated().sign(registered.key()), 50012);
        assertRefused(federated().claim("exp", clock.instant()).sign(stranger.key()), 700024);
        HttpResponse<String> audience = send(federated().claim("aud", "api://azureadtokenexchange").sign(stranger.key()));
        assertThat(audience.statusCode()).isEqualTo(400);
        assertThat(audience.body()).contains("invalid_request", "AADSTS70021: ");
    }

    @Test
    void anIssuerMayHaveAnEllipticKey() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();
        close();
        start(builder -> builder.accountType(AccountType.BUSINESS).clock(clock)
                .federatedCredential(ISSUER, SUBJECT, AUDIENCE, pair.getPublic()));
        assertAccepted(federated().header("alg", "ES256").sign(pair.getPrivate()));
    }
}
