package io.github.camelonedrive.backup.watch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.backup.UploadResults;
import io.github.camelonedrive.backup.catalogue.CatalogueEntry;
import io.github.camelonedrive.backup.catalogue.Event;
import io.github.camelonedrive.backup.catalogue.HeldReason;
import io.github.camelonedrive.backup.catalogue.RecordUnreadableException;
import io.github.camelonedrive.backup.settings.WatchSettings.Content;
import io.github.camelonedrive.backup.trouble.TroubleKind;
import io.github.camelonedrive.upload.BytesSource;
import io.github.camelonedrive.upload.ProvenUpload;
import io.github.camelonedrive.upload.UploadKey;
import io.github.camelonedrive.upload.UploadReceipt;
import io.github.camelonedrive.upload.UploadReceipts;
import io.github.camelonedrive.upload.Verdict;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What becomes of a dump when its exchange has ended. */
class DumpCompletionTest {

    @TempDir
    private Path directory;

    private WatchFixture fixture;

    @BeforeEach
    void open() throws Exception {
        fixture = new WatchFixture(directory).open();
    }

    @Test
    void provenDump_isMovedToDoneAndKeepsItsSubdirectory() throws Exception {
        Path dump = fixture.dump("2026/nov/a.sql", "content");
        fixture.push("2026/nov/a.sql");
        assertThat(dump).doesNotExist();
        assertThat(fixture.drop.resolve(".done/2026/nov/a.sql")).hasContent("content");
        assertThat(fixture.last(DumpEvent.Done.class).file()).isEqualTo(Path.of("2026/nov/a.sql"));
    }

    @Test
    void provenDump_isInTheCatalogue() throws Exception {
        fixture.dump("sub/a.sql", "content");
        fixture.push("sub/a.sql");
        CatalogueEntry entry = fixture.catalogue().inDone("test", "sub/a.sql").orElseThrow();
        assertThat(entry.event()).isEqualTo(Event.PROVEN);
        assertThat(entry.file()).isEqualTo("sub/a.sql");
        assertThat(entry.path()).isEqualTo("/Backups/sub/a.sql");
        assertThat(entry.size()).isEqualTo(7);
        assertThat(fixture.watch().status().lastProven()).contains(fixture.now);
    }

    @Test
    void lastProven_isKnownAfterARestart() throws Exception {
        fixture.dump("a.sql", "content");
        fixture.push("a.sql");
        Instant proven = fixture.now;
        fixture.pass(Duration.ofDays(3));
        fixture.open();
        assertThat(fixture.watch().status().lastProven()).contains(proven);
    }

    @Test
    void takenNameInDone_getsATimeStampBeforeTheExtension() throws Exception {
        fixture.dump(".done/a.sql.gz", "yesterday");
        fixture.dump("a.sql.gz", "today");
        fixture.push("a.sql.gz");
        assertThat(fixture.drop.resolve(".done/a.sql.gz")).hasContent("yesterday");
        assertThat(fixture.drop.resolve(".done/a-20261122T030010000.sql.gz")).hasContent("today");
    }

    @ParameterizedTest
    @EnumSource(value = Verdict.class, names = {"SIZE", "NONE"})
    void withoutAProof_nothingIsMoved(Verdict verdict) throws Exception {
        Path dump = fixture.dump("a.sql", "content");
        Exchange exchange = fixture.take("a.sql");
        UploadKey place = WatchFixture.place(exchange, WatchFixture.FOLDER);
        WatchFixture.receipts(exchange).proven(place,
                new ProvenUpload(UploadResults.result(7, verdict), UploadReceipt.NONE));
        fixture.commit("a.sql", exchange);
        assertThat(dump).exists();
        assertThat(fixture.last(DumpEvent.Postponed.class).failure()).hasMessageContaining("without a proof");
    }

    @Test
    void routeThatNeverUploaded_isNoProof() throws Exception {
        Path dump = fixture.dump("a.sql", "content");
        fixture.commit("a.sql", fixture.take("a.sql"));
        assertThat(dump).exists();
        assertThat(fixture.last(DumpEvent.Postponed.class).uploaded()).isFalse();
    }

