package io.github.camelonedrive.backup.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.backup.UploadResults;
import io.github.camelonedrive.upload.UploadReceipts;
import io.github.camelonedrive.upload.Verdict;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class DumpProcessStrategyTest {

    @TempDir
    private Path directory;

    private WatchFixture fixture;

    @BeforeEach
    void open() throws Exception {
        fixture = new WatchFixture(directory).open();
    }

    @Test
    void aProvenDumpIsMovedToDoneAndKeepsItsSubDirectory() throws Exception {
        Path dump = fixture.dump("2026/nov/a.sql", "content");
        Exchange exchange = take(dump);
        fixture.commit(dump, exchange, UploadResults.proven(7));
        assertThat(dump).doesNotExist();
        assertThat(fixture.drop.resolve(".done/2026/nov/a.sql")).hasContent("content");
        assertThat(fixture.last(DumpEvent.Done.class).file()).isEqualTo(Path.of("2026/nov/a.sql"));
    }

    @Test
    void aTakenNameInDoneGetsATimeStampBeforeTheExtension() throws Exception {
        fixture.dump(".done/a.sql.gz", "yesterday");
        Path dump = fixture.dump("a.sql.gz", "today");
        fixture.commit(dump, take(dump), UploadResults.proven(5));
        assertThat(fixture.drop.resolve(".done/a.sql.gz")).hasContent("yesterday");
        assertThat(fixture.drop.resolve(".done/a-20261122T030010000.sql.gz")).hasContent("today");
    }

    @ParameterizedTest
    @EnumSource(value = Verdict.class, names = {"SIZE", "NONE"})
    void withoutAProofNothingIsMoved(Verdict verdict) throws Exception {
        Path dump = fixture.dump("a.sql", "content");
        fixture.commit(dump, take(dump), UploadResults.result(7, verdict));
        assertThat(dump).exists();
        assertThat(fixture.last(DumpEvent.Postponed.class).failure()).hasMessageContaining("without a proof");
    }

    @Test
    void aRouteThatNeverUploadedIsNoProof() throws Exception {
        Path dump = fixture.dump("a.sql", "content");
        fixture.commit(dump, take(dump), null);
        assertThat(dump).exists();
        assertThat(fixture.last(DumpEvent.Postponed.class).uploaded()).isFalse();
    }

    @Test
    void aDumpThatChangedMeanwhileStaysAndIsTakenAgainWhenItStandsStill() throws Exception {
        Path dump = fixture.dump("a.sql", "content");
        Exchange exchange = take(dump);
        Files.writeString(dump, "CONTENT, but longer");
        fixture.commit(dump, exchange, UploadResults.proven(7));
        assertThat(dump).hasContent("CONTENT, but longer");
        fixture.last(DumpEvent.Changed.class);
        assertThat(fixture.settle(dump)).isTrue();
        assertThat(fixture.begin(dump)).isPresent();
    }

    @Test
    void aDumpSwappedForAnotherOneAndBackDoesNotCount() throws Exception {
        Path dump = fixture.dump("a.sql", "content");
        Exchange exchange = take(dump);
        Path aside = Files.move(dump, directory.resolve("aside"));
        Files.createSymbolicLink(dump, Files.writeString(directory.resolve("secret"), "secret"));
        Files.delete(dump);
        Files.move(aside, dump);
        fixture.commit(dump, exchange, UploadResults.proven(7));
        assertThat(dump).exists();
        fixture.last(DumpEvent.Changed.class);
    }

    @Test
    void whatChangedBetweenPollAndTakingIsNotTaken() throws Exception {
        Path dump = fixture.dump("a.sql", "content");
        assertThat(fixture.settle(dump)).isTrue();
        Files.writeString(dump, "longer content");
        assertThat(fixture.begin(dump)).isEmpty();
    }

    @Test
    void aProvenDumpThatCannotBeMovedIsNotUploadedAgain() throws Exception {
        Path dump = fixture.dump("a.sql", "content");
        Exchange exchange = take(dump);
        Path done = fixture.drop.resolve(".done");
        Files.delete(done);
        Files.createSymbolicLink(done, directory);
        fixture.commit(dump, exchange, UploadResults.proven(7));
        assertThat(dump).exists();
        assertThat(directory.resolve("a.sql")).doesNotExist();
        DumpEvent.Postponed postponed = fixture.last(DumpEvent.Postponed.class);
        assertThat(postponed.uploaded()).isTrue();
        assertThat(fixture.poll(dump)).isFalse();

        Files.delete(done);
        fixture.pass(RetrySchedule.FIRST);
        assertThat(fixture.poll(dump)).isTrue();
        assertThat(fixture.begin(dump)).isEmpty();
        assertThat(done.resolve("a.sql")).hasContent("content");
        fixture.last(DumpEvent.Done.class);
    }

    @Test
    void theRecordInTheJournalGoesWhenTheDumpWasMovedAndNotEarlier() throws Exception {
        Path dump = fixture.dump("a.sql", "content");
        Exchange exchange = take(dump);
        List<Boolean> there = uploaded(exchange, dump);
        Path done = fixture.drop.resolve(".done");
        Files.delete(done);
        Files.createSymbolicLink(done, directory);
        fixture.commit(dump, exchange, UploadResults.proven(7));
        assertThat(there).as("the dump could not be moved").isEmpty();

        Files.delete(done);
        fixture.pass(RetrySchedule.FIRST);
        fixture.poll(dump);
        fixture.begin(dump);
        assertThat(there).as("the dump was moved at a later poll").containsExactly(false);
    }

    @Test
    void theRecordStaysForTheNextAttemptWhenTheRouteFails() throws Exception {
        Path dump = fixture.dump("a.sql", "content");
        Exchange exchange = take(dump);
        List<Boolean> there = uploaded(exchange, dump);
        fixture.rollback(dump, exchange, WatchFixture.failure(FailureKind.SERVICE));
        assertThat(there).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"vanished", "changed", "set aside", "vanished while the move is tried again"})
    void theRecordGoesWithADumpThatNobodyWillUploadAgain(String how) throws Exception {
        Path dump = fixture.dump("a.sql", "content");
        Exchange exchange = take(dump);
        List<Boolean> there = uploaded(exchange, dump);
        switch (how) {
            case "vanished" -> {
                Files.delete(dump);
                fixture.commit(dump, exchange, UploadResults.proven(7));
            }
            case "changed" -> {
                Files.writeString(dump, "other content");
                fixture.commit(dump, exchange, UploadResults.proven(7));
            }
            case "set aside" -> fixture.rollback(dump, exchange, WatchFixture.failure(FailureKind.SOURCE));
            default -> {
                Files.delete(fixture.drop.resolve(".done"));
                Files.writeString(fixture.drop.resolve(".done"), "in the way");
                fixture.commit(dump, exchange, UploadResults.proven(7));
                assertThat(there).isEmpty();
                Files.delete(dump);
                fixture.pass(Duration.ofMinutes(2));
                fixture.poll(fixture.dump("another.sql", ""));
            }
        }
        assertThat(there).hasSize(1);
    }

    // What the component does on the way; tells later whether the dump was still there when the record went.
    private static List<Boolean> uploaded(Exchange exchange, Path dump) throws Exception {
        List<Boolean> there = new ArrayList<>();
        exchange.getProperty(DumpProcessStrategy.UPLOAD_RECEIPT, UploadReceipts.class).add(() -> there.add(Files.exists(dump)));
        return there;
    }

    @Test
    void aDumpAtFaultIsSetAsideWithTheReason() throws Exception {
        fixture.dump(".failed/a.sql", "an older one");
        Path dump = fixture.dump("a.sql", "content");
        fixture.rollback(dump, take(dump), WatchFixture.failure(FailureKind.SOURCE));
        Path moved = fixture.last(DumpEvent.SetAside.class).movedTo();
        assertThat(moved).hasContent("content").hasFileName("a-20261122T030010000.sql");
        JsonNode report = new ObjectMapper().readTree(moved.resolveSibling(moved.getFileName() + ".error.json").toFile());
        assertThat(report.get("file").asText()).isEqualTo("a.sql");
        assertThat(report.get("size").asLong()).isEqualTo(7);
        assertThat(report.get("kind").asText()).isEqualTo("source");
        assertThat(report.get("problem").asText()).isEqualTo("It went wrong.");
        assertThat(report.get("remedy").asText()).isEqualTo("Do something.");
        assertThat(report.get("time").asText()).isEqualTo("2026-11-22T03:00:10Z");
        assertThat(fixture.drop.resolve(".failed/a.sql")).hasContent("an older one");
    }

    @Test
    void aDumpAtFaultThatCannotBeSetAsideStaysAndBothReasonsAreTold() throws Exception {
        Path dump = fixture.dump("a.sql", "content");
        Exchange exchange = take(dump);
        Path failed = fixture.drop.resolve(".failed");
        Files.delete(failed);
        Files.writeString(failed, "in the way");
        fixture.rollback(dump, exchange, WatchFixture.failure(FailureKind.SOURCE));
        assertThat(dump).exists();
        assertThat(fixture.last(DumpEvent.Postponed.class).failure()).hasMessageContaining("It went wrong.")
                .hasMessageContaining(".failed is a link or a file");
        Files.delete(failed);
        fixture.pass(RetrySchedule.FIRST);
        fixture.poll(dump);
        fixture.rollback(dump, fixture.begin(dump).orElseThrow(), WatchFixture.failure(FailureKind.SOURCE));
        assertThat(failed.resolve("a.sql")).exists();
    }

    @ParameterizedTest
    @EnumSource(value = FailureKind.class, mode = EnumSource.Mode.EXCLUDE, names = "SOURCE")
    void troubleThatIsNotTheDumpsOwnLeavesItAndTriesAgainLaterAndLater(FailureKind kind) throws Exception {
        Path dump = fixture.dump("a.sql", "content");
        fixture.settle(dump);
        Duration last = Duration.ZERO;
        for (int attempt = 1; attempt <= 12; attempt++) {
            Exchange exchange = fixture.begin(dump).orElseThrow();
            fixture.rollback(dump, exchange, WatchFixture.failure(kind));
            DumpEvent.Postponed postponed = fixture.last(DumpEvent.Postponed.class);
            assertThat(postponed.attempt()).isEqualTo(attempt);
            Duration delay = Duration.between(fixture.now, postponed.next());
            assertThat(delay).isGreaterThanOrEqualTo(last).isLessThanOrEqualTo(RetrySchedule.LONGEST);
            last = delay;
            fixture.pass(delay.minusMillis(1));
            assertThat(fixture.poll(dump)).isFalse();
            fixture.pass(Duration.ofMillis(1));
            assertThat(fixture.poll(dump)).isTrue();
        }
        assertThat(last).isEqualTo(RetrySchedule.LONGEST);
        assertThat(dump).hasContent("content");
        assertThat(fixture.drop.resolve(".failed")).isEmptyDirectory();
    }

    @Test
    void aFailureNobodyKnowsLeavesTheDump() throws Exception {
        Path dump = fixture.dump("a.sql", "content");
        fixture.rollback(dump, take(dump), new IllegalStateException(new IOException("unheard of")));
        assertThat(dump).exists();
        fixture.last(DumpEvent.Postponed.class);
    }

    @Test
    void aDumpThatSomebodyRemovedIsForgotten() throws Exception {
        Path dump = fixture.dump("a.sql", "content");
        Exchange exchange = take(dump);
        Files.delete(dump);
        fixture.rollback(dump, exchange, WatchFixture.failure(FailureKind.SERVICE));
        fixture.last(DumpEvent.Vanished.class);
    }

    @Test
    void tomorrowsDumpOfTheSameNameIsANewOne() throws Exception {
        for (String content : List.of("today", "tomorrow")) {
            Path dump = fixture.dump("mysql.sql", content);
            fixture.commit(dump, take(dump), UploadResults.proven(content.length()));
            assertThat(dump).doesNotExist();
        }
        assertThat(fixture.events.stream().filter(DumpEvent.Done.class::isInstance)).hasSize(2);
    }

    @Test
    void noMoreThanALimitAreUnderWayAtATime() throws Exception {
        List<Path> dumps = new ArrayList<>();
        for (int number = 0; number <= DumpProcessStrategy.MOST_UNDER_WAY; number++) {
            dumps.add(fixture.dump(number + ".sql", "content"));
        }
        dumps.forEach(fixture::poll);
        fixture.pass(Duration.ofSeconds(10));
        Exchange first = take(dumps.get(0));
        for (Path dump : dumps.subList(1, DumpProcessStrategy.MOST_UNDER_WAY)) {
            take(dump);
        }
        Path oneTooMany = dumps.get(DumpProcessStrategy.MOST_UNDER_WAY);
        fixture.poll(oneTooMany);
        assertThat(fixture.begin(oneTooMany)).isEmpty();
        fixture.commit(dumps.get(0), first, UploadResults.proven(7));
        assertThat(fixture.begin(oneTooMany)).isPresent();
    }

    @Test
    void aDumpThatIsUnderWayIsNotTakenASecondTime() throws Exception {
        Path dump = fixture.dump("a.sql", "content");
        Exchange exchange = take(dump);
        assertThat(fixture.begin(dump)).isEmpty();
        fixture.rollback(dump, exchange, WatchFixture.failure(FailureKind.SERVICE));
        fixture.pass(RetrySchedule.FIRST);
        assertThat(fixture.begin(dump)).isPresent();
    }

    @Test
    void deleteAfterZeroDeletesAndLongerKeepsUntilItsTime() throws Exception {
        fixture.open(null, null, false, Duration.ZERO);
        Path brief = fixture.dump("brief.sql", "content");
        fixture.commit(brief, take(brief), UploadResults.proven(7));
        assertThat(fixture.drop.resolve(".done")).isEmptyDirectory();
        assertThat(fixture.last(DumpEvent.Done.class).movedTo()).isEmpty();

        fixture.now = Instant.now();
        fixture.open(null, null, false, Duration.ofDays(7));
        Path kept = fixture.dump("sub/kept.sql", "content");
        fixture.commit(kept, take(kept), UploadResults.proven(7));
        fixture.pass(Duration.ofDays(6));
        fixture.watch().sweep();
        assertThat(fixture.drop.resolve(".done/sub/kept.sql")).exists();
        fixture.pass(Duration.ofDays(2));
        fixture.watch().sweep();
        assertThat(fixture.drop.resolve(".done/sub/kept.sql")).doesNotExist();
    }

    private Exchange take(Path dump) throws Exception {
        fixture.settle(dump);
        Optional<Exchange> exchange = fixture.begin(dump);
        assertThat(exchange).as("%s was taken", dump).isPresent();
        return exchange.get();
    }
}
