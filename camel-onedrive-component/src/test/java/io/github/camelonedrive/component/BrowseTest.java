package io.github.camelonedrive.component;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.apache.camel.CamelContextAware;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.console.DevConsole;
import org.apache.camel.spi.BrowsableEndpoint;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.camelonedrive.graph.DriveItem;
import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.Step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Camel's browsing of an endpoint's folder. */
class BrowseTest extends SimulatorTest {

    private static final String INBOX = "onedrive:offsite?folderPath=/Inbox&maxRetries=0";

    private BrowsableEndpoint endpoint(String uri) {
        return route.context().getEndpoint(uri, BrowsableEndpoint.class);
    }

    private void put(String... names) {
        for (String name : names) {
            onedrive.putFile("/Inbox/" + name, name.getBytes(StandardCharsets.UTF_8));
        }
    }

    private List<String> browsed(String options) {
        return endpoint(INBOX + options).getExchanges(0, null).stream()
                .map(exchange -> exchange.getMessage().getHeader(Exchange.FILE_NAME, String.class)).toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "''                            | a.txt,b.csv",
        "'&recursive=true'             | a.txt,b.csv,c.txt.done,sub/c.txt",
        "'&recursive=true&maxDepth=1'  | a.txt,b.csv",
        "'&recursive=true&minDepth=2'  | c.txt.done,sub/c.txt",
        "'&include=.*[.]txt'           | a.txt",
        "'&excludeExt=txt'             | b.csv",
        "'&antInclude=**/c.*&recursive=true'     | c.txt.done,sub/c.txt",
        "'&filterFile=RAW(${file:size} > 5)'     | ''",
        "'&fileName=b.csv'             | b.csv",
        "'&includeHiddenFiles=true'    | .hidden,a.txt,b.csv",
        "'&recursive=true&doneFileName=RAW(${file:name}.done)' | sub/c.txt"})
    void browse_listsWhatTheConsumersOptionsChoose(String options, String names) {
        put("a.txt", "b.csv", ".hidden", "sub/c.txt", "sub/c.txt.done", ".folder/d.txt");
        assertThat(browsed(options)).map(name -> name.equals("sub/c.txt.done") ? "c.txt.done" : name)
                .containsExactlyInAnyOrder(names.isEmpty() ? new String[0] : names.split(","));
    }

    @Test
    void browse_readsNoContentUnlessAsked() {
        put("a.txt");
        Exchange exchange = endpoint(INBOX).getExchanges().get(0);
        assertThat(onedrive.requests(Step.DOWNLOAD)).isEmpty();
        assertThat(exchange.getMessage().getHeader(Exchange.FILE_LENGTH)).isEqualTo(5L);
        assertThat(endpoint(INBOX).getBrowseStatus(10).size()).isEqualTo(1);
        assertThat(onedrive.requests(Step.DOWNLOAD)).isEmpty();
        assertThat(exchange.getMessage().getBody(String.class)).isEqualTo("a.txt");
        assertThat(endpoint(INBOX + "&includeBody=false").getExchanges().get(0).getMessage().getBody())
                .isInstanceOf(DriveItem.class);
    }

    @Test
    void limit_boundsExchangesAndRequests() {
        put(IntStream.range(1000, 1450).mapToObj(number -> "a" + number).toArray(String[]::new));
        BrowsableEndpoint inbox = endpoint(INBOX);
        assertThat(inbox.getExchanges(250, null)).hasSize(250);
        assertThat(onedrive.requests(Step.CHILDREN)).as("two pages of three").hasSize(2);
        inbox.setBrowseLimit(4);
        assertThat(inbox.getExchanges()).hasSize(4);
        assertThat(inbox.getExchanges(2, exchange -> ((Exchange) exchange).getMessage().getBody(OneDriveFile.class)
                .getFileName().compareTo("a1400") > 0)).hasSize(2);
    }

    @Test
    void browse_leavesTheConsumerAlone() {
        try (Inbox inbox = new Inbox(onedrive, "delete=true")) {
            inbox.put("a.txt", "1");
            inbox.awaitExactly("a.txt=1");
            inbox.awaitFiles();
        }
        put("b.txt");
        assertThat(browsed("&delete=true")).containsExactly("b.txt");
        assertThat(onedrive.paths()).containsExactly("/Inbox/b.txt");
        try (Inbox inbox = new Inbox(onedrive, "")) {
            inbox.awaitExactly("b.txt=b.txt");
        }
    }

    @Test
    void missingFolder_hasNoFilesAndIsNotMade() {
        assertThat(browsed("")).isEmpty();
        assertThat(onedrive.paths()).isEmpty();
        assertThat(onedrive.requests(Step.CREATE_FOLDER)).isEmpty();
    }

    @Test
    void refusal_isAnException() {
        put("a.txt");
        onedrive.fault(Fault.on(Step.CHILDREN).answer(403).error("accessDenied"));
        assertThatThrownBy(() -> browsed("")).hasMessageContaining("accessDenied");
    }

    @Test
    void camelsConsole_showsTheFiles() throws Exception {
        put("a.txt");
        route.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to(INBOX);
            }
        });
        DevConsole console = PluginHelper.getDevConsoleResolver(route.context()).resolveDevConsole("browse");
        CamelContextAware.trySetCamelContext(console, route.context());
        Object shown = console.call(DevConsole.MediaType.JSON,
                Map.of("dump", "true", "includeBody", "false", "filter", "onedrive*"));
        assertThat(shown.toString()).contains("a.txt");
        assertThat(onedrive.requests(Step.DOWNLOAD)).isEmpty();
    }
}
