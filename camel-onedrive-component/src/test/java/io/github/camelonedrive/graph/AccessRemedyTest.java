package io.github.camelonedrive.graph;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.RemedyAction;

import static org.assertj.core.api.Assertions.assertThat;

/** What people are told who signed in and still may not. The answers are as users of Microsoft Graph have reported them. */
class AccessRemedyTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "403 | accessDenied            | Access denied                                  | Files.ReadWrite.All",
        "403 | accessDenied            | Access denied                                  | admin consent for work accounts",
        "403 | Forbidden               | ''                                             | Files.ReadWrite.All",
        "403 | ''                      | ''                                             | Files.ReadWrite.All",
        "403 | Authorization_RequestDenied | Insufficient privileges                    | Files.ReadWrite.All",
        "403 | AccessDenied            | Either scp or roles claim need to be present   | application permission Files",
        "401 | AccessDenied            | Either scp or roles claim need to be present   | Sites.ReadWrite.All",
        "403 | serviceReadOnly         | Database Is Read Only                          | Files.ReadWrite.AppFolder",
        "403 | accessRestricted        | Access restricted                              | administrator of SharePoint",
        "404 | ResourceNotFound        | User's mysite not found.                       | licence",
        "404 | Request_ResourceNotFound | Resource 'x' does not exist                   | user principal name",
        "404 | itemNotFound            | The resource could not be found.               | Check the path",
        "400 | BadRequest              | /me request is only valid with delegated flow. | name the drive, site or user",
        "400 | BadRequest              | Tenant does not have a SPO license.            | licence with OneDrive",
        "400 | invalidRequest          | Invalid request                                | Check the folder and file name",
        "401 | InvalidAuthenticationToken | Access token validation failure. Invalid audience. | token is for another service",
        "401 | generalException        | General exception while processing             | granted by an administrator",
        "401 | unauthenticated         | The caller is not authenticated.               | Authorize the destination again"})
    void answerLeadsToTheRemedy(int status, String code, String message, String words) {
        GraphException failure = GraphException.of("Listing '/' in 'offsite'", answer(status, code, message, Map.of()), NOON);

        assertThat(failure.remedy()).contains(words);
        assertThat(failure.getMessage()).contains("Listing '/' in 'offsite' failed: OneDrive answered " + status);
    }

    @Test
    void innerCodeIsMoreExact() throws Exception {
        JsonNode body = new ObjectMapper().readTree("{\"error\":{\"code\":\"accessDenied\",\"message\":\"m\","
                + "\"innerError\":{\"code\":\"serviceReadOnly\"}}}");

        assertThat(GraphException.of("X", new GraphAnswer(403, Map.of(), body, Optional.empty())).remedy())
                .contains("takes no changes");
    }

    @Test
    void infectedFileIsNoMatterOfPermissions() throws Exception {
        JsonNode body = new ObjectMapper().readTree("{\"error\":{\"code\":\"accessDenied\",\"message\":\"m\","
                + "\"innerError\":{\"code\":\"virusSuspicious\"}}}");

        assertThat(GraphException.of("X", new GraphAnswer(403, Map.of(), body, Optional.empty())).remedy())
                .contains("infected").doesNotContain("permission");
    }

    /** Exit code 3 is for sign-ins; a missing permission is none. */
    @Test
    void missingPermissionIsNoSignInFailure() {
        assertThat(GraphException.of("X", answer(403, "accessDenied", "m", Map.of())).kind()).isEqualTo(FailureKind.SERVICE);
        assertThat(GraphException.of("X", answer(401, "unauthenticated", "m", Map.of())).kind()).isEqualTo(FailureKind.SIGN_IN);
    }

    @Test
    void clockThatIsOffIsSaidWithATokenThatIsNotAccepted() {
        GraphAnswer answer = answer(401, "InvalidAuthenticationToken", "Lifetime validation failed, the token is expired.",
                Map.of("date", "Sun, 01 Mar 2026 12:00:00 GMT"));

        GraphException failure = GraphException.of("Listing '/'", answer, NOON.plus(Duration.ofMinutes(9)));

        assertThat(failure).isInstanceOf(GraphException.Unauthenticated.class);
        assertThat(failure.problem()).endsWith("This machine's clock is 9 min ahead of Microsoft's.");
        assertThat(failure.remedy()).startsWith("Set this machine's clock first").contains("Authorize the destination again");
    }

    @ParameterizedTest
    @ValueSource(ints = {-5, 0, 5})
    void clockThatIsRightIsNotBlamed(int minutes) {
        GraphAnswer answer = answer(401, "InvalidAuthenticationToken", "Lifetime validation failed, the token is expired.",
                Map.of("date", "Sun, 01 Mar 2026 12:00:00 GMT"));

        assertThat(GraphException.of("X", answer, NOON.plus(Duration.ofMinutes(minutes))).getMessage())
                .doesNotContain("clock is").doesNotContain("Set this machine's clock");
    }

    @Test
    void clockHasNothingToDoWithAMissingPermission() {
        GraphAnswer answer = answer(403, "accessDenied", "m", Map.of("date", "Sun, 01 Mar 2026 12:00:00 GMT"));

        assertThat(GraphException.of("X", answer, NOON.plus(Duration.ofDays(1))).getMessage()).doesNotContain("clock");
    }

    @ParameterizedTest
    @EnumSource
    void eachSaysWhatWhyAndWhatToDo(AccessRemedy remedy) {
        assertThat(remedy.explanation().what()).matches("\\p{Lu}.{10,}\\.");
        assertThat(remedy.explanation().why()).matches("[-\\p{Lu}].{10,}\\.");
        assertThat(remedy.explanation().remedy("offsite").text()).matches("\\p{Lu}.{10,}\\.").doesNotContain("{");
        assertThat(remedy.explanation().inFull("offsite").text()).hasSizeLessThanOrEqualTo(460);
    }

    @Test
    void emptyListingIsExplainedThoughItIsNoError() {
        assertThat(AccessRemedy.EMPTY_LISTING.statuses()).isEmpty();
        assertThat(AccessRemedy.EMPTY_LISTING.explanation().inFull("offsite").text())
                .contains("checkConnection on destination 'offsite'")
                .contains("Files.ReadWrite.All").contains("admin consent");
    }

    private static GraphAnswer answer(int status, String code, String message, Map<String, String> headers) {
        ObjectMapper json = new ObjectMapper();
        JsonNode body = json.createObjectNode().set("error", json.createObjectNode().put("code", code).put("message", message));
        return new GraphAnswer(status, headers, body, Optional.empty());
    }

    @Test
    void driveThatThePermissionOwnDoesNotReach_namesThePermission() {
        assertThat(AccessRemedy.of(403, "accessDenied", "accessDenied").orElseThrow().explanation().remedy("offsite").actions())
                .contains(RemedyAction.AUTHORIZE_FOR_ALL_FILES);
    }

    @ParameterizedTest
    @EnumSource
    void eachNamesTheKindOfAction(AccessRemedy remedy) {
        assertThat(remedy.explanation().actions()).isNotEmpty();
    }

    @Test
    void failureUnderAnotherTypeKeepsItsActions() {
        GraphException failure = GraphException.of("X", answer(401, "unauthenticated", "m", Map.of()));

        assertThat(new GraphException(failure).whatToDo()).isEqualTo(failure.whatToDo());
        assertThat(failure.whatToDo().actions()).containsExactly(RemedyAction.AUTHORIZE_AGAIN);
    }
}
