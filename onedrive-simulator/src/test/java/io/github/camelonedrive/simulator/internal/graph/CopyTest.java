package io.github.camelonedrive.simulator.internal.graph;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelonedrive.simulator.AccountType;
import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.GraphClient;
import io.github.camelonedrive.simulator.SimulatorTestBase;
import io.github.camelonedrive.simulator.Step;

import static org.assertj.core.api.Assertions.assertThat;

/** Statements 8, 12 and 76. */
class CopyTest extends SimulatorTestBase {
    private static final byte[] CONTENT = {1, 2, 3};

    private String id(String path) {
        return GraphClient.json(client.get("/me/drive/root" + (path.isEmpty() ? "" : ":" + path))).path("id").asText();
    }

    private HttpResponse<String> copy(String path, String query, String toFolder, String name) {
        return client.post("/me/drive/items/" + id(path) + "/copy" + query,
                "{\"parentReference\":{\"driveId\":\"" + simulator.driveId() + "\",\"id\":\"" + id(toFolder) + "\"},\"name\":\""
                        + name + "\"}");
    }

    private static String monitor(HttpResponse<String> accepted) {
        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
        return accepted.headers().firstValue("Location").orElseThrow();
    }

    private JsonNode lastPoll(HttpResponse<String> accepted) {
        String monitor = monitor(accepted);
        JsonNode status = GraphClient.json(client.status(monitor));
        while (status.path("status").asText().equals("inProgress")) {
            status = GraphClient.json(client.status(monitor));
        }
        return status;
    }

    @ParameterizedTest
    @EnumSource(AccountType.class)
    @Tag("S76")
    @Tag("S8")
    void copiesWhileTheMonitorIsPolled(AccountType type) {
        start(type);
        simulator.putFile("/a/x.txt", CONTENT);
        simulator.createFolder("/b");
        simulator.fault(Fault.on(Step.COPY).copyPolls(2));
        HttpResponse<String> accepted = copy("/a/x.txt", "", "/b", "y.txt");
        String monitor = monitor(accepted);
        assertThat(monitor).contains("%2B", "'", "&");
        for (int i = 0; i < 2; i++) {
            HttpResponse<String> running = client.status(monitor);
            assertThat(running.statusCode()).isEqualTo(202);
            assertThat(GraphClient.json(running).path("status").asText()).isEqualTo("inProgress");
            assertThat(GraphClient.json(running).path("percentageComplete").asDouble()).isBetween(1.0, 99.0);
            assertThat(simulator.paths()).containsExactly("/a/x.txt");
        }
        JsonNode done = GraphClient.json(client.status(monitor));
        assertThat(done.path("status").asText()).isEqualTo("completed");
        assertThat(done.path("resourceId").asText()).isEqualTo(simulator.file("/b/y.txt").orElseThrow().id());
        assertThat(simulator.file("/b/y.txt").orElseThrow().bytes()).isEqualTo(CONTENT);
        assertThat(GraphClient.json(client.status(monitor))).isEqualTo(done);
        assertThat(simulator.paths()).containsExactly("/a/x.txt", "/b/y.txt");
        assertThat(simulator.violations()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 202, 303})
    @Tag("S76")
    void mayEndInThreeWays(int status) {
        start(builder -> builder.finishedCopyStatus(status));
        simulator.putFile("/x", CONTENT);
        simulator.fault(Fault.on(Step.COPY).copyPolls(0));
        HttpResponse<String> done = client.status(monitor(copy("/x", "", "", "y")));
        assertThat(done.statusCode()).isEqualTo(status);
        assertThat(GraphClient.json(done).path("status").asText()).isEqualTo("completed");
        assertThat(done.headers().firstValue("Location").isPresent()).isEqualTo(status == 303);
    }

    @Test
    void aFolderIsCopiedWithEverythingInIt() {
        start(AccountType.BUSINESS);
        simulator.putFile("/a/b/x.txt", CONTENT);
        simulator.putFile("/a/y.txt", new byte[5]);
        assertThat(lastPoll(copy("/a", "", "", "c")).path("status").asText()).isEqualTo("completed");
        assertThat(simulator.paths()).containsExactly("/a/b/x.txt", "/a/y.txt", "/c/b/x.txt", "/c/y.txt");
        assertThat(GraphClient.json(client.get("/me/drive/root:/c")).path("size").asInt()).isEqualTo(8);
        assertThat(id("/c/y.txt")).isNotEqualTo(id("/a/y.txt"));
    }

