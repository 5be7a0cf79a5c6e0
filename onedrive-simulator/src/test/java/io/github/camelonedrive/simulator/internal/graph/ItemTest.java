package io.github.camelonedrive.simulator.internal.graph;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelonedrive.simulator.AccountType;
import io.github.camelonedrive.simulator.AdjustableClock;
import io.github.camelonedrive.simulator.GraphClient;
import io.github.camelonedrive.simulator.OneDriveSimulatorBuilder;
import io.github.camelonedrive.simulator.SimulatorTestBase;
import io.github.camelonedrive.simulator.Step;

import static org.assertj.core.api.Assertions.assertThat;

/** Statements 8, 71–75, 79. */
class ItemTest extends SimulatorTestBase {

    private HttpResponse<String> createFolder(String name, String conflict) {
        return client.post("/me/drive/root/children",
                "{\"name\":\"" + name + "\",\"folder\":{},\"@microsoft.graph.conflictBehavior\":\"" + conflict + "\"}");
    }

    // --- folders ---

    @Test
    void createsAFolderOnce() {
        start();
        HttpResponse<String> created = createFolder("Backups", "fail");
        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(GraphClient.json(created).at("/folder/childCount").asInt()).isZero();
        assertError(createFolder("BACKUPS", "fail"), 409, "nameAlreadyExists");
        assertThat(GraphClient.json(client.get("/me/drive/root:/backups")).path("name").asText()).isEqualTo("Backups");
    }

    @Test
    void aFolderWithoutConflictBehaviorFailsWhenTheNameIsTaken() {
        start();
        simulator.createFolder("/a");
        assertError(client.post("/me/drive/root/children", "{\"name\":\"a\",\"folder\":{}}"), 409, "nameAlreadyExists");
    }

    @Test
    void renameNumbersAFolder() {
        start();
        createFolder("a", "rename");
        assertThat(GraphClient.json(createFolder("a", "rename")).path("name").asText()).isEqualTo("a 1");
    }

    @Test
    @Tag("S73")
    void aBusinessDriveDoesNotReplaceFolders() {
        start(AccountType.BUSINESS);
        simulator.createFolder("/a");
        assertError(createFolder("a", "replace"), 409, "nameAlreadyExists");
    }

    @Test
    void refusesFoldersWithoutNameOrFacetOrParent() {
        start();
        assertError(client.post("/me/drive/root/children", "{\"folder\":{}}"), 400, "invalidRequest");
        assertError(client.post("/me/drive/root/children", "{\"name\":\"a\"}"), 400, "invalidRequest");
        assertError(client.post("/me/drive/root:/no/such:/children", "{\"name\":\"a\",\"folder\":{}}"), 404, "itemNotFound");
        assertError(createFolder("a:b", "fail"), 400, "invalidRequest");
    }

    // --- listing ---

    @Test
    @Tag("S71")
    void pagesAt200ByDefaultAndFollowsTheLinkUnchanged() {
        start();
        for (int i = 0; i < 450; i++) {
            simulator.putFile("/d/%03d ü'&.txt".formatted(i), new byte[0]);
        }
        List<String> names = new ArrayList<>();
        List<Integer> pages = new ArrayList<>();
        String next = simulator.graphEndpoint() + "/me/drive/root:/d:/children?$select=name";
        while (next != null) {
            JsonNode page = GraphClient.json(client.get(next.substring(simulator.graphEndpoint().toString().length())));
            page.path("value").forEach(item -> names.add(item.path("name").asText()));
            page.path("value").forEach(item -> assertThat(item.size()).isEqualTo(1));
            pages.add(page.path("value").size());
            next = page.path("@odata.nextLink").textValue();
        }
        assertThat(pages).containsExactly(200, 200, 50);
        assertThat(names).hasSize(450).doesNotHaveDuplicates();
        assertThat(simulator.violations()).isEmpty();
    }

