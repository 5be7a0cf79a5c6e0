package io.github.camelonedrive.springboot;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

import io.github.camelonedrive.component.OneDriveComponent;
import io.github.camelonedrive.component.OneDriveConfiguration;
import io.github.camelonedrive.simulator.OneDriveSimulator;
import io.github.camelonedrive.simulator.OneDriveSimulatorExtension;
import io.github.camelonedrive.upload.Verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A Spring Boot application that has the starter on its class path and properties in its file. */
class StarterTest {

    private static final String PREFIX = "camel.component.onedrive.";

    @RegisterExtension
    static final OneDriveSimulatorExtension EXTENSION = new OneDriveSimulatorExtension().failOnViolations();

    @TempDir
    private Path directory;

    private final Properties file = new Properties();
    private OneDriveSimulator onedrive;

    @BeforeEach
    void properties() {
        onedrive = EXTENSION.simulator();
        file.setProperty("spring.main.banner-mode", "off");
        file.setProperty("spring.main.web-application-type", "none");
        file.setProperty("camel.main.name", "starter");
        file.setProperty(PREFIX + "graph-endpoint", onedrive.graphEndpoint().toString());
        file.setProperty(PREFIX + "login-endpoint", onedrive.loginEndpoint().toString());
        file.setProperty(PREFIX + "client-id", onedrive.clientId());
        file.setProperty(PREFIX + "client-secret", onedrive.clientSecret());
        file.setProperty(PREFIX + "refresh-token", onedrive.refreshToken());
    }

    @Test
    void theComponentIsConfiguredByTheApplicationsProperties() throws IOException {
        file.setProperty(PREFIX + "chunk-size", "320kB");
        file.setProperty(PREFIX + "simple-upload-limit", "0");
        file.setProperty(PREFIX + "verify", "readback");
        file.setProperty(PREFIX + "verify-timeout", "1m30s");
        byte[] dump = "a dump of sorts".repeat(50_000).getBytes(StandardCharsets.UTF_8);

        try (ConfigurableApplicationContext application = start()) {
            application.getBean(ProducerTemplate.class)
                    .sendBodyAndHeader("direct:upload", dump, Exchange.FILE_NAME, "dump.sql");

            OneDriveConfiguration options = options(application);
            assertThat(options.getVerify()).isEqualTo(Verification.readback);
            assertThat(options.getVerifyTimeout()).isEqualTo(90_000);
        }

        assertThat(onedrive.file("/Spring/dump.sql").orElseThrow().bytes()).isEqualTo(dump);
        assertThat(onedrive.createdSessions()).as("uploaded in fragments, by the limit in the file").isPositive();
    }

    @Test
    void aConsumerTakesThePropertiesToo() throws IOException {
        onedrive.putFile("/Inbox/order.csv", "1;2".getBytes(StandardCharsets.UTF_8));
        try (ConfigurableApplicationContext application = start()) {
            CamelContext camel = application.getBean(CamelContext.class);
            try (var template = camel.createConsumerTemplate()) {
                String inbox = "onedrive:spring?folderPath=/Inbox&initialDelay=0&delay=50";
                assertThat(template.receiveBody(inbox, 10_000, String.class)).isEqualTo("1;2");
            }
        }
    }

    @Test
    void whatIsNotSetIsNotGiven() throws IOException {
        try (ConfigurableApplicationContext application = start()) {
            OneDriveConfiguration untouched = new OneDriveConfiguration();
            OneDriveConfiguration options = options(application);
            assertThat(options.getCloud()).as("else a destination of the vault would lose its own").isNull();
            assertThat(options.getFolderPath()).isNull();
            assertThat(options.getTenantId()).isEqualTo(untouched.getTenantId());
            assertThat(options.getChunkSize()).isEqualTo(untouched.getChunkSize());
        }
    }

    @Test
    void aBeanIsFoundByItsName() throws IOException {
        file.setProperty(PREFIX + "http-client-configurer", "#countingConfigurer");
        try (ConfigurableApplicationContext application = start()) {
            application.getBean(ProducerTemplate.class)
                    .sendBodyAndHeader("direct:upload", "x", Exchange.FILE_NAME, "by-a-bean.txt");

            assertThat(application.getBean(AtomicInteger.class)).hasPositiveValue();
        }
    }

