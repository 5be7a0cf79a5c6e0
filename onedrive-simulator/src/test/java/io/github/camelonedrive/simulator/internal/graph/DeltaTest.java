package io.github.camelonedrive.simulator.internal.graph;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelonedrive.simulator.AccountType;
import io.github.camelonedrive.simulator.AdjustableClock;
import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.GraphClient;
import io.github.camelonedrive.simulator.SimulatorTestBase;
import io.github.camelonedrive.simulator.Step;

import static org.assertj.core.api.Assertions.assertThat;

/** Statements 8, 71 and 78. */
class DeltaTest extends SimulatorTestBase {
    private static final byte[] CONTENT = {1};
    private static final String ROOT = "/me/drive/root/delta";

    private final AdjustableClock clock = AdjustableClock.stopped();
    @TempDir
    private Path directory;

    /** Everything that a walk told, in order, and the link with which the next one begins. */
    private record Walk(List<JsonNode> items, List<Integer> pages, String deltaLink) {
        List<String> names() {
            return items.stream().map(item -> item.has("deleted") ? "-" : item.path("name").asText()).toList();
        }

        /** By id, as a client has to see it: the last occurrence counts. */
        Map<String, JsonNode> byId() {
            Map<String, JsonNode> latest = new LinkedHashMap<>();
            items.forEach(item -> latest.put(item.path("id").asText(), item));
            return latest;
        }
    }

    private Walk walk(String start) {
        List<JsonNode> items = new ArrayList<>();
        List<Integer> pages = new ArrayList<>();
        String next = start;
        while (true) {
            HttpResponse<String> answer = client.get(afterVersion(next));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            JsonNode page = GraphClient.json(answer);
            page.path("value").forEach(items::add);
            pages.add(page.path("value").size());
            assertThat(page.has("@odata.nextLink")).isNotEqualTo(page.has("@odata.deltaLink"));
            if (page.has("@odata.deltaLink")) {
                return new Walk(items, pages, page.path("@odata.deltaLink").asText());
            }
            next = page.path("@odata.nextLink").asText();
        }
    }

    private String afterVersion(String link) {
        return link.startsWith("http") ? link.substring(simulator.graphEndpoint().toString().length()) : link;
    }

    private String id(String path) {
        return GraphClient.json(client.get("/me/drive/root:" + path)).path("id").asText();
    }

    private void startWithFiles(AccountType type) {
        start(builder -> builder.accountType(type).clock(clock).stateDirectory(directory));
        simulator.putFile("/in/a.txt", CONTENT);
        simulator.putFile("/in/b.txt", CONTENT);
        simulator.putFile("/out/c.txt", CONTENT);
    }

