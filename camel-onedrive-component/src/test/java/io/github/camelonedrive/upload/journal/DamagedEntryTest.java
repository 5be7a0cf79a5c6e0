package io.github.camelonedrive.upload.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

import io.github.camelonedrive.upload.JournalEntry;
import io.github.camelonedrive.upload.JournalTrace;
import io.github.camelonedrive.upload.UploadKey;

import static org.assertj.core.api.Assertions.assertThat;

class DamagedEntryTest {

    private static final UploadKey KEY = Fixture.key("/Backups/mysql.sql");
    private static final int SLOTS = ProgressSlot.COUNT * ProgressSlot.LENGTH;
    private static final Logger LOG = (Logger) LoggerFactory.getLogger(FileUploadJournal.class);

    @TempDir
    Path dir;

    private final ListAppender<ILoggingEvent> warnings = new ListAppender<>();
    private FileUploadJournal journal;
    private Path file;
    private byte[] whole;
    private JournalTrace trace;

    @BeforeEach
    void leaveAnEntry() throws IOException {
        journal = new FileUploadJournal(dir, Fixture.sealer());
        Fixture.leaveOpenSession(journal, KEY, Fixture.stream(4_711));
        file = Fixture.file(dir);
        whole = Files.readAllBytes(file);
        trace = claim().orElseThrow();
        warnings.start();
        LOG.addAppender(warnings);
        LOG.setAdditive(false);
    }

    @AfterEach
    void restoreLogging() {
        LOG.detachAppender(warnings);
        LOG.setAdditive(true);
    }

    @Test
    void noFlippedByteGivesAWrongTrace() throws IOException {
        int last = lineStarts().get(lineStarts().size() - 1);
        for (int at = 0; at < whole.length; at++) {
            for (int mask : new int[] {0xff, 0x20}) {
                byte[] damaged = whole.clone();
                damaged[at] ^= (byte) mask;
                Files.write(file, damaged);

                Optional<JournalTrace> found = claim();

                String where = "byte " + at + " ^ " + mask;
                if (at < SLOTS) {
                    assertThat(found).as(where).isPresent();
                    assertThat(found.get().uploadUrl()).as(where).isEqualTo(trace.uploadUrl());
                } else if (at >= last) {
                    assertThat(found).as(where).isPresent();
                    assertThat(found.get().openingSince()).as(where).contains(Fixture.AT);
                } else {
                    assertThat(found).as(where).isEmpty();
                    assertThat(file).as(where).doesNotExist();
                }
                found.ifPresent(Fixture::requireTrue);
            }
        }
        assertThat(warnings.list).isNotEmpty().allSatisfy(event -> assertThat(event.getFormattedMessage())
                .contains(file.toString(), "damaged", "session may stay open").doesNotContain("https://upload.example"));
    }

    @Test
    void aLastRecordThatIsDamagedIsSaidAndOneThatWasTornByACrashIsNot() throws IOException {
        Files.write(file, Arrays.copyOf(whole, whole.length - 3));
        assertThat(claim()).isPresent();
        assertThat(warnings.list).isEmpty();

        byte[] damaged = whole.clone();
        damaged[whole.length - 3] ^= 1;
        Files.write(file, damaged);
        assertThat(claim()).isPresent();
        assertThat(warnings.list).singleElement().asString().contains(file.toString(), "last record");
    }

    @Test
    void damagedLatestProgressCostsThatProgressOnly() throws IOException {
        int older = ProgressSlot.latest(whole).orElseThrow().sequence() % 2 == 0 ? ProgressSlot.LENGTH : 0;
        byte[] damaged = whole.clone();
        Arrays.fill(damaged, ProgressSlot.LENGTH - older, 2 * ProgressSlot.LENGTH - older, (byte) 0);
        Files.write(file, damaged);
        assertThat(claim().orElseThrow().read()).contains(Fixture.prefix(1_000));

        Arrays.fill(damaged, 0, SLOTS, (byte) 0);
        Files.write(file, damaged);
        assertThat(claim().orElseThrow().read()).isEmpty();
        assertThat(claim().orElseThrow().uploadUrl()).contains(Fixture.url(1));
    }

