package io.github.camelonedrive.backup.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelonedrive.backup.catalogue.Catalogue;
import io.github.camelonedrive.backup.catalogue.CatalogueEntry;
import io.github.camelonedrive.backup.catalogue.Event;
import io.github.camelonedrive.backup.failure.BackupException;
import io.github.camelonedrive.graph.ItemPath;
import io.github.camelonedrive.simulator.AccountType;
import io.github.camelonedrive.simulator.OneDriveSimulator;
import io.github.camelonedrive.upload.UploadKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What {@code push} records, and what it refuses because of the record. */
class PushRecordTest {

    private final OneDriveSimulator simulator = OneDriveSimulator.builder().accountType(AccountType.BUSINESS).start();

    @TempDir
    private Path directory;

    private ProgramInThisJvm program;

    @BeforeEach
    void makeTheDestination() throws Exception {
        program = new ProgramInThisJvm(directory).on(simulator).expect(0, "vault", "init");
        program.add("offsite", simulator, "--folder", "/Backups");
    }

    @AfterEach
    void close() {
        assertThat(simulator.violations()).isEmpty();
        simulator.close();
    }

    @Test
    void push_aProvenFile_isRecorded() throws Exception {
        Files.setLastModifiedTime(Path.of(file("a.sql", "Monday")),
                FileTime.from(Instant.parse("2026-11-22T01:02:03Z")));
        program.expect(0, "push", "offsite", directory.resolve("a.sql").toString());
        List<CatalogueEntry> entries = recorded();
        assertThat(entries).hasSize(1);
        CatalogueEntry entry = entries.get(0);
        assertThat(entry.event()).isEqualTo(Event.PROVEN);
        assertThat(entry.watch()).isEmpty();
        assertThat(entry.file()).isEqualTo("a.sql");
        assertThat(entry.size()).isEqualTo(6);
        assertThat(entry.modified()).isEqualTo("2026-11-22T01:02:03Z");
        assertThat(entry.destination()).isEqualTo("offsite");
        assertThat(entry.path()).isEqualTo("/Backups/a.sql");
        assertThat(entry.quickXorHash()).isEqualTo(simulator.file("/Backups/a.sql").orElseThrow().quickXorHash());
        assertThat(entry.itemId()).isNotEmpty();
        assertThat(entry.done()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"A.sql, a.sql", "Sales.SQL, sales.sql", "\u00c4 x.sql, \u00e4 x.sql"})
    void push_anotherSpellingOfAStoredName_isRefusedBeforeAByteIsSent(String monday, String tuesday) throws Exception {
        program.expect(0, "push", "offsite", file("one", "Monday"), "--name", monday);
        simulator.clearJournal();
        program.expect(1, "push", "offsite", file("two", "Tuesday"), "--name", tuesday);
        assertThat(program.err()).contains("/Backups/" + monday).contains("/Backups/" + tuesday).contains("--name=" + monday);
        assertThat(content("/Backups/" + monday)).isEqualTo("Monday");
        assertThat(simulator.requests()).noneMatch(request -> request.method().equals("PUT"));
        assertThat(recorded()).hasSize(1);
        program.expect(0, "push", "offsite", file("two", "Tuesday"), "--name", monday);
        assertThat(content("/Backups/" + monday)).isEqualTo("Tuesday");
    }

    @Test
    void push_anotherSpellingToAnotherDestinationOfTheSameDrive_isRefusedBeforeAByteIsSent() throws Exception {
        program.expect(0, "push", "offsite", file("one", "Monday"), "--name", "A.sql");
        program.add("second", simulator, "--folder", "/backups");
        simulator.clearJournal();
        program.expect(1, "push", "second", file("two", "Tuesday"), "--name", "a.sql");
        assertThat(program.err()).contains("/Backups/A.sql").contains("/backups/a.sql");
        assertThat(simulator.requests()).noneMatch(request -> request.method().equals("PUT"));
        assertThat(content("/Backups/A.sql")).isEqualTo("Monday");
    }

    @ParameterizedTest
    @CsvSource({"caf\u00e9.sql, cafe\u0301.sql, true", "CAFE\u0301.sql, caf\u00e9.sql, true", "\u00e6.sql, ae.sql, true",
            "a.sql, b.sql, false", "a.sql, a.sql, false"})
    void beforeUpload_whatOneDriveTakesForTheSame_isRefusedIfItIsThere(String stored, String asked, boolean refused)
            throws Exception {
        try (Catalogue catalogue = Catalogue.open(directory.resolve("catalogue"), InstantSource.system())) {
            UploadKey key = new UploadKey("offsite", "drive", ItemPath.parse("/x/" + asked));
            catalogue.append(new CatalogueEntry(Event.PROVEN, Instant.EPOCH, "mysql", stored, 1, Instant.EPOCH, "", "offsite",
                    "drive", "", "/x/" + stored, "id", "", 1, Optional.empty()));
            PushRecord record = new PushRecord(catalogue, "offsite", InstantSource.system(), true);
            if (refused) {
                assertThatThrownBy(() -> record.beforeUpload(key, null, () -> Optional.of(stored)))
                        .isInstanceOf(BackupException.class)
                        .hasMessageContaining("/x/" + stored).hasMessageContaining("/x/" + asked);
                record.beforeUpload(key, null, Optional::empty);
                record.beforeUpload(key, null, () -> Optional.of(asked));
            } else {
                record.beforeUpload(key, null, () -> {
                    throw new AssertionError("a request too many");
                });
            }
        }
    }

