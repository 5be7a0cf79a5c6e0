package io.github.camelonedrive.kamelet;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.apache.camel.CamelExecutionException;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelonedrive.component.OneDriveComponent;
import io.github.camelonedrive.component.OneDriveConfiguration;
import io.github.camelonedrive.page.Example;
import io.github.camelonedrive.simulator.OneDriveSimulator;
import io.github.camelonedrive.simulator.OneDriveSimulatorExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The Kamelets in our jar do what their descriptions say. */
class KameletTest {

    /** Characters that mean something in a URI, as secrets of Microsoft's do have them. */
    private static final String AWKWARD = "a+b%2B&c=d/~#e";

    private static final String CREDENTIALS = "clientId={{id}}&clientSecret=RAW({{secret}})&refreshToken=RAW({{token}})";

    @RegisterExtension
    final OneDriveSimulatorExtension extension =
            OneDriveSimulatorExtension.with(simulator -> simulator.clientSecret(AWKWARD)).failOnViolations();

    @TempDir
    private Path directory;

    private final DefaultCamelContext context = new DefaultCamelContext();
    private OneDriveSimulator onedrive;

    @BeforeEach
    void talkToTheSimulator() {
        onedrive = extension.simulator();
        OneDriveConfiguration options = context.getComponent("onedrive", OneDriveComponent.class).getConfiguration();
        options.setGraphEndpoint(onedrive.graphEndpoint().toString());
        options.setLoginEndpoint(onedrive.loginEndpoint().toString());
        context.getPropertiesComponent().addInitialProperty("id", onedrive.clientId());
        context.getPropertiesComponent().addInitialProperty("secret", onedrive.clientSecret());
        context.getPropertiesComponent().addInitialProperty("token", onedrive.refreshToken());
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void theSinkTakesTheNameFromTheHeadersOfAnEvent() throws Exception {
        startSink("&folderPath=/Kamelets");

        send("by file", Map.of("file", "one.txt"));
        send("by ce-file", Map.of("ce-file", "two.txt"));
        send("by CamelFileName", Map.of("CamelFileName", "three.txt"));

        assertThat(text("/Kamelets/one.txt")).isEqualTo("by file");
        assertThat(text("/Kamelets/two.txt")).isEqualTo("by ce-file");
        assertThat(text("/Kamelets/three.txt")).isEqualTo("by CamelFileName");
    }

    /** What {@code docs/running.md} shows; its environment variables are this test's properties. */
    @Test
    void theShownRouteUploads() throws Exception {
        Files.writeString(directory.resolve("dump.sql"), "the dump");
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("shown.camel.yaml",
                Example.source("kamelet").replace("env:ONEDRIVE_CLIENT_ID", "id")
                        .replace("env:ONEDRIVE_CLIENT_SECRET", "secret").replace("env:ONEDRIVE_REFRESH_TOKEN", "token")
                        .replace("/var/backups/mysql", directory.toString())));
        context.start();

        Awaitility.await().until(() -> onedrive.paths().contains("/Backups/mysql/dump.sql"));
        assertThat(text("/Backups/mysql/dump.sql")).isEqualTo("the dump");
    }

    @Test
    void withoutANameTheSinkTakesTheExchangeId() throws Exception {
        startSink("");

        send("nameless", Map.of());

        assertThat(onedrive.paths()).singleElement().satisfies(path -> assertThat(text(path)).isEqualTo("nameless"));
    }

    @Test
    void theSinkObeysItsOptions() throws Exception {
        startSink("&conflictBehavior=fail");
        send("first", Map.of("file", "taken.txt"));

        assertThatThrownBy(() -> send("second", Map.of("file", "taken.txt"))).isInstanceOf(CamelExecutionException.class)
                .rootCause().hasMessageContaining("taken.txt");
        assertThat(text("/taken.txt")).isEqualTo("first");
    }

    @Test
    void theSourceEmitsTheFilesOfAFolder() throws Exception {
        onedrive.putFile("/Inbox/one.txt", "first".getBytes(StandardCharsets.UTF_8));
        MockEndpoint received = startSource("&folderPath=/Inbox&move=.done&delay=100");

        received.expectedBodiesReceived("first");
        received.expectedHeaderReceived("CamelFileName", "one.txt");
        received.assertIsSatisfied();
        Awaitility.await().until(() -> onedrive.paths().contains("/Inbox/.done/one.txt"));
    }

    @Test
    void theSourceLeavesFilesAloneUnlessItIsToldOtherwise() throws Exception {
        onedrive.putFile("/Inbox/a.txt", "text".getBytes(StandardCharsets.UTF_8));
        onedrive.putFile("/Inbox/b.png", new byte[2]);
        MockEndpoint received = startSource("&folderPath=/Inbox&delay=100&include=.*[.]txt&stateDirectory=" + directory);

        received.expectedBodiesReceived("text");
        received.assertIsSatisfied();
        assertThat(onedrive.paths()).containsExactlyInAnyOrder("/Inbox/a.txt", "/Inbox/b.png");
        assertThat(directory).isNotEmptyDirectory();
    }

    private MockEndpoint startSource(String options) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("kamelet:onedrive-source?" + CREDENTIALS + options)
                        .convertBodyTo(String.class).to("mock:received");
            }
        });
        context.start();
        return context.getEndpoint("mock:received", MockEndpoint.class);
    }

    private void startSink(String options) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to("kamelet:onedrive-sink?" + CREDENTIALS + options);
            }
        });
        context.start();
    }

    private void send(String body, Map<String, Object> headers) throws Exception {
        try (var template = context.createProducerTemplate()) {
            template.sendBodyAndHeaders("direct:in", body, headers);
        }
    }

    private String text(String path) {
        return new String(onedrive.file(path).orElseThrow().bytes(), StandardCharsets.UTF_8);
    }
}
