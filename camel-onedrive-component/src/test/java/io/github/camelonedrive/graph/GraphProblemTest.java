package io.github.camelonedrive.graph;

import io.github.camelonedrive.FailureKind;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class GraphProblemTest {

    /** graph-contract.md §3.4 and §5, row by row: status, top code, innermost code. */
    @ParameterizedTest
    @CsvSource({
        "400, invalidRequest, invalidRequest, INVALID_REQUEST",
        "400, invalidRequest, fragmentLengthMismatch, INVALID_REQUEST",
        "400, invalidRequest, pathIsTooLong, PATH_TOO_LONG",
        "400, invalidRequest, maxFileSizeExceeded, TOO_LARGE",
        "400, '', '', INVALID_REQUEST",
        "401, unauthenticated, unauthenticated, UNAUTHENTICATED",
        "401, unauthenticated, expiredToken, UNAUTHENTICATED",
        "401, InvalidAuthenticationToken, InvalidAuthenticationToken, UNAUTHENTICATED",
        "401, '', '', UNAUTHENTICATED",
        "403, accessDenied, accessDenied, ACCESS_DENIED",
        "403, '', '', ACCESS_DENIED",
        "403, accessDenied, virusSuspicious, INFECTED",
        "404, itemNotFound, itemNotFound, NOT_FOUND",
        "404, itemNotFound, uploadSessionNotFound, NOT_FOUND",
        "404, '', '', NOT_FOUND",
        "405, invalidRequest, invalidRequest, INVALID_REQUEST",
        "406, '', '', INVALID_REQUEST",
        "408, '', '', UNAVAILABLE",
        "409, nameAlreadyExists, nameAlreadyExists, NAME_CONFLICT",
        "409, upload_name_conflict, upload_name_conflict, NAME_CONFLICT",
        "409, nameAlreadyExists, somethingNew, NAME_CONFLICT",
        "409, resourceModified, resourceModified, MODIFIED",
        "409, '', '', MODIFIED",
        "410, '', '', NOT_FOUND",
        "411, '', '', INVALID_REQUEST",
        "412, resourceModified, resourceModified, PRECONDITION",
        "412, resourceModified, entityTagDoesNotMatch, PRECONDITION",
        "400, invalidRequest, uploadSessionNotFound, NOT_FOUND",
        "400, invalidRequest, uploadSessionFailed, NOT_FOUND",
        "400, invalidRequest, uploadSessionIncomplete, RANGE",
        "409, nameAlreadyExists, similarRelationshipNameAlreadyExists, NAME_CONFLICT",
        "413, invalidRequest, maxFragmentLengthExceeded, REQUEST_TOO_LARGE",
        "413, invalidRequest, maxStreamSizeExceeded, REQUEST_TOO_LARGE",
        "413, invalidRequest, maxFileSizeExceeded, TOO_LARGE",
        "413, invalidRequest, invalidRequest, REQUEST_TOO_LARGE",
        "413, '', '', REFUSED_BY_PROXY",
        "415, '', '', INVALID_REQUEST",
        "416, invalidRange, fragmentOverlap, RANGE",
        "416, invalidRange, fragmentOutOfOrder, RANGE",
        "416, '', '', RANGE",
        "422, '', '', INVALID_REQUEST",
        "422, malwareDetected, malwareDetected, INFECTED",
        "423, notAllowed, resourceLocked, LOCKED",
        "423, accessDenied, accessDenied, LOCKED",
        "400, notAllowed, notAllowed, INVALID_REQUEST",
        "429, activityLimitReached, throttledRequest, THROTTLED",
        "429, TooManyRequests, TooManyRequests, THROTTLED",
        "429, '', '', THROTTLED",
        "403, activityLimitReached, throttledRequest, THROTTLED",
        "500, generalException, generalException, UNAVAILABLE",
        "500, UnknownError, UnknownError, UNAVAILABLE",
        "500, itemNotFound, itemNotFound, UNAVAILABLE",
        "500, accessDenied, accessDenied, UNAVAILABLE",
        "501, generalException, generalException, NOT_IMPLEMENTED",
        "501, '', '', NOT_IMPLEMENTED",
        "502, '', '', UNAVAILABLE",
        "503, serviceNotAvailable, serviceNotAvailable, UNAVAILABLE",
        "503, activityLimitReached, throttledRequest, UNAVAILABLE",
        "504, '', '', UNAVAILABLE",
        "507, quotaLimitReached, quotaLimitReached, QUOTA",
        "507, '', '', QUOTA",
        "403, quotaLimitReached, quotaLimitReached, QUOTA",
        "509, '', '', THROTTLED",
        "302, '', '', INVALID_REQUEST"})
    @Tag("C30")
    @Tag("C70")
    void statusAndCodesDecide(int status, String code, String innermost, GraphProblem problem) {
        assertThat(GraphProblem.of(status, code, innermost)).isEqualTo(problem);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 405, 411, 415, 422, 501, 507})
    void whatIsNotRetried(int status) {
        assertThat(GraphProblem.of(status, "", "").isPassing()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 409, 413, 416, 423, 429, 500, 502, 503, 504, 509})
    @Tag("C61")
    void whatIsRetried(int status) {
        assertThat(GraphProblem.of(status, "", "").isPassing()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void everyProblemHasARemedyInAWholeSentence(GraphProblem problem) {
        assertThat(problem.remedy().text()).matches("\\p{Lu}.{20,}\\.");
    }

    @Test
    void onlyTheFileItselfIsAFaultOfTheFile() {
        for (GraphProblem problem : GraphProblem.values()) {
            boolean files = switch (problem) {
                case PATH_TOO_LONG, INFECTED, TOO_LARGE, NAME_CONFLICT -> true;
                default -> false;
            };
            assertThat(problem.kind() == FailureKind.SOURCE).as(problem.name()).isEqualTo(files);
        }
    }
}
