package io.github.camelonedrive.graph;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.camelonedrive.credentials.Secret;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("C65")
class GraphErrorTest {

    @Test
    void graphsOwnForm() throws Exception {
        GraphError error = parse("""
                {"error":{"code":"itemNotFound","message":"The resource could not be found.","innerError":{
                "date":"2026-03-01T08:00:00","request-id":"aaaa-1","client-request-id":"bbbb-1"}}}""");
        assertThat(error).isEqualTo(
                new GraphError("itemNotFound", "itemNotFound", "The resource could not be found.", Optional.of("aaaa-1")));
    }

    @Test
    void sharePointsSpellingOfTheInnerPart() throws Exception {
        assertThat(parse("""
                {"error":{"code":"invalidRange","message":"x","innererror":{"code":"fragmentOverlap"}}}""").innermostCode())
                .isEqualTo("fragmentOverlap");
    }

    @Test
    void theMostSpecificOfNestedCodesIsTaken() throws Exception {
        GraphError error = parse("""
                {"error":{"code":"a","innerError":{"code":"b","innererror":{"code":"c","innerError":{"request-id":"r"}}}}}""");
        assertThat(error.code()).isEqualTo("a");
        assertThat(error.innermostCode()).isEqualTo("c");
        assertThat(error.requestId()).contains("r");
    }

    @Test
    void aStatusRepeatedAsInnerCodeSaysNothing() throws Exception {
        assertThat(parse("""
                {"error":{"code":"TooManyRequests","innerError":{"code":"429","status":"429"}}}""").innermostCode())
                .isEqualTo("TooManyRequests");
    }

    @Test
    void endlessNestingEnds() throws Exception {
        String body = "{\"error\":" + "{\"code\":\"x\",\"innerError\":".repeat(500) + "{}" + "}".repeat(500) + "}";
        assertThat(parse(body).innermostCode()).isEqualTo("x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "null", "\"error\"", "{\"error\":null}",
        "{\"error\":\"invalid_grant\"}", "{\"error\":{}}",
        "{\"error\":{\"code\":null,\"message\":null,\"innerError\":null}}", "{\"error\":{\"innerError\":\"text\"}}"})
    void whatHasNoErrorInItIsNone(String body) throws Exception {
        assertThat(parse(body)).isEqualTo(new GraphError("", "", "", Optional.empty()));
    }

    @Test
    void noBodyIsNone() {
        assertThat(GraphError.of(MissingNode.getInstance()).code()).isEmpty();
    }

    @Test
    void aMessageIsOneLineShortAndWithoutSecrets() throws Exception {
        String secret = "canary-" + UUID.randomUUID();
        Secret.of(secret);
        String said = "bad\\r\\n  " + secret + " " + "y".repeat(1000);
        String message = parse("{\"error\":{\"code\":\"x\",\"message\":\"" + said + "\"}}").message();
        assertThat(message).startsWith("bad ").doesNotContain(secret).doesNotContain("\n").hasSizeLessThan(310);
    }

    /** A message may be in any language and say anything. */
    @ParameterizedTest
    @ValueSource(strings = {"", "The upload session was not found", "Die Datei gibt es schon.", "nameAlreadyExists",
        "429 TooManyRequests: activityLimitReached", "Insufficient Space Available", "fragmentOutOfOrder"})
    @Tag("C67")
    void itsMessageDecidesNothing(String message) throws Exception {
        JsonNode body = new ObjectMapper().readTree(
                "{\"error\":{\"code\":\"invalidRange\",\"message\":\"" + message
                        + "\",\"innererror\":{\"code\":\"fragmentOverlap\"}}}");
        GraphException failure = GraphException.of("Sending '/a'", new GraphAnswer(416, Map.of(), body, Optional.empty()));
        assertThat(failure).isInstanceOf(GraphException.RangeRefused.class);
        assertThat(failure.innermostCode()).isEqualTo("fragmentOverlap");
        assertThat(failure.remedy()).isEqualTo(GraphProblem.of(416, "invalidRange", "fragmentOverlap").remedy().text());
    }

    @Test
    @Tag("C66")
    void theExceptionCarriesWhatTheAnswerSaid() throws Exception {
        JsonNode body = new ObjectMapper().readTree(
                "{\"error\":{\"code\":\"invalidRange\",\"message\":\"m\",\"innererror\":{\"code\":\"fragmentOverlap\"}}}");
        GraphException failure = GraphException.of("Sending '/a'",
                new GraphAnswer(416, Map.of("request-id", "rrr-1"), body, Optional.empty()));
        assertThat(failure).isInstanceOf(GraphException.RangeRefused.class);
        assertThat(failure.status()).isEqualTo(416);
        assertThat(failure.code()).isEqualTo("invalidRange");
        assertThat(failure.innermostCode()).isEqualTo("fragmentOverlap");
        assertThat(failure.requestId()).isEqualTo("rrr-1");
        assertThat(failure.getMessage()).startsWith("Sending '/a' failed: OneDrive answered 416 "
                + "invalidRange/fragmentOverlap \"m\" (request id rrr-1).").endsWith(failure.remedy());
    }

    @Test
    void sharePointsNameOfTheRequestIdIsKnown() {
        GraphException failure = GraphException.of("X",
                new GraphAnswer(500, Map.of("sprequestguid", "sp-1"), MissingNode.getInstance(), Optional.empty()));
        assertThat(failure.requestId()).isEqualTo("sp-1");
        assertThat(failure.getMessage()).startsWith("X failed: OneDrive answered 500 (request id sp-1).");
    }

    private static GraphError parse(String json) throws Exception {
        return GraphError.of(new ObjectMapper().readTree(json));
    }
}
