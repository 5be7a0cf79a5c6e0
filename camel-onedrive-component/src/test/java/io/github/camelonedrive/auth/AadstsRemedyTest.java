package io.github.camelonedrive.auth;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.camelonedrive.Explanation;
import io.github.camelonedrive.credentials.ClientCredential;
import io.github.camelonedrive.credentials.Cloud;
import io.github.camelonedrive.credentials.Secret;
import io.github.camelonedrive.transport.ClockSkew;

import static org.assertj.core.api.Assertions.assertThat;

class AadstsRemedyTest {

    /** Every number of {@code graph-contract.md} §7.6, row by row. */
    private static final List<Integer> CONTRACT = List.of(
            700016, 700011, 70001, 7000112, 7000215, 7000222, 7000218, 700025, 700027, 50012, 70021, 700211, 700213, 7002138,
            90002, 900023, 90038, 900432, 900382, 50194, 9002332, 500208, 9001023, 90124, 90130, 70011, 28002, 500011, 65001,
            65004, 65005, 650056, 650057, 90094, 90095, 700082, 70008, 700084, 70000, 70043, 50173, 50132, 50133, 50076, 50079,
            50074, 50078, 50055, 50057, 50034, 50020, 53003, 530032, 53000, 53001, 53002, 53004, 50131, 50105, 50011, 54005,
            501481, 70016, 70019, 70018, 50196, 90055, 90024, 90033, 90006, 900144, 90014, 9002313);

    /** Where else the same mistakes lead. */
    private static final List<Integer> BESIDES = List.of(
            700024, 7000216, 7000229, 9002331, 9002346, 9002327, 50128, 50059, 90008, 90093, 50072, 50158, 50053, 900971,
            50147);

    @Test
    @Tag("C98")
    void everyNumberOfTheContractHasExactlyOneRemedyAndNoOthersAreInvented() {
        List<Integer> numbers = Arrays.stream(AadstsRemedy.values()).flatMap(remedy -> remedy.numbers().stream()).toList();

        assertThat(numbers).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(
                Stream.concat(CONTRACT.stream(), BESIDES.stream()).toList());
        assertThat(numbers).allSatisfy(number -> assertThat(AadstsRemedy.of(number)).isPresent());
    }

    @ParameterizedTest
    @CsvSource({
        "700016, client ID",       "7000215, secret's value",   "7000222, Create a new one",  "7000218, Allow public client",
        "700025, public client",   "700027, certificate",       "700211, federated",          "90002, tenant",
        "900023, neither an ID",   "90038, national cloud",     "50194, one tenant",          "9002332, type of account",
        "9001023, certain tenant", "70011, scope",              "500011, Microsoft Graph",    "65001, consented",
        "65004, declined",         "65005, API permissions",    "90094, administrator",       "700082, 90 days",
        "700084, 24 hours",        "70000, revoked",            "70043, policy",              "50173, password",
        "50076, second factor",    "50057, disabled",           "53003, Conditional Access",  "50105, assigned",
        "50011, redirect address", "54005, Authorize",     "70019, new code",            "50196, overloaded",
        "900144, report it",       "70001, disabled"})
    void remedySpeaksOfWhatIsWrong(int number, String words) {
        assertThat(AadstsRemedy.of(number).orElseThrow().explanation().inFull("offsite").text()).contains(words);
    }

