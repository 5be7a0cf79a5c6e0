package io.github.camelonedrive.auth;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockRuntimeInfo;
import com.github.tomakehurst.wiremock.junit5.WireMockTest;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.credentials.ClientCredential;
import io.github.camelonedrive.credentials.Cloud;
import io.github.camelonedrive.credentials.Secret;
import io.github.camelonedrive.transport.FakeTime;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.stubFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.verify;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

@WireMockTest(httpsEnabled = true)
class LoginClientTest {

    private final FakeTime clock = new FakeTime();
    private final LoginRetry retry = new LoginRetry(clock, new Random(1));
    private final CloseableHttpClient http = HttpClients.custom().disableAutomaticRetries().setUserAgent("Test/1").build();

    private final String clientSecret = "s+/=~&% ü" + UUID.randomUUID();
    private final String refreshToken = "0.A+/=&" + UUID.randomUUID();
    private final ClientIdentity confidential = new ClientIdentity("offsite", Secret.of("test-client-id"),
            new ClientCredential.ClientSecret(Secret.of(clientSecret)), "contoso.example", Cloud.GLOBAL);

    private LoginClient login;

    @BeforeEach
    void connect(WireMockRuntimeInfo server) {
        login = new LoginClient(http, settings(server.getHttpBaseUrl()));
    }

    @AfterEach
    void disconnect() throws IOException {
        http.close();
    }

    @Test
    @Tag("C81")
    void formArrivesIntact() throws OneDriveException {
        stubFor(post(anyUrl()).willReturn(success("test-at", "test-rt")));

        TokenAnswer answer = refresh(confidential);

        verify(postRequestedFor(urlEqualTo("/contoso.example/oauth2/v2.0/token"))
                .withHeader("Content-Type", equalTo("application/x-www-form-urlencoded"))
                .withHeader("User-Agent", equalTo("Test/1"))
                .withoutHeader("Authorization")
                .withFormParam("grant_type", equalTo("refresh_token"))
                .withFormParam("client_id", equalTo("test-client-id"))
                .withFormParam("client_secret", equalTo(clientSecret))
                .withFormParam("refresh_token", equalTo(refreshToken))
                .withFormParam("scope", equalTo("Files.ReadWrite.All User.Read offline_access")));
        assertThat(answer.accessToken().value().reveal()).isEqualTo("test-at");
        assertThat(answer.accessToken().expires()).isEqualTo(clock.now().plusSeconds(3599));
        assertThat(answer.refreshToken().orElseThrow().reveal()).isEqualTo("test-rt");
    }

    @Test
    @Tag("C92")
    void publicClientSendsNeitherSecretNorAssertion() throws OneDriveException {
        stubFor(post(anyUrl()).willReturn(success("test-at", "test-rt")));

        refresh(new ClientIdentity("home", Secret.of("test-client-id"), ClientCredential.NONE, "consumers", Cloud.GLOBAL));

        String body = WireMock.getAllServeEvents().get(0).getRequest().getBodyAsString();
        assertThat(body).contains("client_id=test-client-id").doesNotContain("client_secret")
                .doesNotContain("client_assertion");
    }

    @Test
    @Tag("C86")
    void answerWithoutRefreshTokenIsFine() throws OneDriveException {
        stubFor(post(anyUrl()).willReturn(json(200, "{\"token_type\":\"Bearer\",\"expires_in\":\"3599\","
                + "\"access_token\":\"a.b\"}")));

        TokenAnswer answer = refresh(confidential);

        assertThat(answer.refreshToken()).isEmpty();
        assertThat(answer.accessToken().expires()).isEqualTo(clock.now().plusSeconds(3599));
    }

