package io.github.camelonedrive.component;

import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.catalog.RuntimeCamelCatalog;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelonedrive.simulator.AccountType;
import io.github.camelonedrive.simulator.OneDriveSimulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The path of a URI: a destination, and the folder in it. */
class EndpointAddressTest extends SimulatorTest {

    private void assertThatUploadGoesTo(String uri, String path) throws Exception {
        route.upload(uri, "a.sql", "content");

        assertThat(onedrive.paths()).containsExactly(path);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "onedrive:offsite | /a.sql",
            "onedrive:offsite/ | /a.sql",
            "onedrive:offsite// | /a.sql",
            "onedrive://offsite | /a.sql",
            "onedrive:offsite/Backups | /Backups/a.sql",
            "onedrive:offsite/Backups/mysql | /Backups/mysql/a.sql",
            "onedrive://offsite/Backups/mysql/ | /Backups/mysql/a.sql",
            "onedrive:offsite//Backups///mysql// | /Backups/mysql/a.sql",
            "onedrive:offsite/My Backups/a b | /My Backups/a b/a.sql",
            "onedrive:offsite/My%20Backups | /My Backups/a.sql",
            "onedrive:offsite/a+b | /a+b/a.sql",
            "onedrive:offsite/a%2Bb | /a+b/a.sql",
            "onedrive:offsite/100% | /100%/a.sql",
            "onedrive:offsite/100%25 sure | /100% sure/a.sql",
            "onedrive:offsite/C#/x | /C#/x/a.sql",
            "onedrive:offsite/C%23?verify=size | /C#/a.sql",
            "onedrive:offsite/R&D | /R&D/a.sql",
            "onedrive:offsite/a;b=c,d!$'()@ | /a;b=c,d!$'()@/a.sql",
            "onedrive:offsite/{x}[1]^ | /{x}[1]^/a.sql",
            "onedrive:offsite/Käse/% | /Käse/%/a.sql",
            "onedrive:offsite/K%C3%A4se | /Käse/a.sql",
            "onedrive:offsite/v1.2/.hidden | /v1.2/.hidden/a.sql" })
    void folderOfThePath(String uri, String path) throws Exception {
        assertThatUploadGoesTo(uri, path);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "onedrive:offsite/x?folderPath=/y | not both",
            "onedrive:offsite/x?folderPath=/x | not both",
            "onedrive:offsite/x?folder-path=/y | not both",
            "onedrive:offsite/x?configuration.folderPath=/y | not both",
            "onedrive:offsite/.. | relative step",
            "onedrive:offsite/../x | relative step",
            "onedrive:offsite/./x | relative step",
            "onedrive:offsite/%2e%2e/x | relative step",
            "onedrive:offsite/a:b | a:b",
            "onedrive:offsite/a\\b | contains one of",
            "onedrive:offsite/dir. | ends with a dot",
            "onedrive:offsite/RAW(a+b) | folderPath=RAW",
            "onedrive:/x | needs a destination",
            "onedrive:///x | needs a destination" })
    void addressThatIsNone_isRefusedAtStart(String uri, String reason) {
        assertThatThrownBy(() -> route.context().getEndpoint(uri)).rootCause().hasMessageContaining(reason);
    }

    @Test
    void destination_isWithoutTheFolder() throws Exception {
        OneDriveEndpoint endpoint =
                route.context().getEndpoint("onedrive:offsite/Backups/mysql", OneDriveEndpoint.class);

        assertThat(endpoint.getDestination()).isEqualTo("offsite");
        assertThat(endpoint.getFolder()).isEqualTo("/Backups/mysql");
        assertThat(endpoint.getConfiguration().getFolderPath()).isEqualTo("/Backups/mysql");

        route.upload("onedrive:offsite/Backups/mysql", "a.sql", "content");

        assertThat(route.component().uploads().lastSuccess().orElseThrow().target()).isEqualTo("/Backups/mysql/a.sql");
        assertThat(route.component().throttledFor("offsite")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "onedrive:offsite", "onedrive:offsite/other", "onedrive:offsite/sub?verify=size" })
    void folderOfTheComponent_isReplacedByThatOfThePath(String uri) throws Exception {
        route.component().getConfiguration().setFolderPath("/of the component");

        assertThatUploadGoesTo(uri, uri.equals("onedrive:offsite") ? "/of the component/a.sql"
                : uri.contains("other") ? "/other/a.sql" : "/sub/a.sql");
    }

    @Test
    void folderPathWithRaw_isTakenAsItIs() throws Exception {
        assertThatUploadGoesTo("onedrive:offsite?folderPath=RAW(/a+b %20)", "/a+b %20/a.sql");
    }

    @Test
    void toD_withTheFolderInThePath() throws Exception {
        route.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").toD("onedrive:offsite/${header.where}");
            }
        });
        for (String where : new String[] {"x", "a b/c", "", "50%25"}) {
            assertThat(route.send("direct:in", "content", Map.of(Exchange.FILE_NAME, "a.sql", "where", where)).getException())
                    .isNull();
        }

        assertThat(onedrive.paths()).containsExactlyInAnyOrder("/a.sql", "/x/a.sql", "/a b/c/a.sql", "/50%/a.sql");
    }

    @Test
    void propertyPlaceholders() throws Exception {
        route.context().getPropertiesComponent().addInitialProperty("where", "Backups/my sql");

        assertThatUploadGoesTo("onedrive:{{to:offsite}}/{{where}}", "/Backups/my sql/a.sql");
    }

    @Test
    void yaml_withTheParametersOfThePath() throws Exception {
        PluginHelper.getRoutesLoader(route.context()).loadRoutes(ResourceHelper.fromString("route.yaml", """
                - route:
                    from:
                      uri: direct:in
                      steps:
                        - to:
                            uri: onedrive
                            parameters:
                              destination: offsite
                              folder: Backups/my sql
                        - to:
                            uri: onedrive:offsite/second
                            parameters:
                              conflictBehavior: fail
                """));

        assertThat(route.send("direct:in", "content", Map.of(Exchange.FILE_NAME, "a.sql")).getException()).isNull();
        assertThat(onedrive.paths()).containsExactlyInAnyOrder("/Backups/my sql/a.sql", "/second/a.sql");
    }

    @Test
    void catalog_knowsTheFolder() throws Exception {
        RuntimeCamelCatalog catalog = PluginHelper.getRuntimeCamelCatalog(route.context());

        assertThat(catalog.endpointProperties("onedrive:offsite/Backups/mysql?verify=size"))
                .containsEntry("destination", "offsite").containsEntry("folder", "Backups/mysql")
                .containsEntry("verify", "size");
        assertThat(catalog.validateProperties("onedrive", Map.of("destination", "x", "folder", "y")).isSuccess()).isTrue();
        assertThat(catalog.asEndpointUri("onedrive", Map.of("destination", "x", "folder", "y"), false))
                .isEqualTo("onedrive:x/y");
    }

    @Test
    void consumer_readsTheFolderOfThePath() throws Exception {
        onedrive.putFile("/In box/new/a.csv", "content".getBytes());
        onedrive.putFile("/elsewhere.csv", "content".getBytes());
        MockEndpoint received = route.context().getEndpoint("mock:received", MockEndpoint.class);
        received.expectedHeaderReceived(Exchange.FILE_NAME, "a.csv");
        received.expectedMessageCount(1);
        route.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("onedrive:offsite/In box/new?initialDelay=0").to(received);
            }
        });

        received.assertIsSatisfied(TimeUnit.SECONDS.toMillis(20));
    }

    @Test
    void documentLibrary() throws Exception {
        try (OneDriveSimulator library = OneDriveSimulator.builder().accountType(AccountType.DOCUMENT_LIBRARY).start();
             SimulatedRoute toLibrary = new SimulatedRoute(library)) {
            toLibrary.upload("onedrive:team/Shared Files/2026?siteId=" + library.siteId(), "a.sql", "content");

            assertThat(library.paths()).containsExactly("/Shared Files/2026/a.sql");
        }
    }
}
