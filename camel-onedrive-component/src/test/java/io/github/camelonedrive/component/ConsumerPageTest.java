package io.github.camelonedrive.component;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelonedrive.page.Example;

import static org.assertj.core.api.Assertions.assertThat;

/** The routes that the page about the consumer shows are routes that work, and the options that it names are there. */
class ConsumerPageTest extends SimulatorTest {

    private static final Path PAGE = Path.of("src/main/docs/onedrive-consumer.adoc");

    @TempDir
    private Path directory;

    private final List<String> orders = new ArrayList<>();
    private final List<String> lines = new CopyOnWriteArrayList<>();

    @BeforeEach
    void loadTheRoutes() throws Exception {
        onedrive.putFile("/Inbox/order.csv", "1;2\n3;4\n".getBytes());
        onedrive.putFile("/Inbox/broken.csv", "broken".getBytes());
        onedrive.putFile("/Inbox/picture.png", "not wanted".getBytes());
        onedrive.putFile("/Documents/a/b.txt", "text".getBytes());
        onedrive.putFile("/Reports/r.txt", "report".getBytes());
        onedrive.putFile("/Logs/a.log", "one\ntwo".getBytes());
        route.context().getPropertiesComponent().addInitialProperty("data", directory.toString());
        route.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:order").filter(body().isEqualTo("broken")).throwException(new IllegalStateException("No order"))
                        .end()
                        .process(exchange -> orders.add(exchange.getMessage().getBody(String.class)));
                from("direct:line").process(exchange -> lines.add(exchange.getMessage().getBody(String.class)));
            }
        });
        for (String yaml : Example.sources("onedrive-consumer.adoc", "yaml")) {
            PluginHelper.getRoutesLoader(route.context())
                    .loadRoutes(ResourceHelper.fromString("page" + yaml.hashCode() + ".camel.yaml", yaml));
        }
    }

    @Test
    void theRoutesWork() throws Exception {
        Awaitility.await().untilAsserted(() -> assertThat(onedrive.paths()).containsExactlyInAnyOrder("/Inbox/.done/order.csv",
                "/Inbox/.failed/broken.csv", "/Inbox/picture.png", "/Documents/a/b.txt", "/Reports/r.txt",
                "/Copies/Reports/r.txt"));
        assertThat(orders).containsExactly("1;2", "3;4");
        assertThat(lines).containsExactly("one", "two");
        Awaitility.await().untilAsserted(() -> assertThat(directory.resolve("documents/a/b.txt")).hasContent("text"));
        Exchange asked = route.send("direct:ask", null, Map.of("wanted", "picture.png"));
        assertThat(asked.getException()).isNull();
        assertThat(onedrive.paths()).doesNotContain("/Inbox/picture.png");
    }

    @Test
    void everyOptionIsThereAndEveryOptionIsNamed() throws Exception {
        JsonNode options = new ObjectMapper()
                .readTree(Path.of("src/generated/resources/META-INF/io/github/camelonedrive/component/onedrive.json").toFile())
                .path("properties");
        String page = Files.readString(PAGE);
        options.fields().forEachRemaining(option -> {
            String group = option.getValue().path("label").asText();
            boolean ofEveryConsumer = group.contains("scheduler")
                    || List.of("exceptionHandler", "exchangePattern", "pollStrategy", "sendEmptyMessageWhenIdle")
                            .contains(option.getKey());
            if (group.startsWith("consumer") && !ofEveryConsumer) {
                assertThat(page).as("the page about the consumer").contains(option.getKey());
            }
        });
    }
}
