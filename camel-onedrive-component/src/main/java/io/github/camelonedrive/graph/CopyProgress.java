package io.github.camelonedrive.graph;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.camelonedrive.OneDriveException;

/**
 * Asks a copy's monitor until the copy has ended ({@code graph-contract.md} §0.10, §6.6): a 200, a 202 or a 303, whose body
 * says how it stands. It asks soon at first and then less and less often, and never before the monitor wants to be asked.
 */
final class CopyProgress {

    static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private static final Set<String> GIVEN_UP = Set.of("failed", "cancelled", "deleteFailed");

    private final GraphClient client;
    private final PreauthenticatedUrl monitor;
    private final Duration longest;
    private final String purpose;

    CopyProgress(GraphClient client, PreauthenticatedUrl monitor, Duration longest, String purpose) {
        this.client = client;
        this.monitor = monitor;
        this.longest = longest;
        this.purpose = purpose;
    }

    /**
     * The answer that says that the copy is complete.
     *
     * @throws GraphException.NameConflict when it was given up because the name is taken
     */
    GraphAnswer await() throws OneDriveException, InterruptedException {
        long started = client.time().nanoTime();
        Patience patience = client.patience((pause, reason) -> {
        });
        Duration pause = FIRST_PAUSE;
        while (true) {
            try {
                GraphAnswer answer = client.monitor(monitor, purpose);
                patience.progressed();
                if (isComplete(answer)) {
                    return answer;
                }
                Duration left = longest.minusNanos(client.time().nanoTime() - started);
                if (left.isNegative() || left.isZero()) {
                    throw new ItemTransfers.CopyUnfinishedException(purpose, longest);
                }
                client.time().sleep(min(max(pause, answer.retryAfter().orElse(Duration.ZERO)), left));
                pause = min(pause.multipliedBy(2), LONGEST_PAUSE);
            } catch (ItemTransfers.CopyUnfinishedException | ItemTransfers.CopyFailedException end) {
                throw end;
            } catch (OneDriveException failure) {
                patience.pauseOrFail(failure);
            }
        }
    }

    private boolean isComplete(GraphAnswer answer) throws OneDriveException {
        String state = answer.body().path("status").asText(answer.status() == 303 ? "completed" : "");
        if (GIVEN_UP.contains(state)) {
            throw givenUp(state, answer);
        }
        return state.equals("completed");
    }

    private OneDriveException givenUp(String state, GraphAnswer answer) {
        // Services spell it with a capital letter at times.
        String code = decapitalized(errorCode(answer.body()));
        if (GraphProblem.of(0, code, code) != GraphProblem.NAME_CONFLICT) {
            return new ItemTransfers.CopyFailedException(purpose, state, answer.body());
        }
        // What Graph would have said had it looked at the name at once.
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("error").put("code", code);
        return GraphException.of(purpose, new GraphAnswer(409, Map.of(), body, Optional.empty()));
    }

    /** {@code errorCode} is what services send, {@code error} what the documentation shows. */
    static String errorCode(JsonNode body) {
        return body.path("errorCode").asText(GraphError.of(body).innermostCode());
    }

    private static String decapitalized(String code) {
        return code.isEmpty() ? code : Character.toLowerCase(code.charAt(0)) + code.substring(1);
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