    @Test
    void otherContentThanTheDumps_isHeldBeforeAByteIsSent() throws Exception {
        Path dump = fixture.dump("a.sql", "content");
        Exchange exchange = fixture.take("a.sql");
        assertThatThrownBy(() -> fixture.upload(exchange, WatchFixture.FOLDER, UploadReceipt.NONE,
                new BytesSource("oops".getBytes(StandardCharsets.UTF_8)))).hasMessageContaining("Nothing was uploaded");
        fixture.rollback("a.sql", exchange, new IllegalStateException(WatchFixture.receipts(exchange).attempts().get(0)
                .failure().orElseThrow()));
        assertThat(dump).hasContent("content");
        assertThat(fixture.last(DumpEvent.Held.class).remedy()).contains("content=changed");
        fixture.pass(Duration.ofHours(1));
        assertThat(fixture.settle()).isEmpty();
        assertThat(fixture.watch().status().held()).isEqualTo(1);
        fixture.open();
        assertThat(fixture.settle()).as("after a restart").isEmpty();
        Files.writeString(dump, "changed content");
        assertThat(fixture.settle()).as("after it changed").containsExactly("a.sql");
    }

    @Test
    void changedContent_isDoneAndRecordedWithBothSizes() throws Exception {
        WatchFixture.Options options = new WatchFixture.Options();
        options.content = Content.CHANGED;
        fixture.open(options);
        fixture.dump("a.sql", "content");
        Exchange exchange = fixture.take("a.sql");
        fixture.upload(exchange, WatchFixture.FOLDER, UploadReceipt.NONE, new BytesSource(new byte[3]));
        fixture.commit("a.sql", exchange);
        CatalogueEntry entry = fixture.catalogue().inDone("test", "a.sql").orElseThrow();
        assertThat(entry.size()).isEqualTo(7);
        assertThat(entry.sentSize()).isEqualTo(3);
        fixture.pass(Duration.ofMinutes(5));
        fixture.watch().sweep();
        assertThat(fixture.drop.resolve(".done/a.sql")).as("it is not taken for changed").exists();
    }

    @Test
    void emptyResultOfARoute_isHeld() throws Exception {
        WatchFixture.Options options = new WatchFixture.Options();
        options.content = Content.CHANGED;
        fixture.open(options);
        fixture.dump("a.sql", "content");
        Exchange exchange = fixture.take("a.sql");
        assertThatThrownBy(() -> fixture.upload(exchange, WatchFixture.FOLDER, UploadReceipt.NONE, new BytesSource(new byte[0])))
                .hasMessageContaining("0 bytes");
        fixture.commit("a.sql", exchange);
        fixture.last(DumpEvent.Held.class);
    }

    @Test
    void failureThatTheRouteCaught_isStillAFailure() throws Exception {
        fixture.dump("a.sql", "content");
        Exchange exchange = fixture.take("a.sql");
        fixture.upload(exchange, "/One", UploadReceipt.NONE);
        UploadReceipts receipts = WatchFixture.receipts(exchange);
        receipts.begun(WatchFixture.place(exchange, "/Two"));
        receipts.failed(WatchFixture.place(exchange, "/Two"), WatchFixture.failure(FailureKind.SERVICE));
        fixture.commit("a.sql", exchange);
        assertThat(fixture.last(DumpEvent.Postponed.class).failure()).hasMessageContaining("It went wrong");
    }

    @Test
    void failureAfterTheLastUpload_doesNotUndoTheProof() throws Exception {
        Path dump = fixture.dump("a.sql", "content");
        fixture.watch().setUploads(1);
        Exchange exchange = fixture.take("a.sql");
        fixture.upload(exchange);
        fixture.rollback("a.sql", exchange, new IOException("The webhook is dead."));
        assertThat(dump).doesNotExist();
        fixture.last(DumpEvent.Done.class);
        assertThat(fixture.troubleKinds()).containsExactly(TroubleKind.STEP_FAILED);
        fixture.dump("b.sql", "content");
        fixture.push("b.sql");
        assertThat(fixture.troubleKinds()).isEmpty();
    }

    @Test
    void failureBeforeAnotherUpload_isTriedAgain() throws Exception {
        Path dump = fixture.dump("a.sql", "content");
        fixture.watch().setUploads(2);
        Exchange exchange = fixture.take("a.sql");
        fixture.upload(exchange);
        fixture.rollback("a.sql", exchange, new IOException("The step between the two uploads failed."));
        assertThat(dump).exists();
        assertThat(fixture.last(DumpEvent.Postponed.class).uploaded()).isFalse();
    }