    @ParameterizedTest
    @EnumSource(AccountType.class)
    void listsEverythingOnceThenOnlyWhatChanged(AccountType type) {
        startWithFiles(type);
        Walk all = walk(ROOT);
        assertThat(all.names()).containsExactly("root", "in", "a.txt", "b.txt", "out", "c.txt");
        assertThat(walk(all.deltaLink()).items()).isEmpty();

        String renamed = id("/in/a.txt");
        String deleted = id("/out/c.txt");
        simulator.move("/in/a.txt", "/in/a 1.txt");
        simulator.putFile("/in/b.txt", new byte[7]);
        simulator.putFile("/in/b.txt", new byte[8]);
        simulator.delete("/out/c.txt");
        Walk changes = walk(all.deltaLink());
        assertThat(changes.names()).containsExactly("a 1.txt", "b.txt", "-");
        assertThat(changes.byId().get(renamed).path("name").asText()).isEqualTo("a 1.txt");
        assertThat(changes.items().get(1).path("size").asInt()).isEqualTo(8);
        JsonNode gone = changes.byId().get(deleted);
        assertThat(gone.fieldNames()).toIterable().containsExactly("id", "parentReference", "file", "deleted");
        assertThat(gone.path("parentReference").path("driveId").asText()).isEqualTo(simulator.driveId());
        assertThat(gone.path("parentReference").path("id").asText()).isEqualTo(id("/out"));
        assertThat(walk(changes.deltaLink()).items()).isEmpty();
        assertThat(simulator.violations()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(AccountType.class)
    void leavesOutWhatTheServiceLeavesOut(AccountType type) {
        startWithFiles(type);
        for (JsonNode item : walk(ROOT).items()) {
            assertThat(item.at("/parentReference/driveId").asText()).isEqualTo(simulator.driveId());
            assertThat(item.has("lastModifiedBy")).isEqualTo(type.isPersonal());
            assertThat(item.has("cTag")).isEqualTo(type.isPersonal());
        }
        JsonNode file = walk(ROOT).items().get(2);
        assertThat(file.at("/parentReference/id").asText()).isEqualTo(id("/in"));
        assertThat(file.at("/file/hashes/quickXorHash").asText()).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource(AccountType.class)
    @Tag("S117")
    void delta_sendsTheParentsPath(AccountType type) {
        startWithFiles(type);
        String root = (type.isPersonal() ? "/drive" : "/drives/" + simulator.driveId()) + "/root:";
        for (JsonNode item : walk(ROOT).items()) {
            JsonNode path = item.at("/parentReference/path");
            if (item.has("root")) {
                assertThat(path.isMissingNode()).isTrue();
            } else {
                assertThat(path.asText()).isEqualTo(item.has("file") ? root + parentOf(item) : root);
            }
        }
    }

    private static String parentOf(JsonNode file) {
        return file.path("name").asText().startsWith("c") ? "/out" : "/in";
    }

    @Test
    @Tag("S117")
    void delta_afterAFolderMoved_sendsTheNewPathEncoded() {
        startWithFiles(AccountType.BUSINESS);
        Walk all = walk(ROOT);
        simulator.move("/in", "/out/50% off #1");
        simulator.putFile("/out/50% off #1/new.txt", CONTENT);
        assertThat(walk(all.deltaLink()).items()).filteredOn(item -> item.path("name").asText().equals("new.txt"))
                .singleElement().extracting(item -> item.at("/parentReference/path").asText())
                .isEqualTo("/drives/" + simulator.driveId() + "/root:/out/50%25%20off%20%231");
    }

    @Test
    @Tag("S117")
    void delta_withoutPaths_sendsTheParentsIdOnly() {
        start(builder -> builder.accountType(AccountType.PERSONAL).deltaWithoutPaths());
        simulator.putFile("/in/a.txt", CONTENT);
        assertThat(walk(ROOT).items()).hasSize(3).noneMatch(item -> item.at("/parentReference").has("path"));
    }

    @Test
    @Tag("S8")
    @Tag("S71")
    void pagesAndKeepsTheOptionsInEveryLink() {
        startWithFiles(AccountType.BUSINESS);
        Walk all = walk(ROOT + "?$select=id,name&$top=2");
        assertThat(all.pages()).containsExactly(2, 2, 2);
        assertThat(all.items()).allMatch(item -> item.size() == 2);
        simulator.putFile("/in/d.txt", CONTENT);
        assertThat(walk(all.deltaLink()).items()).singleElement()
                .satisfies(item -> assertThat(item.fieldNames()).toIterable().containsExactlyInAnyOrder("id", "name"));
        assertThat(all.deltaLink()).contains("%2B", "'", "&");

        for (int i = 0; i < 199; i++) {
            simulator.putFile("/in/" + i, CONTENT);
        }
        assertThat(walk(ROOT).pages()).containsExactly(200, 6);
    }

    @Test
    @Tag("S8")
    void takesOnlyTheLinkThatItGave() {
        startWithFiles(AccountType.PERSONAL);
        String link = afterVersion(walk(ROOT).deltaLink());
        assertError(client.get(link.replace("%2B", "+")), 400, "invalidRequest");
        assertError(client.get(link.replace("'", "%27")), 400, "invalidRequest");
        assertError(client.get(ROOT + "?token=nonsense"), 400, "invalidRequest");
        assertThat(simulator.violations()).isNotEmpty().allMatch(violation -> violation.contains("byte for byte"));
        assertError(client.get(link.replace("/root/", "/items/" + id("/in") + "/")), 400, "invalidRequest");
    }

    @Test
    void whatChangesDuringTheWalkIsToldToo() {
        startWithFiles(AccountType.PERSONAL);
        JsonNode first = GraphClient.json(client.get(ROOT + "?$top=3"));
        simulator.putFile("/in/a.txt", new byte[5]);
        simulator.delete("/in/b.txt");
        simulator.putFile("/new.txt", CONTENT);
        Walk rest = walk(first.path("@odata.nextLink").asText());
        assertThat(rest.names()).containsExactly("out", "c.txt", "a.txt", "-", "new.txt");
        assertThat(walk(rest.deltaLink()).items()).isEmpty();
    }

    @Test
    void aDeletedFolderTakesEverythingInItAlong() {
        startWithFiles(AccountType.PERSONAL);
        Walk all = walk(ROOT);
        List<String> ids = List.of(id("/in"), id("/in/a.txt"), id("/in/b.txt"));
        simulator.delete("/in");
        assertThat(walk(all.deltaLink()).byId()).containsOnlyKeys(ids);
        assertThat(walk(ROOT).names()).containsExactly("root", "out", "c.txt");
    }

    @Test
    void aMovedFolderIsToldAloneInTheWholeDrive() {
        startWithFiles(AccountType.BUSINESS);
        Walk all = walk(ROOT);
        simulator.move("/in", "/out/in");
        Walk changes = walk(all.deltaLink());
        assertThat(changes.names()).containsExactly("in");
        assertThat(changes.items().get(0).at("/parentReference/id").asText()).isEqualTo(id("/out"));
    }

    @Test
    void aFolderHasAFeedOfItsOwn() {
        startWithFiles(AccountType.PERSONAL);
        Walk in = walk("/drives/" + simulator.driveId() + "/items/" + id("/in") + "/delta");
        assertThat(in.names()).containsExactly("in", "a.txt", "b.txt");
        simulator.putFile("/out/c.txt", new byte[2]);
        assertThat(walk(in.deltaLink()).items()).isEmpty();
        simulator.putFile("/in/deep/er/d.txt", CONTENT);
        assertThat(walk(in.deltaLink()).names()).containsExactly("deep", "er", "d.txt");
        assertThat(walk("/me/drive/root:/in:/delta").names()).containsExactly("in", "a.txt", "b.txt", "deep", "er", "d.txt");
    }

    @Test
    void whatLeavesAFolderIsDeletedThereAndWhatComesIsNew() {
        startWithFiles(AccountType.BUSINESS);
        simulator.putFile("/out/deep/d.txt", CONTENT);
        String feed = "/me/drive/root:/in:/delta";
        Walk before = walk(feed);
        String gone = id("/in/a.txt");
        simulator.move("/in/a.txt", "/out/a.txt");
        simulator.putFile("/out/a.txt", new byte[3]);
        simulator.move("/out/deep", "/in/deep");
        Walk moved = walk(before.deltaLink());
        assertThat(moved.byId().get(gone).path("deleted").path("state").asText()).isEqualTo("deleted");
        assertThat(moved.names()).containsExactlyInAnyOrder("-", "deep", "d.txt");
        assertThat(walk(moved.deltaLink()).items()).isEmpty();

        simulator.delete("/out/a.txt");
        assertThat(walk(moved.deltaLink()).items()).isEmpty();
        assertThat(walk(before.deltaLink()).names()).containsExactlyInAnyOrder("-", "deep", "d.txt");
        simulator.move("/in/deep", "/out/deep");
        assertThat(walk(moved.deltaLink()).names()).containsExactly("-", "-");
        simulator.move("/out/deep", "/in/deep");
        assertThat(walk(moved.deltaLink()).names()).containsExactly("deep", "d.txt");
    }

    @ParameterizedTest
    @ValueSource(strings = {"?token=latest", "(token='latest')"})
    void theLatestLinkTellsOnlyWhatComesLater(String latest) {
        startWithFiles(AccountType.PERSONAL);
        Walk start = walk(ROOT + latest);
        assertThat(start.items()).isEmpty();
        simulator.putFile("/x", CONTENT);
        assertThat(walk(start.deltaLink()).names()).containsExactly("x");
    }

    @Test
    void businessDrivesTakeATimeForAToken() {
        startWithFiles(AccountType.BUSINESS);
        String time = clock.instant().plusSeconds(30).toString().replace(":", "%3A");
        clock.advance(Duration.ofMinutes(1));
        simulator.putFile("/x", CONTENT);
        assertThat(walk(ROOT + "?token=" + time).names()).containsExactly("x");
        simulator.close();
        start(AccountType.PERSONAL);
        assertError(client.get(ROOT + "?token=" + time), 400, "invalidRequest");
    }

    @ParameterizedTest
    @ValueSource(strings = {"resyncChangesApplyDifferences", "resyncChangesUploadDifferences", "resyncRequired"})
    @Tag("S78")
    void aDeadLinkIs410AndSaysWhereToStartOver(String code) {
        startWithFiles(AccountType.PERSONAL);
        String link = walk(ROOT + "?$select=id,name").deltaLink();
        simulator.expireDeltaTokens(code);
        HttpResponse<String> gone = client.get(afterVersion(link));
        assertError(gone, 410, code);
        String fresh = gone.headers().firstValue("Location").orElseThrow();
        assertThat(fresh).startsWith(simulator.graphEndpoint().toString()).contains("%2B", "'", "&");
        Walk again = walk(fresh);
        assertThat(again.names()).containsExactly("root", "in", "a.txt", "b.txt", "out", "c.txt");
        assertThat(again.items()).allMatch(item -> item.size() == 2);
        assertThat(walk(again.deltaLink()).items()).isEmpty();
        assertThat(simulator.violations()).isEmpty();
    }

    @Test
    @Tag("S78")
    void startingOverWithoutThatLocationIsNoted() {
        startWithFiles(AccountType.PERSONAL);
        String link = walk(ROOT).deltaLink();
        simulator.fault(Fault.on(Step.DELTA).expireDeltaTokens());
        assertError(client.get(afterVersion(link)), 410, "resyncChangesApplyDifferences");
        walk(ROOT);
        assertThat(simulator.violations()).singleElement().asString().contains("without the Location of the 410");
    }

    @Test
    void linksAgeAndARestartForgetsNothing() {
        startWithFiles(AccountType.BUSINESS);
        String link = afterVersion(walk(ROOT).deltaLink());
        String folder = afterVersion(walk("/me/drive/root:/in:/delta").deltaLink());
        String gone = id("/in/a.txt");
        simulator.move("/in/a.txt", "/a.txt");
        simulator.delete("/out/c.txt");
        simulator.close();
        start(builder -> builder.accountType(AccountType.BUSINESS).clock(clock).stateDirectory(directory)
                .deltaTokenLifetime(Duration.ofDays(30)));
        assertThat(walk(link).names()).containsExactly("a.txt", "-");
        assertThat(walk(folder).items()).singleElement()
                .satisfies(item -> assertThat(item.path("id").asText()).isEqualTo(gone))
                .satisfies(item -> assertThat(item.has("deleted")).isTrue());
        clock.advance(Duration.ofDays(30));
        client.signIn();
        assertError(client.get(link), 410, "resyncChangesApplyDifferences");
        simulator.expireDeltaTokens();
        String newest = afterVersion(walk(ROOT).deltaLink());
        simulator.close();
        start(builder -> builder.accountType(AccountType.BUSINESS).clock(clock).stateDirectory(directory));
        assertThat(client.get(newest).statusCode()).isEqualTo(200);
        assertError(client.get(link), 410, "resyncChangesApplyDifferences");
    }

    @Test
    void onlyFoldersThatAreThereHaveAFeed() {
        startWithFiles(AccountType.PERSONAL);
        assertError(client.get("/me/drive/root:/in/a.txt:/delta"), 400, "invalidRequest");
        assertError(client.get("/me/drive/root:/no:/delta"), 404, "itemNotFound");
    }

    @Test
    @Tag("full")
    void aHundredThousandItemsArePagedWithoutStartingOverForEachPage() {
        start();
        for (int i = 0; i < 100_000; i++) {
            simulator.createFolder("/many/" + i);
        }
        long began = System.nanoTime();
        assertThat(walk(ROOT + "?$top=1000&$select=id").items()).hasSize(100_002);
        List<String> names = new ArrayList<>();
        String next = "/me/drive/root:/many:/children?$top=1000&$select=name";
        while (next != null) {
            JsonNode page = GraphClient.json(client.get(afterVersion(next)));
            page.path("value").forEach(item -> names.add(item.path("name").asText()));
            next = page.path("@odata.nextLink").textValue();
        }
        assertThat(names).hasSize(100_000).doesNotHaveDuplicates();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofMinutes(3));
    }
}
