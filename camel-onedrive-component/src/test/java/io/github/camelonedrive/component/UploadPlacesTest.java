package io.github.camelonedrive.component;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelonedrive.credentials.MasterKey;
import io.github.camelonedrive.credentials.Vault;
import io.github.camelonedrive.graph.GraphException;
import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.RecordedRequest;
import io.github.camelonedrive.simulator.Step;
import io.github.camelonedrive.upload.FileSource;
import io.github.camelonedrive.upload.UploadReceipts;
import io.github.camelonedrive.upload.UploadReceipts.Attempt;
import io.github.camelonedrive.upload.UploadResult;
import io.github.camelonedrive.upload.UploadSource;
import io.github.camelonedrive.upload.UploadableFile;
import io.github.camelonedrive.upload.journal.FileUploadJournal;
import io.github.camelonedrive.upload.journal.SealedByVault;

import static org.assertj.core.api.Assertions.assertThat;

/** What an exchange says of the places that it was to reach, however the route handles failures. */
class UploadPlacesTest extends SimulatorTest {

    private static final int SMALL = 1000;
    private static final int LARGE = 5_000_000;

    @TempDir
    Path directory;

    private final UploadReceipts receipts = new UploadReceipts();

    @BeforeEach
    void useAJournal() throws Exception {
        Vault vault = Vault.create(directory.resolve("vault.json"), MasterKey.generate(directory.resolve("key")));
        route.component().getConfiguration().setUploadJournal(
                new FileUploadJournal(directory.resolve("journal"), new SealedByVault(vault.journalSealer())));
        route.component().getConfiguration().setMaxRetries(0);
    }

    private Exchange send(Object body) {
        return send("direct:in", body, receipts);
    }

