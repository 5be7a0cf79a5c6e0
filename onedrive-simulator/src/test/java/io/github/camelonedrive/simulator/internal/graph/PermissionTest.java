package io.github.camelonedrive.simulator.internal.graph;

import java.net.http.HttpResponse;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.camelonedrive.simulator.AccountType;
import io.github.camelonedrive.simulator.GraphClient;
import io.github.camelonedrive.simulator.SimulatorTestBase;

import static org.assertj.core.api.Assertions.assertThat;

/** Tokens are good for what they were granted for: statements 7 and 82. */
class PermissionTest extends SimulatorTestBase {

    private void startWith(String scope) {
        start();
        Map<String, String> form = client.refreshForm();
        simulator.grantOnly(scope.split(" "));
        client.use(GraphClient.json(client.token("common", form)).path("access_token").asText());
    }

    private static void assertForbidden(HttpResponse<String> answer) {
        assertError(answer, 403, "accessDenied");
    }

    @Test
    void whoMayNotSeeFilesSeesNone() {
        startWith("User.Read");
        assertForbidden(client.get("/me/drive/root/children"));
        assertForbidden(client.get("/me/drive"));
        assertForbidden(client.put("/me/drive/root:/x:/content", new byte[1]));
        assertThat(client.get("/me").statusCode()).isEqualTo(200);
    }

    @Test
    void whoMayReadMayNotWrite() {
        startWith("Files.Read");
        simulator.putFile("/x", new byte[1]);
        assertThat(client.get("/me/drive/root/children").statusCode()).isEqualTo(200);
        assertThat(client.get("/me/drive/root:/x:/content").statusCode()).isEqualTo(302);
        assertForbidden(client.put("/me/drive/root:/x:/content", new byte[1]));
        assertForbidden(client.createSession("/y", GraphClient.behavior("fail")));
        assertForbidden(client.post("/me/drive/root/children", "{\"name\":\"f\",\"folder\":{}}"));
        assertForbidden(client.patch("/me/drive/root:/x", "{\"name\":\"y\"}"));
        assertForbidden(client.delete("/me/drive/root:/x"));
        assertError(client.get("/me"), 403, "Authorization_RequestDenied");
    }

    @Test
    void onlyAllFilesReachALibrary() {
        startWith("Files.ReadWrite");
        assertThat(client.get("/me/drive").statusCode()).isEqualTo(200);
        assertThat(client.get("/drives/" + simulator.driveId()).statusCode()).isEqualTo(200);
        assertForbidden(client.get("/sites/" + simulator.siteId() + "/drive"));
        simulator.grantOnly("Sites.ReadWrite.All");
        client.signIn();
        assertThat(client.get("/sites/" + simulator.siteId() + "/drive").statusCode()).isEqualTo(200);
    }

    @Test
    void theAppFolderAloneIsTheAppFolderAlone() {
        startWith("Files.ReadWrite.AppFolder");
        assertThat(client.get("/me/drive/special/approot").statusCode()).isEqualTo(200);
        assertThat(client.put("/me/drive/special/approot:/x:/content", new byte[1]).statusCode()).isEqualTo(201);
        assertForbidden(client.get("/me/drive/root/children"));
    }

    @Test
    void theTokensAnswerSaysWhatWasGranted() {
        start();
        simulator.grantOnly("Files.Read", "User.Read");
        assertThat(GraphClient.json(client.token("common", client.refreshForm())).path("scope").asText())
                .isEqualTo("Files.Read User.Read");
    }

    @Test
    void anAppHasThePermissionsThatItWasGiven() {
        start(AccountType.BUSINESS);
        simulator.grantOnly("User.Read.All");
        client.signInAsApplication();
        assertForbidden(client.get("/drives/" + simulator.driveId()));
        simulator.grantOnly("Files.ReadWrite.All");
        client.signInAsApplication();
        assertThat(client.get("/drives/" + simulator.driveId()).statusCode()).isEqualTo(200);
        assertError(client.get("/me"), 400, "BadRequest");
    }

    @Test
    void aTokenForAnotherServiceIsNoneForGraph() {
        start(AccountType.BUSINESS);
        Map<String, String> form = client.refreshForm();
        form.put("grant_type", "client_credentials");
        form.put("scope", "https://fabrikam.sharepoint.com/.default");
        client.use(GraphClient.json(client.token(simulator.tenantId(), form)).path("access_token").asText());
        HttpResponse<String> answer = client.get("/drives/" + simulator.driveId());
        assertError(answer, 401, "InvalidAuthenticationToken");
        assertThat(answer.body()).contains("Invalid audience");
    }

    @Test
    void graphCanBeMadeToMistakeTheAudience() {
        start();
        simulator.mistakeAudience(true);
        assertThat(client.get("/me/drive").body()).contains("Invalid audience");
        simulator.mistakeAudience(false);
        assertThat(client.get("/me/drive").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"Files.ReadWrite.All, 70011", "https://graph.microsoft.com/Files.ReadWrite.All, 70011",
        "https://graph.microsoft.com/.default https://fabrikam.sharepoint.com/.default, 70011", ".default, 70011",
        "https://unknown.example/.default, 500011"})
    void anAppAsksForOneServicesDefaultAlone(String scope, int aadsts) {
        start(AccountType.BUSINESS);
        Map<String, String> form = client.refreshForm();
        form.put("grant_type", "client_credentials");
        form.put("scope", scope);
        HttpResponse<String> answer = client.token(simulator.tenantId(), form);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("AADSTS" + aadsts + ": ");
    }

    @ParameterizedTest
    @CsvSource({"https://graph.microsoft.us", "https://dod-graph.microsoft.us", "https://microsoftgraph.chinacloudapi.cn"})
    void everyCloudsGraphIsGraph(String graph) {
        start(AccountType.BUSINESS);
        Map<String, String> form = client.refreshForm();
        form.put("grant_type", "client_credentials");
        form.put("scope", graph + "/.default");
        client.use(GraphClient.json(client.token(simulator.tenantId(), form)).path("access_token").asText());
        assertThat(client.get("/drives/" + simulator.driveId()).statusCode()).isEqualTo(200);
    }
}