    @Test
    void aBeanThatIsNotNamedAsOneIsExplained() {
        file.setProperty(PREFIX + "http-client-configurer", "countingConfigurer");

        assertThatThrownBy(this::start).rootCause().hasMessageContaining("Write #countingConfigurer");
    }

    @Test
    void camelsPlaceholdersAreResolved() throws IOException {
        file.setProperty("the.secret", onedrive.clientSecret());
        file.setProperty(PREFIX + "client-secret", "{{the.secret}}");
        try (ConfigurableApplicationContext application = start()) {
            application.getBean(ProducerTemplate.class)
                    .sendBodyAndHeader("direct:upload", "x", Exchange.FILE_NAME, "by-placeholder.txt");

            assertThat(onedrive.paths()).contains("/Spring/by-placeholder.txt");
        }
    }

    @Test
    void theStarterCanBeSwitchedOff() throws IOException {
        file.setProperty(PREFIX + "enabled", "false");
        try (ConfigurableApplicationContext application = start()) {
            assertThat(options(application).getGraphEndpoint()).isNull();
        }
    }

    @Test
    void soCanItsCustomizerOnly() throws IOException {
        file.setProperty(PREFIX + "customizer.enabled", "false");
        try (ConfigurableApplicationContext application = start()) {
            assertThat(options(application).getGraphEndpoint()).isNull();
        }
    }

    @Test
    void theActuatorShowsNoSecretEvenWhereItShowsValues() throws Exception {
        file.setProperty("spring.main.web-application-type", "servlet");
        file.setProperty("server.port", "0");
        file.setProperty("management.endpoints.web.exposure.include", "*");
        file.setProperty("management.endpoint.env.show-values", "always");
        file.setProperty("management.endpoint.configprops.show-values", "always");
        try (ConfigurableApplicationContext application = start(PREFIX + "refreshToken=" + onedrive.refreshToken())) {
            String port = application.getEnvironment().getRequiredProperty("local.server.port");
            for (String endpoint : new String[] { "env", "configprops", "beans", "health" }) {
                String answer = get("http://127.0.0.1:" + port + "/actuator/" + endpoint);

                assertThat(answer).as(endpoint).doesNotContain(onedrive.clientSecret(), onedrive.refreshToken(),
                        onedrive.clientId());
            }
            assertThat(get("http://127.0.0.1:" + port + "/actuator/env")).as("other values are shown")
                    .contains(onedrive.graphEndpoint().toString()).contains("client-secret");
        }
    }

    private ConfigurableApplicationContext start(String... arguments) throws IOException {
        Path properties = directory.resolve("application.properties");
        try (var writer = Files.newBufferedWriter(properties)) {
            file.store(writer, null);
        }
        SpringApplication application = new SpringApplication(Application.class);
        application.setDefaultProperties(Map.of("logging.level.root", "WARN"));
        String[] all = new String[arguments.length + 1];
        all[0] = "--spring.config.location=" + properties.toUri();
        for (int i = 0; i < arguments.length; i++) {
            all[i + 1] = "--" + arguments[i];
        }
        return application.run(all);
    }

    private static OneDriveConfiguration options(ConfigurableApplicationContext application) {
        return application.getBean(CamelContext.class).getComponent("onedrive", OneDriveComponent.class).getConfiguration();
    }

    private static String get(String address) throws IOException, InterruptedException {
        var answer = HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(address)).build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    /** What a user writes. */
    @SpringBootApplication
    static class Application {

        @Bean
        RouteBuilder uploads() {
            return new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:upload").to("onedrive:spring?folderPath=/Spring");
                }
            };
        }

        @Bean
        AtomicInteger configured() {
            return new AtomicInteger();
        }

        @Bean
        HttpClientConfigurer countingConfigurer(AtomicInteger configured) {
            return builder -> configured.incrementAndGet();
        }
    }
}
