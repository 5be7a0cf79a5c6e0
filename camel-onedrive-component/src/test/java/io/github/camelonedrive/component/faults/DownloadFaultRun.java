package io.github.camelonedrive.component.faults;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.camel.Exchange;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.graph.GraphException;
import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.OneDriveSimulator;
import io.github.camelonedrive.simulator.Step;

import static org.assertj.core.api.Assertions.assertThat;

/** One download that meets one fault, into a file or as a stream, and everything that has to hold afterwards. */
final class DownloadFaultRun {

    private static final byte[] OLD = content(10, 1);
    private static final byte[] CONTENT = content(30_000, 2);
    private static final byte[] OTHER = content(30_000, 3);
    private static final int CUT = 10_000;

    /** Ten retries, each with a look-up, and what leads there. */
    private static final int MOST_REQUESTS = 80;
    private static final int MOST_TRIES = 11;

    private final Bench bench;
    private final OneDriveSimulator onedrive;
    private final DownloadFaultTable.Row row;
    private final boolean passing;
    private final boolean intoFile;
    private final Path file;
    private final String item;
    private final AtomicBoolean active = new AtomicBoolean(true);

    DownloadFaultRun(Bench bench, DownloadFaultTable.Row row, boolean passing, boolean intoFile, Path directory) {
        this.bench = bench;
        this.onedrive = bench.simulator();
        this.row = row;
        this.passing = passing;
        this.intoFile = intoFile;
        this.item = bench.fresh() + "/dump.sql";
        this.file = directory.resolve(item.replace('/', '_'));
    }

    private static byte[] content(int size, int seed) {
        byte[] content = new byte[size];
        new Random(seed).nextBytes(content);
        return content;
    }

    Instant now() {
        return bench.time().now();
    }

    void replaceItem() {
        onedrive.putFile(item, OTHER);
    }

    void deleteItem() {
        if (onedrive.file(item).isPresent()) {
            onedrive.delete(item);
        }
    }

    void run() throws IOException {
        onedrive.putFile(item, CONTENT);
        Files.write(file, OLD);
        leadThere();
        AtomicInteger met = injectFault();

        Exchange exchange = download();

        DownloadOutcome outcome = passing ? row.passing() : row.lasting();
        assertThat(met).as("the fault was met").hasPositiveValue();
        if (outcome == DownloadOutcome.OK) {
            assertThat(exchange.getException()).isNull();
            assertThat(result(exchange)).isEqualTo(CONTENT);
        } else {
            checkFailure(exchange.getException(), outcome);
            assertThat(file).as("the whole old content").hasBinaryContent(OLD);
        }
        checkEffort(met.get());
        assertThat(onedrive.violations()).as("protocol violations").isEmpty();
        checkTheNextTime();
    }

    /** Some steps are taken only when the connection broke in the content. */
    private void leadThere() {
        if (row.place().isAfterACut()) {
            onedrive.fault(Fault.on(Step.CONTENT).when(request -> active.get()).cutAnswerAfter(CUT));
        }
    }

    private AtomicInteger injectFault() {
        int times = passing ? row.trouble().passesAfter() : row.trouble().lastsFor();
        if (row.trouble().isBeforeTheService()) {
            return bench.refuse((method, target, range) -> row.place().isHere(method, target, range), times);
        }
        AtomicInteger met = new AtomicInteger();
        Fault fault = row.place().fault().times(times).when(request -> active.get() && met.incrementAndGet() > 0);
        onedrive.fault(row.trouble().apply(fault, this));
        return met;
    }

    private Exchange download() {
        String options = intoFile ? "&localFile=" + file : "";
        return bench.download(item, row.trouble().isStall()
                ? options + "&maxRetries=2&responseTimeout=" + Bench.STALLED : options);
    }

    private byte[] result(Exchange exchange) throws IOException {
        return intoFile ? Files.readAllBytes(file) : exchange.getMessage().getBody(byte[].class);
    }

    private void checkFailure(Exception failure, DownloadOutcome outcome) {
        assertThat(failure).as(outcome.meaning()).isInstanceOf(outcome.type());
        assertThat(FaultRun.kindOf(failure)).isEqualTo(outcome.type());
        OneDriveException known = (OneDriveException) failure;
        assertThat(known.kind()).isEqualTo(outcome.kind());
        assertThat(known.remedy()).isNotEmpty();
        assertThat(known.problem()).contains("offsite");
        if (outcome.tellsAnswer()) {
            GraphException answered = answer(known).orElseThrow(() -> new AssertionError("No answer is told", known));
            assertThat(row.trouble().status() == 0 ? answered.status() : row.trouble().status()).isEqualTo(answered.status());
            assertThat(known.problem()).contains(answered.requestId()).contains(String.valueOf(answered.status()));
        }
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text, true));
        assertThat(text.toString()).doesNotContain("tempauth", onedrive.refreshToken());
    }

    private static Optional<GraphException> answer(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof GraphException answered) {
                return Optional.of(answered);
            }
        }
        return Optional.empty();
    }

    private void checkEffort(int met) {
        if (row.failsAtOnce() && row.trouble() != DownloadTrouble.DELETED) {
            assertThat(met).as("tries of what is useless to try again").isEqualTo(1);
        }
        if (!passing && row.lasting() != DownloadOutcome.OK && row.trouble() != DownloadTrouble.TRUNCATED) {
            assertThat(met).as("tries").isLessThanOrEqualTo(MOST_TRIES);
        }
        assertThat(onedrive.requests()).as("all requests").hasSizeLessThanOrEqualTo(MOST_REQUESTS);
    }

    /** Whatever was left behind, the next download to the same file is fine and leaves nothing. */
    private void checkTheNextTime() throws IOException {
        active.set(false);
        bench.recover();
        if (intoFile && !row.trouble().changesTheItem()) {
            Exchange exchange = download();
            assertThat(exchange.getException()).as("the next time").isNull();
            assertThat(file).hasBinaryContent(CONTENT);
            try (var files = Files.list(file.getParent())) {
                assertThat(files.filter(left -> left.toString().contains(file.getFileName().toString()))).containsExactly(file);
            }
        }
        Files.delete(file);
    }
}
