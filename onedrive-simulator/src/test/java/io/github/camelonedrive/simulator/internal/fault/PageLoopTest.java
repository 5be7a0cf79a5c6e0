package io.github.camelonedrive.simulator.internal.fault;

import java.util.HashSet;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.camelonedrive.simulator.AccountType;
import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.GraphClient;
import io.github.camelonedrive.simulator.SimulatorTestBase;
import io.github.camelonedrive.simulator.Step;

import static org.assertj.core.api.Assertions.assertThat;

/** Links of pages that never come to an end. */
class PageLoopTest extends SimulatorTestBase {

    @BeforeEach
    void startWithFiles() {
        start(builder -> builder.accountType(AccountType.BUSINESS));
        for (int i = 0; i < 5; i++) {
            simulator.putFile("/in/" + i + ".txt", new byte[]{1});
        }
    }

    private JsonNode page(String link) {
        String prefix = simulator.graphEndpoint().toString();
        return GraphClient.json(client.get(link.startsWith(prefix) ? link.substring(prefix.length()) : link));
    }

    private static String next(JsonNode page) {
        return page.path("@odata.nextLink").asText();
    }

    @ParameterizedTest
    @CsvSource({"CHILDREN, /me/drive/root:/in:/children?$top=2", "DELTA, /me/drive/root/delta?$top=2",
        "SEARCH, /me/drive/root/search(q='txt')?$top=2", "VERSIONS, /me/drive/root:/in/1.txt:/versions"})
    void linkToItself_leadsToTheSamePage(Step step, String path) {
        simulator.fault(Fault.on(step).always().linkToItself());
        JsonNode first = page(path);
        assertThat(next(first)).isEqualTo(simulator.graphEndpoint() + path);
        assertThat(first.path("value")).isNotEmpty();
        assertThat(first.has("@odata.deltaLink")).isFalse();
        assertThat(next(page(next(first)))).isEqualTo(next(first));
    }

    @Test
    void linkToFirstPage_makesACircle() {
        simulator.fault(Fault.on(Step.CHILDREN).nth(2).linkToFirstPage());
        String start = "/me/drive/root:/in:/children?$top=2";
        JsonNode first = page(start);
        JsonNode second = page(next(first));
        assertThat(page(next(second)).at("/value/0/id")).isEqualTo(first.at("/value/0/id"));
    }

    @ParameterizedTest
    @CsvSource({"CHILDREN, /me/drive/root:/in:/children", "DELTA, /me/drive/root/delta"})
    void emptyPagesForEver_namesAnotherPageEachTime(Step step, String path) {
        simulator.fault(Fault.on(step).always().emptyPagesForEver());
        Set<String> links = new HashSet<>();
        String link = path;
        for (int i = 0; i < 5; i++) {
            JsonNode page = page(link);
            assertThat(page.path("value")).isEmpty();
            link = next(page);
            assertThat(links.add(link)).isTrue();
        }
    }
}