    /** What the page of setup instructions that this project started from names as the things that go wrong. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "7000215 | App registrations > your app > Certificates & secrets > Client secrets",
        "7000215 | copy 'Value'",
        "700025  | \"signInAudience\": \"AzureADandPersonalMicrosoftAccount\"",
        "700025  | Manifest",
        "50011   | http://localhost",
        "50011   | redirect addresses of the program",
        "90094   | https://login.microsoftonline.com/TENANT/adminconsent?client_id=CLIENT-ID",
        "65001   | Grant admin consent",
        "65005   | Files.ReadWrite.All, User.Read and offline_access",
        "9002332 | Any Entra ID tenant + personal Microsoft accounts",
        "700024  | timedatectl",
        "700016  | Application (client) ID",
        "700082  | Authorize destination 'offsite' again",
        "70016   | Authorize destination 'offsite' again with a device code",
        "700082  | set a new refreshToken",
        "7000222 | Store the new client secret for destination 'offsite' (clientSecret)",
        "90002   | set up destination 'offsite' again",
        "700027  | (clientCertificate)"})
    void remedySaysWhatToClickAndType(int number, String words) {
        assertThat(AadstsRemedy.of(number).orElseThrow().explanation().remedy("offsite").text()).contains(words);
    }

    @ParameterizedTest
    @MethodSource("everything")
    void eachSaysWhatWhyAndWhatToDoInWholeSentencesThatFitALogLine(Explanation explanation) {
        assertThat(List.of(explanation.what(), explanation.why(), explanation.remedy("offsite").text()))
                .allSatisfy(text -> assertThat(text).matches("['\\p{Alnum}].*\\.")
                        .doesNotContain("  ").doesNotContain("{"));
        assertThat(explanation.why()).isNotEqualTo(explanation.what());
        assertThat(explanation.actions()).isNotEmpty();
        assertThat(explanation.inFull("offsite").text()).hasSizeLessThanOrEqualTo(460);
    }

    private static Stream<Explanation> everything() {
        return Stream.of(Arrays.stream(AadstsRemedy.values()).map(AadstsRemedy::explanation),
                SignInRemedy.suberrors().values().stream(), SignInRemedy.errors().values().stream(),
                Stream.of(SignInRemedy.UNKNOWN, SignInRemedy.SECRET_IS_AN_ID, SignInRemedy.NOT_AUTHORIZED,
                        SignInRemedy.CLAIMS_NOT_MET)).flatMap(Function.identity());
    }

    /** {@code graph-contract.md} §7.2, §7.4, §7.5. What the service says of itself is no refusal. */
    @Test
    void everyErrorAndSuberrorOfTheContractHasItsRemedy() {
        assertThat(SignInRemedy.errors().keySet()).contains("invalid_request", "invalid_grant", "invalid_client",
                "unauthorized_client", "unsupported_grant_type", "invalid_resource", "invalid_scope", "interaction_required",
                "consent_required", "access_denied", "unsupported_response_type", "login_required", "authorization_declined",
                "expired_token", "bad_verification_code").doesNotContain("server_error", "temporarily_unavailable");
        assertThat(SignInRemedy.suberrors().keySet()).containsExactlyInAnyOrder("basic_action", "additional_action",
                "message_only", "consent_required", "user_password_expired", "bad_token", "client_mismatch",
                "protection_policy_required");
    }

    @Test
    void destinationWithoutName_isNotNamed() {
        assertThat(AadstsRemedy.GRANT_REVOKED.explanation().remedy("").text()).contains("Authorize the destination again");
    }

    @Test
    @Tag("C98")
    void unknownNumberFallsBackOnSuberrorThenError() {
        assertThat(what(error("invalid_grant", "consent_required", 999999))).contains("consented");
        assertThat(what(error("invalid_grant", "", 999999))).contains("expired or was revoked");
        assertThat(what(error("invalid_client", "", 0))).contains("secret");
        assertThat(SignInRemedy.of(error("never_heard_of", "", 0)).todo()).contains("Check client ID");
    }

    @Test
    void knownNumberIsMoreExactThanTheError() {
        assertThat(SignInRemedy.of(error("invalid_client", "", 7000222))).isEqualTo(AadstsRemedy.EXPIRED_SECRET.explanation());
    }

    @ParameterizedTest
    @CsvSource({"invalid_client, 7000215", "invalid_client, 0"})
    void secretThatLooksLikeAnIdIsSaidToBeOne(String error, int number) {
        String id = UUID.randomUUID().toString();

        AuthenticationException failure = refused(error(error, "", number), id);

        assertThat(failure.remedy()).contains("What is stored has the shape of an ID", "destination 'offsite'").contains("'Secret ID'");
        assertThat(failure.getMessage()).doesNotContain(id);
    }

    @Test
    void secretThatDoesNotLookLikeAnIdIsNotSaidToBeOne() {
        assertThat(refused(error("invalid_client", "", 7000215), "x" + UUID.randomUUID()).remedy())
                .doesNotContain("shape of an ID").contains("secret's value");
        assertThat(refused(error("invalid_client", "", 7000222), UUID.randomUUID().toString()).remedy())
                .doesNotContain("shape of an ID").contains("expired");
    }

    @Test
    void clockThatIsOffIsSaidFirst() {
        AuthenticationException failure = AuthenticationException.refused(client("secret-" + UUID.randomUUID()), 400,
                error("invalid_client", "", 700027), Optional.of(new ClockSkew(Duration.ofMinutes(-17))));

        assertThat(failure.problem()).endsWith("This machine's clock is 17 min behind Microsoft's.");
        assertThat(failure.remedy()).startsWith("Set this machine's clock first").contains("certificate was refused");
    }

    private static AuthenticationException refused(TokenError error, String secret) {
        return AuthenticationException.refused(client(secret), 400, error, Optional.empty());
    }

    private static ClientIdentity client(String secret) {
        return new ClientIdentity("offsite", Secret.of("test-client-id"),
                new ClientCredential.ClientSecret(Secret.of(secret)), "common", Cloud.GLOBAL);
    }

    private static String what(TokenError error) {
        return SignInRemedy.of(error).what();
    }

    private static TokenError error(String error, String suberror, int number) {
        return new TokenError(error, suberror, number, "", "", "");
    }
}
