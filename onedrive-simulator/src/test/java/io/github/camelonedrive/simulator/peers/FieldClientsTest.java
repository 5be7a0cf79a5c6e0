package io.github.camelonedrive.simulator.peers;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelonedrive.simulator.AccountType;
import io.github.camelonedrive.simulator.GraphClient;
import io.github.camelonedrive.simulator.SimulatorTestBase;

import static org.assertj.core.api.Assertions.assertThat;

/** Requests as rclone and abraunegg/onedrive send them, and Graph takes them. */
class FieldClientsTest extends SimulatorTestBase {
    private static final byte[] CONTENT = {1, 2, 3};

    private String drive() {
        return "/drives/" + simulator.driveId();
    }

    private String idOf(String pathAfterVersion) {
        HttpResponse<String> item = client.get(pathAfterVersion);
        assertThat(item.statusCode()).as(item.body()).isEqualTo(200);
        return GraphClient.json(item).path("id").asText();
    }

    @ParameterizedTest
    @EnumSource(AccountType.class)
    void walksFromTheRootsIdToAFileAsRcloneDoes(AccountType accountType) {
        start(accountType);
        String root = idOf(drive() + "/root");
        assertError(client.get(drive() + "/items/" + root + ":/backups:"), 404, "itemNotFound");
        assertError(client.get(drive() + "/root:/backups/2026/big.bin"), 404, "itemNotFound");
        String backups = createFolderAsRclone(root, "backups");
        String year = createFolderAsRclone(backups, "2026");
        String uploadUrl = GraphClient.json(client.post(drive() + "/items/" + year + ":/big.bin:/createUploadSession",
                "{\"item\":{\"fileSystemInfo\":{\"createdDateTime\":\"2026-02-27T10:00:00.123Z\","
                        + "\"lastModifiedDateTime\":\"2026-02-28T11:22:33.456Z\"}}}")).path("uploadUrl").asText();
        assertThat(client.upload(uploadUrl, CONTENT, UNIT).statusCode()).isEqualTo(201);
        assertThat(simulator.paths()).containsExactly("/backups/2026/big.bin");
        assertThat(idOf(drive() + "/items/" + root + ":/backups:")).isEqualTo(backups);
    }

    /** rclone names the conflict behavior in a form that Graph no longer reads. */
    private String createFolderAsRclone(String parent, String name) {
        HttpResponse<String> created = client.post(drive() + "/items/" + parent + "/children",
                "{\"name\":\"" + name + "\",\"folder\":{},\"@name.conflictBehavior\":\"fail\"}");
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        return GraphClient.json(created).path("id").asText();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/root:/a/b.txt", "/root:/a/b.txt:", "/root:/a/b.txt:/", "/items/root:/a/b.txt:"})
    void aClosingColonMayFollowThePath(String address) {
        start();
        String id = simulator.putFile("/a/b.txt", CONTENT).id();
        assertThat(idOf("/me/drive" + address)).isEqualTo(id);
        assertThat(idOf(drive() + address)).isEqualTo(id);
    }

    /** As rclone does before it moves a folder. */
    @Test
    void anEmptyPathIsTheItemItself() {
        start();
        String folder = GraphClient.json(client.get("/me/drive/root")).path("id").asText();
        assertThat(idOf(drive() + "/items/" + folder + ":/")).isEqualTo(folder);
        assertError(client.get(drive() + "/items/" + folder + ":/:/children"), 400, "invalidRequest");
    }

    @Test
    void idsMayComePercentEncoded() {
        start(AccountType.PERSONAL);
        String id = simulator.putFile("/x", CONTENT).id();
        assertThat(id).contains("!");
        assertThat(idOf(drive() + "/items/" + id.replace("!", "%21"))).isEqualTo(id);
    }

    @Test
    void optionsMayLackTheirDollar() {
        start();
        simulator.putFile("/a", CONTENT);
        simulator.putFile("/b", CONTENT);
        JsonNode item = GraphClient.json(client.get("/me/drive/root:/a?select=id,name,eTag,cTag"));
        assertThat(item.fieldNames()).toIterable().containsExactlyInAnyOrder("id", "name", "eTag", "cTag");
        JsonNode page = GraphClient.json(client.get("/me/drive/root/children?top=1&select=name"));
        assertThat(page.path("value")).hasSize(1);
        String next = page.path("@odata.nextLink").asText();
        JsonNode last = GraphClient.json(client.get(next.substring(simulator.graphEndpoint().toString().length())));
        assertThat(last.path("value").toString()).isEqualTo("[{\"name\":\"b\"}]");
        assertThat(last.has("@odata.nextLink")).isFalse();
    }

    @Test
    void aThousandChildrenFitOnOnePageWhenAskedFor() {
        start();
        for (int i = 0; i < 1001; i++) {
            simulator.putFile("/d/" + i, new byte[0]);
        }
        JsonNode page = GraphClient.json(client.get("/me/drive/root:/d:/children?$top=1000"));
        assertThat(page.path("value")).hasSize(1000);
        assertThat(page.has("@odata.nextLink")).isTrue();
    }

    @ParameterizedTest
    @EnumSource(AccountType.class)
    void theCTagServesAsIfMatchOfAPatch(AccountType accountType) {
        start(accountType);
        String cTag = GraphClient.json(client.put("/me/drive/root:/x:/content", CONTENT)).path("cTag").asText();
        HttpResponse<String> patched = client.send(client.graph("/me/drive/root:/x").header("If-Match", cTag)
                .header("Content-Type", "application/json").method("PATCH", HttpRequest.BodyPublishers.ofString(
                        "{\"fileSystemInfo\":{\"lastModifiedDateTime\":\"2026-02-28T11:22:33Z\"}}")));
        assertThat(patched.statusCode()).as(patched.body()).isEqualTo(200);
    }

    @Test
    void theNameOfTheBearerSchemeMayBeWrittenSmall() {
        start();
        String token = GraphClient.json(client.token("common", client.refreshForm())).path("access_token").asText();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(simulator.graphEndpoint() + "/me/drive/root"));
        assertThat(client.send(request.header("Authorization", "bearer " + token)).statusCode()).isEqualTo(200);
    }
}
