package io.github.camelonedrive.simulator.internal.fault;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelonedrive.simulator.AccountType;
import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.GraphClient;
import io.github.camelonedrive.simulator.OneDriveSimulator;
import io.github.camelonedrive.simulator.OneDriveSimulatorBuilder;
import io.github.camelonedrive.simulator.SignInTestBase;
import io.github.camelonedrive.simulator.Step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Every way in which Microsoft refuses a sign-in. */
class SignInFaultTest extends SignInTestBase {

    @ParameterizedTest
    @ValueSource(ints = {700016, 700011, 70001, 7000112, 7000215, 7000222, 7000218, 700025, 700027, 50012, 700024, 70021,
        700211, 700213, 7002138, 90002, 900023, 90038, 900432, 900382, 50194, 9002332, 500208, 9001023, 90124, 90130, 70011,
        28002, 500011, 65001, 65004, 65005, 650056, 650057, 90094, 90095, 700082, 70008, 700084, 70000, 70043, 50173, 50132,
        50133, 50076, 50079, 50074, 50078, 50055, 50057, 50034, 50020, 53003, 530032, 53000, 53001, 53002, 53004, 50131,
        50105, 50011, 54005, 501481, 70016, 70019, 70018, 50196, 90055, 90024, 90033, 90006, 900144, 90014, 9002313})
    void everyNumberOfTheContractCanBeAnswered(int number) {
        startSignedOut(builder -> builder);
        simulator.fault(Fault.on(Step.TOKEN).aadsts(number));
        HttpResponse<String> answer = client.token("common", client.refreshForm());
        JsonNode json = GraphClient.json(answer);
        assertThat(answer.statusCode()).isBetween(400, 503);
        assertThat(json.path("error").asText()).isNotEmpty();
        assertThat(json.path("error_codes").get(0).asInt()).isEqualTo(number);
        assertThat(json.path("error_description").asText()).startsWith("AADSTS" + number + ": ")
                .contains("\r\nTrace ID: ", "\r\nCorrelation ID: ", "\r\nTimestamp: 2026-03-01 08:00:00Z");
        client.signIn();
    }

    @Test
    void aRefusalHasTheSuberrorThatMicrosoftGivesIt() {
        startSignedOut(builder -> builder);
        simulator.fault(Fault.on(Step.TOKEN).aadsts(65001));
        simulator.fault(Fault.on(Step.TOKEN).aadsts(50076));
        simulator.fault(Fault.on(Step.TOKEN).answer(400).tokenError("invalid_grant", 50001, "Anything.")
                .suberror("message_only"));
        assertThat(client.token("common", client.refreshForm()).body()).contains("\"suberror\":\"consent_required\"");
        assertThat(client.token("common", client.refreshForm()).body()).contains("\"suberror\":\"basic_action\"");
        assertThat(client.token("common", client.refreshForm()).body())
                .contains("\"suberror\":\"message_only\"", "AADSTS50001");
    }

