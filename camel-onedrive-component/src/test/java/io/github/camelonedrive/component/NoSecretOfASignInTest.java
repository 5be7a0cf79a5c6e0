package io.github.camelonedrive.component;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPrivateCrtKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelonedrive.auth.SignInInvitation;
import io.github.camelonedrive.auth.SignInPrompt;
import io.github.camelonedrive.auth.TestCertificate;
import io.github.camelonedrive.component.faults.VirtualTime;
import io.github.camelonedrive.credentials.ClientCredential;
import io.github.camelonedrive.credentials.Destination;
import io.github.camelonedrive.credentials.DriveSelector;
import io.github.camelonedrive.credentials.Passphrase;
import io.github.camelonedrive.credentials.Secret;
import io.github.camelonedrive.credentials.Vault;
import io.github.camelonedrive.simulator.AccountType;
import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.OneDriveSimulator;
import io.github.camelonedrive.simulator.OneDriveSimulatorBuilder;
import io.github.camelonedrive.simulator.SecretSearch;
import io.github.camelonedrive.simulator.SignInOutcome;
import io.github.camelonedrive.simulator.Step;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * No secret of any way to sign in shows up in a log event at TRACE, an exception, a header, a text form, JMX, health or a
 * developer console, whether the service grants, refuses, fails, or answers what it never should.
 */
@Timeout(120)
@Tag("C13")
class NoSecretOfASignInTest {

    private static final String AUDIENCE = "api://AzureADTokenExchange";
    private static final String REDIRECT = "http://localhost:1/elsewhere";

    private static TestCertificate certificate;

    @TempDir
    Path directory;

    private final Shown shown = new Shown();
    private final SecretSearch own = new SecretSearch();

    private OneDriveSimulator onedrive;
    private SimulatedRoute route;
    private int sent;
    private SignInPrompt prompt;

    @BeforeAll
    static void makeCertificate(@TempDir Path keys) throws Exception {
        certificate = new TestCertificate(keys, 90);
    }

    @AfterEach
    void stop() {
        route.close();
        onedrive.close();
        shown.close();
    }

    @Test
    void refreshTokenAndClientSecretAsOptions() throws Exception {
        start(UnaryOperator.identity());
        OneDriveConfiguration options = route.component().getConfiguration();
        options.setClientSecret(onedrive.clientSecret());
        options.setRefreshToken(onedrive.refreshToken());
        tryAll("tenantId=common");
        options.setClientSecret(own("wrong client secret"));
        sendTo("onedrive:wrong");
        options.setClientSecret(onedrive.clientSecret());
        options.setRefreshToken(own("wrong refresh token"));
        sendTo("onedrive:wrong2");
        options.setRefreshToken(onedrive.refreshToken());
        onedrive.expireClientSecret();
        sendTo("onedrive:expired");
        onedrive.revokeGrant();
        sendTo("onedrive:revoked");
        onedrive.fault(token().answer(503).header("Retry-After", "7200").times(10));
        sendTo("onedrive:busy");

        assertNothingShows("client_secret", "refresh_token", "access_token", "wrong client secret", "wrong refresh token");
    }

    /** Camel itself shows the whole URI in these places; docs/security.md says so. */
    @Test
    void secretsInAnEndpointUriShowWhereCamelItselfShowsUrisOnly() throws Exception {
        start(UnaryOperator.identity());
        sendTo("onedrive:uri?clientSecret=RAW(" + onedrive.clientSecret() + ")&refreshToken=RAW(" + onedrive.refreshToken()
                + ")");
        sendTo("onedrive:proxied?clientSecret=RAW(" + onedrive.clientSecret() + ")&refreshToken=RAW(" + onedrive.refreshToken()
                + ")&proxyHost=localhost&proxyPort=1&proxyAuthUsername=me&proxyAuthPassword=RAW(" + own("proxy password")
                + ")");
        sendTo("onedrive:cert?" + application() + "&clientCertificate=file:" + certificate.file
                + "&clientCertificatePassword=RAW(" + own("certificate password") + ")");
        sendTo("onedrive:unfit?grantType=device_code&clientSecret=RAW(" + own("unfit client secret") + ")");

        shown.context(route.context());
        shown.jmx();
        SecretSearch secrets = onedrive.secrets().add(own);
        assertThat(secrets.kinds()).contains("proxy password", "certificate password", "access_token");
        shown.assertWithout(secrets, "the log of org\\.apache\\.camel\\..* at TRACE|an exchange"
                + "|developer console (endpoint|service) as JSON");
    }

    @Test
    void refreshTokenInAVaultWithAPassphrase() throws Exception {
        start(UnaryOperator.identity());
        String passphrase = own("passphrase");
        Vault vault = Vault.create(directory.resolve("vault.json"), Passphrase.of(passphrase));
        vault.add(destination().withRefreshToken(Secret.of(onedrive.refreshToken()))
                .withCredential(new ClientCredential.ClientSecret(Secret.of(onedrive.clientSecret()))));
        tryAll(vault);
        onedrive.revokeGrant();
        send("onedrive:vault?folderPath=/revoked", Optional.of(vault));

        assertNothingShows("client_secret", "refresh_token", "access_token", "passphrase");
    }

