package io.github.camelonedrive.backup.catalogue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import io.github.camelonedrive.backup.failure.BackupException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class HeldDumpsTest {

    private static final Instant TIME = Instant.parse("2026-11-30T01:02:03.000000004Z");

    @TempDir
    Path home;

    private Instant now = TIME;

    @Test
    void hold_isFoundOverRestarts_untilReleased() throws Exception {
        HeldDump dump = held("sub/Größe \n.sql");
        HeldDumps dumps = open("mysql");
        dumps.hold(dump);
        for (HeldDumps any : List.of(dumps, open("mysql"))) {
            assertThat(any.find("sub/Größe \n.sql")).contains(dump);
            assertThat(any.find("sub/größe \n.sql")).isEmpty();
            assertThat(any.count()).isEqualTo(1);
            assertThat(all(any)).containsExactly(dump);
        }
        assertThat(open("other").find("sub/Größe \n.sql")).isEmpty();
        assertThat(dumps.release("sub/Größe \n.sql")).isTrue();
        assertThat(dumps.release("sub/Größe \n.sql")).isFalse();
        assertThat(dumps.find("sub/Größe \n.sql")).isEmpty();
        assertThat(dumps.count()).isZero();
        assertThat(open("mysql").count()).isZero();
    }

    @Test
    void hold_again_replacesWhatWasKnown() throws Exception {
        HeldDumps dumps = open("mysql");
        dumps.hold(held("a"));
        HeldDump other = new HeldDump("a", 8, TIME, HeldReason.MISMATCH, "p", "", TIME, 2);
        dumps.hold(other);
        assertThat(dumps.find("a")).contains(other);
        assertThat(all(dumps)).containsExactly(other);
    }

    @Test
    void find_aFileThatAnotherProcessDeleted_isNotHeld() throws Exception {
        HeldDumps dumps = open("mysql");
        dumps.hold(held("a"));
        dumps.hold(held("b"));
        assertThat(open("mysql").release("a")).isTrue();
        assertThat(dumps.find("a")).isEmpty();
        assertThat(dumps.find("b")).isPresent();
        now = now.plusSeconds(3);
        assertThat(dumps.count()).isEqualTo(1);
    }

    @Test
    void noteMismatch_countsOneContent_overRestarts() throws Exception {
        assertThat(open("mysql").noteMismatch("a", 5, TIME)).isEqualTo(1);
        assertThat(open("mysql").find("a")).isEmpty();
        assertThat(open("mysql").count()).isZero();
        assertThat(open("mysql").noteMismatch("a", 5, TIME)).isEqualTo(2);
        assertThat(open("mysql").noteMismatch("b", 5, TIME)).isEqualTo(1);
        assertThat(open("mysql").noteMismatch("a", 6, TIME)).isEqualTo(1);
        assertThat(open("mysql").noteMismatch("a", 6, TIME.plusNanos(1))).isEqualTo(1);
        open("mysql").release("a");
        assertThat(open("mysql").noteMismatch("a", 6, TIME.plusNanos(1))).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{}", "null", "garbage", "NEW_REASON", "other dump", "too long"})
    void unusableContent_holdsItsDumpAndNoOther(String damage) throws Exception {
        HeldDumps dumps = open("mysql");
        dumps.hold(held("a"));
        Path record = onlyRecord("mysql");
        dumps.hold(held("b"));
        Files.writeString(record, switch (damage) {
            case "NEW_REASON" -> Files.readString(record).replace("TWIN", damage);
            case "other dump" -> Files.readString(record).replace("\"a\"", "\"b\"");
            case "too long" -> "{" + " ".repeat(1024 * 1024) + "}";
            default -> damage;
        });
        assertHeldByAnUnusableRecord(dumps, record);
        assertHeldByAnUnusableRecord(open("mysql"), record);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mode 644", "link", "directory"})
    void unusableFile_holdsItsDumpAndNoOther(String what) throws Exception {
        HeldDumps dumps = open("mysql");
        dumps.hold(held("a"));
        Path record = onlyRecord("mysql");
        dumps.hold(held("b"));
        if (what.equals("mode 644")) {
            Files.setPosixFilePermissions(record, PosixFilePermissions.fromString("rw-r--r--"));
        } else {
            Path aside = Files.move(record, home.resolve("aside"));
            if (what.equals("link")) {
                Files.createSymbolicLink(record, aside);
            } else {
                Files.createDirectory(record);
            }
        }
        assertHeldByAnUnusableRecord(dumps, record);
        assertHeldByAnUnusableRecord(open("mysql"), record);
    }

    private void assertHeldByAnUnusableRecord(HeldDumps dumps, Path record) throws Exception {
        assertThat(dumps.find("a")).hasValueSatisfying(dump -> {
            assertThat(dump.isSameContent(77, TIME.plusSeconds(1))).as("whatever it looks like").isTrue();
            assertThat(dump.problem()).contains(record.toString(), "cannot be read: ").endsWith(".");
            assertThat(dump.remedy()).contains("Delete that file");
        });
        assertThat(dumps.find("b")).contains(held("b"));
        assertThat(dumps.find("c")).isEmpty();
        assertThat(dumps.count()).isEqualTo(2);
        dumps.forEach(dump -> assertThat(dump.file()).isEqualTo("b"));
    }

    @Test
    void unusableRecord_thatIsDeletedOrReplaced_holdsNoMore() throws Exception {
        HeldDumps dumps = open("mysql");
        dumps.hold(held("a"));
        Files.writeString(onlyRecord("mysql"), "{");
        assertThat(dumps.find("a")).isPresent();
        Files.delete(onlyRecord("mysql"));
        assertThat(dumps.find("a")).isEmpty();
        dumps.hold(held("a"));
        assertThat(dumps.find("a")).contains(held("a"));
    }

    @Test
    void unusableNote_countsAsNone() throws Exception {
        HeldDumps dumps = open("mysql");
        dumps.noteMismatch("a", 5, TIME);
        Path note = onlyRecord("mysql");
        Files.setPosixFilePermissions(note, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(dumps.noteMismatch("a", 5, TIME)).isEqualTo(1);
        Files.writeString(note, "{");
        assertThat(dumps.noteMismatch("a", 5, TIME)).isEqualTo(1);
        assertThat(dumps.noteMismatch("a", 5, TIME)).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"held/mysql", "held"})
    void missingDirectory_holdsNothing_andIsMadeAgain(String missing) throws Exception {
        HeldDumps dumps = open("mysql");
        dumps.hold(held("a"));
        Path aside = Files.move(home.resolve(missing), home.resolve("aside"));
        assertThat(dumps.find("a")).isEmpty();
        assertThat(dumps.count()).isZero();
        assertThat(all(dumps)).isEmpty();
        assertThat(dumps.release("a")).isFalse();
        dumps.hold(held("b"));
        assertThat(dumps.find("b")).isPresent();
        assertThat(dumps.find("a")).isEmpty();
        assertThat(dumps.noteMismatch("c", 5, TIME)).isEqualTo(1);

        Files.move(home.resolve(missing), home.resolve("later"));
        Files.move(aside, home.resolve(missing));
        assertThat(dumps.find("a")).isPresent();
        assertThat(dumps.find("b")).isEmpty();
    }

    @Test
    void directoryThatIsAFileNow_keepsWhatWasKnown() throws Exception {
        HeldDumps dumps = open("mysql");
        dumps.hold(held("a"));
        Files.move(home.resolve("held/mysql"), home.resolve("aside"));
        Files.createFile(home.resolve("held/mysql"));
        assertThat(dumps.find("a")).isPresent();
        assertThat(dumps.find("b")).isEmpty();
        assertThat(dumps.count()).isEqualTo(1);
        assertThatThrownBy(() -> dumps.hold(held("b"))).isInstanceOf(IOException.class);
    }

    @Test
    void ownChanges_doNotListTheDirectoryAgain_yetForeignOnesOfTheSameMomentAreFound() throws Exception {
        HeldDumps dumps = open("mysql");
        dumps.hold(held("a"));
        Path directory = home.resolve("held/mysql");
        FileTime time = Files.getLastModifiedTime(directory);
        open("other").hold(held("b"));
        Path record = onlyRecord("other");
        Files.move(record, directory.resolve(record.getFileName()));
        Files.setLastModifiedTime(directory, time);

        dumps.hold(held("c"));
        dumps.noteMismatch("d", 5, TIME);
        dumps.release("d");
        dumps.release("a");
        assertThat(dumps.find("c")).isPresent();
        assertThat(dumps.find("b")).as("the directory is not listed for each own change").isEmpty();

        now = now.plusSeconds(3);
        assertThat(dumps.find("b")).isPresent();
        assertThat(dumps.find("a")).isEmpty();
        assertThat(dumps.find("c")).isPresent();
        assertThat(dumps.count()).isEqualTo(2);
    }

    @Test
    void foreignChange_isFoundAtOnce_whenItsTimeDiffers() throws Exception {
        HeldDumps dumps = open("mysql");
        open("mysql").hold(held("a"));
        Files.setLastModifiedTime(home.resolve("held/mysql"), FileTime.from(Instant.now().minusSeconds(60)));
        assertThat(dumps.find("a")).isPresent();
    }

    @Test
    void hundredsOfHeldDumps_areFoundInAnyOrder() throws Exception {
        HeldDumps dumps = open("mysql");
        List<String> files = IntStream.range(0, 600).mapToObj(number -> "dump-" + number).toList();
        for (String file : files) {
            dumps.hold(held(file));
        }
        assertThat(files).allSatisfy(file -> assertThat(dumps.find(file)).isPresent());
        for (String file : files.subList(200, 400)) {
            assertThat(dumps.release(file)).isTrue();
        }
        assertThat(files.subList(200, 400)).allSatisfy(file -> assertThat(dumps.find(file)).isEmpty());
        assertThat(files.subList(400, 600)).allSatisfy(file -> assertThat(dumps.find(file)).isPresent());
        assertThat(dumps.count()).isEqualTo(400).isEqualTo(open("mysql").count());
    }

    @Test
    void foreignAndTemporaryFiles_holdNothing() throws Exception {
        open("mysql");
        Path left = Files.writeString(home.resolve("held/mysql/0.json.1.tmp"), "x");
        Path fresh = Files.writeString(home.resolve("held/mysql/0.json.2.tmp"), "x");
        Files.setLastModifiedTime(left, FileTime.from(Instant.now().minusSeconds(4000)));
        Files.writeString(home.resolve("held/mysql/README.json"), "{}");
        assertThat(open("mysql").count()).isZero();
        assertThat(left).doesNotExist();
        assertThat(fresh).exists();
    }

    @Test
    void links_areNotFollowed() throws Exception {
        Path elsewhere = Files.createDirectory(home.resolve("elsewhere"));
        Files.createDirectory(home.resolve("held"));
        Files.createSymbolicLink(home.resolve("held/mysql"), elsewhere);
        assertThatThrownBy(() -> open("mysql")).isInstanceOf(BackupException.class).hasMessageContaining("link");
        HeldDumps dumps = open("other");
        dumps.hold(held("a"));
        Path file;
        try (var files = Files.list(home.resolve("held/other"))) {
            file = files.findFirst().orElseThrow();
        }
        Path victim = Files.writeString(home.resolve("victim"), "precious");
        Files.delete(file);
        Files.createSymbolicLink(file, victim);
        dumps.hold(held("a"));
        assertThat(victim).hasContent("precious");
        assertThat(Files.isSymbolicLink(file)).isFalse();
        assertThat(dumps.find("a")).isPresent();
    }

    private static HeldDump held(String file) {
        return new HeldDump(file, 5, TIME, HeldReason.TWIN, "Its twin is there.", "Rename it.", TIME, 1);
    }

    private HeldDumps open(String watch) throws BackupException {
        return HeldDumps.open(home.resolve("held"), watch, () -> now);
    }

    private Path onlyRecord(String watch) throws IOException {
        try (var files = Files.list(home.resolve("held").resolve(watch))) {
            return files.findFirst().orElseThrow();
        }
    }

    private static List<HeldDump> all(HeldDumps dumps) throws IOException {
        List<HeldDump> all = new ArrayList<>();
        dumps.forEach(all::add);
        return all;
    }
}
