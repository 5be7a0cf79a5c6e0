package io.github.camelonedrive.component;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Year;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelonedrive.graph.DriveItem;
import io.github.camelonedrive.page.Example;
import io.github.camelonedrive.page.JavaRoutes;
import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.Step;

import static org.assertj.core.api.Assertions.assertThat;

/** The routes that the page about operations shows, in Java and in YAML, are routes that work. */
class OperationsPageTest extends SimulatorTest {

    private static final Path PAGE = Path.of("src/main/docs/onedrive-operations.adoc");
    private static final List<Class<? extends RouteBuilder>> JAVA = new ArrayList<>();

    @TempDir
    private static Path classes;

    @BeforeAll
    static void compileTheJava() throws Exception {
        JAVA.clear();
        for (String java : Example.sources("onedrive-operations.adoc", "java")) {
            JAVA.add(JavaRoutes.compile(java, Files.createTempDirectory(classes, "shown")).getClass());
        }
    }

    @BeforeEach
    void loadTheRoutes() throws Exception {
        onedrive.putFile("/Backups/mysql/dump.sql", new byte[1001]);
        onedrive.putFile("/Backups/a.sql", new byte[5]);
        for (String yaml : Example.sources("onedrive-operations.adoc", "yaml")) {
            PluginHelper.getRoutesLoader(route.context())
                    .loadRoutes(ResourceHelper.fromString("page" + yaml.hashCode() + ".camel.yaml", yaml));
        }
        for (Class<? extends RouteBuilder> java : JAVA) {
            route.context().addRoutes(java.getConstructor().newInstance());
        }
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
