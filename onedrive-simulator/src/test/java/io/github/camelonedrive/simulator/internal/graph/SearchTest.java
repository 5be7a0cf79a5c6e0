package io.github.camelonedrive.simulator.internal.graph;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelonedrive.simulator.AccountType;
import io.github.camelonedrive.simulator.GraphClient;
import io.github.camelonedrive.simulator.SimulatorTestBase;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code search(q='…')} with its quoting, and pages as everywhere: statements 8 and 71. */
class SearchTest extends SimulatorTestBase {

    private List<String> names(String start) {
        List<String> names = new ArrayList<>();
        String next = start;
        while (next != null) {
            JsonNode page = GraphClient.json(client.get(next.replace(simulator.graphEndpoint().toString(), "")));
            page.path("value").forEach(item -> names.add(item.path("name").asText()));
            next = page.path("@odata.nextLink").textValue();
        }
        return names;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
        "report|Report 1.txt,report.sql,Reports",
        "REPORT%201|Report 1.txt",
        "it''s|it's + more.txt",
        "it%27%27s|it's + more.txt",
        "%2B|it's + more.txt",
        "%C3%BC|ü.txt",
        "nothing|"})
    void findsNamesInAnyCase(String encoded, String expected) {
        start();
        for (String name : List.of("Report 1.txt", "report.sql", "it's + more.txt", "ü.txt", "other")) {
            simulator.putFile("/d/" + name, new byte[1]);
        }
        simulator.createFolder("/d/Reports");
        assertThat(names("/me/drive/root/search(q='" + encoded + "')"))
                .containsExactlyElementsOf(expected == null ? List.of() : List.of(expected.split(",")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"search(q='it's')", "search(q='it%27s')", "search(q=x)", "search(q='')", "search", "search(q='x'"})
    void refusesATextThatIsNotQuotedRightly(String action) {
        start();
        assertError(client.get("/me/drive/root/" + action), 400, "invalidRequest");
    }

    @Test
    @Tag("S8")
    @Tag("S71")
    void pagesAndStaysBelowTheFolder() {
        start(AccountType.BUSINESS);
        for (int i = 0; i < 5; i++) {
            simulator.putFile("/in/x" + i, new byte[1]);
            simulator.putFile("/out/x" + i, new byte[1]);
        }
        String search = "/me/drive/root:/in:/search(q='x')?$top=2&$select=name,parentReference";
        assertThat(names(search)).containsExactly("x0", "x1", "x2", "x3", "x4");
        JsonNode page = GraphClient.json(client.get(search));
        assertThat(page.path("value")).hasSize(2);
        assertThat(page.at("/value/0/parentReference/id").asText()).isNotEmpty();
        assertThat(page.at("/value/0/parentReference").has("path")).isFalse();
        assertThat(page.path("@odata.nextLink").asText()).contains("%2B", "'", "&");
    }
}
