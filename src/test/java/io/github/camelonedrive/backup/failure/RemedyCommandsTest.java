package io.github.camelonedrive.backup.failure;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

import io.github.camelonedrive.Explanation;
import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.RemedyAction;
import io.github.camelonedrive.auth.AadstsRemedy;
import io.github.camelonedrive.auth.AuthenticationException;
import io.github.camelonedrive.auth.LoginTrouble;
import io.github.camelonedrive.auth.SignInRemedy;
import io.github.camelonedrive.credentials.UnknownDestinationException;
import io.github.camelonedrive.graph.AccessRemedy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Each remedy of the library, in this program's words. */
class RemedyCommandsTest {

    @ParameterizedTest
    @EnumSource
    void actionOfTheProgram_namesItsCommand(RemedyAction action) {
        String sentence = RemedyCommands.WORDS.sentence(action, List.of("offsite", "/keys/vault.key"));

        assertThat(sentence.isEmpty()).isEqualTo(!action.isOfTheProgram());
        if (action.isOfTheProgram()) {
            assertThat(sentence).containsPattern("onedrive-backup |--key-file|camel\\.component\\.onedrive|public-url");
        }
    }

    @ParameterizedTest
    @EnumSource
    void destinationThatIsNotKnown_isAPlaceToFillIn(RemedyAction action) {
        if (action != RemedyAction.ROTATE_KEY) {
            assertThat(RemedyCommands.WORDS.sentence(action, List.of(""))).doesNotContain("''").doesNotContain("  ");
            assertThat(RemedyCommands.WORDS.sentence(action, List.of())).doesNotContain("''").doesNotContain("  ");
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void eachRow_saysWhatToDoInALogLine(Explanation explanation) {
        String text = explanation.inFull("offsite").text(RemedyCommands.WORDS);

        assertThat(text).doesNotContain("  ").doesNotContain("refreshToken)").hasSizeLessThanOrEqualTo(530);
        assertThat(explanation.actions()).isNotEmpty();
        assertThat(explanation.remedy("offsite").text(RemedyCommands.WORDS)).isNotEmpty();
    }

    private static Stream<Explanation> rows() {
        return Stream.of(Arrays.stream(AadstsRemedy.values()).map(AadstsRemedy::explanation),
                Arrays.stream(AccessRemedy.values()).map(AccessRemedy::explanation),
                Arrays.stream(LoginTrouble.values()).map(LoginTrouble::explanation),
                SignInRemedy.suberrors().values().stream(), SignInRemedy.errors().values().stream(),
                Stream.of(SignInRemedy.UNKNOWN, SignInRemedy.SECRET_IS_AN_ID, SignInRemedy.NOT_AUTHORIZED,
                        SignInRemedy.CLAIMS_NOT_MET)).flatMap(Function.identity());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "50011   | {public-url}/api/adapters/onedrive/callback",
        "700082  | Run 'onedrive-backup authorize offsite'.",
        "70016   | Run 'onedrive-backup authorize offsite --device' again and enter the new code.",
        "50076   | Run 'onedrive-backup authorize offsite' and follow the browser.",
        "7000222 | onedrive-backup destination update offsite --client-secret-file FILE --secret-expires DATE",
        "90002   | 'onedrive-backup destination remove offsite', 'destination add offsite'",
        "90002   | --tenant",
        "90038   | --cloud",
        "700027  | onedrive-backup destination update offsite --certificate FILE"})
    void numberOfMicrosoft_leadsToTheCommand(int number, String words) {
        assertThat(AadstsRemedy.of(number).orElseThrow().explanation().remedy("offsite").text(RemedyCommands.WORDS))
                .contains(words);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "TOKEN_REFUSED        | Run 'onedrive-backup authorize NAME'.",
        "MISSING_PERMISSION   | 'onedrive-backup authorize NAME --permission all'",
        "NOT_FOR_THIS_SIGN_IN | --drive, --user or --site",
        "NO_SUCH_OWNER        | 'onedrive-backup destination show NAME'",
        "EMPTY_LISTING        | 'onedrive-backup destination test NAME'"})
    void refusalOfOneDrive_leadsToTheCommand(AccessRemedy remedy, String words) {
        assertThat(remedy.explanation().remedy("").text(RemedyCommands.WORDS)).contains(words);
    }

    /** Wherever a failure is printed, logged or reported. */
    @Test
    void failure_isReportedWithTheCommandAndNotInTheLibrarysWords() {
        OneDriveException refused = AuthenticationException.ofRedirect("offsite", Map.of("error", "access_denied"));
        Exception wrapped = new RuntimeException(new IllegalStateException(refused));

        assertThat(refused.getMessage()).contains("Authorize destination 'offsite' again").doesNotContain("onedrive-backup");
        assertThat(Failures.message(wrapped)).startsWith(refused.problem())
                .endsWith("Run 'onedrive-backup authorize offsite'.").doesNotContain("refreshToken");
        assertThat(FailureReport.of(wrapped).get("remedy")).asString().endsWith("Run 'onedrive-backup authorize offsite'.");
    }

    @Test
    void vaultWithoutDestinations_namesTheCommandThatAddsOne() {
        assertThat(Failures.message(new UnknownDestinationException("offsite", List.of())))
                .endsWith("Add one with 'onedrive-backup destination add'.");
    }
}