    private Exchange send(String uri, Object body, UploadReceipts own) {
        try (var template = route.context().createProducerTemplate()) {
            return template.send(uri, exchange -> {
                exchange.setProperty(OneDriveConstants.UPLOAD_RECEIPT, own);
                exchange.getMessage().setBody(body);
                exchange.getMessage().setHeader(Exchange.FILE_NAME, "a.sql");
            });
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void routes(RouteBuilder routes) throws Exception {
        route.context().addRoutes(routes);
    }

    private long contentBytes(String path) {
        return onedrive.requests().stream().filter(request -> request.itemPath().equals(path))
                .filter(request -> request.step() == Step.SIMPLE_UPLOAD || request.step() == Step.FRAGMENT)
                .mapToLong(RecordedRequest::bodyLength).sum();
    }

    @Test
    void secondStepFails_retry_sendsNothingToTheFirst() throws Exception {
        for (int size : new int[] {SMALL, LARGE}) {
            onedrive.clearJournal();
            String name = "direct:in" + size;
            routes(new RouteBuilder() {
                @Override
                public void configure() {
                    from(name).to("onedrive:offsite?folderPath=/one").to("onedrive:offsite?folderPath=/two");
                }
            });
            Path file = SimulatedRoute.file(directory, "a.sql", size);
            UploadReceipts first = new UploadReceipts();
            onedrive.fault(Fault.on(size == SMALL ? Step.SIMPLE_UPLOAD : Step.CREATE_SESSION).path("/two/a.sql")
                    .answer(507).error("quotaLimitReached"));
            Exchange failed = send(name, file, first);
            assertThat(failed.getException()).isNotNull();
            assertThat(first.proven()).hasSize(1);
            assertThat(first.unproven()).singleElement().satisfies(attempt -> {
                assertThat(attempt.place().target()).hasToString("/two/a.sql");
                assertThat(attempt.failure()).containsInstanceOf(GraphException.QuotaExceeded.class);
            });
            assertThat(contentBytes("/one/a.sql")).isEqualTo(size);
            onedrive.clearJournal();

            UploadReceipts second = new UploadReceipts();
            assertThat(send(name, file, second).getException()).isNull();

            assertThat(second.proven()).extracting(result -> result.item().path().orElseThrow().toString())
                    .containsExactly("/one/a.sql", "/two/a.sql");
            assertThat(second.proven()).extracting(UploadResult::bytesSent).containsExactly(0L, (long) size);
            assertThat(second.unproven()).isEmpty();
            assertThat(contentBytes("/one/a.sql")).isZero();
            assertThat(contentBytes("/two/a.sql")).isEqualTo(size);
            second.settle();
        }
    }

    @Test
    void failureThatTheRouteCatches_isSeen() throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to("onedrive:offsite?folderPath=/one")
                        .doTry().to("onedrive:offsite?folderPath=/two").doCatch(Exception.class).end();
            }
        });
        onedrive.fault(Fault.on(Step.SIMPLE_UPLOAD).path("/two/a.sql").answer(507).error("quotaLimitReached"));

        assertThat(send(SimulatedRoute.file(directory, "a.sql", SMALL)).getException()).isNull();

        assertThat(receipts.proven()).hasSize(1);
        assertThat(receipts.unproven()).extracting(attempt -> attempt.place().target().toString())
                .containsExactly("/two/a.sql");
    }

    @Test
    void failureBeforeTheTargetIsKnown_isSeen() throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to("onedrive:offsite?folderPath=/one")
                        .doTry().setHeader(Exchange.FILE_NAME, constant("a?b.sql")).to("onedrive:offsite?folderPath=/two")
                        .doCatch(Exception.class).end();
            }
        });

        assertThat(send(SimulatedRoute.file(directory, "a.sql", SMALL)).getException()).isNull();

        assertThat(receipts.proven()).hasSize(1);
        assertThat(receipts.unproven()).singleElement().satisfies(attempt -> {
            assertThat(attempt.place().destination()).isEqualTo("offsite");
            assertThat(attempt.failure()).isPresent();
        });
    }

    @Test
    void redelivery_overwritesTheFailure() throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").errorHandler(defaultErrorHandler().maximumRedeliveries(2).redeliveryDelay(0))
                        .to("onedrive:offsite");
            }
        });
        onedrive.fault(Fault.on(Step.SIMPLE_UPLOAD).answer(507).error("quotaLimitReached"));

        assertThat(send(SimulatedRoute.file(directory, "a.sql", SMALL)).getException()).isNull();

        assertThat(receipts.unproven()).isEmpty();
        assertThat(receipts.proven()).hasSize(1);
    }

    @Test
    void multicast_collectsAllPlaces() throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").multicast().parallelProcessing().to("onedrive:offsite?folderPath=/one",
                        "onedrive:offsite?folderPath=/two", "onedrive:offsite?folderPath=/three").end();
            }
        });
        onedrive.fault(Fault.on(Step.SIMPLE_UPLOAD).path("/two/a.sql").answer(507).error("quotaLimitReached"));

        send(SimulatedRoute.file(directory, "a.sql", SMALL));

        assertThat(receipts.attempts()).extracting(Attempt::place).extracting(place -> place.target().toString())
                .containsExactlyInAnyOrder("/one/a.sql", "/two/a.sql", "/three/a.sql");
        assertThat(receipts.proven()).hasSize(2);
        assertThat(receipts.unproven()).hasSize(1);
    }

    @Test
    void resultNamesTheFileThatWasRead() throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to("onedrive:offsite?folderPath=/one").setBody(constant("oops"))
                        .to("onedrive:offsite?folderPath=/two");
            }
        });
        Path file = SimulatedRoute.file(directory, "a.sql", SMALL);

        Instant modified = Files.getLastModifiedTime(file).toInstant();

        send(file);

        UploadResult ofFile = receipts.proven().get(0);
        assertThat(ofFile.source()).hasValueSatisfying(source -> {
            assertThat(source.path()).isEqualTo(file);
            assertThat(source.size()).isEqualTo(SMALL);
            assertThat(source.modified()).isEqualTo(modified);
        });
        assertThat(receipts.proven().get(1).source()).as("a text is no file").isEmpty();
    }

    @Test
    void bodyThatOpensItself_isAskedTo() throws Exception {
        routes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to("onedrive:offsite");
            }
        });
        Path file = SimulatedRoute.file(directory, "opened.sql", SMALL);
        Path other = SimulatedRoute.file(directory, "named.sql", 10);

        Exchange exchange = send(new OwnFile(other, file));

        assertThat(exchange.getException()).isNull();
        assertThat(route.holds("/a.sql", SimulatedRoute.content(SMALL))).isTrue();
        assertThat(receipts.proven().get(0).source().orElseThrow().path()).isEqualTo(file);
    }

    /** As a program's file body may be: Camel's own kind of file, which would be opened by its name. */
    private static final class OwnFile extends org.apache.camel.component.file.GenericFile<java.io.File>
            implements UploadableFile {

        private final Path opened;

        OwnFile(Path named, Path opened) {
            setFile(named.toFile());
            this.opened = opened;
        }

        @Override
        public UploadSource openSource() throws IOException {
            return FileSource.open(opened);
        }
    }
}
