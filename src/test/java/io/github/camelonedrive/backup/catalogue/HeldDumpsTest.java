package io.github.camelonedrive.backup.catalogue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.github.camelonedrive.backup.failure.BackupException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class HeldDumpsTest {

    private static final Instant TIME = Instant.parse("2026-11-30T01:02:03.000000004Z");

    @TempDir
    Path home;

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

    @Test
    void damagedAndForeignFiles_holdNothing() throws Exception {
        HeldDumps dumps = open("mysql");
        dumps.hold(held("a"));
        Path file;
        try (var files = Files.list(home.resolve("held/mysql"))) {
            file = files.findFirst().orElseThrow();
        }
        for (String damaged : List.of("", "{", "[]", "{}", "null", Files.readString(file).replace("TWIN", "NEW_REASON"))) {
            Files.writeString(file, damaged);
            assertThat(dumps.find("a")).as(damaged).isEmpty();
            assertThat(all(dumps)).isEmpty();
        }
        Path left = Files.writeString(home.resolve("held/mysql/0.json.1.tmp"), "x");
        Path fresh = Files.writeString(home.resolve("held/mysql/0.json.2.tmp"), "x");
        Files.setLastModifiedTime(left, FileTime.from(Instant.now().minusSeconds(4000)));
        Files.writeString(home.resolve("held/mysql/README.json"), "{}");
        assertThat(open("mysql").count()).isEqualTo(1);
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
        return HeldDumps.open(home.resolve("held"), watch, () -> TIME);
    }

    private static List<HeldDump> all(HeldDumps dumps) throws IOException {
        List<HeldDump> all = new ArrayList<>();
        dumps.forEach(all::add);
        return all;
    }
}
