package io.github.camelonedrive.component;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.camelonedrive.auth.SignInInvitation;
import io.github.camelonedrive.auth.SignInPrompt;
import io.github.camelonedrive.auth.TestCertificate;
import io.github.camelonedrive.simulator.AccountType;
import io.github.camelonedrive.simulator.OneDriveSimulator;
import io.github.camelonedrive.simulator.OneDriveSimulatorBuilder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Every way to sign in as options of the component, against the simulator. */
@Timeout(120)
class GrantOptionsTest {

    private static final byte[] CONTENT = SimulatedRoute.content(100);
    private static final String AUDIENCE = "api://AzureADTokenExchange";

    private static TestCertificate certificate;

    @TempDir
    Path directory;

    private OneDriveSimulator onedrive;
    private SimulatedRoute route;

    @BeforeAll
    static void makeCertificate(@TempDir Path keys) throws Exception {
        certificate = new TestCertificate(keys, 90);
    }

    @AfterEach
    void stop() {
        if (route != null) {
            route.close();
            assertThat(onedrive.violations()).isEmpty();
            onedrive.close();
        }
    }

    @Test
    @Tag("C89")
    void secretOfAnApplicationIsEnoughForADriveOfItsTenant() throws Exception {
        start(UnaryOperator.identity());
        route.component().getConfiguration().setClientSecret(onedrive.clientSecret());

        upload("&userId=" + onedrive.userId());

        assertThat(onedrive.tokenCalls()).containsOnly(Map.entry("client_credentials", 1));
    }

    @Test
    void certificateFromAPkcs12File() throws Exception {
        start(builder -> builder.certificate(read(certificate)));
        route.component().getConfiguration().setClientCertificatePassword(certificate.password);

        upload("&siteId=" + onedrive.siteId() + "&clientCertificate=file:" + certificate.file);

        assertThat(onedrive.tokenCalls()).containsOnly(Map.entry("client_credentials", 1));
    }

    @Test
    void federatedTokenFromItsFile() throws Exception {
        KeyPair issuer = rsa();
        start(builder -> builder.federatedCredential("https://issuer.example", "system:backup", AUDIENCE, issuer.getPublic()));
        SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.RS256), new JWTClaimsSet.Builder()
                .issuer("https://issuer.example").subject("system:backup").audience(AUDIENCE).jwtID("1")
                .issueTime(Date.from(Instant.now())).notBeforeTime(Date.from(Instant.now()))
                .expirationTime(Date.from(Instant.now().plus(Duration.ofHours(1)))).build());
        token.sign(new RSASSASigner(issuer.getPrivate()));
        Path file = Files.writeString(directory.resolve("token"), token.serialize() + "\n");

        upload("&driveId=" + onedrive.driveId() + "&federatedTokenFile=" + file);

        assertThat(onedrive.tokenCalls()).containsOnly(Map.entry("client_credentials", 1));
    }

    @Test
    void personWhoEntersACodeElsewhere() throws Exception {
        start(builder -> builder.publicClient().deviceCodes(Duration.ofMinutes(15), Duration.ofSeconds(1)));
        List<SignInInvitation> invitations = new CopyOnWriteArrayList<>();
        SignInPrompt prompt = invitation -> {
            invitations.add(invitation);
            onedrive.approveDevice(invitation.userCode().orElseThrow());
        };
        route.context().getRegistry().bind("ask", prompt);

        upload("&grantType=device_code&signInPrompt=#ask");

        assertThat(invitations).hasSize(1);
        assertThat(invitations.get(0).address()).isEqualTo(onedrive.deviceLoginPage());
        assertThat(onedrive.tokenCalls()).containsOnlyKeys("urn:ietf:params:oauth:grant-type:device_code");
    }

    @Test
    void personWithABrowserOnThisMachine() throws Exception {
        start(OneDriveSimulatorBuilder::autoConsent);
        route.component().getConfiguration().setClientSecret(onedrive.clientSecret());
        HttpClient browser = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();
        SignInPrompt prompt = invitation -> browser.sendAsync(HttpRequest.newBuilder(invitation.address()).build(),
                HttpResponse.BodyHandlers.discarding());
        route.context().getRegistry().bind("ask", prompt);

        upload("&grantType=authorization_code&signInPrompt=#ask");
        upload("&grantType=authorization_code&signInPrompt=#ask");

        assertThat(onedrive.tokenCalls()).containsOnly(Map.entry("authorization_code", 1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "grantType=refresh_token|needs a refreshToken",
        "grantType=client_credentials&driveId=d|clientSecret, clientCertificate or federatedTokenFile",
        "grantType=client_credentials&clientSecret=s3cret-x&driveId=d|certain tenantId",
        "grantType=client_credentials&clientSecret=s3cret-x&tenantId=contoso.example|driveId, userId, siteId or groupId",
        "grantType=device_code&clientSecret=s3cret-x|7000218",
        "grantType=device_code&refreshToken=t0ken-xy|refreshToken is for grantType=refresh_token",
        "clientSecret=s3cret-x&federatedTokenFile=/x|only one of",
        "grantType=device_code&tenantId=consumers&cloud=china|global cloud only",
        "clientCertificate=file:/no/such/file.pem|/no/such/file.pem"})
    void optionsThatCantWorkAreAFailedStart(String options, String why) {
        start(UnaryOperator.identity());

        assertThatThrownBy(() -> route.context().getEndpoint("onedrive:offsite?" + options)).hasStackTraceContaining(why)
                .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain("s3cret-x", "t0ken-xy"));
        assertThat(onedrive.requests()).isEmpty();
    }

    @Test
    void grantWithoutAClientIdIsAFailedStart() {
        start(UnaryOperator.identity());
        route.component().getConfiguration().setClientId(null);

        assertThatThrownBy(() -> route.context().getEndpoint("onedrive:offsite?grantType=device_code"))
                .hasStackTraceContaining("needs a clientId");
    }

    @Test
    void notEnoughToSignInWithNamesTheWays() {
        start(UnaryOperator.identity());
        route.component().getConfiguration().setClientSecret(onedrive.clientSecret());

        Exchange exchange = route.send("onedrive:offsite", CONTENT, Map.of(Exchange.FILE_NAME, "a.sql"));

        assertThat(exchange.getException()).hasMessageContaining("device_code").hasMessageContaining("clientCertificate")
                .hasMessageContaining("refreshToken").hasMessageContaining("onedriveCredentials");
    }

    private void start(UnaryOperator<OneDriveSimulatorBuilder> options) {
        onedrive = options.apply(OneDriveSimulator.builder().accountType(AccountType.BUSINESS)).start();
        route = new SimulatedRoute(onedrive);
        OneDriveConfiguration configuration = route.component().getConfiguration();
        configuration.setClientSecret(null);
        configuration.setRefreshToken(null);
    }

    private void upload(String options) throws Exception {
        String tenant = options.contains("grantType") ? "common" : onedrive.tenantId();
        route.upload("onedrive:offsite?folderPath=/In&tenantId=" + tenant + options, "a.sql", CONTENT);
        assertThat(route.holds("/In/a.sql", CONTENT)).isTrue();
    }

    private static java.security.cert.X509Certificate read(TestCertificate certificate) {
        try {
            return certificate.read().certificate();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair rsa() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair();
    }
}
