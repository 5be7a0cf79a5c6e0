package io.github.camelonedrive.page;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;

import io.github.camelonedrive.component.EncryptedCredentialProcessor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Tries what {@code docs/running.md} shows, and the dependencies and properties of the component's pages. */
final class RunningPage {

    private static final Path REPOSITORY = Path.of("..");

    /** Environment variables on the pages; a test cannot set any, so they are properties here. */
    private static final List<String> CREDENTIALS =
            List.of("ONEDRIVE_CLIENT_ID", "ONEDRIVE_CLIENT_SECRET", "ONEDRIVE_REFRESH_TOKEN");

    private interface Use {
        void of(CamelContext context) throws Exception;
    }

    private RunningPage() {
    }

    /** Group, artifact and version are those that this repository builds. */
    static void dependency(List<ExampleRun> runs) throws Exception {
        Pattern form = Pattern.compile("<dependency>\\s*<groupId>io\\.github\\.camelonedrive</groupId>\\s*<artifactId>(.+)"
                + "</artifactId>\\s*<version>(.+)</version>\\s*</dependency>");
        for (ExampleRun run : runs) {
            Matcher shown = form.matcher(run.example().source());
            assertThat(shown.matches()).as(run.example().source()).isTrue();
            assertBuilt(shown.group(1), shown.group(2));
        }
    }

    static void commandLine(List<ExampleRun> runs) throws Exception {
        Pattern form = Pattern.compile("camel run (\\S+) (\\S+) --dep=mvn:io\\.github\\.camelonedrive:([^:]+):([^:]+)");
        for (ExampleRun run : runs) {
            Matcher shown = form.matcher(run.example().source());
            assertThat(shown.matches()).as(run.example().source()).isTrue();
            assertThat(REPOSITORY.resolve("examples/camel-cli").resolve(shown.group(1))).exists();
            assertThat(REPOSITORY.resolve("examples/camel-cli").resolve(shown.group(2))).exists();
            assertBuilt(shown.group(3), shown.group(4));
        }
    }

    private static void assertBuilt(String artifact, String version) throws Exception {
        Path module = REPOSITORY.resolve(Map.of("camel-onedrive", "camel-onedrive-component").getOrDefault(artifact, artifact));
        assertThat(Files.readString(module.resolve("pom.xml"))).contains("<artifactId>" + artifact + "</artifactId>");
        if (!version.equals("x.y.z")) {
            assertThat(Files.readString(REPOSITORY.resolve("pom.xml"))).contains("<version>" + version + "</version>");
        }
    }

    static void credentials(List<ExampleRun> runs) throws Exception {
        for (ExampleRun run : runs) {
            Example shown = run.example();
            for (String variable : CREDENTIALS) {
                shown = shown.with("{{env:" + variable + "}}", "{{" + variable + "}}");
            }
            inMain(run, shown, context -> {
                send(context, "onedrive:offsite", Map.of(Exchange.FILE_NAME, "a.txt"));
                assertThat(run.holds("/a.txt", "content")).isTrue();
            });
        }
    }

    static void streamCaching(List<ExampleRun> runs) throws Exception {
        for (ExampleRun run : runs) {
            inMain(run, run.example(), context ->
                    assertThat(context.getStreamCachingStrategy().isSpoolEnabled()).isTrue());
        }
    }

    /** Camel's main refuses to start with a property that no option of the component or of itself has the name of. */
    private static void inMain(ExampleRun run, Example shown, Use use) throws Exception {
        Properties properties = new Properties();
        properties.load(new StringReader(shown.source()));
        properties.put("ONEDRIVE_CLIENT_ID", run.onedrive().clientId());
        properties.put("ONEDRIVE_CLIENT_SECRET", run.onedrive().clientSecret());
        properties.put("ONEDRIVE_REFRESH_TOKEN", run.onedrive().refreshToken());
        properties.put("camel.component.onedrive.graph-endpoint", run.onedrive().graphEndpoint().toString());
        properties.put("camel.component.onedrive.login-endpoint", run.onedrive().loginEndpoint().toString());
        Main main = new Main();
        main.setPropertyPlaceholderLocations("false");
        properties.forEach((name, value) -> main.addInitialProperty(name.toString(), value.toString()));
        try {
            main.start();
            use.of(main.getCamelContext());
        } finally {
            main.stop();
        }
    }

    static void vaultBean(List<ExampleRun> runs) throws Exception {
        for (ExampleRun run : runs) {
            Object bean = JavaRoutes.bean(run.example().source(), run.directory());
            assertThat(bean).isInstanceOf(EncryptedCredentialProcessor.class);
            run.context().getRegistry().bind("onedriveCredentials", bean);
            run.context().addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:in").process("onedriveCredentials").to("onedrive:offsite");
                }
            });
            run.context().start();
        }
    }

    static void dynamicFolder(List<ExampleRun> runs) throws Exception {
        for (ExampleRun run : runs) {
            run.start(run.example().inRouteFrom("direct:in"));
            for (String customer : List.of("Ann", "A+B & C 100%", "c%20d")) {
                send(run.context(), "direct:in", Map.of("customer", customer, Exchange.FILE_NAME, "a.txt"));
                assertThat(run.holds("/Customers/" + customer + "/a.txt", "content")).as(customer).isTrue();
            }
        }
    }

    static void dynamicFile(List<ExampleRun> runs) throws Exception {
        for (ExampleRun run : runs) {
            run.start(run.example().inRouteFrom("direct:in"));
            send(run.context(), "direct:in", Map.of("customer", "A+B & C", "document", "a.txt"));
            assertThatThrownBy(() -> send(run.context(), "direct:in", Map.of("customer", "..", "document", "b.txt")))
                    .rootCause().hasMessageContaining("/Customers");
            assertThat(run.onedrive().paths()).containsExactly("/Customers/A+B & C/a.txt");
            assertThat(run.holds("/Customers/A+B & C/a.txt", "content")).isTrue();
        }
    }

    private static void send(CamelContext context, String uri, Map<String, Object> headers) throws Exception {
        try (var template = context.createProducerTemplate()) {
            template.sendBodyAndHeaders(uri, "content", headers);
        }
    }
}
