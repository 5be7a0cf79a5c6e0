package io.github.camelonedrive.component;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Year;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelonedrive.graph.DriveItem;
import io.github.camelonedrive.graph.GraphException;
import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.Step;

import static org.assertj.core.api.Assertions.assertThat;

/** The routes that the page about operations shows, in Java and in YAML, are routes that work. */
class OperationsPageTest extends SimulatorTest {

    private static final Path PAGE = Path.of("src/main/docs/onedrive-operations.adoc");
    private static final Path SELF = Path.of("src/test/java/io/github/camelonedrive/component/OperationsPageTest.java");

    /** Each block is in the page, word by word. */
    private static final class JavaRoutes extends RouteBuilder {

        @Override
        public void configure() {
            // begin
            onException(GraphException.NotFound.class).handled(true)
                    .setBody(constant("nothing of that name"));
            onException(GraphException.class).handled(true)
                    .setHeader("CamelHttpResponseCode", simple("${exception.status}"))
                    .setBody(simple("${exception.message}"));

            from("direct:size-java")
                    .to("onedrive:offsite?operation=getItem&folderPath=/Backups")
                    .setBody(header("CamelOneDriveSize"));
            // end
            // begin
            from("direct:publish-java")
                    .to("onedrive:offsite?folderPath=/Backups")
                    .setHeader("CamelOneDriveItemId", header("CamelOneDriveProducedItemId"))
                    .to("onedrive:offsite?operation=createLink&folderPath=/Backups&linkScope=anonymous")
                    .setBody(header("CamelOneDriveLinkUrl"));
            // end
            // begin
            from("direct:large-java")
                    .to("onedrive:offsite?operation=list&folderPath=/Backups&recursive=true&streamList=true")
                    .split(body()).streaming()
                        .filter(simple("${body.folder} == false && ${body.size} > 1000"))
                        .to("seda:large");
            // end
            // begin
            from("direct:find-java")
                    .setHeader("CamelOneDriveQuery", simple("${body}"))
                    .to("onedrive:offsite?operation=search&folderPath=/Backups")
                    .convertBodyTo(String.class);
            // end
            // begin
            from("direct:free-java")
                    .to("onedrive:offsite?operation=getDrive")
                    .setBody(simple("${body.quota.remaining.orElse(-1)}"));
            // end
            // begin
            from("direct:delete-java")
                    .to("onedrive:offsite?operation=getItem&folderPath=/Backups")
                    .setHeader("CamelOneDriveIfMatch", header("CamelOneDriveETag"))
                    .to("onedrive:offsite?operation=delete&folderPath=/Backups");
            // end
            // begin
            from("direct:archive-java")
                    .setHeader("CamelOneDriveTargetPath", simple("archive/${date:now:yyyy}/"))
                    .to("onedrive:offsite?operation=move&folderPath=/Backups&conflictBehavior=rename");
            // end
            // begin
            from("direct:duplicate-java")
                    .setHeader("CamelOneDriveTargetPath", simple("${header.CamelFileName}.bak"))
                    .to("onedrive:offsite?operation=copy&folderPath=/Backups&copyTimeout=10m");
            // end
            // begin
            from("direct:share-java")
                    .to("onedrive:offsite?operation=createLink&folderPath=/Backups&linkScope=anonymous")
                    .setBody(header("CamelOneDriveLinkUrl"));
            // end
            // begin
            from("direct:undo-java")
                    .to("onedrive:offsite?operation=listVersions&folderPath=/Backups")
                    .setHeader("CamelOneDriveVersionId", simple("${body[1].id}"))
                    .to("onedrive:offsite?operation=restoreVersion&folderPath=/Backups");
            // end
        }
    }

    @BeforeEach
    void loadTheRoutes() throws Exception {
        onedrive.putFile("/Backups/mysql/dump.sql", new byte[1001]);
        onedrive.putFile("/Backups/a.sql", new byte[5]);
        List<String> yaml = blocks(PAGE, "\\[source,yaml]\n----\n(.*?)----");
        for (int i = 0; i < yaml.size(); i++) {
            PluginHelper.getRoutesLoader(route.context())
                    .loadRoutes(ResourceHelper.fromString("operations" + i + ".camel.yaml", yaml.get(i)));
        }
        route.context().addRoutes(new JavaRoutes());
    }

