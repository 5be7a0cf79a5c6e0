package io.github.camelonedrive.auth;

import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class AadstsRemedyTest {

    /** Every number of {@code graph-contract.md} §7.6, row by row. */
    @ParameterizedTest
    @ValueSource(ints = {
        700016, 700011, 70001, 7000112, 7000215, 7000222, 7000218, 700025, 700027, 50012, 70021, 700211, 700213, 7002138,
        90002, 900023, 90038, 900432, 900382, 50194, 9002332, 500208, 9001023, 90124, 90130, 70011, 28002, 500011, 65001, 65004,
        65005, 650056, 650057, 90094, 90095, 700082, 70008, 700084, 70000, 70043, 50173, 50132, 50133, 50076, 50079, 50074,
        50078, 50055, 50057, 50034, 50020, 53003, 530032, 53000, 53001, 53002, 53004, 50131, 50105, 50011, 54005, 501481, 70016,
        70019, 70018, 50196, 90055, 90024, 90033, 90006, 900144, 90014, 9002313})
    void numberOfTheContractHasItsRemedy(int number) {
        assertThat(AadstsRemedy.of(number)).isPresent();
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
        "50011, redirect address", "54005, Start it again",     "70019, new code",            "50196, overloaded",
        "900144, report it",       "70001, disabled"})
    void remedySpeaksOfWhatIsWrong(int number, String words) {
        assertThat(AadstsRemedy.of(number).orElseThrow().text()).contains(words);
    }

    @ParameterizedTest
    @EnumSource
    void textIsWholeSentences(AadstsRemedy remedy) {
        assertThat(remedy.text()).matches("[A-Z].*\\.").doesNotContain("  ").doesNotContain("AADSTS");
        assertThat(remedy.numbers()).isNotEmpty();
    }

    @Test
    void noNumberHasTwoRemedies() {
        List<Integer> numbers = Arrays.stream(AadstsRemedy.values()).flatMap(remedy -> remedy.numbers().stream()).toList();

        assertThat(numbers).doesNotHaveDuplicates();
    }

    @Test
    void unknownNumberFallsBackOnSuberrorThenError() {
        assertThat(SignInRemedy.of(error("invalid_grant", "consent_required", 999999))).contains("consented");
        assertThat(SignInRemedy.of(error("invalid_grant", "", 999999))).contains("expired or was revoked");
        assertThat(SignInRemedy.of(error("invalid_client", "", 0))).contains("secret");
        assertThat(SignInRemedy.of(error("never_heard_of", "", 0))).contains("Check client ID");
    }

    @Test
    void knownNumberIsMoreExactThanTheError() {
        assertThat(SignInRemedy.of(error("invalid_client", "", 7000222))).isEqualTo(AadstsRemedy.EXPIRED_SECRET.text());
    }

    private static TokenError error(String error, String suberror, int number) {
        return new TokenError(error, suberror, number, "", "", "");
    }
}
