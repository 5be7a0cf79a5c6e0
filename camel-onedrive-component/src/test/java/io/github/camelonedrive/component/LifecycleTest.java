package io.github.camelonedrive.component;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.ServiceStatus;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.apache.camel.spi.PropertiesFunction;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelonedrive.auth.TokenProvider;
import io.github.camelonedrive.credentials.ClientCredential;
import io.github.camelonedrive.credentials.Destination;
import io.github.camelonedrive.credentials.MasterKey;
import io.github.camelonedrive.credentials.Secret;
import io.github.camelonedrive.credentials.Vault;
import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.Step;
import io.github.camelonedrive.upload.UploadJournal;
import io.github.camelonedrive.upload.journal.FileUploadJournal;
import io.github.camelonedrive.upload.journal.SealedByVault;

import static org.assertj.core.api.Assertions.assertThat;

/** Start, suspension, stop and start again, many exchanges at once, dynamic endpoints, placeholders: as with any component. */
class LifecycleTest extends SimulatorTest {

    private static final int CHUNK = 320 * 1024;
    private static final String IN_FRAGMENTS = "onedrive:offsite?simpleUploadLimit=0&chunkSize=320kB";

    @TempDir
    Path directory;

    private final CountDownLatch hold = new CountDownLatch(1);

    @AfterEach
    void release() {
        hold.countDown();
    }

    private void routes(RouteBuilder routes) throws Exception {
        route.context().addRoutes(routes);
    }

