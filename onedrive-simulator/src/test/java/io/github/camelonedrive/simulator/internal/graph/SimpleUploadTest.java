package io.github.camelonedrive.simulator.internal.graph;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import com.fasterxml.jackson.databind.JsonNode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelonedrive.simulator.AccountType;
import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.GraphClient;
import io.github.camelonedrive.simulator.OneDriveSimulatorBuilder;
import io.github.camelonedrive.simulator.SimulatorTestBase;
import io.github.camelonedrive.simulator.Step;
import io.github.camelonedrive.simulator.internal.http.PercentCoding;

import static org.assertj.core.api.Assertions.assertThat;

/** Statements 15–21. */
class SimpleUploadTest extends SimulatorTestBase {
    private static final String X = "/me/drive/root:/x.txt:/content";

    @Test
    @Tag("S17")
    @Tag("S18")
    void newIs201AndReplacedIs200() {
        start();
        assertThat(client.put(X, new byte[] {1}).statusCode()).isEqualTo(201);
        assertThat(client.put(X, new byte[] {2}).statusCode()).isEqualTo(200);
        assertThat(simulator.file("/x.txt").orElseThrow().bytes()).containsExactly(2);
        assertThat(simulator.file("/x.txt").orElseThrow().versionCount()).isEqualTo(2);
        assertThat(simulator.violations()).isEmpty();
    }

    @Test
    void zeroBytesAreAFile() {
        start();
        HttpResponse<String> answer = client.put(X, new byte[0]);
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(GraphClient.json(answer).at("/file/hashes/quickXorHash").asText()).isEqualTo("AAAAAAAAAAAAAAAAAAAAAAAAAAA=");
        assertThat(simulator.file("/x.txt").orElseThrow().size()).isZero();
    }

    @Test
    @Tag("S19")
    void failMeetsAnExistingNameWith409() {
        start();
        simulator.putFile("/x.txt", new byte[] {1});
        assertError(client.put(X + "?@microsoft.graph.conflictBehavior=fail", new byte[] {2}), 409, "nameAlreadyExists");
        assertError(client.put(X + "?%40microsoft.graph.conflictBehavior=fail", new byte[] {2}), 409, "nameAlreadyExists");
        assertThat(simulator.file("/x.txt").orElseThrow().bytes()).containsExactly(1);
    }

    @Test
    @Tag("S104")
    void busyName_openSession_refusesAPut() {
        start(OneDriveSimulatorBuilder::refuseBusyNames);
        String session = client.session("/x.txt");
        assertError(client.put(X, new byte[] {1}), 409, "nameAlreadyExists");
        assertError(client.put("/me/drive/root:/X.TXT:/content?@microsoft.graph.conflictBehavior=replace", new byte[] {1}), 409,
                "nameAlreadyExists");
        assertThat(client.put("/me/drive/root:/y.txt:/content", new byte[] {1}).statusCode()).isEqualTo(201);

        client.cancel(session);

        assertThat(client.put(X, new byte[] {1}).statusCode()).isEqualTo(201);
    }

    @Test
    @Tag("S104")
    void busyName_putInProgress_refusesAnother() throws Exception {
        start(OneDriveSimulatorBuilder::refuseBusyNames);
        CountDownLatch stalled = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        simulator.fault(Fault.on(Step.SIMPLE_UPLOAD).run(stalled::countDown).stallReading(go));
        CompletableFuture<Integer> first =
                CompletableFuture.supplyAsync(() -> client.put(X, new byte[] {1}).statusCode());
        stalled.await();
        Awaitility.await().untilAsserted(() -> assertError(client.put(X, new byte[] {2}), 409, "nameAlreadyExists"));

        go.countDown();

        assertThat(first.get()).isIn(200, 201);
        assertThat(client.put(X, new byte[] {3}).statusCode()).isEqualTo(200);
    }

    @Test
    void busyName_isReplacedByDefault() {
        start();
        client.session("/x.txt");
        assertThat(client.put(X, new byte[] {1}).statusCode()).isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource({"Sales.sql, sales.sql", "caf\u00e9, cafe\u0301", "M\u00e6rsk, Maersk"})
    void spellingsOfOneName_areOneItem_andTheFirstIsKept(String one, String other) {
        start();
        client.put("/me/drive/root:/" + PercentCoding.encodeSegment(one) + ":/content", new byte[] {1});
        HttpResponse<String> answer =
                client.put("/me/drive/root:/" + PercentCoding.encodeSegment(other) + ":/content", new byte[] {2});
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(GraphClient.json(answer).path("name").asText()).isEqualTo(one);
    }

    @Test
    @Tag("S20")
    void renameNumbersTheName() {
        start();
        for (String expected : new String[] {"x.txt", "x 1.txt", "x 2.txt"}) {
            HttpResponse<String> answer = client.put(X + "?@microsoft.graph.conflictBehavior=rename", new byte[] {1});
            assertThat(answer.statusCode()).isEqualTo(201);
            assertThat(GraphClient.json(answer).path("name").asText()).isEqualTo(expected);
        }
    }

    @Test
    void overwriteIsNoConflictBehavior() {
        start();
        assertError(client.put(X + "?@microsoft.graph.conflictBehavior=overwrite", new byte[1]), 400, "invalidRequest");
    }

    @Test
    void replacesById() {
        start();
        String id = simulator.putFile("/a/x.txt", new byte[] {1}).id();
        assertThat(client.put("/me/drive/items/" + id + "/content", new byte[] {2}).statusCode()).isEqualTo(200);
        assertThat(simulator.file("/a/x.txt").orElseThrow().bytes()).containsExactly(2);
        assertError(client.put("/me/drive/items/nothing/content", new byte[] {2}), 404, "itemNotFound");
    }

    @Test
    @Tag("S16")
    void refusesMoreThan250MB() {
        start(builder -> builder.discardContent());
        long size = 250L * 1024 * 1024 + 1;
        HttpResponse<String> answer = client.send(client.graph(X).PUT(
                BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(() -> new Zeros(size)), size)));
        assertError(answer, 413, "invalidRequest");
        assertThat(simulator.paths()).isEmpty();
    }