    private static List<String> blocks(Path file, String pattern) throws Exception {
        Matcher blocks = Pattern.compile(pattern, Pattern.DOTALL).matcher(Files.readString(file));
        return blocks.results().map(block -> block.group(1)).toList();
    }

    @Test
    void theJavaOfThePageIsTheJavaThatRunsHere() throws Exception {
        assertThat(blocks(PAGE, "\\[source,java]\n----\n(.*?)----")).containsExactlyInAnyOrderElementsOf(
                blocks(SELF, "// begin\n(.*?)\n +// end").stream().map(block -> block.stripIndent() + "\n").toList());
    }

    @Test
    void everyOperationOfTheProducerIsInAPage() throws Exception {
        String pages = Files.readString(PAGE) + Files.readString(Path.of("src/main/docs/onedrive-download.adoc"));
        assertThat(List.of(OneDriveOperation.values())).filteredOn(operation -> operation != OneDriveOperation.upload
                && operation != OneDriveOperation.checkConnection).allSatisfy(
                        operation -> assertThat(pages).contains(operation.name()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-java"})
    void listAndSearch(String dsl) throws Exception {
        send("direct:large" + dsl, null);
        DriveItem large = route.context().createConsumerTemplate().receiveBody("seda:large", 5000, DriveItem.class);
        assertThat(large.name()).isEqualTo("dump.sql");
        assertThat(route.context().createConsumerTemplate().receiveBodyNoWait("seda:large")).isNull();
        assertThat(route.send("direct:find" + dsl, "dump", Map.of()).getMessage().getBody(String.class))
                .startsWith("[{\"id\":").contains("\"name\":\"dump.sql\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-java"})
    void getDriveAndShare(String dsl) throws Exception {
        assertThat(send("direct:free" + dsl, null).getMessage().getBody(String.class)).matches("\\d+");
        assertThat(send("direct:share" + dsl, "a.sql").getMessage().getBody(String.class)).startsWith("http");
    }

    @Test
    void anUploadThatIsThenSharedByItsId() throws Exception {
        String link = route.send("direct:publish-java", "text", Map.of(Exchange.FILE_NAME, "new.txt",
                OneDriveConstants.FILE_NAME_CONSUMED, "new.txt")).getMessage().getBody(String.class);
        assertThat(link).startsWith("http");
        assertThat(onedrive.paths()).contains("/Backups/new.txt");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-java"})
    void moveAndCopyAndDelete(String dsl) throws Exception {
        send("direct:duplicate" + dsl, "a.sql");
        send("direct:archive" + dsl, "a.sql");
        send("direct:delete" + dsl, "mysql");
        assertThat(onedrive.paths()).containsExactly("/Backups/a.sql.bak", "/Backups/archive/" + Year.now() + "/a.sql");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-java"})
    void versions(String dsl) throws Exception {
        onedrive.putFile("/Backups/a.sql", new byte[6]);
        send("direct:undo" + dsl, "a.sql");
        assertThat(route.holds("/Backups/a.sql", new byte[5])).isTrue();
    }

    @Test
    void anExceptionIsHandledByItsType() throws Exception {
        assertThat(send("direct:size-java", "a.sql").getMessage().getBody()).isEqualTo(5L);
        assertThat(send("direct:size-java", "never").getMessage().getBody()).isEqualTo("nothing of that name");
        onedrive.fault(Fault.on(Step.ITEM_LOOKUP).answer(403).error("accessDenied"));
        assertThat(send("direct:size-java", "a.sql").getMessage()).satisfies(refused -> {
            assertThat(refused.getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(403);
            assertThat(refused.getBody(String.class)).contains("accessDenied");
        });
    }

    private Exchange send(String uri, String fileName) throws Exception {
        Exchange exchange = route.send(uri, null, fileName == null ? Map.of() : Map.of(Exchange.FILE_NAME, fileName));
        if (exchange.getException() != null) {
            throw exchange.getException();
        }
        return exchange;
    }
}
