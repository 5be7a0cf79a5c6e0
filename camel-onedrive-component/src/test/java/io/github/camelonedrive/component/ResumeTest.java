package io.github.camelonedrive.component;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.credentials.MasterKey;
import io.github.camelonedrive.credentials.Vault;
import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.Step;
import io.github.camelonedrive.upload.UploadJournal;
import io.github.camelonedrive.upload.journal.FileUploadJournal;
import io.github.camelonedrive.upload.journal.SealedByVault;

import static org.assertj.core.api.Assertions.assertThat;

/** With a journal an upload that was broken off goes on where it was, and nothing that OneDrive has is sent again. */
class ResumeTest extends SimulatorTest {

    private static final int CHUNK = 320 * 1024;
    private static final int SIZE = 3 * CHUNK;
    private static final String IN_FRAGMENTS = "onedrive:offsite?simpleUploadLimit=0&chunkSize=320kB&maxRetries=1";

    @TempDir
    Path directory;

    private final CountDownLatch hold = new CountDownLatch(1);
    private UploadJournal journal;
    private Path file;

    @BeforeEach
    void useAJournal() throws IOException {
        Vault vault = Vault.create(directory.resolve("vault.json"), MasterKey.generate(directory.resolve("key")));
        journal = new FileUploadJournal(directory.resolve("journal"), new SealedByVault(vault.journalSealer()));
        route.component().getConfiguration().setUploadJournal(journal);
        file = SimulatedRoute.file(directory, "a.sql", SIZE);
    }

    @AfterEach
    void release() {
        hold.countDown();
    }

    @Test
    void whatAStopBrokeOffIsContinuedAfterTheRestart() throws Exception {
        stopInTheSecondFragment();
        assertThat(onedrive.openSessions()).hasSize(1);

        try (SimulatedRoute again = restarted()) {
            Exchange exchange = again.upload(IN_FRAGMENTS, "a.sql", file);

            assertThat(exchange.getMessage().getHeader(OneDriveConstants.RESUMED)).isEqualTo(true);
            assertThat(exchange.getMessage().getHeader(OneDriveConstants.BYTES_SENT, Long.class)).isEqualTo(SIZE - CHUNK);
        }
        assertThat(onedrive.createdSessions()).isEqualTo(1);
        assertThat(route.holds("/a.sql", SimulatedRoute.content(SIZE))).isTrue();
        assertThat(records()).isZero();
    }

    @Test
    void withoutAJournalAStopCancelsTheSession() throws Exception {
        route.component().getConfiguration().setResume(false);
        stopInTheSecondFragment();

        assertThat(onedrive.openSessions()).isEmpty();
        assertThat(records()).isZero();
    }

    @Test
    void aPassingFailureLeavesTheSessionToTheNextAttempt() throws Exception {
        onedrive.fault(Fault.on(Step.FRAGMENT).nth(2).answer(503).times(3));
        assertThat(send(Map.of()).getException()).isNotNull();
        assertThat(onedrive.openSessions()).hasSize(1);

        Exchange exchange = send(Map.of());

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getHeader(OneDriveConstants.RESUMED)).isEqualTo(true);
        assertThat(onedrive.createdSessions()).isEqualTo(1);
        assertThat(onedrive.openSessions()).isEmpty();
    }

    @Test
    void theLastAttemptCancelsItsSession() throws Exception {
        onedrive.fault(Fault.on(Step.FRAGMENT).nth(2).answer(503).times(3));

        assertThat(send(Map.of(OneDriveConstants.LAST_ATTEMPT, true)).getException()).isNotNull();

        assertThat(onedrive.openSessions()).isEmpty();
        assertThat(records()).isZero();
    }

    @Test
    void aFileThatOneDriveWillNeverTakeLeavesNoSession() throws Exception {
        onedrive.fault(Fault.on(Step.FRAGMENT).nth(2).answer(403).error("accessDenied", "Infected.", "virusSuspicious"));

        Exception failure = send(Map.of()).getException();

        assertThat(failure).isInstanceOfSatisfying(OneDriveException.class,
                ours -> assertThat(ours.kind()).isEqualTo(FailureKind.SOURCE));
        assertThat(onedrive.openSessions()).isEmpty();
        assertThat(records()).isZero();
    }

    @Test
    void aSessionWhoseFileIsGoneIsCancelledWhenTheProgramAsksForIt() throws Exception {
        stopInTheSecondFragment();
        Files.delete(file);

        try (SimulatedRoute again = restarted()) {
            again.context().getEndpoint(IN_FRAGMENTS, OneDriveEndpoint.class)
                    .cancelAbandonedUploads(new DefaultExchange(again.context()));
        }

        assertThat(onedrive.openSessions()).isEmpty();
        assertThat(records()).isZero();
    }

    private void stopInTheSecondFragment() throws Exception {
        onedrive.fault(Fault.on(Step.FRAGMENT).nth(2).stall(hold));
        CompletableFuture<Exchange> upload = route.context().createProducerTemplate().asyncSend(IN_FRAGMENTS, exchange -> {
            exchange.getMessage().setHeader(Exchange.FILE_NAME, "a.sql");
            exchange.getMessage().setBody(file);
        });
        Awaitility.await().until(() -> onedrive.requests(Step.FRAGMENT).size() == 2);
        route.component().stopOperations();
        assertThat(upload.get(20, TimeUnit.SECONDS).getException()).isInstanceOf(OperationStoppedException.class);
    }

    private SimulatedRoute restarted() {
        SimulatedRoute again = new SimulatedRoute(onedrive);
        again.component().getConfiguration().setUploadJournal(journal);
        return again;
    }

    private Exchange send(Map<String, Object> properties) throws IOException {
        try (var template = route.context().createProducerTemplate()) {
            return template.send(IN_FRAGMENTS, exchange -> {
                properties.forEach(exchange::setProperty);
                exchange.getMessage().setHeader(Exchange.FILE_NAME, "a.sql");
                exchange.getMessage().setBody(file);
            });
        }
    }

    private long records() throws IOException {
        return records(directory.resolve("journal"));
    }

    static long records(Path journal) throws IOException {
        if (Files.notExists(journal)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(journal)) {
            return files.filter(entry -> entry.toString().endsWith(".upload")).count();
        }
    }
}