    @Test
    void wantsToKnowTheLength() {
        start();
        HttpResponse<String> answer = client.send(client.graph(X).PUT(
                BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[10]))));
        assertThat(answer.statusCode()).isEqualTo(411);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/x.txt/y"})
    void refusesToPutContentWhereAFolderOrFileIsInTheWay(String path) {
        start();
        simulator.putFile("/x.txt", new byte[1]);
        String url = path.equals("/") ? "/me/drive/root/content" : "/me/drive/root:" + path + ":/content";
        assertThat(client.put(url, new byte[1]).statusCode()).isBetween(400, 499);
    }

    @Test
    void refusesWhatDoesNotFit() {
        start(builder -> builder.quota(10));
        assertThat(client.put(X, new byte[10]).statusCode()).isEqualTo(201);
        assertThat(client.put(X, new byte[9]).statusCode()).isEqualTo(200);
        assertError(client.put("/me/drive/root:/y:/content", new byte[2]), 507, "quotaLimitReached");
    }

    @Test
    void ifMatchGuardsAgainstChangesOfOthers() {
        start(AccountType.BUSINESS);
        String eTag = simulator.putFile("/x.txt", new byte[] {1}).eTag();
        assertThat(client.send(client.graph(X).header("if-match", eTag).PUT(BodyPublishers.ofByteArray(new byte[] {2})))
                .statusCode()).isEqualTo(200);
        assertError(client.send(client.graph(X).header("if-match", eTag).PUT(BodyPublishers.ofByteArray(new byte[] {3}))),
                412, "resourceModified", "entityTagDoesNotMatch");
    }

    @Test
    void answersWithAnItemInTheShapeOfABusinessDrive() {
        start(AccountType.BUSINESS);
        JsonNode item = GraphClient.json(client.put("/me/drive/root:/b%20c/x.txt:/content", new byte[] {1}));
        assertThat(item.path("id").asText()).matches("01[A-Z2-7]{32}");
        assertThat(item.path("eTag").asText()).matches("\"\\{[0-9A-F-]{36}},1\"");
        assertThat(item.path("cTag").asText()).matches("\"c:\\{[0-9A-F-]{36}},1\"");
        assertThat(item.path("@microsoft.graph.downloadUrl").asText()).startsWith(simulator.loginEndpoint().toString());
        assertThat(item.at("/parentReference/path").asText())
                .isEqualTo("/drives/" + simulator.driveId() + "/root:/b%20c");
        assertThat(item.at("/parentReference/driveType").asText()).isEqualTo("business");
        assertThat(item.at("/file/mimeType").asText()).isEqualTo("text/plain");
        assertThat(item.path("size").asInt()).isEqualTo(1);
    }

    @Test
    void answersWithAnItemInTheShapeOfAPersonalDrive() {
        start();
        JsonNode item = GraphClient.json(client.put(X, new byte[] {1}));
        assertThat(item.path("id").asText()).matches("[0-9A-F]{16}!s[0-9a-f]{32}");
        assertThat(item.path("eTag").asText()).startsWith("a").doesNotContain("{", "\"");
        assertThat(item.at("/parentReference/driveId").asText()).matches("[0-9a-f]{16}");
        assertThat(item.at("/parentReference/path").asText()).isEqualTo("/drive/root:");
    }

    @Test
    void onlyContentChangesTheCTag() {
        start(AccountType.BUSINESS);
        JsonNode before = GraphClient.json(client.put(X, new byte[] {1}));
        String id = before.path("id").asText();
        JsonNode renamed = GraphClient.json(client.patch("/me/drive/items/" + id, "{\"name\":\"y.txt\"}"));
        assertThat(renamed.path("cTag")).isEqualTo(before.path("cTag"));
        assertThat(renamed.path("eTag")).isNotEqualTo(before.path("eTag"));
        JsonNode changed = GraphClient.json(client.put("/me/drive/items/" + id + "/content", new byte[] {2}));
        assertThat(changed.path("cTag")).isNotEqualTo(before.path("cTag"));
    }

    /** Many zeros without an array of them. */
    private static final class Zeros extends InputStream {
        private long left;

        Zeros(long size) {
            left = size;
        }

        @Override
        public int read() {
            return left-- > 0 ? 0 : -1;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            if (left <= 0) {
                return -1;
            }
            int count = (int) Math.min(left, length);
            left -= count;
            return count;
        }
    }
}