    @Test
    void secretOfAnApplication() throws Exception {
        start(UnaryOperator.identity());
        route.component().getConfiguration().setClientSecret(onedrive.clientSecret());
        tryAll(application());
        onedrive.expireClientSecret();
        sendTo("onedrive:expired?" + application());

        assertNothingShows("client_secret", "access_token");
    }

    @Test
    void certificateAsOptionAndInAVault() throws Exception {
        var known = certificate.read();
        start(builder -> builder.certificate(known.certificate()));
        addKey((RSAPrivateCrtKey) known.privateKey());
        own.add("certificate password", certificate.password);
        OneDriveConfiguration options = route.component().getConfiguration();
        options.setClientCertificatePassword(certificate.password);
        options.setClientCertificate("file:" + certificate.file);
        tryAll(application());
        options.setClientCertificatePassword(own("wrong certificate password"));
        sendTo("onedrive:a?" + application());
        Path broken = Files.write(directory.resolve("broken.p12"), new byte[100]);
        sendTo("onedrive:b?" + application() + "&clientCertificate=file:" + broken);
        Vault vault = Vault.create(directory.resolve("vault.json"), Passphrase.of(own("passphrase")));
        vault.add(destination().withCredential(new ClientCredential.Certificate(known)).withTenant(onedrive.tenantId())
                .withDrive(new DriveSelector(DriveSelector.Kind.DRIVE, onedrive.driveId())));
        tryAll(vault);

        assertNothingShows("client_assertion", "access_token", "private key", "certificate password");
    }

    @Test
    void federatedToken() throws Exception {
        KeyPair issuer = rsa();
        start(builder -> builder.federatedCredential("https://issuer.example", "system:backup", AUDIENCE, issuer.getPublic()));
        Path file = Files.writeString(directory.resolve("token"), federatedToken(issuer));
        tryAll(application() + "&federatedTokenFile=" + file);
        String wrong = federatedToken(rsa());
        own.add("wrong federated token", wrong);
        sendTo("onedrive:w?" + application() + "&federatedTokenFile=" + Files.writeString(directory.resolve("wrong"), wrong));
        sendTo("onedrive:t?" + application() + "&federatedTokenFile="
                + Files.writeString(directory.resolve("two lines"), own("half a token") + "\n" + own("half a token")));

        assertNothingShows("client_assertion", "access_token", "wrong federated token", "half a token");
    }

    @Test
    void personWithABrowser() throws Exception {
        start(OneDriveSimulatorBuilder::autoConsent);
        route.component().getConfiguration().setClientSecret(onedrive.clientSecret());
        bindPrompt(this::browse);
        tryAll("grantType=authorization_code&signInPrompt=#ask");
        bindPrompt(invitation -> answer(invitation, "code=" + own("wrong code")));
        sendTo("onedrive:wrong?grantType=authorization_code&signInPrompt=#ask");
        bindPrompt(invitation -> answer(invitation, "error=access_denied&error_description=AADSTS65004"));
        sendTo("onedrive:declined?grantType=authorization_code&signInPrompt=#ask");
        onedrive.onSignIn(SignInOutcome.decline());
        bindPrompt(this::browse);
        sendTo("onedrive:declined2?grantType=authorization_code&signInPrompt=#ask");

        assertNothingShows("code", "code_verifier", "client_secret", "refresh_token", "access_token", "wrong code");
    }

    @Test
    void personWithADeviceCode() throws Exception {
        start(builder -> builder.publicClient().deviceCodes(Duration.ofMinutes(15), Duration.ofSeconds(1))
                .onSignIn(SignInOutcome.accept()));
        tryAll("grantType=device_code");
        onedrive.onSignIn(SignInOutcome.decline());
        sendTo("onedrive:declined?grantType=device_code");
        onedrive.fault(Fault.on(Step.DEVICE_CODE).answer(200).truncated());
        sendTo("onedrive:truncated?grantType=device_code");

        assertNothingShows("device_code", "refresh_token", "access_token");
    }

    private void start(UnaryOperator<OneDriveSimulatorBuilder> options) throws Exception {
        VirtualTime time = new VirtualTime();
        onedrive = options.apply(OneDriveSimulator.builder().accountType(AccountType.BUSINESS).clock(time)).start();
        route = new SimulatedRoute(onedrive, time);
        OneDriveConfiguration configuration = route.component().getConfiguration();
        configuration.setClientSecret(null);
        configuration.setRefreshToken(null);
        configuration.setMaxRetries(1);
    }

    private void tryAll(String options) throws Exception {
        int number = 0;
        for (Optional<Fault> fault : faults()) {
            fault.ifPresent(onedrive::fault);
            send("onedrive:d" + number++ + "?" + options, Optional.empty());
            onedrive.clearJournal();
        }
    }

