package io.github.camelonedrive.component;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.camel.console.DevConsole;
import org.apache.camel.console.DevConsoleRegistry;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.util.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelonedrive.RemedyWords;
import io.github.camelonedrive.auth.AccessToken;
import io.github.camelonedrive.auth.TokenProvider;
import io.github.camelonedrive.credentials.ClientCredential;
import io.github.camelonedrive.credentials.Destination;
import io.github.camelonedrive.credentials.MasterKey;
import io.github.camelonedrive.credentials.Secret;
import io.github.camelonedrive.credentials.Vault;
import io.github.camelonedrive.transport.FakeTime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** What health check, gauges and developer console say of the destinations of a user's vault. */
class ObservationTest {

    private static final LocalDate LAST_DAY = LocalDate.of(2027, 1, 31);

    private final FakeTime time = new FakeTime();
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final String secret = UUID.randomUUID().toString();
    private final String refreshToken = UUID.randomUUID().toString();
    private final String clientId = UUID.randomUUID().toString();

    @TempDir
    private Path home;

    private Vault vault;

    @BeforeEach
    void start() throws Exception {
        time.setClock(Instant.parse("2026-06-01T12:00:00Z"));
        vault = Vault.create(home.resolve("vault.json"), MasterKey.generate(home.resolve("key")));
        vault.add(destination("offsite").withSecretExpires(LAST_DAY));
        bind(processor(home));
        context.getRegistry().bind("meters", meters);
        component().setTimeSource(time);
        context.start();
        context.getEndpoint("onedrive:offsite");
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void healthIsUpWithTheEndAsDetailWhileThereIsTime() {
        HealthCheck.Result result = health();

        assertThat(result.getState()).isEqualTo(HealthCheck.State.UP);
        assertThat(result.getMessage()).isEmpty();
        assertThat(result.getDetails()).containsEntry("offsite.signIn", "DELEGATED")
                .containsEntry("offsite.credential", "client secret").containsEntry("offsite.daysLeft", 244L)
                .containsEntry("offsite.end", "2027-01-31T23:59:59Z");
    }

    @Test
    void healthIsUpWithAWarningWhileItIsNearAndDownWhenItIsOver() {
        time.setClock(Instant.parse("2027-01-24T00:00:00Z"));
        assertThat(health().getState()).isEqualTo(HealthCheck.State.UP);
        assertThat(health().getMessage()).hasValueSatisfying(text -> assertThat(text).contains("offsite", "in 7 days",
                "Store the new client secret for destination 'offsite'"));

        time.setClock(Instant.parse("2027-02-01T00:00:00Z"));
        assertThat(health().getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(health().getMessage()).hasValueSatisfying(text -> assertThat(text).contains("expired",
                "Store the new client secret for destination 'offsite'"));
    }

    @Test
    void healthAndConsole_useTheWordsOfTheProgram() {
        context.getRegistry().bind("words", (RemedyWords) (action, about) -> "Type " + action + " " + about + ".");
        time.setClock(Instant.parse("2027-01-24T00:00:00Z"));

        assertThat(health().getMessage()).hasValueSatisfying(text -> assertThat(text).endsWith("Type NEW_SECRET [offsite]."));
        assertThat((String) console(DevConsole.MediaType.TEXT)).contains("Type NEW_SECRET [offsite].");
    }

    @Test
    void oneExpiredDestinationAmongSeveralIsDownAndTheOthersAreShown() throws Exception {
        vault.add(destination("second").withSecretExpires(LocalDate.of(2026, 5, 31)));
        vault.add(Destination.of("third", Secret.of(clientId)));
        context.getEndpoint("onedrive:second?folderPath=/Backups");

        HealthCheck.Result result = health();

        assertThat(result.getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(result.getMessage()).hasValueSatisfying(text -> assertThat(text).contains("'second'")
                .doesNotContain("'offsite'", "'third'"));
        assertThat(result.getDetails()).containsEntry("second.daysLeft", -1L).containsEntry("offsite.daysLeft", 244L)
                .containsEntry("third.signIn", "NOT_AUTHORIZED").doesNotContainKey("third.end");
    }

    @Test
    void health_staysUpWithAWarning_whenNoEndpointUsesWhatExpired() throws Exception {
        vault.add(destination("unused").withSecretExpires(LocalDate.of(2026, 5, 31)));

        HealthCheck.Result result = health();

        assertThat(result.getState()).isEqualTo(HealthCheck.State.UP);
        assertThat(result.getMessage()).hasValueSatisfying(text -> assertThat(text).contains("'unused'", "expired"));
    }

    @Test
    void aCheckThatIsSwitchedOffSaysNothing() {
        time.setClock(Instant.parse("2027-02-01T00:00:00Z"));
        HealthCheckHelper.getHealthCheck(context, "onedrive-credentials").setEnabled(false);

        assertThat(health().getState()).isEqualTo(HealthCheck.State.UNKNOWN);
        assertThat(health().getMessage()).contains("Disabled");
    }

    @Test
    void aVaultThatCannotBeReadIsDownAndUpAgainWhenItCan() throws Exception {
        health();
        Path file = home.resolve("vault.json");
        byte[] good = Files.readAllBytes(file);
        Files.writeString(file, "{}");
        assertThat(health().getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(health().getMessage()).hasValueSatisfying(text -> assertThat(text).contains("vault.json"));

        Files.write(file, good);
        assertThat(health().getState()).isEqualTo(HealthCheck.State.UP);
    }

    @Test
    void aVaultWithAnotherKeyIsDown() throws Exception {
        Path other = Files.createDirectory(home.resolve("other"));
        Vault.create(other.resolve("vault.json"), MasterKey.generate(home.resolve("its-key")));
        MasterKey.generate(other.resolve("key"));
        bind(processor(other));

        assertThat(health().getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(health().getMessage()).hasValueSatisfying(text -> assertThat(text).contains("key"));
    }

    @Test
    void aVaultThatIsNotThereIsDownOnlyOnceSomebodyHasAskedForIt() throws Exception {
        EncryptedCredentialProcessor elsewhere = processor(home.resolve("elsewhere"));
        bind(elsewhere);
        assertThat(health().getState()).isEqualTo(HealthCheck.State.UP);

        context.createProducerTemplate().send("onedrive:offsite", exchange -> {
            exchange.getMessage().setBody("content");
            elsewhere.process(exchange);
        });
        assertThat(health().getState()).isEqualTo(HealthCheck.State.DOWN);
    }

    @Test
    void readinessAsksItAndLivenessDoesNot() {
        assertThat(HealthCheckHelper.invokeReadiness(context)).extracting(result -> result.getCheck().getId())
                .contains("onedrive-credentials");
        assertThat(HealthCheckHelper.invokeLiveness(context)).extracting(result -> result.getCheck().getId())
                .doesNotContain("onedrive-credentials");
    }

    @Test
    void aProcessorThatIsInNoRegistryIsKnownOnceItHasHandledAnExchange() throws Exception {
        Path other = Files.createDirectory(home.resolve("other"));
        Vault.create(other.resolve("vault.json"), MasterKey.generate(other.resolve("key"))).add(destination("inline"));

        context.createProducerTemplate().send("onedrive:nowhere", exchange -> processor(other).process(exchange));

        assertThat(health().getDetails()).containsKeys("inline.signIn", "offsite.signIn");
    }

    @Test
    void gaugesGiveTheSecondsThatAreLeftAndFollowTheClockAndTheVault() throws Exception {
        component().updateMeters();
        Gauge end = meters.get("onedrive.credential.expiry").tags("destination", "offsite", "kind", "secret").gauge();
        assertThat(end.value()).isCloseTo(Duration.between(time.now(), Instant.parse("2027-02-01T00:00:00Z")).toSeconds(),
                within(1.0));
        time.setClock(Instant.parse("2027-02-01T00:00:10Z"));
        assertThat(end.value()).isCloseTo(-10, within(1.0));

        vault.add(destination("added").withSecretExpires(LAST_DAY));
        vault.remove("offsite");
        component().updateMeters();
        assertThat(meters.get("onedrive.credential.expiry").gauges()).extracting(gauge -> gauge.getId().getTag("destination"))
                .containsExactly("added");
    }

    @Test
    void consoleShowsTheDestinationsAsTextAndJson() {
        time.setClock(Instant.parse("2027-01-30T00:00:00Z"));

        assertThat((String) console(DevConsole.MediaType.TEXT)).contains("offsite: signs in as DELEGATED, proof client secret",
                "ends 2027-01-31 (1 days)", "Store the new client secret for destination 'offsite'");
        assertThat(((JsonObject) console(DevConsole.MediaType.JSON)).toJson()).contains("\"name\":\"offsite\"",
                "\"daysLeft\":1", "\"warning\":");
    }

    @Test
    void consoleSaysUntilWhenADestinationIsThrottled() {
        TokenProvider tokens = () -> new AccessToken(Secret.of(refreshToken), Instant.MAX);
        component().account("offsite", tokens).gate().closeFor(Duration.ofSeconds(90));

        assertThat((String) console(DevConsole.MediaType.TEXT)).contains("throttled until 2026-06-01T12:01:30Z");
    }

    @Test
    void nothingOfItHoldsASecret() throws Exception {
        component().updateMeters();
        String all = health().getDetails() + String.valueOf(health().getMessage()) + console(DevConsole.MediaType.TEXT)
                + ((JsonObject) console(DevConsole.MediaType.JSON)).toJson() + meters.getMetersAsString()
                + component().destinationStates();

        assertThat(all).contains("offsite").doesNotContain(secret, refreshToken, clientId);
    }

    @Test
    void theComponentWorksWithoutMicrometerHealthTelemetryAndManagementOnTheClassPath() throws Exception {
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("micrometer") && !entry.contains("camel-health"))
                .filter(entry -> !entry.contains("camel-telemetry") && !entry.contains("camel-management/"))
                .collect(Collectors.joining(File.pathSeparator));
        Path output = home.resolve("output.txt");
        Process java = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", classPath,
                WithoutMicrometer.class.getName()).redirectErrorStream(true).redirectOutput(output.toFile()).start();

        assertThat(java.waitFor()).as(() -> read(output)).isZero();
    }

    /** Starts and stops a component. */
    public static final class WithoutMicrometer {

        public static void main(String[] arguments) throws Exception {
            try (DefaultCamelContext context = new DefaultCamelContext()) {
                context.start();
                OneDriveComponent component = context.getComponent("onedrive", OneDriveComponent.class);
                component.updateMeters();
                if (!component.destinationStates().equals(List.of())) {
                    throw new IllegalStateException("destinations from nowhere");
                }
                Exception failure = context.createProducerTemplate().send("onedrive:offsite", exchange -> {
                    exchange.getMessage().setHeader("CamelFileName", "a.txt");
                    exchange.getMessage().setBody("content");
                }).getException();
                if (!String.valueOf(failure).contains("no credentials")) {
                    throw new IllegalStateException("another failure", failure);
                }
            }
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HealthCheck.Result health() {
        return HealthCheckHelper.invoke(context, "onedrive-credentials", Map.of()).orElseThrow();
    }

    private Object console(DevConsole.MediaType type) {
        DevConsoleRegistry consoles = context.getCamelContextExtension().getContextPlugin(DevConsoleRegistry.class);
        DevConsole console = consoles.resolveById("onedrive");
        return console.call(type, Map.of());
    }

    private OneDriveComponent component() {
        return context.getComponent("onedrive", OneDriveComponent.class);
    }

    private void bind(EncryptedCredentialProcessor processor) {
        context.getRegistry().bind("onedriveCredentials", processor);
    }

    private static EncryptedCredentialProcessor processor(Path home) {
        EncryptedCredentialProcessor processor = new EncryptedCredentialProcessor();
        processor.setVaultFile(home.resolve("vault.json").toString());
        processor.setKeyFile(home.resolve("key").toString());
        processor.setEnvironment(Map.of());
        return processor;
    }

    private Destination destination(String name) {
        return Destination.of(name, Secret.of(clientId)).withCredential(new ClientCredential.ClientSecret(Secret.of(secret)))
                .withRefreshToken(Secret.of(refreshToken));
    }
}