    @Test
    @Tag("S8")
    @Tag("S71")
    void honoursTopAndRefusesAChangedLink() {
        start();
        simulator.putFile("/a", new byte[0]);
        simulator.putFile("/b", new byte[0]);
        String link = GraphClient.json(client.get("/me/drive/root/children?$top=1")).path("@odata.nextLink").asText();
        assertThat(link).contains("%2B", "'", "&");
        String path = link.substring(simulator.graphEndpoint().toString().length());
        assertThat(GraphClient.json(client.get(path)).at("/value/0/name").asText()).isEqualTo("b");
        assertError(client.get(path.replace("%2B", "+")), 400, "invalidRequest");
        assertError(client.get(path.replace("'", "%27")), 400, "invalidRequest");
        assertThat(simulator.violations()).anyMatch(v -> v.contains("byte for byte"));
        assertError(client.get("/me/drive/root/children?$top=none"), 400, "invalidRequest");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"name desc|c,b,a", "size|b,a,c", "size%20desc|a,c,b", "name|a,b,c",
        "lastModifiedDateTime%20desc|c,b,a"})
    void ordersAsAskedForOverAllPages(String orderBy, String expected) {
        AdjustableClock clock = AdjustableClock.stopped();
        start(builder -> builder.clock(clock));
        simulator.putFile("/a", new byte[5]);
        clock.advance(Duration.ofSeconds(1));
        simulator.putFile("/b", new byte[1]);
        clock.advance(Duration.ofSeconds(1));
        simulator.putFile("/c", new byte[5]);
        List<String> names = new ArrayList<>();
        String next = "/me/drive/root/children?$top=1&$orderby=" + orderBy.replace(" ", "%20");
        while (next != null) {
            JsonNode page = GraphClient.json(client.get(next));
            page.path("value").forEach(item -> names.add(item.path("name").asText()));
            String link = page.path("@odata.nextLink").textValue();
            next = link == null ? null : link.substring(simulator.graphEndpoint().toString().length());
        }
        assertThat(String.join(",", names)).isEqualTo(expected);
        assertError(client.get("/me/drive/root/children?$orderby=webUrl"), 400, "invalidRequest");
    }

    @Test
    void aListOfAFileOrOfNothingIsAnError() {
        start();
        simulator.putFile("/a", new byte[0]);
        assertError(client.get("/me/drive/root:/a:/children"), 400, "invalidRequest");
        assertError(client.get("/me/drive/root:/b:/children"), 404, "itemNotFound");
    }

    // --- items and drives ---

    @Test
    void anUnchangedItemIs304() {
        start();
        String eTag = simulator.putFile("/a", new byte[0]).eTag();
        assertThat(client.send(client.graph("/me/drive/root:/a").header("if-none-match", eTag)).statusCode()).isEqualTo(304);
        simulator.putFile("/a", new byte[1]);
        assertThat(client.send(client.graph("/me/drive/root:/a").header("if-none-match", eTag)).statusCode()).isEqualTo(200);
    }

    @Test
    @Tag("S79")
    void aDriveTellsItsQuotaAndState() {
        start(builder -> builder.quota(100));
        assertThat(quotaState()).isEqualTo("normal");
        simulator.putFile("/a", new byte[91]);
        JsonNode quota = GraphClient.json(client.get("/me/drive?$select=quota")).path("quota");
        assertThat(quota.path("used").asInt()).isEqualTo(91);
        assertThat(quota.path("remaining").asInt()).isEqualTo(9);
        assertThat(quota.path("total").asInt()).isEqualTo(100);
        assertThat(quotaState()).isEqualTo("nearing");
        simulator.putFile("/b", new byte[9]);
        assertThat(quotaState()).isEqualTo("exceeded");
    }

    private String quotaState() {
        return GraphClient.json(client.get("/me/drive")).at("/quota/state").asText();
    }

    @Test
    void theSignedInUserHasAName() {
        start();
        assertThat(GraphClient.json(client.get("/me")).path("displayName").asText()).isEqualTo("Ada");
    }

    @Test
    void selectedItemsHaveADownloadUrlOnlyWhenNamed() {
        start();
        simulator.putFile("/a", new byte[0]);
        assertThat(client.get("/me/drive/root:/a?$select=id,name").body()).doesNotContain("downloadUrl", "size");
        assertThat(client.get("/me/drive/root:/a?$select=id,@microsoft.graph.downloadUrl").body()).contains("downloadUrl");
    }

    // --- changing ---

    @Test
    void renamesAndMoves() {
        start();
        String id = simulator.putFile("/a/x.txt", new byte[] {1}).id();
        simulator.createFolder("/b");
        String folder = GraphClient.json(client.get("/me/drive/root:/b")).path("id").asText();
        HttpResponse<String> moved = client.patch("/me/drive/items/" + id,
                "{\"name\":\"y.txt\",\"parentReference\":{\"id\":\"" + folder + "\"}}");
        assertThat(moved.statusCode()).isEqualTo(200);
        assertThat(GraphClient.json(moved).path("id").asText()).isEqualTo(id);
        assertThat(simulator.paths()).containsExactly("/b/y.txt");
    }

    /** A client that remembers the folder's id goes along with it, as with the service. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Tag("S107")
    void renamedFolder_keepsItsIdAndThoseBelow(boolean byRequest) {
        start();
        simulator.createFolder("/Archive");
        client.put("/me/drive/root:/Backups/sub/x.txt:/content", new byte[] {1});
        String folder = GraphClient.json(client.get("/me/drive/root:/Backups")).path("id").asText();
        String below = GraphClient.json(client.get("/me/drive/root:/Backups/sub")).path("id").asText();
        String archive = GraphClient.json(client.get("/me/drive/root:/Archive")).path("id").asText();

        if (byRequest) {
            client.patch("/me/drive/items/" + folder,
                    "{\"name\":\"Old\",\"parentReference\":{\"id\":\"" + archive + "\"}}");
        } else {
            simulator.move("/Backups", "/Archive/Old");
        }

        assertThat(GraphClient.json(client.get("/me/drive/root:/Archive/Old")).path("id").asText()).isEqualTo(folder);
        JsonNode sent = GraphClient.json(client.put("/me/drive/items/" + below + ":/y.txt:/content", new byte[] {2}));
        assertThat(sent.at("/parentReference/id").asText()).isEqualTo(below);
        assertThat(sent.at("/parentReference/path").asText()).isEqualTo("/drive/root:/Archive/Old/sub");
        assertThat(simulator.paths()).containsExactlyInAnyOrder("/Archive/Old/sub/x.txt", "/Archive/Old/sub/y.txt");
        assertError(client.get("/me/drive/root:/Backups"), 404, "itemNotFound");
    }

    @Test
    @Tag("S107")
    void withoutParentPaths_onlyTheIdOfTheFolderIsThere() {
        start(OneDriveSimulatorBuilder::withoutParentPaths);
        JsonNode sent = GraphClient.json(client.put("/me/drive/root:/a/x.txt:/content", new byte[] {1}));
        assertThat(sent.at("/parentReference/id").asText()).isNotEmpty();
        assertThat(sent.at("/parentReference/path").isMissingNode()).isTrue();
    }

    @Test
    void changesOnlyTheCaseOfAName() {
        start();
        simulator.putFile("/x.txt", new byte[] {1});
        assertThat(client.patch("/me/drive/root:/x.txt", "{\"name\":\"X.TXT\"}").statusCode()).isEqualTo(200);
        assertThat(simulator.paths()).containsExactly("/X.TXT");
    }

    @Test
    @Tag("S74")
    void refusesToMoveToRootByNameIntoItselfOrOntoAnother() {
        start();
        String id = simulator.putFile("/a/x.txt", new byte[1]).id();
        simulator.putFile("/a/y.txt", new byte[1]);
        assertError(client.patch("/me/drive/items/" + id, "{\"parentReference\":{\"id\":\"root\"}}"), 400, "invalidRequest");
        assertError(client.patch("/me/drive/items/" + id, "{\"name\":\"Y.txt\"}"), 409, "nameAlreadyExists");
        String folder = GraphClient.json(client.get("/me/drive/root:/a")).path("id").asText();
        assertError(client.patch("/me/drive/items/" + folder, "{\"parentReference\":{\"id\":\"" + folder + "\"}}"),
                400, "invalidRequest");
        assertError(client.patch("/me/drive/items/" + id, "{\"name\":\"a*b\"}"), 400, "invalidRequest");
    }

    @Test
    void newTimesMakeAVersionOnBusinessDrivesOnly() {
        String times = "{\"fileSystemInfo\":{\"lastModifiedDateTime\":\"2026-02-28T11:22:33Z\"}}";
        for (AccountType accountType : new AccountType[] {AccountType.PERSONAL, AccountType.BUSINESS}) {
            start(accountType);
            simulator.putFile("/x", new byte[1]);
            JsonNode item = GraphClient.json(client.patch("/me/drive/root:/x", times));
            assertThat(item.at("/fileSystemInfo/lastModifiedDateTime").asText()).isEqualTo("2026-02-28T11:22:33Z");
            assertThat(simulator.file("/x").orElseThrow().versionCount()).isEqualTo(accountType.isPersonal() ? 1 : 2);
            simulator.close();
        }
    }

    // --- deleting ---

    @Test
    void deletesFilesAndFoldersButNotTheRoot() {
        start(builder -> builder.quota(10));
        simulator.putFile("/a/x", new byte[10]);
        assertThat(client.delete("/me/drive/root:/a").statusCode()).isEqualTo(204);
        assertError(client.delete("/me/drive/root:/a"), 404, "itemNotFound");
        assertError(client.delete("/me/drive/root"), 403, "accessDenied");
        assertThat(simulator.paths()).isEmpty();
        simulator.putFile("/b", new byte[10]);
    }

    @ParameterizedTest
    @EnumSource(value = AccountType.class, names = {"BUSINESS", "DOCUMENT_LIBRARY"})
    void deletesPastTheRecycleBin(AccountType type) {
        start(type);
        String item = "/me/drive/items/" + simulator.putFile("/a", new byte[1]).id() + "/permanentDelete";
        HttpResponse<String> deleted = client.send(client.graph(item).POST(BodyPublishers.noBody()));
        assertThat(deleted.statusCode()).as(deleted.body()).isEqualTo(204);
        assertThat(simulator.paths()).isEmpty();
        assertError(client.send(client.graph(item).POST(BodyPublishers.noBody())), 404, "itemNotFound");
        assertThat(simulator.requests(Step.PERMANENT_DELETE)).hasSize(2);
    }

    @Test
    @Tag("S75")
    void personalDrivesDeleteToTheRecycleBinOnly() {
        start();
        String item = "/me/drive/items/" + simulator.putFile("/a", new byte[1]).id() + "/permanentDelete";
        assertError(client.send(client.graph(item).POST(BodyPublishers.noBody())), 400, "invalidRequest");
        assertThat(simulator.paths()).containsExactly("/a");
    }

    @Test
    void deletesOnlyWhatTheClientSaw() {
        start();
        simulator.putFile("/x", new byte[1]);
        assertError(client.send(client.graph("/me/drive/root:/x").header("if-match", "older").DELETE()),
                412, "resourceModified");
        assertThat(simulator.paths()).hasSize(1);
    }
}