    private void routeTo(String uri) throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").routeId("upload").to(uri);
            }
        });
    }

    private Exchange upload(String uri, String name) {
        return route.send(uri, SimulatedRoute.content(3 * CHUNK), Map.of(Exchange.FILE_NAME, name));
    }

    private CompletableFuture<Exchange> uploadLater(String uri, String name) {
        return route.context().createProducerTemplate().asyncSend(uri, exchange -> {
            exchange.getMessage().setHeader(Exchange.FILE_NAME, name);
            exchange.getMessage().setBody(SimulatedRoute.file(directory, name, 3 * CHUNK));
        });
    }

    @Test
    void aLazyProducerIsStartedByItsFirstExchange() throws Exception {
        routeTo("onedrive:offsite?lazyStartProducer=true");
        assertThat(threads("- OneDrive")).isEmpty();

        assertThat(upload("direct:in", "a.bin").getException()).isNull();
        assertThat(route.holds("/a.bin", SimulatedRoute.content(3 * CHUNK))).isTrue();
    }

    @Test
    void aTokenProviderInTheRegistryIsUsedUnlessTheOptionsSayHowToSignIn() throws Exception {
        TokenProvider tokens = tokens();
        assertThat(sendWithTheBean(tokens, "onedrive:offsite?graphEndpoint=" + onedrive.graphEndpoint())).isNull();

        TokenProvider broken = () -> {
            throw new IllegalStateException("asked");
        };
        String inline = "onedrive:offsite?graphEndpoint=" + onedrive.graphEndpoint() + "&loginEndpoint="
                + onedrive.loginEndpoint() + "&clientId=" + onedrive.clientId() + "&clientSecret=RAW(" + onedrive.clientSecret()
                + ")&refreshToken=RAW(" + onedrive.refreshToken() + ")";
        assertThat(sendWithTheBean(broken, inline)).isNull();
        assertThat(sendWithTheBean(broken, "onedrive:offsite")).hasMessageContaining("asked");
        assertThat(sendWithTheBean(broken, "onedrive:offsite", "camel.component.onedrive.autowired-enabled", "false"))
                .hasMessageContaining("no credentials");
    }

    /** In a context whose registry has one token provider. */
    private static Exception sendWithTheBean(TokenProvider tokens, String uri, String... properties) throws Exception {
        Main main = new Main();
        main.bind("mine", tokens);
        for (int i = 0; i < properties.length; i += 2) {
            main.addProperty(properties[i], properties[i + 1]);
        }
        main.start();
        try (ProducerTemplate template = main.getCamelContext().createProducerTemplate()) {
            return template.send(uri, exchange -> {
                exchange.getMessage().setHeader(Exchange.FILE_NAME, "a.bin");
                exchange.getMessage().setBody("content");
            }).getException();
        } finally {
            main.stop();
        }
    }

    private TokenProvider tokens() {
        OneDriveEndpoint endpoint = route.context().getEndpoint("onedrive:offsite", OneDriveEndpoint.class);
        return route.component().inlineTokenProvider(endpoint, endpoint.inlineCredentials().orElseThrow());
    }

    @Test
    void aRouteAndAContextCanBeSuspendedAndResumed() throws Exception {
        routeTo("onedrive:offsite");
        route.context().getRouteController().suspendRoute("upload");
        route.context().getRouteController().resumeRoute("upload");
        assertThat(upload("direct:in", "a.bin").getException()).isNull();

        route.context().suspend();
        assertThat(route.context().isSuspended()).isTrue();
        route.context().resume();
        assertThat(upload("direct:in", "b.bin").getException()).isNull();
    }

    @Test
    void aRouteCanBeStoppedAndStartedAgain() throws Exception {
        routeTo("onedrive:offsite");
        upload("direct:in", "a.bin");
        route.context().getRouteController().stopRoute("upload");
        Awaitility.await().atMost(20, TimeUnit.SECONDS).until(() -> threads("- OneDrive").isEmpty());

        route.context().getRouteController().startRoute("upload");

        assertThat(upload("direct:in", "b.bin").getException()).isNull();
    }

    @Test
    void aContextCanBeStoppedAndStartedAgainWithCredentialsFromAnywhere() throws Exception {
        Vault vault = Vault.create(directory.resolve("vault.json"), MasterKey.generate(directory.resolve("key")));
        vault.add(Destination.of("offsite", Secret.of(onedrive.clientId())).withRefreshToken(Secret.of(onedrive.refreshToken()))
                .withCredential(new ClientCredential.ClientSecret(Secret.of(onedrive.clientSecret()))));
        EncryptedCredentialProcessor credentials = new EncryptedCredentialProcessor(vault);
        var token = tokens().accessToken();
        TokenProvider bean = () -> token;
        bind(credentials, bean);
        // A context forgets its components too, so all is in the URIs.
        String place = "onedrive:offsite?graphEndpoint=" + onedrive.graphEndpoint() + "&loginEndpoint="
                + onedrive.loginEndpoint() + "&folderPath=/";
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:inline").to(place + "inline&clientId=" + onedrive.clientId() + "&clientSecret=RAW("
                        + onedrive.clientSecret() + ")&refreshToken=RAW(" + onedrive.refreshToken() + ")");
                from("direct:bean").to(place + "bean&tokenProvider=#mine");
                from("direct:vault").process("onedriveCredentials").to(place + "vault");
            }
        });
        List<String> ways = List.of("inline", "bean", "vault");
        for (String way : ways) {
            assertThat(upload("direct:" + way, "a.bin").getException()).as(way).isNull();
        }
        for (int time = 1; time <= 2; time++) {
            route.context().stop();
            assertThat(route.context().getStatus()).isEqualTo(ServiceStatus.Stopped);
            // Camel's own registry forgets its beans when the context stops.
            bind(credentials, bean);
            route.context().start();
            for (String way : ways) {
                assertThat(upload("direct:" + way, time + ".bin").getException()).as(way).isNull();
            }
        }
        assertThat(onedrive.paths()).contains("/inline/2.bin", "/bean/2.bin", "/vault/2.bin");
        onedrive.expireAccessTokens();
        for (String way : List.of("inline", "vault")) {
            assertThat(upload("direct:" + way, "3.bin").getException()).as(way).isNull();
        }
    }

    private void bind(EncryptedCredentialProcessor credentials, TokenProvider bean) {
        route.context().getRegistry().bind("onedriveCredentials", credentials);
        route.context().getRegistry().bind("mine", bean);
    }

    @Test
    void aGracefulStopLetsAnUploadFinish() throws Exception {
        routeTo(IN_FRAGMENTS);
        onedrive.fault(Fault.on(Step.FRAGMENT).nth(2).stall(hold));
        CompletableFuture<Exchange> upload = uploadLater("direct:in", "a.bin");
        Awaitility.await().until(() -> onedrive.requests(Step.FRAGMENT).size() == 2);
        route.context().getShutdownStrategy().setTimeout(30);

        CompletableFuture<Void> stopped = CompletableFuture.runAsync(() -> route.context().stop());
        Awaitility.await().until(() -> route.context().getStatus().isStopping() || route.context().isStopping());
        hold.countDown();

        stopped.get(30, TimeUnit.SECONDS);
        assertThat(upload.get(5, TimeUnit.SECONDS).getException()).isNull();
        assertThat(route.holds("/a.bin", SimulatedRoute.content(3 * CHUNK))).isTrue();
    }

    @Test
    void aStopThatLastsTooLongLeavesASessionWithWhichTheNextContextGoesOn() throws Exception {
        Vault vault = Vault.create(directory.resolve("vault.json"), MasterKey.generate(directory.resolve("key")));
        UploadJournal journal = new FileUploadJournal(directory.resolve("journal"), new SealedByVault(vault.journalSealer()));
        route.component().getConfiguration().setUploadJournal(journal);
        Path drop = Files.createDirectory(directory.resolve("drop"));
        SimulatedRoute.file(drop, "a.bin", 3 * CHUNK);
        onedrive.fault(Fault.on(Step.FRAGMENT).nth(2).stall(hold));
        routes(fileRoute(drop));
        Awaitility.await().until(() -> onedrive.requests(Step.FRAGMENT).size() == 2);

        route.context().getShutdownStrategy().setTimeout(1);
        route.context().stop();

        assertThat(onedrive.openSessions()).hasSize(1);
        assertThat(drop.resolve("a.bin")).exists();
        hold.countDown();
        try (SimulatedRoute next = new SimulatedRoute(onedrive, context -> {
            context.getComponent("onedrive", OneDriveComponent.class).getConfiguration().setUploadJournal(journal);
            context.addRoutes(fileRoute(drop));
        })) {
            Awaitility.await().untilAsserted(() -> assertThat(drop.resolve(".done/a.bin")).exists());
            assertThat(next.component().uploads().resumed()).isEqualTo(1);
        }
        assertThat(onedrive.createdSessions()).isEqualTo(1);
        assertThat(route.holds("/a.bin", SimulatedRoute.content(3 * CHUNK))).isTrue();
    }

    private static RouteBuilder fileRoute(Path drop) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("file:" + drop + "?move=.done&delay=100&initialDelay=0").to(IN_FRAGMENTS);
            }
        };
    }

    @Test
    void anExchangeThatComesAfterTheStopFailsAndIsNotForgotten() throws Exception {
        routeTo("onedrive:offsite");
        upload("direct:in", "a.bin");
        route.component().stopOperations();

        assertThat(uploadLater("direct:in", "b.bin").get(10, TimeUnit.SECONDS).getException())
                .isInstanceOf(OperationStoppedException.class);
    }

    @Test
    void sixtyFourExchangesAtOnceThroughOneEndpointDoNotMixUp() throws Exception {
        routeTo("onedrive:offsite?folderPath=/many&simpleUploadLimit=100kB&chunkSize=320kB&maxConcurrentUploads=16");
        ProducerTemplate template = route.context().createProducerTemplate();
        List<CompletableFuture<Exchange>> uploads = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            int size = i % 4 == 0 ? CHUNK + i : 1000 + i;
            String name = i + ".bin";
            uploads.add(template.asyncSend("direct:in", exchange -> {
                exchange.getMessage().setHeader(Exchange.FILE_NAME, name);
                exchange.getMessage().setBody(SimulatedRoute.content(size));
            }));
        }
        for (int i = 0; i < 64; i++) {
            Exchange exchange = uploads.get(i).get(60, TimeUnit.SECONDS);
            int size = i % 4 == 0 ? CHUNK + i : 1000 + i;
            assertThat(exchange.getException()).isNull();
            assertThat(exchange.getMessage().getHeader(OneDriveConstants.SIZE)).isEqualTo((long) size);
            assertThat(exchange.getMessage().getHeader(OneDriveConstants.PRODUCED_ITEM_ID))
                    .isEqualTo(onedrive.file("/many/" + i + ".bin").orElseThrow().id());
            assertThat(route.holds("/many/" + i + ".bin", SimulatedRoute.content(size))).isTrue();
        }
        assertThat(onedrive.requests(Step.TOKEN)).hasSize(1);
        assertThat(onedrive.requests(Step.CREATE_FOLDER)).hasSize(1);
        assertThat(onedrive.openSessions()).isEmpty();
    }

    @Test
    void dynamicEndpointsShareTheAccountAndLeaveNoThreadsBehind() throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:dynamic").toD("onedrive:offsite?folderPath=/f${header.number}&maxConcurrentUploads=2");
            }
        });
        for (int i = 0; i < 40; i++) {
            Exchange exchange = route.send("direct:dynamic", "content", Map.of("number", i, Exchange.FILE_NAME, "a.txt"));
            assertThat(exchange.getException()).isNull();
        }
        assertThat(onedrive.requests(Step.TOKEN)).hasSize(1);
        assertThat(onedrive.paths()).hasSize(40);
        Awaitility.await().atMost(20, TimeUnit.SECONDS).until(() -> threads("- OneDrive").isEmpty());
    }

    private static List<String> threads(String end) {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).filter(name -> name.endsWith(end)).toList();
    }

    @Test
    void optionsMayBePlaceholdersAndFunctionsOfVaultsAndRaw() throws Exception {
        Properties properties = new Properties();
        properties.putAll(Map.of("folder", "/from properties", "chunk", "640kB", "uploads", "3", "conflict", "rename", "secret",
                "a+b%&c{}=?"));
        try (SimulatedRoute own = new SimulatedRoute(onedrive, context -> {
            context.getPropertiesComponent().setInitialProperties(properties);
            context.getPropertiesComponent().addPropertiesFunction(new Vaults());
        })) {
            OneDriveConfiguration given = own.context().getEndpoint("onedrive:offsite?folderPath={{folder}}&chunkSize={{chunk}}"
                    + "&maxConcurrentUploads={{uploads}}&conflictBehavior={{conflict}}&clientSecret=RAW({{secret}})"
                    + "&clientId={{vault:onedrive/client-id}}&userId={{env:PATH}}&resume={{?absent}}", OneDriveEndpoint.class)
                    .getConfiguration();

            assertThat(given.getFolderPath()).isEqualTo("/from properties");
            assertThat(given.getChunkSize()).isEqualTo("640kB");
            assertThat(given.getMaxConcurrentUploads()).isEqualTo(3);
            assertThat(given.getConflictBehavior().name()).isEqualTo("rename");
            assertThat(given.getClientSecret()).isEqualTo("a+b%&c{}=?");
            assertThat(given.getClientId()).isEqualTo("secret of onedrive/client-id");
            assertThat(given.getUserId()).isEqualTo(System.getenv("PATH"));
            assertThat(given.isResume()).isTrue();
        }
    }

    /** As those of Camel's vaults. */
    private static final class Vaults implements PropertiesFunction {

        @Override
        public String getName() {
            return "vault";
        }

        @Override
        public String apply(String remainder) {
            return "secret of " + remainder;
        }
    }
}