    private void tryAll(Vault vault) throws Exception {
        for (Optional<Fault> fault : faults()) {
            onedrive.expireAccessTokens();
            fault.ifPresent(onedrive::fault);
            send("onedrive:vault", Optional.of(vault));
            onedrive.clearJournal();
        }
    }

    /** After what was asked was done, so that the simulator knows the secrets that it was sent. */
    private List<Optional<Fault>> faults() {
        return Stream.of(
                Optional.<Fault>empty(),
                Optional.of(token().answer(503)),
                Optional.of(token().answer(200).html()),
                Optional.of(token().truncated().times(2)),
                Optional.of(token().answer(200).garbage()),
                Optional.of(token().answer(302).header("Location", REDIRECT)),
                Optional.of(token().aadsts(7000215)),
                Optional.of(token().aadsts(7000222)),
                Optional.of(token().aadsts(700082)),
                // A service that quotes what it was sent.
                Optional.of(token().tokenError("invalid_client", 7000215, "It is not " + onedrive.clientSecret() + " nor "
                        + onedrive.refreshToken()))).toList();
    }

    private static Fault token() {
        return Fault.on(Step.TOKEN).afterEffect();
    }

    private void sendTo(String uri) throws Exception {
        send(uri, Optional.empty());
    }

    private void send(String uri, Optional<Vault> vault) throws Exception {
        // Endpoints that ask for the same share one sign-in; so each is made to ask for something else.
        route.component().getConfiguration().setScope("Files.ReadWrite.All offline_access" + " ".repeat(sent++));
        Exchange exchange = new DefaultExchange(route.context());
        exchange.getMessage().setBody(new byte[10]);
        exchange.getMessage().setHeader(Exchange.FILE_NAME, "a.sql");
        if (vault.isPresent()) {
            new EncryptedCredentialProcessor(vault.get()).process(exchange);
        }
        try (var template = route.context().createProducerTemplate()) {
            template.send(uri, exchange);
        } catch (RuntimeException e) {
            shown.add("a failed start", e);
        }
        shown.add("an exchange", exchange);
        shown.objects("the vault", vault);
    }

    private String application() {
        return "tenantId=" + onedrive.tenantId() + "&driveId=" + onedrive.driveId();
    }

    private Destination destination() {
        return Destination.of("vault", Secret.of(onedrive.clientId()));
    }

    /** A secret that the simulator does not know. */
    private String own(String kind) {
        String value = UUID.randomUUID() + "+~" + UUID.randomUUID();
        own.add(kind, value);
        return value;
    }

    private void addKey(RSAPrivateCrtKey key) {
        own.add("private key", key.getEncoded());
        for (var number : List.of(key.getPrivateExponent(), key.getPrimeP(), key.getPrimeQ(), key.getPrimeExponentP(),
                key.getPrimeExponentQ(), key.getCrtCoefficient())) {
            own.add("private key", number);
        }
    }

    private void bindPrompt(SignInPrompt other) {
        prompt = other;
        // The registry would keep both under one name.
        if (route.context().getRegistry().lookupByName("ask") == null) {
            SignInPrompt current = invitation -> prompt.show(invitation);
            route.context().getRegistry().bind("ask", current);
        }
    }

    private void browse(SignInInvitation invitation) {
        shown.objects("an invitation", invitation);
        get(invitation.address(), HttpClient.Redirect.NORMAL);
    }

    /** What a browser would bring that was told to by somebody else. */
    private void answer(SignInInvitation invitation, String answer) {
        Map<String, List<String>> asked = com.nimbusds.oauth2.sdk.util.URLUtils.parseParameters(
                invitation.address().getRawQuery());
        get(URI.create(asked.get("redirect_uri").get(0) + "?state=" + asked.get("state").get(0) + "&"
                + answer.replace(" ", "%20").replace("+", "%2B")), HttpClient.Redirect.NEVER);
    }

    private void get(URI address, HttpClient.Redirect redirects) {
        HttpClient.newBuilder().followRedirects(redirects).build()
                .sendAsync(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
                .thenAccept(response -> shown.add("a page", response.body()));
    }

    private static String federatedToken(KeyPair issuer) throws Exception {
        SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.RS256), new JWTClaimsSet.Builder()
                .issuer("https://issuer.example").subject("system:backup").audience(AUDIENCE).jwtID("1")
                .issueTime(Date.from(Instant.now())).notBeforeTime(Date.from(Instant.now()))
                .expirationTime(Date.from(Instant.now().plus(Duration.ofHours(1)))).build());
        token.sign(new RSASSASigner(issuer.getPrivate()));
        return token.serialize();
    }

    private static KeyPair rsa() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair();
    }

    private void assertNothingShows(String... kinds) throws Exception {
        shown.context(route.context());
        shown.jmx();
        SecretSearch secrets = onedrive.secrets().add(own);
        assertThat(secrets.kinds()).contains(kinds);
        shown.assertWithout(secrets);
    }
}