    @Test
    void push_someOfSeveralRefused_isPartly() throws Exception {
        program.expect(0, "push", "offsite", file("A.sql", "Monday"));
        program.expect(4, "push", "--json", "offsite", file("a.sql", "Tuesday"), file("b.sql", "new"));
        JsonNode files = program.json().path("files");
        assertThat(files.get(0).path("ok").asBoolean()).isFalse();
        assertThat(files.get(0).path("error").path("kind").asText()).isEqualTo("source");
        assertThat(files.get(1).path("ok").asBoolean()).isTrue();
        assertThat(content("/Backups/A.sql")).isEqualTo("Monday");
    }

    @Test
    void push_theFolderInAnotherSpelling_isRefused() throws Exception {
        program.expect(0, "push", "offsite", file("a.sql", "Monday"));
        program.expect(0, "destination", "remove", "offsite").add("offsite", simulator, "--folder", "/backups");
        program.expect(1, "push", "offsite", file("a.sql", "Tuesday"));
        assertThat(program.err()).contains("/backups/a.sql").contains("/Backups/a.sql").contains("folder");
        assertThat(content("/Backups/a.sql")).isEqualTo("Monday");
    }

    @Test
    void push_afterTheOtherSpellingIsGone_goesThrough() throws Exception {
        program.expect(0, "push", "offsite", file("A.sql", "Monday"));
        simulator.delete("/Backups/A.sql");
        program.expect(0, "push", "offsite", file("a.sql", "Tuesday"));
        assertThat(content("/Backups/a.sql")).isEqualTo("Tuesday");
        simulator.move("/Backups/a.sql", "/Backups/other.sql");
        program.expect(0, "push", "offsite", file("A.SQL", "Wednesday"));
        assertThat(simulator.paths()).containsExactlyInAnyOrder("/Backups/other.sql", "/Backups/A.SQL");
    }

    @Test
    void push_theSameNameAgain_needsNoMoreRequests() throws Exception {
        program.expect(0, "push", "offsite", file("a.sql", "Monday"));
        simulator.clearJournal();
        program.expect(0, "push", "offsite", file("a.sql", "Tuesday"));
        List<String> second = requests();
        Files.walk(directory.resolve(".onedrive-backup/catalogue")).sorted(Comparator.reverseOrder())
                .forEach(path -> path.toFile().delete());
        simulator.clearJournal();
        program.expect(0, "push", "offsite", file("a.sql", "Wednesday"));
        assertThat(second).isEqualTo(requests());
    }

    @Test
    void push_toRename_keepsBoth() throws Exception {
        program.expect(0, "push", "offsite", file("A.sql", "Monday"));
        program.expect(0, "push", "offsite", "-D", "camel.component.onedrive.conflict-behavior=rename",
                file("a.sql", "Tuesday"));
        assertThat(simulator.paths()).hasSize(2).contains("/Backups/A.sql");
        assertThat(recorded()).extracting(CatalogueEntry::path).doesNotHaveDuplicates().hasSize(2);
    }

    @Test
    void push_overAnotherProgramsSpelling_isReportedAfterwards() throws Exception {
        simulator.putFile("/Backups/A.sql", "theirs".getBytes(StandardCharsets.UTF_8));
        program.expect(1, "push", "offsite", file("a.sql", "ours"));
        assertThat(program.err()).contains("A.sql").contains("a.sql");
    }

    @Test
    void push_withARecordThatOthersCanWrite_isRefused() throws Exception {
        program.expect(0, "push", "offsite", file("a.sql", "Monday"));
        Files.setPosixFilePermissions(directory.resolve(".onedrive-backup/catalogue"),
                PosixFilePermissions.fromString("rwxrwxrwx"));
        program.expect(1, "push", "offsite", file("b.sql", "Tuesday"));
        assertThat(program.err()).contains("others can write it");
        assertThat(simulator.paths()).containsExactly("/Backups/a.sql");
    }

    private String file(String name, String content) throws Exception {
        return Files.writeString(directory.resolve(name), content).toString();
    }

    private String content(String path) throws Exception {
        return new String(simulator.file(path).orElseThrow().bytes(), StandardCharsets.UTF_8);
    }

    private List<String> requests() {
        return simulator.requests().stream().map(request -> request.method() + " " + request.step()).toList();
    }

    private List<CatalogueEntry> recorded() throws Exception {
        List<CatalogueEntry> entries = new ArrayList<>();
        Catalogue.open(directory.resolve(".onedrive-backup/catalogue"), InstantSource.system()).read(entries::add);
        return entries;
    }
}
