package io.github.camelonedrive.backup.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelonedrive.backup.catalogue.HeldDump;
import io.github.camelonedrive.backup.catalogue.HeldDumps;
import io.github.camelonedrive.backup.catalogue.HeldReason;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code retry}: what it releases and moves back, and what it leaves alone. */
class RetryCommandTest {

    @TempDir
    private Path directory;

    private ProgramInThisJvm program;
    private Path drop;
    private Path failed;

    @BeforeEach
    void makeTheWatches() throws Exception {
        program = new ProgramInThisJvm(directory);
        drop = Files.createDirectory(directory.resolve("mysql"));
        failed = Files.createDirectory(drop.resolve(".failed"));
        Files.createDirectory(directory.resolve("other"));
        Files.createDirectory(directory.resolve(".onedrive-backup"));
    }

    @Test
    void retry_everything_releasesAndMovesBack() throws Exception {
        held("mysql").hold(dump("sub/held.sql"));
        held("other").hold(dump("o.sql"));
        setAside("a.sql", "a.sql");
        setAside("sub/b-20261130T010203000.sql", "sub/b.sql");
        expect(0);
        assertThat(program.out().lines().map(line -> line.replaceAll(" {2,}", "|")).toList()).containsExactlyInAnyOrder(
                "WATCH|DUMP|RESULT", "mysql|sub/held.sql|released, to be tried again",
                "other|o.sql|released, to be tried again", "mysql|a.sql|moved back, to be tried again",
                "mysql|sub/b.sql|moved back, to be tried again");
        assertThat(held("mysql").count() + held("other").count()).isZero();
        assertThat(drop.resolve("a.sql")).hasContent("a.sql");
        assertThat(drop.resolve("sub/b.sql")).hasContent("sub/b.sql");
        assertThat(failed.resolve("a.sql.error.json")).doesNotExist();
        assertThat(failed.resolve("sub")).isEmptyDirectory();
        expect(0);
        assertThat(program.out()).contains("No dump is held or set aside");
    }

    @Test
    void retry_aName_isTakenWithAndWithoutItsSubDirectory() throws Exception {
        HeldDumps held = held("mysql");
        for (String file : new String[] {"a.sql", "sub/a.sql", "b.sql"}) {
            held.hold(dump(file));
        }
        setAside("c.sql", "c.sql");
        expect(0, "mysql", "sub/a.sql");
        assertThat(held.count()).isEqualTo(2);
        held.hold(dump("sub/a.sql"));
        expect(0, "mysql", "a.sql");
        assertThat(held.count()).isEqualTo(1);
        expect(0, "mysql", "c.sql");
        assertThat(drop.resolve("c.sql")).exists();
        expect(0, "mysql");
        assertThat(held.count()).isZero();
    }

    @Test
    void retry_aTakenName_staysAndIsReported() throws Exception {
        setAside("a.sql", "old");
        setAside("b.sql", "b");
        Files.writeString(drop.resolve("a.sql"), "new");
        expect(1, "mysql", "--json");
        JsonNode dumps = program.json().path("dumps");
        assertThat(dumps).hasSize(2);
        dumps.forEach(dump -> assertThat(dump.path("ok").asBoolean()).isEqualTo(dump.path("file").asText().equals("b.sql")));
        assertThat(program.out()).contains("set-aside").contains("a file of that name");
        assertThat(drop.resolve("a.sql")).hasContent("new");
        assertThat(failed.resolve("a.sql")).exists();
        assertThat(failed.resolve("a.sql.error.json")).exists();
        assertThat(drop.resolve("b.sql")).exists();
    }

    @Test
    void retry_unknownWatchOrName_isWrongUsage() throws Exception {
        expect(2, "postgres");
        assertThat(program.err()).contains("postgres").contains("mysql, other");
        expect(2, "mysql", "nothing.sql");
        assertThat(program.err()).contains("nothing.sql");
        expect(2, "mysql", "a", "b");
        expect(0, "--help");
        assertThat(program.out()).contains("WATCH").contains(".failed");
    }

    @Test
    void retry_reportsAndLinks_areNoDumps() throws Exception {
        setAside("q.sql.error.json", "a dump that is named like a report");
        Files.writeString(failed.resolve("orphan.error.json"), "{}");
        Path victim = Files.writeString(directory.resolve("victim"), "precious");
        Files.createSymbolicLink(failed.resolve("link.sql"), victim);
        expect(0, "mysql");
        assertThat(drop.resolve("q.sql.error.json")).exists();
        assertThat(failed.resolve("q.sql.error.json.error.json")).doesNotExist();
        assertThat(failed.resolve("orphan.error.json")).exists();
        assertThat(drop.resolve("link.sql")).doesNotExist();
        assertThat(victim).hasContent("precious");
    }

    @Test
    void retry_reportsThatLeadElsewhere_areNotBelieved() throws Exception {
        int number = 0;
        for (String elsewhere : new String[] {
                "../../evil", "/tmp/evil", "sub/evil", "", "..", ".done/evil", ".hidden", "\\u0000"}) {
            String name = "d" + number++;
            setAside(name, elsewhere);
            Files.writeString(failed.resolve(name + ".error.json"), "{\"file\":\"" + elsewhere + "\"}");
        }
        setAside("noreport", "x");
        Files.delete(failed.resolve("noreport.error.json"));
        Files.writeString(failed.resolve("broken"), "x");
        Files.writeString(failed.resolve("broken.error.json"), "{");
        expect(0, "mysql");
        for (int i = 0; i < number; i++) {
            assertThat(drop.resolve("d" + i)).exists();
        }
        assertThat(drop.resolve("noreport")).exists();
        assertThat(drop.resolve("broken")).exists();
    }

    @Test
    void retry_aPlaceThatIsALink_isRefused_heldOnesAreReleased() throws Exception {
        held("mysql").hold(dump("a.sql"));
        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("x.sql"), "x");
        Files.delete(failed);
        Files.createSymbolicLink(failed, elsewhere);
        expect(1);
        assertThat(program.err()).contains(".failed").contains("link");
        assertThat(held("mysql").count()).isZero();
        assertThat(elsewhere.resolve("x.sql")).exists();
        Files.delete(failed);
        Files.delete(drop.resolve(".done"));
        Files.delete(drop);
        expect(1, "mysql");
        assertThat(program.err()).contains("is not there");
    }

    private void expect(int code, String... arguments) {
        String[] all = new String[arguments.length + 9];
        all[0] = "retry";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        int at = arguments.length + 1;
        for (String watch : new String[] {"mysql", "other"}) {
            all[at++] = "-D";
            all[at++] = "backup.watch." + watch + ".directory=" + directory.resolve(watch);
            all[at++] = "-D";
            all[at++] = "backup.watch." + watch + ".destination=offsite";
        }
        program.expect(code, all);
    }

    private HeldDumps held(String watch) throws Exception {
        return HeldDumps.open(directory.resolve(".onedrive-backup/held"), watch, () -> Instant.EPOCH);
    }

    private static HeldDump dump(String file) {
        return new HeldDump(file, 1, Instant.EPOCH, HeldReason.TWIN, "p", "r", Instant.EPOCH, 1);
    }

    private void setAside(String name, String original) throws Exception {
        Path dump = failed.resolve(name);
        Files.createDirectories(dump.getParent());
        Files.writeString(dump, original);
        Files.writeString(failed.resolve(name + ".error.json"),
                "{\"file\":\"" + Optional.of(original).filter(text -> text.endsWith("sql")).orElse(name) + "\"}");
    }
}
