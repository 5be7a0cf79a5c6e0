package io.github.camelonedrive.simulator.internal.graph;

import java.net.http.HttpResponse;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.camelonedrive.simulator.AccountType;
import io.github.camelonedrive.simulator.GraphClient;
import io.github.camelonedrive.simulator.SimulatorTestBase;

import static org.assertj.core.api.Assertions.assertThat;

/** Sharing links. */
class SharingLinkTest extends SimulatorTestBase {

    private HttpResponse<String> link(String json) {
        return client.post("/me/drive/root:/x:/createLink", json);
    }

    @ParameterizedTest
    @EnumSource(AccountType.class)
    void theSameLinkIsMadeOnlyOnce(AccountType type) {
        start(type);
        simulator.putFile("/x", new byte[1]);
        HttpResponse<String> created = link("{\"type\":\"view\",\"scope\":\"anonymous\"}");
        assertThat(created.statusCode()).isEqualTo(201);
        JsonNode permission = GraphClient.json(created);
        assertThat(permission.at("/link/webUrl").asText()).startsWith("https://");
        assertThat(permission.at("/roles/0").asText()).isEqualTo("read");
        HttpResponse<String> again = link("{\"type\":\"view\",\"scope\":\"anonymous\"}");
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(GraphClient.json(again)).isEqualTo(permission);
        JsonNode edit = GraphClient.json(link("{\"type\":\"edit\",\"scope\":\"anonymous\"}"));
        assertThat(edit.at("/roles/0").asText()).isEqualTo("write");
        assertThat(edit.at("/link/webUrl")).isNotEqualTo(permission.at("/link/webUrl"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
        "PERSONAL|{'type':'embed'}|201", "BUSINESS|{'type':'embed'}|400",
        "PERSONAL|{'type':'view','scope':'organization'}|400", "BUSINESS|{'type':'view','scope':'organization'}|201",
        "BUSINESS|{'type':'view'}|201", "BUSINESS|{'type':'view','scope':'friends'}|400", "PERSONAL|{'type':'own'}|400",
        "PERSONAL|{}|400", "PERSONAL|{'type':'view','password':'words'}|201", "BUSINESS|{'type':'view','password':'words'}|400",
        "BUSINESS|{'type':'view','expirationDateTime':'2099-01-01T00:00:00Z'}|201",
        "BUSINESS|{'type':'view','expirationDateTime':'2001-01-01T00:00:00Z'}|400"})
    void typesAndScopesDependOnTheDrive(AccountType type, String json, int status) {
        start(type);
        simulator.putFile("/x", new byte[1]);
        HttpResponse<String> answer = link(json.replace('\'', '"'));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    }

    @Test
    void anAdministratorMayForbidLinksForEveryone() {
        start(builder -> builder.accountType(AccountType.BUSINESS).forbidAnonymousLinks());
        simulator.putFile("/x", new byte[1]);
        assertError(link("{\"type\":\"view\",\"scope\":\"anonymous\"}"), 400, "invalidRequest");
        assertThat(link("{\"type\":\"view\",\"scope\":\"organization\"}").statusCode()).isEqualTo(201);
        assertError(client.post("/me/drive/root:/no:/createLink", "{\"type\":\"view\"}"), 404, "itemNotFound");
    }
}
