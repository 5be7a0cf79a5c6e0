package io.github.camelonedrive.component;

import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

import javax.management.MBeanServer;
import javax.management.ObjectName;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.apache.camel.api.management.ManagedCamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.util.json.JsonObject;
import org.apache.camel.util.json.Jsoner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Every option that is marked as secret is masked wherever Camel shows an endpoint. What Camel itself shows unmasked of any
 * component is left out: a secret that stands as a literal in a route, in dumps of the route, and Camel's own logs below INFO.
 */
class MaskedSecretsTest {

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger camels = (Logger) LoggerFactory.getLogger("org.apache.camel");
    private final Logger ours = (Logger) LoggerFactory.getLogger("io.github.camelonedrive");

    @AfterEach
    void stop() {
        context.stop();
        for (Logger logger : List.of(camels, ours)) {
            logger.detachAppender(log);
            logger.setLevel(null);
        }
    }

    private static Map<String, String> secretOptions() throws Exception {
        try (var json = OneDriveEndpoint.class.getResourceAsStream(
                "/META-INF/io/github/camelonedrive/component/onedrive.json")) {
            JsonObject properties = ((JsonObject) Jsoner.deserialize(new InputStreamReader(json))).getMap("properties");
            Map<String, String> secrets = new LinkedHashMap<>();
            properties.forEach((name, option) -> {
                if (((JsonObject) option).getBoolean("secret")) {
                    secrets.put(name, "plain" + name + "value");
                }
            });
            return secrets;
        }
    }

    private static String uri(Map<String, String> secrets, boolean raw) {
        List<String> options = new ArrayList<>();
        secrets.forEach((name, value) -> options.add(name + "=" + (raw ? "RAW(" + value + ")" : value)));
        return "onedrive:offsite?proxyHost=localhost&proxyPort=1&" + String.join("&", options);
    }

    @Test
    void thereAreSecretOptions() throws Exception {
        assertThat(secretOptions()).containsKeys("clientSecret", "refreshToken", "clientCertificatePassword",
                "proxyAuthPassword", "proxyAuthUsername");
    }

    @Test
    void inUriJmxRouteDumpExceptionAndLog() throws Exception {
        camels.setLevel(Level.INFO);
        ours.setLevel(Level.TRACE);
        log.start();
        camels.addAppender(log);
        ours.addAppender(log);
        Map<String, String> secrets = secretOptions();
        context.setTracing(true);
        Properties properties = new Properties();
        properties.putAll(secrets);
        context.getPropertiesComponent().setInitialProperties(properties);
        Map<String, String> placeholders = new LinkedHashMap<>();
        secrets.keySet().forEach(name -> placeholders.put(name, "{{" + name + "}}"));
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:literal").to(uri(secrets, false));
                from("direct:raw").to(uri(secrets, true));
                from("direct:placeholder").routeId("placeholder").to(uri(placeholders, false));
                from("direct:rawPlaceholder").routeId("raw").to(uri(placeholders, true));
            }
        });
        context.start();
        StringBuilder shown = new StringBuilder();
        context.getEndpoints().forEach(endpoint -> shown.append(endpoint).append('\n'));
        for (String from : List.of("direct:literal", "direct:raw", "direct:placeholder", "direct:rawPlaceholder")) {
            Exception failure = context.createProducerTemplate().send(from, exchange -> exchange.getMessage().setBody("x"))
                    .getException();
            StringWriter trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace));
            shown.append(trace);
        }
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName all = new ObjectName("org.apache.camel:context=" + context.getManagementName() + ",*");
        for (ObjectName name : server.queryNames(all, null)) {
            shown.append(name).append('\n');
            if ("endpoints".equals(name.getKeyProperty("type"))) {
                shown.append(server.getAttribute(name, "EndpointUri")).append('\n');
            }
        }
        ManagedCamelContext managed = context.getCamelContextExtension().getContextPlugin(ManagedCamelContext.class);
        for (String id : List.of("placeholder", "raw")) {
            shown.append(managed.getManagedRoute(id).dumpRouteAsXml());
        }
        log.list.forEach(event -> shown.append(event.getFormattedMessage()).append('\n'));

        assertThat(shown).contains("offsite");
        assertThat(shown.toString().lines().filter(line -> secrets.values().stream().anyMatch(line::contains))).isEmpty();
    }

    @Test
    void inWhatIsSaidOfAnUnknownOption() throws Exception {
        Map<String, String> secrets = secretOptions();
        context.start();

        assertThatThrownBy(() -> context.getEndpoint(uri(secrets, true) + "&nonsense=1")).satisfies(failure -> {
            StringWriter trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace));
            assertThat(trace.toString()).contains("nonsense").doesNotContain(secrets.values());
        });
    }
}