    @Test
    void aNumberThatTheContractDoesNotListIsAMistakeOfTheTest() {
        assertThatThrownBy(() -> Fault.on(Step.TOKEN).aadsts(1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void thePageAndTheDeviceEndpointCanFailToo() {
        startSignedOut(builder -> builder);
        simulator.fault(Fault.on(Step.AUTHORIZE).aadsts(50105));
        HttpResponse<String> page = authorize(question());
        assertThat(page.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
        assertThat(page.body()).contains("AADSTS50105: ");
        simulator.fault(Fault.on(Step.DEVICE_CODE).aadsts(90002));
        assertTokenError(post("/common/oauth2/v2.0/devicecode", Map.of("client_id", simulator.clientId())), 400,
                "invalid_request", 90002);
    }

    @Test
    void aSecretExpires() {
        startSignedOut(builder -> builder);
        client.signIn();
        simulator.expireClientSecret();
        assertTokenError(client.token("common", client.refreshForm()), 401, "invalid_client", 7000222);
        simulator.close();
        startSignedOut(OneDriveSimulatorBuilder::expiredClientSecret);
        assertTokenError(client.token("common", client.refreshForm()), 401, "invalid_client", 7000222);
    }

    @Test
    void aRefreshTokenDiesWhenItIsNotUsedForNinetyDays() {
        startSignedOut(builder -> builder);
        clock.advance(Duration.ofDays(90).minusSeconds(1));
        client.signIn();
        clock.advance(Duration.ofDays(90).minusSeconds(1));
        client.signIn();
        clock.advance(Duration.ofDays(90));
        HttpResponse<String> answer = client.token("common", client.refreshForm());
        assertTokenError(answer, 400, "invalid_grant", 700082);
        assertThat(answer.body()).contains("inactive for 90.00:00:00", "\"suberror\":\"bad_token\"");
    }

    @Test
    void anOldRefreshTokenThatIsUsedStaysAlive() {
        startSignedOut(builder -> builder.rotateRefreshTokens(false).refreshTokenIdleLifetime(Duration.ofDays(2)));
        for (int day = 0; day < 5; day++) {
            clock.advance(Duration.ofDays(1));
            client.signIn();
        }
        clock.advance(Duration.ofDays(2));
        assertTokenError(client.token("common", client.refreshForm()), 400, "invalid_grant", 700082);
    }

    @Test
    void anInvalidatedTokenTakesNoOtherSignInWithIt() {
        startSignedOut(builder -> builder.autoConsent().invalidateOldRefreshTokens(true));
        Map<String, String> first = client.refreshForm();
        client.token("common", codeForm(redirected(authorize(question())).get("code")));
        Map<String, String> second = client.refreshForm();
        assertThat(client.token("common", first).statusCode()).isEqualTo(200);
        assertTokenError(client.token("common", first), 400, "invalid_grant", 70000);
        assertThat(client.token("common", second).statusCode()).isEqualTo(200);
    }

    @Test
    @Tag("S88")
    void countsTokenCallsByGrantEvenRefusedOnes() {
        startSignedOut(builder -> builder);
        client.signIn();
        simulator.revokeGrant();
        client.token("common", client.refreshForm());
        client.token("common", Map.of("client_id", simulator.clientId()));
        assertThat(simulator.tokenCalls()).containsOnly(Map.entry("refresh_token", 2), Map.entry("", 1));
        simulator.clearJournal();
        assertThat(simulator.tokenCalls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {3600, -3600})
    void theDateOfAnswersCanBeThatOfAnotherClock(int seconds) {
        startSignedOut(builder -> builder.dateOffset(Duration.ofSeconds(seconds)));
        HttpResponse<String> answer = client.token("common", client.refreshForm());
        Instant date = DateTimeFormatter.RFC_1123_DATE_TIME.parse(answer.headers().firstValue("Date").orElseThrow(),
                Instant::from);
        assertThat(Duration.between(Instant.now().plusSeconds(seconds), date)).isBetween(Duration.ofSeconds(-60),
                Duration.ofSeconds(60));
        client.signIn();
        byte[] content = GraphClient.bytes(3 * UNIT + 1);
        client.upload(client.session("/x"), content, UNIT);
        assertThat(simulator.file("/x").orElseThrow().bytes()).isEqualTo(content);
        assertThat(simulator.violations()).isEmpty();
    }

    @Test
    void twoAccountsLiveInOneProcess() {
        startSignedOut(builder -> builder.userName("Ada Lovelace"));
        try (OneDriveSimulator other = OneDriveSimulator.builder().accountType(AccountType.BUSINESS)
                .userName("Grace Hopper").start()) {
            GraphClient here = new GraphClient(simulator).signIn();
            GraphClient there = new GraphClient(other).signIn();
            here.put("/me/drive/root:/here:/content", new byte[1]);
            there.put("/me/drive/root:/there:/content", new byte[1]);
            assertThat(simulator.paths()).containsExactly("/here");
            assertThat(other.paths()).containsExactly("/there");

            JsonNode me = GraphClient.json(here.get("/me"));
            assertThat(me.path("displayName").asText()).isEqualTo("Ada Lovelace");
            assertThat(me.path("userPrincipalName").asText()).isEqualTo("ada.lovelace@fabrikam.example")
                    .isEqualTo(me.path("mail").asText());
            assertThat(me.path("id").asText()).isEqualTo(simulator.userId()).isNotEqualTo(other.userId());
            JsonNode owner = GraphClient.json(there.get("/me/drive")).at("/owner/user");
            assertThat(owner.path("displayName").asText()).isEqualTo("Grace Hopper");
            assertThat(owner.path("id").asText()).isEqualTo(other.userId());
            assertThat(there.get("/users/grace.hopper@fabrikam.example/drive").statusCode()).isEqualTo(200);
            assertThat(there.token("common", here.refreshForm()).statusCode()).isEqualTo(400);
            assertThat(GraphClient.json(here.get("/me?$select=id")).size()).isEqualTo(1);
        }
    }

    @Test
    void toStringsHoldNoSecret() {
        startSignedOut(builder -> builder.autoConsent().publicClient());
        authorize(question());
        post("/common/oauth2/v2.0/devicecode", Map.of("client_id", simulator.clientId(), "scope", SCOPES));
        List<String> secrets = List.of(simulator.clientSecret(), simulator.refreshToken(), s256(VERIFIER));
        assertThat(simulator.toString()).doesNotContain(secrets);
        assertThat(simulator.requests().toString()).doesNotContain(secrets);
    }
}