    @Test
    void dumpThatGrewMeanwhile_staysAndIsTakenAgainWhenItStandsStill() throws Exception {
        Path dump = fixture.dump("a.sql", "content");
        Exchange exchange = fixture.take("a.sql");
        fixture.upload(exchange);
        Files.writeString(dump, "CONTENT, but longer");
        fixture.commit("a.sql", exchange);
        assertThat(dump).hasContent("CONTENT, but longer");
        fixture.last(DumpEvent.Changed.class);
        assertThat(fixture.settle()).containsExactly("a.sql");
    }

    @ParameterizedTest
    @ValueSource(strings = {"permissions", "hard link", "time", "swapped and back"})
    void changeOfMetadataAlone_leadsToNoOtherUpload(String what) throws Exception {
        Path dump = fixture.dump("a.sql", "content");
        Exchange exchange = fixture.take("a.sql");
        fixture.upload(exchange);
        switch (what) {
            case "permissions" -> dump.toFile().setExecutable(true);
            case "hard link" -> Files.createLink(directory.resolve("link"), dump);
            case "time" -> Files.setLastModifiedTime(dump, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
            default -> {
                Path aside = Files.move(dump, directory.resolve("aside"));
                Files.writeString(dump, "another");
                Files.move(aside, dump, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            }
        }
        fixture.commit("a.sql", exchange);
        fixture.settle();
        assertThat(dump).doesNotExist();
        assertThat(fixture.drop.resolve(".done/a.sql")).hasContent("content");
        assertThat(fixture.events.stream().filter(DumpEvent.Taken.class::isInstance)).hasSize(1);
    }

    @Test
    void otherBytesOfTheSameSizeAndTime_areNotTakenForTheProvenOnes() throws Exception {
        Path dump = fixture.dump("a.sql", "content");
        FileTime time = Files.getLastModifiedTime(dump);
        Exchange exchange = fixture.take("a.sql");
        fixture.upload(exchange);
        Files.writeString(dump, "CONTENT");
        Files.setLastModifiedTime(dump, time);
        fixture.commit("a.sql", exchange);
        assertThat(dump).hasContent("CONTENT");
        fixture.last(DumpEvent.Changed.class);
    }

    @Test
    void otherBytesOfTheSameSize_areUploaded() throws Exception {
        Path dump = fixture.dump("a.sql", "content");
        Exchange exchange = fixture.take("a.sql");
        fixture.upload(exchange);
        Files.writeString(dump, "CONTENT");
        Files.setLastModifiedTime(dump, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
        fixture.commit("a.sql", exchange);
        fixture.settle();
        assertThat(fixture.settle()).containsExactly("a.sql");
    }

    @Test
    void dumpThatChangedAfterItWasTaken_isNotUploaded() throws Exception {
        Path dump = fixture.dump("a.sql", "content");
        Exchange exchange = fixture.take("a.sql");
        Files.writeString(dump, "longer content");
        assertThatThrownBy(() -> fixture.upload(exchange)).hasMessageContaining("changed");
    }

    @Test
    void linkInTheDumpsPlace_isNotFollowed() throws Exception {
        Path dump = fixture.dump("sub/a.sql", "content");
        Exchange exchange = fixture.take("sub/a.sql");
        Path secret = Files.writeString(directory.resolve("secret"), "secret!");
        Files.setLastModifiedTime(secret, Files.getLastModifiedTime(dump));
        Files.delete(dump);
        Files.createSymbolicLink(dump, secret);
        assertThatThrownBy(() -> fixture.upload(exchange)).isInstanceOf(IOException.class);
        Files.delete(dump);
        Files.delete(dump.getParent());
        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        Files.copy(secret, elsewhere.resolve("a.sql"), java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
        Files.createSymbolicLink(dump.getParent(), elsewhere);
        assertThatThrownBy(() -> fixture.upload(exchange)).isInstanceOf(IOException.class);
    }

    @Test
    void hardLinkOfTheSameSizeAndTime_isNotTheDump() throws Exception {
        Path dump = fixture.dump("a.sql", "content");
        Path secret = Files.writeString(directory.resolve("secret"), "secret!");
        Files.setLastModifiedTime(secret, Files.getLastModifiedTime(dump));
        Exchange exchange = fixture.take("a.sql");
        Files.delete(dump);
        Files.createLink(dump, secret);
        assertThatThrownBy(() -> fixture.upload(exchange)).isInstanceOf(IOException.class).hasMessageContaining("changed");
    }

    @Test
    void provenDumpThatCannotBeMoved_isNotUploadedAgain() throws Exception {
        Path dump = fixture.dump("a.sql", "content");
        Exchange exchange = fixture.take("a.sql");
        List<Boolean> settled = new ArrayList<>();
        fixture.upload(exchange, WatchFixture.FOLDER, () -> settled.add(Files.exists(dump)));
        Path done = fixture.drop.resolve(".done");
        Files.delete(done);
        Files.createSymbolicLink(done, directory);
        fixture.commit("a.sql", exchange);
        assertThat(dump).exists();
        assertThat(directory.resolve("a.sql")).doesNotExist();
        assertThat(fixture.last(DumpEvent.Postponed.class).uploaded()).isTrue();
        assertThat(fixture.troubleKinds()).containsExactly(TroubleKind.CANNOT_PUT_AWAY);
        assertThat(settled).as("journal records that went").isEmpty();
        assertThat(fixture.poll()).isEmpty();

        Files.delete(done);
        fixture.pass(Backlog.FIRST_DELAY);
        assertThat(fixture.poll()).isEmpty();
        assertThat(done.resolve("a.sql")).hasContent("content");
        fixture.last(DumpEvent.Done.class);
        assertThat(settled).as("the record goes after the move").containsExactly(false);
        assertThat(fixture.troubleKinds()).isEmpty();
    }

    @Test
    void journalRecord_staysForTheNextAttemptWhenTheRouteFails() throws Exception {
        fixture.dump("a.sql", "content");
        Exchange exchange = fixture.take("a.sql");
        List<String> settled = new ArrayList<>();
        fixture.upload(exchange, "/One", () -> settled.add("one"));
        WatchFixture.receipts(exchange).failed(WatchFixture.place(exchange, "/Two"), WatchFixture.failure(FailureKind.SERVICE));
        fixture.rollback("a.sql", exchange, WatchFixture.failure(FailureKind.SERVICE));
        assertThat(settled).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"vanished", "changed", "set aside"})
    void journalRecord_goesWithADumpThatNobodyUploadsAgain(String how) throws Exception {
        Path dump = fixture.dump("a.sql", "content");
        Exchange exchange = fixture.take("a.sql");
        List<String> settled = new ArrayList<>();
        fixture.upload(exchange, WatchFixture.FOLDER, () -> settled.add("one"));
        switch (how) {
            case "vanished" -> Files.delete(dump);
            case "changed" -> Files.writeString(dump, "other content");
            default -> WatchFixture.receipts(exchange).failed(WatchFixture.place(exchange, "/Two"),
                    WatchFixture.failure(FailureKind.SOURCE));
        }
        fixture.commit("a.sql", exchange);
        assertThat(settled).hasSize(1);
    }

    @Test
    void dumpAtFault_isSetAsideWithTheReason() throws Exception {
        fixture.dump(".failed/a.sql", "an older one");
        fixture.dump("a.sql", "content");
        fixture.rollback("a.sql", fixture.take("a.sql"), WatchFixture.failure(FailureKind.SOURCE));
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
    void dumpNamedLikeAReport_andItsNamesakeDoNotOverwriteEachOther() throws Exception {
        fixture.dump("q.sql", "the dump");
        fixture.rollback("q.sql", fixture.take("q.sql"), WatchFixture.failure(FailureKind.SOURCE));
        fixture.dump("q.sql.error.json", "a dump of that name");
        fixture.rollback("q.sql.error.json", fixture.take("q.sql.error.json"), WatchFixture.failure(FailureKind.SOURCE));
        Path second = fixture.last(DumpEvent.SetAside.class).movedTo();
        assertThat(second).hasContent("a dump of that name");
        assertThat(second.resolveSibling(second.getFileName() + ".error.json")).exists();
        assertThat(fixture.drop.resolve(".failed/q.sql")).hasContent("the dump");
        assertThat(fixture.drop.resolve(".failed/q.sql.error.json")).content().contains("It went wrong");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "é", "😀"})
    void longestName_isSetAsideCutAtACharacterBorder(String letter) throws Exception {
        int bytes = letter.getBytes(StandardCharsets.UTF_8).length;
        String name = letter.repeat((255 - 4) / bytes) + ".sql";
        fixture.dump(name, "content");
        fixture.rollback(name, fixture.take(name), WatchFixture.failure(FailureKind.SOURCE));
        Path moved = fixture.last(DumpEvent.SetAside.class).movedTo();
        assertThat(moved).hasContent("content");
        assertThat(moved.getFileName().toString()).endsWith(letter + ".sql");
        assertThat(moved.resolveSibling(moved.getFileName() + ".error.json")).exists();
    }

    @Test
    void dumpThatCannotBeSetAside_staysAndBothReasonsAreGiven() throws Exception {
        Path dump = fixture.dump("a.sql", "content");
        Exchange exchange = fixture.take("a.sql");
        Path failed = fixture.drop.resolve(".failed");
        Files.delete(failed);
        Files.writeString(failed, "in the way");
        fixture.rollback("a.sql", exchange, WatchFixture.failure(FailureKind.SOURCE));
        assertThat(dump).exists();
        assertThat(fixture.last(DumpEvent.Postponed.class).failure()).hasMessageContaining("It went wrong.")
                .hasMessageContaining(".failed is a link or a file");
        Files.delete(failed);
        fixture.pass(Backlog.FIRST_DELAY);
        assertThat(fixture.poll()).containsExactly("a.sql");
        fixture.rollback("a.sql", fixture.begin("a.sql"), WatchFixture.failure(FailureKind.SOURCE));
        assertThat(failed.resolve("a.sql")).exists();
    }

    @ParameterizedTest
    @EnumSource(value = FailureKind.class, mode = EnumSource.Mode.EXCLUDE, names = "SOURCE")
    void failureThatIsNotTheDumpsOwn_leavesItAndIsTriedAgainLaterAndLater(FailureKind kind) throws Exception {
        Path dump = fixture.dump("a.sql", "content");
        fixture.settle();
        Duration last = Duration.ZERO;
        for (int attempt = 1; attempt <= 12; attempt++) {
            fixture.rollback("a.sql", fixture.begin("a.sql"), WatchFixture.failure(kind));
            DumpEvent.Postponed postponed = fixture.last(DumpEvent.Postponed.class);
            assertThat(postponed.attempt()).isEqualTo(attempt);
            Duration delay = Duration.between(fixture.now, postponed.next());
            assertThat(delay).isGreaterThanOrEqualTo(last).isLessThanOrEqualTo(Backlog.LONGEST_DELAY);
            last = delay;
            fixture.pass(delay.minusMillis(1));
            assertThat(fixture.poll()).isEmpty();
            fixture.pass(Duration.ofMillis(1));
            assertThat(fixture.poll()).containsExactly("a.sql");
        }
        assertThat(last).isEqualTo(Backlog.LONGEST_DELAY);
        assertThat(dump).hasContent("content");
        assertThat(fixture.drop.resolve(".failed")).isEmptyDirectory();
    }

    @Test
    void throttledAccount_isNotTriedBeforeItsTime() throws Exception {
        fixture.watch().setThrottled(() -> Optional.of(Duration.ofMinutes(20)));
        fixture.dump("a.sql", "content");
        fixture.rollback("a.sql", fixture.take("a.sql"), WatchFixture.failure(FailureKind.SERVICE));
        assertThat(fixture.last(DumpEvent.Postponed.class).next()).isEqualTo(fixture.now.plus(Duration.ofMinutes(20)));
        fixture.pass(Duration.ofMinutes(19));
        assertThat(fixture.poll()).isEmpty();
        fixture.pass(Duration.ofMinutes(1));
        assertThat(fixture.poll()).containsExactly("a.sql");
    }

    @Test
    void failureOfAProgramThatStops_isNotReported() throws Exception {
        Path dump = fixture.dump("a.sql", "content");
        Exchange exchange = fixture.take("a.sql");
        fixture.watch().stop();
        fixture.rollback("a.sql", exchange, new IllegalStateException(new InterruptedException()));
        assertThat(dump).exists();
        assertThat(fixture.events).noneMatch(DumpEvent.Postponed.class::isInstance);
    }

    @Test
    void directoryThatIsGone_isOneTroubleHoweverOftenItIsPolled() throws Exception {
        fixture.dump("a.sql", "content");
        fixture.poll();
        Path aside = Files.move(fixture.drop, directory.resolve("aside"));
        Instant gone = fixture.now;
        for (int poll = 0; poll < 20; poll++) {
            fixture.pass(Duration.ofSeconds(1));
            fixture.poll();
        }
        assertThat(fixture.troubles.current()).singleElement().satisfies(trouble -> {
            assertThat(trouble.kind()).isEqualTo(TroubleKind.DIRECTORY_GONE);
            assertThat(trouble.since()).isEqualTo(gone.plusSeconds(1));
        });
        Files.move(aside, fixture.drop);
        assertThat(fixture.settle()).containsExactly("a.sql");
        assertThat(fixture.troubleKinds()).isEmpty();
    }

    @Test
    void unknownFailure_leavesTheDump() throws Exception {
        Path dump = fixture.dump("a.sql", "content");
        fixture.rollback("a.sql", fixture.take("a.sql"), new IllegalStateException(new IOException("unheard of")));
        assertThat(dump).exists();
        fixture.last(DumpEvent.Postponed.class);
    }

    @Test
    void removedDump_isForgotten() throws Exception {
        Path dump = fixture.dump("a.sql", "content");
        Exchange exchange = fixture.take("a.sql");
        Files.delete(dump);
        fixture.rollback("a.sql", exchange, WatchFixture.failure(FailureKind.SERVICE));
        fixture.last(DumpEvent.Vanished.class);
    }

    @Test
    void tomorrowsDumpOfTheSameName_isANewOne() throws Exception {
        for (String content : List.of("today", "tomorrow")) {
            Path dump = fixture.dump("mysql.sql", content);
            fixture.push("mysql.sql");
            assertThat(dump).doesNotExist();
        }
        assertThat(fixture.events.stream().filter(DumpEvent.Done.class::isInstance)).hasSize(2);
    }

    @Test
    void dumpInHand_isNotTakenASecondTime() throws Exception {
        fixture.dump("a.sql", "content");
        Exchange exchange = fixture.take("a.sql");
        fixture.pass(Duration.ofMinutes(1));
        assertThat(fixture.poll()).isEmpty();
        fixture.rollback("a.sql", exchange, WatchFixture.failure(FailureKind.SERVICE));
        fixture.pass(Backlog.FIRST_DELAY);
        assertThat(fixture.poll()).containsExactly("a.sql");
    }

    @Test
    void spellingOfAnotherDump_isHeldBeforeAByteIsSent() throws Exception {
        fixture.dump("Sales.sql", "monday");
        fixture.push("Sales.sql");
        fixture.nameInOneDrive = Optional.of("Sales.sql");
        Path twin = fixture.dump("sales.sql", "tuesday");
        fixture.push("sales.sql");
        assertThat(twin).exists();
        DumpEvent.Held held = fixture.last(DumpEvent.Held.class);
        assertThat(held.problem()).contains("sales.sql").contains("Sales.sql");
        assertThat(held.remedy()).contains("Rename").contains("retry test");
        assertThat(fixture.settle()).isEmpty();
    }

    @Test
    void otherSpellingThatIsGoneFromOneDrive_isNoTwin() throws Exception {
        fixture.dump("Sales.sql", "monday");
        fixture.push("Sales.sql");
        fixture.nameInOneDrive = Optional.empty();
        Path next = fixture.dump("sales.sql", "tuesday");
        fixture.push("sales.sql");
        assertThat(next).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"caf\u0065\u0301.sql", "CAF\u00C9.sql"})
    void otherFormOfTheSameName_isHeld(String form) throws Exception {
        fixture.dump("caf\u00E9.sql", "one");
        fixture.push("caf\u00E9.sql");
        fixture.nameInOneDrive = Optional.of("caf\u00E9.sql");
        fixture.dump(form, "two");
        fixture.push(form);
        fixture.last(DumpEvent.Held.class);
    }

    @Test
    void twinsInHandAtATime_areSeenBeforeAByteIsSent() throws Exception {
        fixture.dump("Sales/x.sql", "one");
        fixture.dump("sales/x.sql", "two");
        fixture.settle();
        Exchange first = fixture.begin("Sales/x.sql");
        Exchange second = fixture.begin("sales/x.sql");
        fixture.upload(first);
        assertThatThrownBy(() -> fixture.upload(second)).hasMessageContaining("waits");
        fixture.commit("Sales/x.sql", first);
        fixture.nameInOneDrive = Optional.of("x.sql");
        fixture.rollback("sales/x.sql", second, WatchFixture.receipts(second).attempts().get(0).failure().orElseThrow());
        assertThat(fixture.events).noneMatch(DumpEvent.Postponed.class::isInstance);
        fixture.pass(Backlog.FIRST_DELAY);
        assertThat(fixture.poll()).containsExactly("sales/x.sql");
        fixture.pushed("sales/x.sql", fixture.begin("sales/x.sql"));
        fixture.last(DumpEvent.Held.class);
    }

    @Test
    void sameNameFromAnotherWatch_isHeld() throws Exception {
        fixture.beside("test", "other");
        WatchFixture.Options other = new WatchFixture.Options();
        other.name = "other";
        fixture.open(other);
        fixture.dump("a.sql", "theirs");
        fixture.push("a.sql");
        fixture.open();
        fixture.nameInOneDrive = Optional.of("a.sql");
        fixture.dump("a.sql", "ours");
        fixture.push("a.sql");
        assertThat(fixture.last(DumpEvent.Held.class).problem()).contains("of the watch other");
    }

    @ParameterizedTest
    @CsvSource({"a.sql, 0A1BA48F53D8D6CE", "A.sql, a1ba48f53d8d6ce", "a.sql, A1BA48F53D8D6CE"})
    void sameNameToAnotherDestinationOfOneDrive_isHeld(String theirs, String id) throws Exception {
        toTwoDestinations(theirs, id);
        assertThat(fixture.last(DumpEvent.Held.class).problem()).contains(theirs + " of the watch other");
        assertThat(fixture.driveIdsAsked).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"a.sql, OTHER", "b.sql, A1BA48F53D8D6CE", "a.sql, "})
    void anotherDriveOrName_isNoTwin(String theirs, String id) throws Exception {
        toTwoDestinations(theirs, id);
        assertThat(fixture.events).noneMatch(DumpEvent.Held.class::isInstance);
    }

    private void toTwoDestinations(String theirs, String id) throws Exception {
        fixture.beside("test", "other").to("offsite", "second");
        WatchFixture.Options other = new WatchFixture.Options();
        other.name = "other";
        fixture.open(other);
        fixture.driveId = Optional.ofNullable(id);
        fixture.dump(theirs, "theirs");
        fixture.push(theirs);
        WatchFixture.Options ours = new WatchFixture.Options();
        fixture.open(ours);
        fixture.destination = "second";
        fixture.driveId = Optional.of("0A1BA48F53D8D6CE");
        fixture.nameInOneDrive = Optional.of(theirs);
        fixture.dump("a.sql", "ours");
        fixture.push("a.sql");
    }

    @Test
    void twinsToTwoDestinationsOfOneDriveAtATime_areSeenBeforeAByteIsSent() throws Exception {
        fixture.to("offsite", "second").open();
        fixture.driveId = Optional.of("A1BA48F53D8D6CE");
        fixture.dump("X.sql", "one");
        fixture.dump("x.sql", "two");
        fixture.settle();
        Exchange first = fixture.begin("X.sql");
        Exchange second = fixture.begin("x.sql");
        fixture.upload(first);
        fixture.destination = "second";
        assertThatThrownBy(() -> fixture.upload(second)).hasMessageContaining("waits");
    }

    @Test
    void aRecordThatIsUnreadableNow_keepsTheDumpAndNamesTheRecord() throws Exception {
        fixture.dump("a.sql", "content");
        fixture.push("a.sql");
        Path directory = fixture.catalogueDirectory();
        Files.move(directory, directory.resolveSibling("moved"));
        Files.createFile(directory);
        Path dump = fixture.dump("b.sql", "more");
        fixture.push("b.sql");
        assertThat(dump).exists();
        assertThat(fixture.last(DumpEvent.Postponed.class).failure()).hasRootCauseInstanceOf(IOException.class)
                .isInstanceOf(RecordUnreadableException.class).hasMessageContaining(directory.toString());
    }

    @Test
    void oneDestination_costsNoRequestForTheDrive() throws Exception {
        fixture.driveId = Optional.of("A1BA48F53D8D6CE");
        fixture.dump("a.sql", "content");
        fixture.push("a.sql");
        assertThat(fixture.driveIdsAsked).isZero();
    }

    @Test
    void lastingMismatch_isUploadedOnceMoreThenHeldAlsoOverARestart() throws Exception {
        fixture.dump("a.sql", "content");
        fixture.rollback("a.sql", fixture.take("a.sql"), UploadResults.mismatch());
        fixture.last(DumpEvent.Postponed.class);
        fixture.open();
        fixture.rollback("a.sql", fixture.take("a.sql"), UploadResults.mismatch());
        fixture.last(DumpEvent.Held.class);
        fixture.open();
        fixture.pass(Duration.ofHours(1));
        assertThat(fixture.settle()).isEmpty();
    }

    @Test
    void backslashInAName_staysABackslash() throws Exception {
        fixture.dump("shop\\db.sql", "one");
        Exchange exchange = fixture.take("shop\\db.sql");
        assertThat(exchange.getIn().getHeader(Exchange.FILE_NAME)).isEqualTo("shop\\db.sql");
    }

    @Test
    void otherFileThatTheRouteGivesTheSameName_isHeldUnlessTheContentIsChangedOnPurpose() throws Exception {
        fixture.dump("shop.sql", "one");
        pushAs("shop.sql", "shop.gz");
        fixture.nameInOneDrive = Optional.of("shop.gz");
        fixture.dump("shop.dump", "two");
        pushAs("shop.dump", "shop.gz");
        fixture.last(DumpEvent.Held.class);
        fixture.dump("shop.sql", "tomorrow's");
        pushAs("shop.sql", "shop.gz");
        fixture.last(DumpEvent.Done.class);
    }

    private void pushAs(String name, String remote) throws Exception {
        Exchange exchange = fixture.take(name);
        exchange.getIn().setHeader(Exchange.FILE_NAME, remote);
        fixture.pushed(name, exchange);
    }

    @Test
    void mismatchOfOnePlace_countsAlsoWhileAnotherPlaceFails() throws Exception {
        fixture.dump("a.sql", "content");
        for (int attempt = 1; attempt <= 2; attempt++) {
            Exchange exchange = fixture.take("a.sql");
            WatchFixture.receipts(exchange).failed(WatchFixture.place(exchange, "/One"),
                    WatchFixture.failure(FailureKind.SERVICE));
            WatchFixture.receipts(exchange).failed(WatchFixture.place(exchange, "/Two"), UploadResults.mismatch());
            fixture.rollback("a.sql", exchange, WatchFixture.failure(FailureKind.SERVICE));
        }
        fixture.last(DumpEvent.Held.class);
    }

    @Test
    void dumpWhoseHoldCannotBeRecorded_isNotTriedEither() throws Exception {
        fixture.dump("a.sql", "content");
        Exchange exchange = fixture.take("a.sql");
        Path held = fixture.home().resolve("held/test");
        Files.delete(held);
        Files.writeString(held, "in the way");
        fixture.rollback("a.sql", exchange, new DumpHeldException(HeldReason.TWIN, "It is a twin.", "Rename it."));
        fixture.last(DumpEvent.Held.class);
        Files.delete(held);
        Files.createDirectory(held);
        fixture.pass(Duration.ofDays(1));
        assertThat(fixture.settle()).isEmpty();
        fixture.dump("a.sql", "changed content");
        assertThat(fixture.settle()).containsExactly("a.sql");
    }

    @Test
    void moveThatKeepsFailing_isOnRecordOnce() throws Exception {
        Path dump = fixture.dump("sub/a.sql", "content");
        Exchange exchange = fixture.take("sub/a.sql");
        fixture.upload(exchange);
        Files.writeString(fixture.drop.resolve(".done/sub"), "in the way of the directory");
        fixture.commit("sub/a.sql", exchange);
        for (int attempt = 0; attempt < 5; attempt++) {
            fixture.pass(Backlog.LONGEST_DELAY);
            fixture.poll();
        }
        Files.delete(fixture.drop.resolve(".done/sub"));
        fixture.pass(Backlog.LONGEST_DELAY);
        fixture.poll();
        assertThat(dump).doesNotExist();
        List<CatalogueEntry> entries = new ArrayList<>();
        fixture.catalogue().read(entries::add);
        assertThat(entries).hasSize(1);
    }

    @Test
    void changedContentOfADumpThatWasTouchedMeanwhile_isNoProof() throws Exception {
        WatchFixture.Options options = new WatchFixture.Options();
        options.content = Content.CHANGED;
        fixture.open(options);
        Path dump = fixture.dump("a.sql", "content");
        FileTime time = Files.getLastModifiedTime(dump);
        Exchange exchange = fixture.take("a.sql");
        fixture.upload(exchange, WatchFixture.FOLDER, UploadReceipt.NONE, new BytesSource(new byte[3]));
        Files.writeString(dump, "CONTENT");
        Files.setLastModifiedTime(dump, time);
        fixture.commit("a.sql", exchange);
        fixture.last(DumpEvent.Changed.class);
        assertThat(dump).exists();
    }
}
