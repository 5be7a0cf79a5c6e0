package io.github.camelonedrive.auth;

import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.credentials.Secret;

import static org.assertj.core.api.Assertions.assertThat;

/** What comes back with the browser instead of a code. */
class RedirectErrorTest {

    @Test
    @Tag("C98")
    void whatMicrosoftSaysIsKeptApart() {
        AuthenticationException failure = refused(Map.of("error", "access_denied", "error_description",
                "AADSTS65004: User declined to consent to access the app.\r\nTrace ID: trace-1\r\n"
                        + "Correlation ID: correlation-1\r\nTimestamp: 2026-03-01 08:00:00Z"));

        assertThat(failure.destination()).isEqualTo("offsite");
        assertThat(failure.error()).contains("access_denied");
        assertThat(failure.aadsts()).hasValue(65004);
        assertThat(failure.correlationId()).contains("correlation-1");
        assertThat(failure.traceId()).contains("trace-1");
        assertThat(failure.timestamp()).contains("2026-03-01 08:00:00Z");
        assertThat(failure.problem()).isEqualTo("Microsoft refused the sign-in of destination 'offsite': access_denied, "
                + "AADSTS65004: User declined to consent to access the app. (correlation id correlation-1, "
                + "2026-03-01 08:00:00Z).");
        assertThat(failure.remedy()).contains("declined");
    }

    @Test
    void detailsOnOneLineAreFoundToo() {
        AuthenticationException failure = refused(Map.of("error", "invalid_request", "error_description",
                "AADSTS50011: The redirect URI does not match. Trace ID: trace-1 Correlation ID: correlation-1 "
                        + "Timestamp: 2026-03-01 08:00:00Z"));

        assertThat(failure.problem()).contains("does not match. (correlation id correlation-1, 2026-03-01 08:00:00Z)");
        assertThat(failure.traceId()).contains("trace-1");
    }

    @Test
    void numberIsReadFromTheAddressWhereTheDescriptionHasNone() {
        assertThat(refused(Map.of("error", "access_denied", "error_uri",
                "https://login.microsoftonline.com/error?code=90094")).aadsts()).hasValue(90094);
        assertThat(refused(Map.of("error", "access_denied", "error_uri", "https://evil.example/"))
                .getMessage()).doesNotContain("evil.example");
    }

    @ParameterizedTest
    @ValueSource(strings = {"server_error", "temporarily_unavailable"})
    void troubleOfTheServiceIsNoSignInProblem(String error) {
        OneDriveException failure = AuthenticationException.ofRedirect("offsite", Map.of("error", error));

        assertThat(failure).isInstanceOf(LoginUnavailableException.class).hasMessageContaining("no problem of your sign-in");
        assertThat(failure.kind()).isEqualTo(FailureKind.SERVICE);
    }

    @Test
    void errorWithoutAnythingElseStillSaysWhatToDo() {
        assertThat(refused(Map.of())).hasMessageContaining("no error was named").hasMessageContaining("'offsite'");
        assertThat(refused(Map.of("error", "access_denied")).remedy()).contains("declined");
    }

    @Test
    void whoeverWroteTheAddressWritesNoLinesOfOurLog() {
        AuthenticationException failure = refused(Map.of("error", "bad\r\nINFO all is well\u202e", "error_description",
                "first\u2028second\u0085third\u001b[31m " + "x".repeat(5000)));

        assertThat(failure.getMessage()).doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]")
                .doesNotContain("all is well").hasSizeLessThan(900);
    }

    @Test
    void secretThatCameBackIsNotShown() {
        String canary = "canary-" + UUID.randomUUID();
        Secret.of(canary);

        assertThat(refused(Map.of("error", canary, "error_description", "AADSTS70000: " + canary + " is bad\r\nTrace ID: "
                + canary)).getMessage()).doesNotContain(canary);
    }

    private static AuthenticationException refused(Map<String, String> parameters) {
        OneDriveException failure = AuthenticationException.ofRedirect("offsite", parameters);
        assertThat(failure).isInstanceOf(AuthenticationException.class);
        assertThat(failure.kind()).isEqualTo(FailureKind.SIGN_IN);
        return (AuthenticationException) failure;
    }
}
