package io.github.camelonedrive.backup.catalogue;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CatalogueTest {

    @TempDir
    Path home;

    private final CatalogueFixture fixture = new CatalogueFixture();
    private Path directory;
    private Path november;

    @BeforeEach
    void paths() {
        directory = home.resolve("catalogue");
        november = directory.resolve("2026-11.jsonl");
    }

    @Test
    void append_anEntry_isFoundByFileAndByTarget_alsoAfterReopening() throws Exception {
        CatalogueEntry entry = fixture.proven("mysql", "sub/a b.sql", "/Backups/sub/a b.sql");
        try (Catalogue catalogue = open()) {
            catalogue.append(entry);
            assertFound(catalogue, entry);
        }
        assertFound(open(), entry);
        assertThat(Files.readAllLines(november)).singleElement().asString().contains("\"event\":\"proven\"");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(november))).isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory))).isEqualTo("rwx------");
    }

    private static void assertFound(Catalogue catalogue, CatalogueEntry entry) throws Exception {
        assertThat(catalogue.inDone("mysql", "sub/a b.sql")).contains(entry);
        assertThat(catalogue.stored("offsite", CatalogueFixture.DRIVE, "", "/Backups/sub/a b.sql")).contains(entry);
        assertThat(catalogue.lastProven("mysql")).contains(entry.time());
        assertThat(catalogue.inDone("other", "sub/a b.sql")).isEmpty();
        assertThat(catalogue.inDone("mysql", "a b.sql")).isEmpty();
        assertThat(catalogue.stored("other", CatalogueFixture.DRIVE, "", "/Backups/sub/a b.sql")).isEmpty();
        assertThat(catalogue.stored("offsite", "drive 2", "", "/Backups/sub/a b.sql")).isEmpty();
        assertThat(catalogue.lastProven("other")).isEmpty();
    }

    @Test
    void stored_ofAnotherDestination_isFoundByTheDrivesId_alsoAfterReopening() throws Exception {
        CatalogueEntry proven = fixture.proven("a.sql");
        try (Catalogue catalogue = open()) {
            catalogue.append(proven);
            assertThat(catalogue.stored("second", CatalogueFixture.DRIVE, "0A1BA48F53D8D6CE", "/backups/A.sql")).isEmpty();
            catalogue.append(new CatalogueEntry(Event.PROVEN, fixture.instant(), "mysql", "b.sql", 1, fixture.instant(), "",
                    "offsite", CatalogueFixture.DRIVE, "0A1BA48F53D8D6CE", "/Backups/b.sql", "ID", "", 1, Optional.empty()));
        }
        Catalogue catalogue = open();
        assertThat(catalogue.hasOtherThan(Set.of("offsite"))).isFalse();
        assertThat(catalogue.hasOtherThan(Set.of("second"))).isTrue();
        assertThat(catalogue.stored("second", CatalogueFixture.DRIVE, "a1ba48f53d8d6ce", "/backups/A.sql")).contains(proven);
        assertThat(catalogue.stored("second", CatalogueFixture.DRIVE, "b1ba48f53d8d6ce", "/backups/A.sql")).isEmpty();
        assertThat(catalogue.stored("second", CatalogueFixture.DRIVE, "", "/backups/A.sql")).isEmpty();
    }

    @Test
    void append_laterEntries_theNewestIsFound() throws Exception {
        Catalogue catalogue = open();
        CatalogueEntry proven = fixture.proven("a.sql");
        catalogue.append(proven);
        CatalogueEntry seen =
                proven.with(Event.SEEN, Instant.parse("2026-12-01T00:00:01Z"), Instant.parse("2026-12-01T00:00:00Z"));
        catalogue.append(seen);
        assertThat(catalogue.inDone("mysql", "a.sql")).contains(seen);
        assertThat(catalogue.stored("offsite", CatalogueFixture.DRIVE, "", "/Backups/a.sql")).contains(proven);
        for (Event left : List.of(Event.DELETED, Event.RETURNED)) {
            catalogue.append(proven);
            catalogue.append(proven.with(left, Instant.EPOCH));
            assertThat(catalogue.inDone("mysql", "a.sql")).as(left.toString()).isEmpty();
            assertThat(open().inDone("mysql", "a.sql")).as(left.toString()).isEmpty();
        }
        assertThat(catalogue.stored("offsite", CatalogueFixture.DRIVE, "", "/Backups/a.sql")).isPresent();
        CatalogueEntry found = CatalogueEntry.found(Instant.EPOCH, "mysql", "old/b.sql", 5, Instant.EPOCH);
        catalogue.append(found);
        assertThat(open().inDone("mysql", "old/b.sql")).contains(found);
        assertThat(open().stored("", "", "", "")).isEmpty();
        assertThat(open().lastProven("mysql")).contains(proven.time());
    }

    @ParameterizedTest
    @CsvSource({
            "/Backups/Sales.sql, /Backups/sales.sql, true", "/Backups/a.sql, /backups/a.sql, true",
            "/Sales/x, /sales/x, true", "/caf\u00e9.sql, /cafe\u0301.sql, true", "/CAFE\u0301.sql, /caf\u00e9.sql, true",
            "/\u00e6.sql, /ae.sql, true", "/\u00c6.sql, /ae.sql, true", "/\u0391.sql, /\u03b1.sql, true",
            "/\ud835\udc00.sql, /a.sql, false", "/stra\u00dfe.sql, /strasse.sql, true", "/a.sql, /b.sql, false",
            "/a/b.sql, /ab.sql, false", "/\ud801\udc00.sql, /\ud801\udc28.sql, true"})
    void stored_anotherSpelling_isFoundAsOneDriveFoldsIt(String stored, String asked, boolean same) throws Exception {
        CatalogueEntry entry = fixture.proven("mysql", "a.sql", stored);
        open().append(entry);
        assertThat(open().stored("offsite", CatalogueFixture.DRIVE, "", asked)).isEqualTo(Optional.of(entry).filter(e -> same));
    }

    @Test
    void append_acrossTheMonthInUtc_startsAFile_andTheNewestWins() throws Exception {
        Catalogue catalogue = open();
        CatalogueEntry before = fixture.proven("a.sql");
        catalogue.append(before);
        fixture.set("2026-12-01T00:00:00Z");
        CatalogueEntry after = fixture.proven("a.sql");
        catalogue.append(after);
        assertThat(Files.readAllLines(november)).hasSize(1);
        assertThat(Files.readAllLines(directory.resolve("2026-12.jsonl"))).hasSize(1);
        for (Catalogue any : List.of(catalogue, open())) {
            assertThat(any.inDone("mysql", "a.sql")).contains(after);
            assertThat(any.lastProven("mysql")).contains(after.time());
            assertThat(all(any)).containsExactly(before, after);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-10-15T00:00:00Z", "1970-01-01T00:00:00Z", "2025-12-31T23:59:59Z"})
    void append_withTheClockSetBack_goesBehindWhatIsThere(String earlier) throws Exception {
        Catalogue catalogue = open();
        catalogue.append(fixture.proven("a.sql"));
        fixture.set(earlier);
        CatalogueEntry last = fixture.proven("a.sql");
        catalogue.append(last);
        assertThat(directory).isDirectoryNotContaining(file -> !file.equals(november) && file.toString().endsWith(".jsonl"));
        for (Catalogue any : List.of(catalogue, open())) {
            assertThat(any.inDone("mysql", "a.sql")).contains(last);
            assertThat(any.lastProven("mysql")).contains(Instant.parse(earlier));
        }
    }

    @Test
    void append_afterAClockThatWasFarAhead_keepsTheOrder() throws Exception {
        fixture.set("2099-01-01T00:00:00Z");
        open().append(fixture.proven("a.sql"));
        fixture.set("2026-11-30T00:00:00Z");
        CatalogueEntry last = fixture.proven("a.sql");
        open().append(last);
        assertThat(open().inDone("mysql", "a.sql")).contains(last);
    }

    @Test
    void twoCatalogues_eachSeesTheOthersLines() throws Exception {
        Catalogue run = open();
        Catalogue push = open();
        for (int i = 0; i < 3; i++) {
            fixture.set("2026-1" + i + "-05T00:00:00Z");
            run.append(fixture.proven("run" + i));
            push.append(fixture.proven("push" + i));
            assertThat(push.inDone("mysql", "run" + i)).isPresent();
            assertThat(run.inDone("mysql", "push" + i)).isPresent();
        }
        assertThat(all(run)).hasSize(6);
    }

    @Test
    void append_byManyThreads_losesNothing() throws Exception {
        List<Catalogue> catalogues = List.of(open(), open());
        CompletableFuture<?>[] all = new CompletableFuture<?>[8];
        for (int t = 0; t < all.length; t++) {
            int thread = t;
            all[t] = CompletableFuture.runAsync(() -> {
                for (int i = 0; i < 25; i++) {
                    try {
                        catalogues.get(thread % 2).append(fixture.proven(thread + "-" + i));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
            });
        }
        CompletableFuture.allOf(all).join();
        for (Catalogue any : List.of(catalogues.get(0), catalogues.get(1), open())) {
            assertThat(all(any)).hasSize(200);
            for (int i = 0; i < 200; i++) {
                assertThat(any.inDone("mysql", i / 25 + "-" + i % 25)).isPresent();
            }
        }
    }

    @Test
    void append_onAnInterruptedThread_isDoneAndKeepsTheInterrupt() throws Exception {
        Catalogue catalogue = open();
        Thread.currentThread().interrupt();
        catalogue.append(fixture.proven("a.sql"));
        assertThat(catalogue.inDone("mysql", "a.sql")).isPresent();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(all(catalogue)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"event\":\"proven\",\"wat", "{", "\u0000\u0000\u0000\u0000"})
    void aTornLastLine_isIgnored_andTheNextStartsOnALineOfItsOwn(String torn) throws Exception {
        CatalogueEntry first = fixture.proven("a.sql");
        open().append(first);
        Files.writeString(november, torn, StandardOpenOption.APPEND);
        Catalogue catalogue = open();
        assertThat(all(catalogue)).containsExactly(first);
        CatalogueEntry second = fixture.proven("b.sql");
        catalogue.append(second);
        assertThat(catalogue.inDone("mysql", "b.sql")).contains(second);
        assertThat(all(open())).containsExactly(first, second);
        assertThat(Files.readAllLines(november)).hasSize(3);
    }

    @Test
    void damagedAndUnknownLines_areSkipped_unknownMembersRead() throws Exception {
        open().append(fixture.proven("a.sql"));
        String good = Files.readString(november);
        String later = good.replace("a.sql", "later.sql").replaceFirst("\\{", "{\"new\":{\"x\":[1]},");
        Files.writeString(november, "\n[]\nnull\n42\n\"x\"\n" + good.replace("proven", "restored")
                + good.replace("2026-11-30T01", "yesterday") + good.replace("\"size\":7", "\"size\":\"many\"")
                + "x".repeat(3 * MonthFiles.LONGEST_LINE) + "\n" + later, StandardOpenOption.APPEND);
        Catalogue catalogue = open();
        assertThat(all(catalogue)).hasSize(2);
        assertThat(catalogue.inDone("mysql", "later.sql")).isPresent();
    }

    @Test
    void longAndStrangeNames_comeBackAsTheyWere() throws Exception {
        List<String> names = List.of("\n\r\t\"\\", "\u202eevil\u2028", "数据 🎉", "x".repeat(4000), "\u0001".repeat(4000));
        for (String name : names) {
            open().append(fixture.proven(name));
        }
        Catalogue catalogue = open();
        for (String name : names) {
            assertThat(catalogue.inDone("mysql", name)).isPresent();
        }
        assertThat(Files.readString(november).lines()).hasSize(names.size());
        CatalogueEntry tooLong = fixture.proven("x".repeat(MonthFiles.LONGEST_LINE));
        assertThatThrownBy(() -> catalogue.append(tooLong)).isInstanceOf(IOException.class);
        assertThat(all(catalogue)).hasSize(names.size());
    }

    @Test
    void aFailingAppend_changesNothing() throws Exception {
        Catalogue catalogue = open();
        Files.delete(Files.createFile(november));
        Files.createDirectory(november);
        assertThatThrownBy(() -> catalogue.append(fixture.proven("a.sql"))).isInstanceOf(IOException.class);
        Files.delete(november);
        assertThat(catalogue.inDone("mysql", "a.sql")).isEmpty();
        catalogue.append(fixture.proven("b.sql"));
        assertThat(catalogue.inDone("mysql", "b.sql")).isPresent();
    }

    @Test
    void links_areNotFollowed() throws Exception {
        Path elsewhere = Files.createDirectory(home.resolve("elsewhere"));
        Files.createSymbolicLink(directory, elsewhere);
        assertThatThrownBy(this::open).isInstanceOf(RecordUnreadableException.class).hasMessageContaining("link");
        Files.delete(directory);
        Catalogue catalogue = open();
        Path victim = Files.writeString(home.resolve("victim"), "precious");
        Files.createSymbolicLink(november, victim);
        assertThatThrownBy(this::open).isInstanceOf(RecordUnreadableException.class);
        assertThatThrownBy(() -> catalogue.append(fixture.proven("a.sql"))).isInstanceOf(IOException.class);
        Files.delete(november);
        Files.deleteIfExists(directory.resolve(".lock"));
        Files.createSymbolicLink(directory.resolve(".lock"), victim);
        assertThatThrownBy(() -> catalogue.append(fixture.proven("a.sql"))).isInstanceOf(IOException.class);
        assertThat(victim).hasContent("precious");
        assertThat(elsewhere).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-rw----", "rw-----w-", "rw-r--r--"})
    void whatOthersCanUse_isRefused(String mode) throws Exception {
        open().append(fixture.proven("a.sql"));
        Files.setPosixFilePermissions(november, PosixFilePermissions.fromString(mode));
        assertThatThrownBy(this::open).isInstanceOf(RecordUnreadableException.class).hasMessageContaining(mode);
        Files.setPosixFilePermissions(november, PosixFilePermissions.fromString("rw-------"));
        assertThat(open().inDone("mysql", "a.sql")).isPresent();
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThatThrownBy(this::open).isInstanceOf(RecordUnreadableException.class).hasMessageContaining("others can write it");
    }

    @Test
    void moreKeysThanAllowed_theOldestAreDropped() throws Exception {
        int lines = 5000;
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines; i++) {
            text.append(new String(CatalogueLine.write(fixture.proven("d" + i)), StandardCharsets.UTF_8));
        }
        Files.writeString(createNovember(), text);
        Catalogue catalogue = Catalogue.open(directory, fixture, 2000);
        int found = 0;
        for (int i = 0; i < lines; i++) {
            boolean isFound = catalogue.inDone("mysql", "d" + i).isPresent();
            found += isFound ? 1 : 0;
            assertThat(isFound).as("%d", i).isIn(i >= lines - 1000, isFound && i >= lines - 2001);
        }
        assertThat(found).isBetween(1000, 2000);
        assertThat(all(catalogue)).hasSize(lines);
    }

    @Test
    void isComplete_untilFilesInDoneAreDropped() throws Exception {
        Catalogue catalogue = Catalogue.open(directory, fixture, 3);
        for (String file : List.of("a", "b", "c", "c")) {
            catalogue.append(fixture.proven(file));
        }
        assertThat(catalogue.isComplete()).isTrue();
        catalogue.append(fixture.proven("c").with(Event.DELETED, Instant.EPOCH));
        catalogue.append(fixture.proven("d"));
        assertThat(catalogue.isComplete()).as("one left before another came").isTrue();
        catalogue.append(fixture.proven("e"));
        assertThat(catalogue.isComplete()).isFalse();
        assertThat(Catalogue.open(directory, fixture, 3).isComplete()).isFalse();
        assertThat(Catalogue.open(directory, fixture, 4).isComplete()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"directory gone", "mode 644", "link", "directory in its place"})
    void lastProven_whileTheRecordCannotBeRead_isTheLastKnown(String trouble) throws Exception {
        Catalogue catalogue = open();
        CatalogueEntry known = fixture.proven("a.sql");
        catalogue.append(known);
        Catalogue other = open();
        fixture.set("2026-11-30T22:00:00Z");
        CatalogueEntry later = fixture.proven("b.sql");
        other.append(later);
        Path from = trouble.equals("directory gone") ? directory : november;
        Path aside = home.resolve("aside");
        if (trouble.equals("mode 644")) {
            Files.setPosixFilePermissions(november, PosixFilePermissions.fromString("rw-r--r--"));
        } else {
            Files.move(from, aside);
        }
        if (trouble.equals("link")) {
            Files.createSymbolicLink(november, aside);
        } else if (trouble.startsWith("directory in")) {
            Files.createDirectory(november);
        }
        assertThat(catalogue.lastProven("mysql")).contains(known.time());
        assertThat(catalogue.lastProven("other")).isEmpty();

        if (trouble.equals("mode 644")) {
            Files.setPosixFilePermissions(november, PosixFilePermissions.fromString("rw-------"));
        } else {
            Files.deleteIfExists(from);
            Files.move(aside, from);
        }
        assertThat(catalogue.lastProven("mysql")).contains(later.time());
    }

    @Test
    void theIndex_takesLittleMemory_andFindsEveryLine() throws Exception {
        int lines = 100_000;
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(createNovember()))) {
            for (int i = 0; i < lines; i++) {
                out.write(CatalogueLine.write(fixture.proven("d" + i)));
            }
        }
        Catalogue catalogue = open();
        assertThat(catalogue.indexBytes() / lines).as("bytes a line, two keys each").isLessThan(36);
        for (int i = 0; i < lines; i += 97) {
            assertThat(catalogue.inDone("mysql", "d" + i)).isPresent();
            assertThat(catalogue.stored("offsite", CatalogueFixture.DRIVE, "", "/BACKUPS/D" + i)).isPresent();
            assertThat(catalogue.inDone("mysql", "e" + i)).isEmpty();
        }
    }

    private Path createNovember() throws IOException {
        Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        return Files.createFile(november, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    private Catalogue open() throws RecordUnreadableException {
        return Catalogue.open(directory, fixture);
    }

    private static List<CatalogueEntry> all(Catalogue catalogue) throws IOException {
        List<CatalogueEntry> all = new ArrayList<>();
        catalogue.read(all::add);
        return all;
    }
}
