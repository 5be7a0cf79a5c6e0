package io.github.camelonedrive.component;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelonedrive.credentials.MasterKey;
import io.github.camelonedrive.credentials.Vault;
import io.github.camelonedrive.simulator.Step;
import io.github.camelonedrive.upload.UploadReceipts;
import io.github.camelonedrive.upload.journal.FileUploadJournal;
import io.github.camelonedrive.upload.journal.SealedByVault;

import static org.assertj.core.api.Assertions.assertThat;

/** The journal's record of a proven upload lasts until the file is put away, whoever does that. */
class ReceiptTest extends SimulatorTest {

    private static final int SIZE = 1000;
    private static final String BROKEN = "broken";

    @TempDir
    Path directory;

    private final AtomicBoolean broken = new AtomicBoolean();
    private final List<Long> recordsSeen = Collections.synchronizedList(new ArrayList<>());
    private Path drop;

    @BeforeEach
    void useAJournal() throws Exception {
        Vault vault = Vault.create(directory.resolve("vault.json"), MasterKey.generate(directory.resolve("key")));
        route.component().getConfiguration()
                .setUploadJournal(new FileUploadJournal(journal(), new SealedByVault(vault.journalSealer())));
        drop = Files.createDirectory(directory.resolve("drop"));
    }

    private Path journal() {
        return directory.resolve("journal");
    }

    private void routes(RouteBuilder routes) throws Exception {
        route.context().addRoutes(routes);
    }

    private void look(Exchange exchange) throws IOException {
        recordsSeen.add(ResumeTest.records(journal()));
        if (broken.get()) {
            throw new IllegalStateException(BROKEN);
        }
    }

    @Test
    void aFailureFurtherDownTheRouteDoesNotLeadToASecondUpload() throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to("onedrive:offsite?conflictBehavior=rename").process(exchange -> look(exchange));
            }
        });
        Path file = SimulatedRoute.file(drop, "a.sql", SIZE);
        broken.set(true);
        assertThat(send("direct:in", file).getException()).hasMessage(BROKEN);
        assertThat(ResumeTest.records(journal())).isEqualTo(1);

        broken.set(false);
        Exchange again = send("direct:in", file);

        assertThat(again.getException()).isNull();
        assertThat(again.getMessage().getHeader(OneDriveConstants.RESUMED)).isEqualTo(true);
        assertThat(again.getMessage().getHeader(OneDriveConstants.BYTES_SENT)).isEqualTo(0L);
        assertThat(onedrive.requests(Step.SIMPLE_UPLOAD)).hasSize(1);
        assertThat(onedrive.paths()).containsExactly("/a.sql");
        assertThat(ResumeTest.records(journal())).isZero();
    }

    @Test
    void theFileConsumerMovesTheFileBeforeTheRecordGoes() throws Exception {
        Path done = drop.resolve(".done/a.sql");
        List<Boolean> movedBefore = Collections.synchronizedList(new ArrayList<>());
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("file:" + drop + "?move=.done&initialDelay=0&delay=100").to("onedrive:offsite")
                        .process(exchange -> exchange.getProperty(OneDriveConstants.UPLOAD_RECEIPT, UploadReceipts.class)
                                .add(() -> movedBefore.add(Files.exists(done))))
                        .process(exchange -> look(exchange));
            }
        });
        SimulatedRoute.file(drop, "a.sql", SIZE);

        Awaitility.await().until(() -> !movedBefore.isEmpty());

        assertThat(movedBefore).containsExactly(true);
        assertThat(recordsSeen).containsExactly(1L);
        Awaitility.await().untilAsserted(() -> assertThat(ResumeTest.records(journal())).isZero());
    }

    @Test
    void whoPutsHisOwnReceiptsOnTheExchangeSettlesThemHimself() throws Exception {
        UploadReceipts own = new UploadReceipts();
        try (var template = route.context().createProducerTemplate()) {
            Exchange exchange = template.send("onedrive:offsite", outgoing -> {
                outgoing.setProperty(OneDriveConstants.UPLOAD_RECEIPT, own);
                outgoing.getMessage().setHeader(Exchange.FILE_NAME, "a.sql");
                outgoing.getMessage().setBody(SimulatedRoute.file(drop, "a.sql", SIZE));
            });
            assertThat(exchange.getException()).isNull();
        }
        assertThat(ResumeTest.records(journal())).isEqualTo(1);

        own.settle();

        assertThat(ResumeTest.records(journal())).isZero();
    }

    @Test
    void whoTakesTheReceiptsAwaySettlesThemHimself() throws Exception {
        List<UploadReceipts> taken = new ArrayList<>();
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to("onedrive:offsite").process(exchange -> taken
                        .add((UploadReceipts) exchange.removeProperty(OneDriveConstants.UPLOAD_RECEIPT)));
            }
        });
        send("direct:in", SimulatedRoute.file(drop, "a.sql", SIZE));
        assertThat(ResumeTest.records(journal())).isEqualTo(1);

        taken.get(0).settle();

        assertThat(ResumeTest.records(journal())).isZero();
    }

    @Test
    void anExchangeThatIsHandedOverTakesItsRecordsAlong() throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to("onedrive:offsite").to("seda:later");
                from("seda:later").process(exchange -> look(exchange));
            }
        });
        broken.set(true);
        assertThat(send("direct:in", SimulatedRoute.file(drop, "a.sql", SIZE)).getException()).isNull();
        Awaitility.await().until(() -> recordsSeen.size() == 1);
        awaitIdle();
        assertThat(ResumeTest.records(journal())).as("the failure happened after the handover").isEqualTo(1);

        broken.set(false);
        send("direct:in", drop.resolve("a.sql"));

        Awaitility.await().untilAsserted(() -> assertThat(ResumeTest.records(journal())).isZero());
        assertThat(recordsSeen).containsExactly(1L, 1L);
        assertThat(onedrive.requests(Step.SIMPLE_UPLOAD)).hasSize(1);
    }

    @Test
    void ofSeveralUploadsInARouteNoneIsForgottenEarlyAndNoneStays() throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to("onedrive:offsite?folderPath=/one").to("onedrive:offsite?folderPath=/two")
                        .multicast().to("onedrive:offsite?folderPath=/three", "onedrive:offsite?folderPath=/four").end()
                        .process(exchange -> look(exchange))
                        .wireTap("onedrive:offsite?folderPath=/tapped").end();
            }
        });
        send("direct:in", SimulatedRoute.file(drop, "a.sql", SIZE));
        Awaitility.await().until(() -> onedrive.paths().size() == 5);
        awaitIdle();

        assertThat(recordsSeen).containsExactly(4L);
        assertThat(ResumeTest.records(journal())).isZero();
    }

    private void awaitIdle() {
        Awaitility.await().until(() -> route.context().getInflightRepository().size() == 0);
    }

    private Exchange send(String uri, Path file) {
        return route.send(uri, file, Map.of(Exchange.FILE_NAME, "a.sql"));
    }
}