    @Test
    void answerWithoutLifetimeCountsAsAnHour() throws OneDriveException {
        stubFor(post(anyUrl()).willReturn(json(200, "{\"token_type\":\"Bearer\",\"access_token\":\"a.b\"}")));

        assertThat(refresh(confidential).accessToken().expires()).isEqualTo(clock.now().plusSeconds(3600));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "100800, 100800", "100801, 100800", "9223372036854775807, 100800", "0, 3600"})
    void lifetimeIsBelievedWithinReason(long expiresIn, long seconds) throws OneDriveException {
        stubFor(post(anyUrl()).willReturn(json(200, "{\"token_type\":\"Bearer\",\"expires_in\":" + expiresIn
                + ",\"access_token\":\"a.b\"}")));

        assertThat(refresh(confidential).accessToken().expires()).isEqualTo(clock.now().plusSeconds(seconds));
    }

    @ParameterizedTest
    @CsvSource({"400, invalid_grant", "400, unauthorized_client", "401, invalid_client", "400, invalid_request",
        "400, invalid_scope", "400, interaction_required", "403, access_denied", "400, something_new"})
    @Tag("C99")
    void refusalIsNotTriedAgain(int status, String error) {
        stubFor(post(anyUrl()).willReturn(json(status, "{\"error\":\"" + error + "\"}")));

        AuthenticationException failure = catchThrowableOfType(AuthenticationException.class, () -> refresh(confidential));

        assertThat(failure.kind()).isEqualTo(FailureKind.SIGN_IN);
        assertThat(failure.error()).contains(error);
        assertThat(failure).hasMessageContaining("'offsite'").hasMessageContaining(error);
        assertThat(failure.remedy()).isNotEmpty();
        verify(1, postRequestedFor(anyUrl()));
        assertThat(clock.sleeps()).isEmpty();
    }

    @Test
    @Tag("C98")
    void refusalCarriesWhatMicrosoftSaid() {
        stubFor(post(anyUrl()).willReturn(json(400, """
                {"error":"invalid_grant",\
                "error_description":"AADSTS700082: The refresh token has expired due to inactivity.\\r\\n\
                Trace ID: trace-1\\r\\nCorrelation ID: correlation-1\\r\\nTimestamp: 2026-03-01 08:00:00Z",
                "error_codes":[700082],"timestamp":"2026-03-01 08:00:00Z","trace_id":"trace-1",
                "correlation_id":"correlation-1","suberror":"bad_token"}""")));

        AuthenticationException failure = catchThrowableOfType(AuthenticationException.class, () -> refresh(confidential));

        assertThat(failure.aadsts()).hasValue(700082);
        assertThat(failure.suberror()).contains("bad_token");
        assertThat(failure.correlationId()).contains("correlation-1");
        assertThat(failure.timestamp()).contains("2026-03-01 08:00:00Z");
        assertThat(failure).hasMessage("Microsoft refused the sign-in of destination 'offsite': invalid_grant, AADSTS700082: "
                + "The refresh token has expired due to inactivity. (correlation id correlation-1, 2026-03-01 08:00:00Z). "
                + AadstsRemedy.GRANT_EXPIRED.explanation().inFull("offsite").text());
    }

    @ParameterizedTest
    @CsvSource({"-6, 6 min ahead of", "7, 7 min behind", "-1500, 25 h 0 min ahead of"})
    void clockThatIsOffIsNamedWithTheRefusal(long minutes, String words) {
        stubFor(post(anyUrl()).willReturn(refusalAt(clock.now().plus(Duration.ofMinutes(minutes)))));

        assertThatThrownBy(() -> refresh(confidential)).isInstanceOf(AuthenticationException.class)
                .hasMessageContaining("This machine's clock is " + words + " Microsoft's.");
    }

    @ParameterizedTest
    @ValueSource(longs = {-5, 0, 5})
    void clockThatIsRightIsNotBlamed(long minutes) {
        stubFor(post(anyUrl()).willReturn(refusalAt(clock.now().plus(Duration.ofMinutes(minutes)))));

        assertThatThrownBy(() -> refresh(confidential)).isInstanceOf(AuthenticationException.class)
                .message().doesNotContain("clock is");
    }

    private static ResponseDefinitionBuilder refusalAt(Instant theirs) {
        return json(400, "{\"error\":\"invalid_grant\"}").withHeader("Date",
                DateTimeFormatter.RFC_1123_DATE_TIME.format(theirs.atZone(ZoneOffset.UTC)));
    }

    @ParameterizedTest
    @EnumSource
    void eachNumberLeadsToItsRemedy(AadstsRemedy remedy) {
        for (int number : remedy.numbers()) {
            stubFor(post(anyUrl()).willReturn(json(400, "{\"error\":\"invalid_grant\",\"error_description\":\"AADSTS" + number
                    + ": Text.\",\"error_codes\":[" + number + "]}")));

            assertThatThrownBy(() -> refresh(confidential)).isInstanceOf(AuthenticationException.class)
                    .hasMessageContaining("AADSTS" + number).hasMessageEndingWith(remedy.explanation().inFull("offsite").text());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503, 504})
    @Tag("C99")
    void transientTroubleIsTriedAgain(int status) throws OneDriveException {
        firstThenSuccess(aResponse().withStatus(status).withBody("<html>busy</html>"));

        assertThat(refresh(confidential).accessToken().value().reveal()).isEqualTo("test-at");
        assertThat(clock.sleeps()).hasSize(1);
    }

    @Test
    void temporarilyUnavailableIsTriedAgainWhateverTheStatus() throws OneDriveException {
        firstThenSuccess(json(400, "{\"error\":\"temporarily_unavailable\",\"error_description\":\"AADSTS90033: Later.\"}"));

        refresh(confidential);

        verify(2, postRequestedFor(anyUrl()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"7|7000", "2.128|2128", "Sun, 01 Mar 2026 08:00:40 GMT|40000"})
    @Tag("C99")
    @Tag("C109")
    void retryAfterIsObeyedBeforeTheNextRequest(String header, long millis) throws OneDriveException {
        // The service's clock is two hours behind.
        clock.pass(Duration.ofHours(2));
        firstThenSuccess(aResponse().withStatus(429).withHeader("Retry-After", header)
                .withHeader("Date", "Sun, 01 Mar 2026 08:00:00 GMT"));

        refresh(confidential);

        assertThat(clock.sleeps()).containsExactly(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @CsvSource({"429, 31536000", "503, 31536000", "429, 'Mon, 01 Mar 2027 08:00:00 GMT'"})
    @Tag("C109")
    void refresh_askedToWaitForAYear_signsInAfterAnHour(int status, String retryAfter) throws OneDriveException {
        firstThenSuccess(aResponse().withStatus(status).withHeader("Retry-After", retryAfter));
        assertThatThrownBy(() -> refresh(confidential)).hasMessageContaining("asks to wait 3600 s");
        clock.pass(Duration.ofHours(1));
        assertThat(refresh(confidential).accessToken().value().reveal()).isEqualTo("test-at");
    }

    @ParameterizedTest
    @EnumSource(value = Fault.class, names = {"CONNECTION_RESET_BY_PEER", "EMPTY_RESPONSE",
        "MALFORMED_RESPONSE_CHUNK", "RANDOM_DATA_THEN_CLOSE"})
    void cutConnectionIsTriedAgain(Fault fault) throws OneDriveException {
        firstThenSuccess(aResponse().withFault(fault));

        assertThat(refresh(confidential).accessToken().value().reveal()).isEqualTo("test-at");
    }

    @Test
    void outageEndsAfterFiveAttemptsAndIsNoSignInProblem() {
        stubFor(post(anyUrl()).willReturn(aResponse().withStatus(503)));

        LoginUnavailableException failure = catchThrowableOfType(LoginUnavailableException.class, () -> refresh(confidential));

        assertThat(failure.kind()).isEqualTo(FailureKind.SERVICE);
        assertThat(failure.httpStatus()).hasValue(503);
        assertThat(failure).hasMessageContaining("HTTP 503");
        verify(5, postRequestedFor(anyUrl()));
    }

    @Test
    void unreachableServiceIsNoSignInProblem() throws IOException {
        int closedPort;
        try (ServerSocket socket = new ServerSocket(0)) {
            closedPort = socket.getLocalPort();
        }
        LoginClient nowhere = new LoginClient(http, settings("http://127.0.0.1:" + closedPort));

        LoginUnavailableException failure = catchThrowableOfType(LoginUnavailableException.class,
                () -> nowhere.refresh(confidential, Secret.of(refreshToken), Optional.empty(), retry));

        assertThat(failure.kind()).isEqualTo(FailureKind.SERVICE);
        assertThat(failure.httpStatus()).isEmpty();
        assertThat(failure).hasMessageContaining("can't be reached").hasMessageContaining("proxy")
                .hasMessageContaining("This is no problem of your sign-in.");
        assertThat(clock.sleeps()).hasSize(4);
    }

    @ParameterizedTest
    @CsvSource({"200, text/html", "400, text/html", "403, text/html", "404, text/plain", "407, text/html", "511, text/html"})
    void pageOfAProxyIsNoSignInProblemAndNotTriedAgain(int status, String type) {
        stubFor(post(anyUrl()).willReturn(aResponse().withStatus(status).withHeader("Content-Type", type)
                .withBody("<html>Please sign in to the guest network</html>")));

        LoginUnavailableException failure = catchThrowableOfType(LoginUnavailableException.class, () -> refresh(confidential));

        assertThat(failure.httpStatus()).hasValue(status);
        assertThat(failure).hasMessageContaining("HTTP " + status).hasMessageContaining(type)
                .hasMessageContaining("no problem of your sign-in");
        verify(1, postRequestedFor(anyUrl()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "{\"access_token\":\"x\"}", "{\"token_type\":\"Bearer\"}", "{\"token_type\":",
        "{\"token_type\":\"mac\",\"access_token\":\"x\"}", "{\"token_type\":\"Bearer\",\"access_token\":\"\"}",
        "{\"token_type\":\"Bearer\",\"access_token\":7}",
        "{\"token_type\":\"Bearer\",\"access_token\":\"x\",\"refresh_token\":\"\"}",
        "{\"token_type\":\"Bearer\",\"access_token\":\"x\",\"expires_in\":\"soon\"}",
        "{\"token_type\":\"Bearer\",\"access_token\":\"x\",\"expires_in\":-1}"})
    void successThatHoldsNoTokenIsSaidSo(String body) {
        stubFor(post(anyUrl()).willReturn(json(200, body)));

        assertThatThrownBy(() -> refresh(confidential)).isInstanceOf(LoginUnavailableException.class)
                .hasMessageContaining("no token answer");
    }

    @Test
    void redirectIsNotFollowed() {
        stubFor(post(anyUrl()).willReturn(aResponse().withStatus(307).withHeader("Location", "/elsewhere")));

        assertThatThrownBy(() -> refresh(confidential)).isInstanceOf(LoginUnavailableException.class)
                .hasMessageContaining("HTTP 307");

        verify(1, postRequestedFor(anyUrl()));
    }

    @Test
    @Tag("C103")
    void untrustedCertificateIsNamedAndNotTriedAgain(WireMockRuntimeInfo server) {
        LoginClient overTls = new LoginClient(http, settings("https://localhost:" + server.getHttpsPort()));

        assertThatThrownBy(() -> overTls.refresh(confidential, Secret.of(refreshToken), Optional.empty(), retry))
                .isInstanceOf(LoginUnavailableException.class).hasMessageContaining("certificate is not trusted");
        assertThat(clock.sleeps()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {";;;", "text", "application/json;charset=nonsense"})
    void unreadableContentTypeDoesNoHarm(String type) {
        stubFor(post(anyUrl()).willReturn(aResponse().withStatus(200).withHeader("Content-Type", type).withBody("x")));

        assertThatThrownBy(() -> refresh(confidential)).isInstanceOf(LoginUnavailableException.class);
    }

    @Test
    void endlessAnswerIsCutOff() {
        stubFor(post(anyUrl()).willReturn(json(200, "x".repeat(NimbusHttpSender.MAX_BODY + 1))));

        assertThatThrownBy(() -> refresh(confidential)).isInstanceOf(LoginUnavailableException.class)
                .hasMessageContaining("longer than 1 MB");
    }

    @Test
    void claimsOfAChallengeAreAParameterOfTheTokenCall() throws OneDriveException {
        stubFor(post(anyUrl()).willReturn(success("test-at", "test-rt")));
        String claims = "{\"access_token\":{\"nbf\":{\"essential\":true,\"value\":\"1&2+3\"}}}";

        login.refresh(confidential, Secret.of(refreshToken), Optional.of(claims), retry);
        verify(1, postRequestedFor(anyUrl()).withFormParam("claims", equalTo(claims))
                .withFormParam("refresh_token", equalTo(refreshToken)));

        refresh(confidential);
        verify(1, postRequestedFor(anyUrl()).withFormParam("claims", absent()));
    }

    @Test
    void secretsThatTheServiceEchoesDontReachTheMessage() {
        String canary = clientSecret + " " + refreshToken + " "
                + Base64.getEncoder().encodeToString(refreshToken.getBytes());
        stubFor(post(anyUrl()).willReturn(json(400, "{\"error\":\"invalid_grant\",\"suberror\":\"" + refreshToken
                + "\",\"correlation_id\":\"" + refreshToken + "\",\"error_description\":\"AADSTS70000: bad " + canary
                + "\\r\\nTrace: x\"}")));

        Throwable failure = catchThrowableOfType(AuthenticationException.class, () -> refresh(confidential));

        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            assertThat(cause.toString()).doesNotContain(clientSecret).doesNotContain(refreshToken)
                    .doesNotContain(Base64.getEncoder().withoutPadding().encodeToString(refreshToken.getBytes()))
                    .doesNotContain("Trace");
        }
    }

    @Test
    void plainHttpElsewhereIsRefusedBeforeAnyRequest() {
        assertThatThrownBy(() -> LoginSettings.defaults().withLoginEndpoint("http://login.example"))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("https");
    }

    @ParameterizedTest
    @EnumSource
    void cloudDecidesTheHost(Cloud cloud) {
        assertThat(LoginSettings.defaults().tokenEndpoint(cloud, "common"))
                .hasToString(cloud.loginEndpoint() + "/common/oauth2/v2.0/token");
    }

    private TokenAnswer refresh(ClientIdentity client) throws OneDriveException {
        return login.refresh(client, Secret.of(refreshToken), Optional.empty(), retry);
    }

    private LoginSettings settings(String address) {
        return new LoginSettings(Optional.empty(), LoginSettings.DEFAULT_SCOPE, clock, new Random(1)).withLoginEndpoint(address);
    }

    private static void firstThenSuccess(ResponseDefinitionBuilder first) {
        stubFor(post(anyUrl()).inScenario("retry").whenScenarioStateIs(Scenario.STARTED).willReturn(first)
                .willSetStateTo("again"));
        stubFor(post(anyUrl()).inScenario("retry").whenScenarioStateIs("again").willReturn(success("test-at", "test-rt")));
    }

    private static ResponseDefinitionBuilder success(String accessToken, String refreshToken) {
        return json(200, "{\"token_type\":\"Bearer\",\"scope\":\"Files.ReadWrite.All\",\"expires_in\":3599,"
                + "\"ext_expires_in\":3599,"
                + "\"access_token\":\"" + accessToken + "\",\"refresh_token\":\"" + refreshToken + "\"}");
    }

    private static ResponseDefinitionBuilder json(int status, String body) {
        return aResponse().withStatus(status).withHeader("Content-Type", "application/json; charset=utf-8").withBody(body);
    }
}