    @Test
    void aTakenNameIsAFailureThatOnlyTheMonitorTells() {
        start(AccountType.BUSINESS);
        simulator.putFile("/x.txt", CONTENT);
        simulator.putFile("/y.txt", new byte[1]);
        JsonNode failed = lastPoll(copy("/x.txt", "", "", "Y.TXT"));
        assertThat(failed.path("status").asText()).isEqualTo("failed");
        assertThat(failed.path("errorCode").asText()).isEqualTo("nameAlreadyExists");
        assertThat(simulator.file("/y.txt").orElseThrow().size()).isEqualTo(1);

        lastPoll(copy("/x.txt", "?@microsoft.graph.conflictBehavior=rename", "", "y.txt"));
        lastPoll(copy("/x.txt", "?@microsoft.graph.conflictBehavior=replace", "", "y.txt"));
        assertThat(simulator.paths()).containsExactly("/x.txt", "/y 1.txt", "/y.txt");
        assertThat(simulator.file("/y.txt").orElseThrow().bytes()).isEqualTo(CONTENT);
    }

    @Test
    void personalDrivesKnowNoConflictBehaviorHere() {
        start();
        simulator.putFile("/x.txt", CONTENT);
        simulator.putFile("/y.txt", new byte[1]);
        JsonNode failed = lastPoll(copy("/x.txt", "?@microsoft.graph.conflictBehavior=replace", "", "y.txt"));
        assertThat(failed.path("errorCode").asText()).isEqualTo("nameAlreadyExists");
    }

    @Test
    void failsWhenItIsToldToOrWhenTheDriveIsFull() {
        start(builder -> builder.quota(5));
        simulator.putFile("/x", CONTENT);
        assertThat(lastPoll(copy("/x", "", "", "y")).path("errorCode").asText()).isEqualTo("quotaLimitReached");
        simulator.fault(Fault.on(Step.COPY).failCopy("AccessDenied_Example"));
        assertThat(lastPoll(copy("/x", "", "", "y")).path("errorCode").asText()).isEqualTo("AccessDenied_Example");
        assertThat(simulator.paths()).containsExactly("/x");
    }

    @Test
    void aSourceThatIsGoneBeforeItsTurnIsAFailure() {
        start();
        simulator.putFile("/x", CONTENT);
        HttpResponse<String> accepted = copy("/x", "", "", "y");
        simulator.delete("/x");
        assertThat(lastPoll(accepted).path("errorCode").asText()).isEqualTo("itemNotFound");
    }

    @Test
    void timePassesForCopiesThatNobodyWatches() {
        start();
        simulator.putFile("/x", CONTENT);
        copy("/x", "", "", "y");
        simulator.finishCopies();
        assertThat(simulator.paths()).containsExactly("/x", "/y");
    }

    @Test
    void refusesWhatCanNotBeCopied() {
        start();
        simulator.putFile("/a/x", CONTENT);
        assertError(copy("/a", "", "/a", "b"), 400, "invalidRequest");
        assertError(copy("/a/x", "", "", "a*b"), 400, "invalidRequest");
        assertError(client.post("/me/drive/root/copy", "{\"name\":\"b\"}"), 400, "invalidRequest");
        String source = "/me/drive/items/" + id("/a/x") + "/copy";
        assertError(client.post(source, "{\"parentReference\":{\"id\":\"root\"}}"), 400, "invalidRequest");
        assertError(client.post(source, "{\"parentReference\":{\"id\":\"none\"}}"), 404, "itemNotFound");
        assertError(client.post(source, "{\"parentReference\":{\"driveId\":\"other\",\"id\":\"" + id("/a") + "\"}}"),
                404, "itemNotFound");
        assertError(client.send(client.graph(source).header("if-match", "older")
                .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"y\"}"))), 412, "resourceModified");
    }

    @Test
    void noMoreThan30000ItemsAtOnce() {
        start();
        for (int i = 0; i < 30_000; i++) {
            simulator.createFolder("/a/" + i);
        }
        assertError(copy("/a", "", "", "b"), 400, "invalidRequest", "totalAffectedItemCountExceeded");
    }

    @Test
    @Tag("S76")
    void theMonitorMustNotSeeATokenNorBeChanged() {
        start();
        simulator.putFile("/x", CONTENT);
        String monitor = monitor(copy("/x", "", "", "y"));
        assertError(client.send(HttpRequest.newBuilder(URI.create(monitor)).header("Authorization", "Bearer x")),
                401, "unauthenticated");
        assertError(client.status(monitor.replace("%2B", "+")), 403, "accessDenied");
        assertError(client.status(monitor.replaceAll("monitor-host/\\w+/", "monitor-host/none/")), 404, "itemNotFound");
        assertThat(simulator.violations()).hasSize(2).anyMatch(v -> v.contains("Authorization header sent to a monitor URL"));
        assertThat(simulator.secrets().in("monitored at " + monitor)).isNotEmpty();
    }
}