    @Test
    void noTruncationGivesAWrongTrace() throws IOException {
        List<Integer> starts = lineStarts();
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));

            Optional<JournalTrace> found = claim();

            String where = "the first " + length + " bytes";
            if (length < starts.get(1)) {
                assertThat(found).as(where).isEmpty();
                assertThat(file).as(where).doesNotExist();
            } else {
                assertThat(found).as(where).isPresent();
                assertThat(found.get().isUseful()).as(where).isEqualTo(length >= starts.get(2));
                assertThat(found.get().read()).as(where).contains(Fixture.prefix(2_000));
                Fixture.requireTrue(found.get());
            }
        }
    }

    @Test
    void entryIsGoneOnWithAfterATornRecord() throws IOException {
        for (int length = lineStarts().get(2); length < whole.length; length++) {
            byte[] torn = Arrays.copyOf(whole, length + 300);
            Files.write(file, torn);
            List<JournalEntry> claimed = journal.claim(KEY);
            claimed.get(0).opened(Fixture.url(2), null);
            claimed.get(0).committed("ITEM!3");
            Fixture.closeAll(claimed);

            assertThat(claim().orElseThrow().itemId()).as("torn after " + length).contains("ITEM!3");
        }
        assertThat(warnings.list).isEmpty();
    }

    @Test
    void whatWasNeverForcedIsNoDamage() throws IOException {
        Files.write(file, new byte[0]);
        assertThat(claim()).isEmpty();
        assertThat(file).doesNotExist();
        Files.write(file, new byte[4_096]);
        assertThat(claim()).isEmpty();
        assertThat(file).doesNotExist();
        assertThat(warnings.list).isEmpty();
    }

    @Test
    void damagedEntryCostsNoOther() throws IOException {
        Fixture.leaveOpenSession(journal, KEY, Fixture.stream(1));
        byte[] damaged = whole.clone();
        damaged[SLOTS + 20] ^= 1;
        Files.write(file, damaged);

        assertThat(claim().orElseThrow().identity().size()).isEqualTo(1);
        assertThat(warnings.list).hasSize(1);
    }

    @Test
    void damagedEntryIsRemovedByASearchForAbandonedOnesToo() throws IOException {
        Files.write(file, Arrays.copyOf(whole, SLOTS + 20));
        assertThat(journal.claimAbandoned(Fixture.DESTINATION, Fixture.DRIVE)).isEmpty();
        assertThat(file).doesNotExist();
        assertThat(warnings.list).hasSize(1);
    }

    @Test
    void otherVersionIsLeftAloneWithOneWarning() throws IOException {
        rewrite(0, record -> record.put("version", 2));
        byte[] written = Files.readAllBytes(file);

        for (int i = 0; i < 3; i++) {
            assertThat(claim()).isEmpty();
            assertThat(journal.claimAbandoned(Fixture.DESTINATION, Fixture.DRIVE)).isEmpty();
        }

        assertThat(file).hasBinaryContent(written);
        assertThat(warnings.list).hasSize(1);
        assertThat(warnings.list.get(0).getFormattedMessage()).contains("version is 2, this program knows 1");
    }

    @Test
    void recordOfAnUnknownKindIsLeftAlone() throws IOException {
        rewrite(1, record -> record.put("record", "paused"));
        assertThat(claim()).isEmpty();
        assertThat(file).exists();
        assertThat(warnings.list).hasSize(1);
    }

    @Test
    void entryOfAnotherTargetUnderThisNameIsDamaged() throws IOException {
        rewrite(0, record -> record.put("drive", "another"));
        assertThat(claim()).isEmpty();
        assertThat(file).doesNotExist();
    }

    @Test
    void recordsThatDoNotTellWhatTheyShouldAreDamage() throws IOException {
        for (String member : List.of("record", "format", "destination", "drive", "target", "size", "conflict")) {
            Files.write(file, whole);
            rewrite(0, record -> record.remove(member));
            assertThat(claim()).as(member).isEmpty();
            assertThat(file).as(member).doesNotExist();
        }
        for (String member : List.of("at", "folder", "thereBefore", "record")) {
            Files.write(file, whole);
            rewrite(1, record -> record.put(member, 7));
            assertThat(claim()).as(member).isEmpty();
            assertThat(file).as(member).doesNotExist();
        }
    }

    @Test
    void entryThatIsTooLongIsLeftAlone() throws IOException {
        Files.write(file, Arrays.copyOf(whole, 2 * 1024 * 1024));
        assertThat(claim()).isEmpty();
        assertThat(claim()).isEmpty();
        assertThat(file).exists();
        assertThat(warnings.list).hasSize(1);
    }

    private Optional<JournalTrace> claim() throws IOException {
        List<JournalEntry> claimed = journal.claim(KEY);
        Fixture.closeAll(claimed);
        assertThat(claimed).hasSizeLessThanOrEqualTo(1);
        return claimed.stream().findAny().map(JournalEntry::trace);
    }

    private List<Integer> lineStarts() {
        List<Integer> starts = new ArrayList<>(List.of(SLOTS));
        for (int i = SLOTS; i < whole.length - 1; i++) {
            if (whole[i] == '\n') {
                starts.add(i + 1);
            }
        }
        return starts;
    }

    private interface Change {

        Object to(ObjectNode record);
    }

    /** Changes a record by its number, and gives it the checksum that it has then. */
    private void rewrite(int number, Change change) throws IOException {
        String[] lines = new String(whole, SLOTS, whole.length - SLOTS, StandardCharsets.US_ASCII).split("\n");
        ObjectNode record = (ObjectNode) new ObjectMapper().readTree(lines[number].substring(Checksum.LENGTH + 1));
        change.to(record);
        lines[number] = new String(EntryFormat.line(record), StandardCharsets.US_ASCII).stripTrailing();
        String slots = new String(whole, 0, SLOTS, StandardCharsets.US_ASCII);
        Files.writeString(file, slots + String.join("\n", lines) + "\n");
    }
}
