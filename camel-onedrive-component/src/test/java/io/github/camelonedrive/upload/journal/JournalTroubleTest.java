package io.github.camelonedrive.upload.journal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelonedrive.upload.JournalEntry;
import io.github.camelonedrive.upload.JournalTrace;
import io.github.camelonedrive.upload.UploadKey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** What the engine is told when the disk does not do as it should. */
@Timeout(120)
class JournalTroubleTest {

    private static final UploadKey KEY = Fixture.key("/Backups/mysql.sql");

    @TempDir
    Path home;

    private FileUploadJournal journal(Path directory) {
        return new FileUploadJournal(directory, Fixture.sealer());
    }

    @Test
    void fileInPlaceOfTheDirectoryIsNamed() throws IOException {
        Path file = Files.writeString(home.resolve("journal"), "mine");
        for (Path directory : List.of(file, file.resolve("below"))) {
            assertThatThrownBy(() -> journal(directory).begin(KEY, Fixture.stream(1))).isInstanceOf(IOException.class)
                    .hasMessageContaining("directory " + directory + " can't be made").hasMessageContaining("irectory");
            assertThatThrownBy(() -> journal(directory).claim(KEY)).isInstanceOf(IOException.class)
                    .hasMessageContaining("journal " + directory + " can't be read");
            assertThatThrownBy(() -> journal(directory).claimAbandoned("a", "b")).isInstanceOf(IOException.class);
        }
        assertThat(file).hasContent("mine");
    }

    @Test
    void directoryThatMayNotBeWrittenIsNamed() throws IOException {
        Path directory = Files.createDirectory(home.resolve("journal"));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("r-x------"));
        assumeFalse(Files.isWritable(directory), "root may write everywhere");
        assertThatThrownBy(() -> journal(directory).begin(KEY, Fixture.stream(1))).isInstanceOf(IOException.class)
                .hasMessageContaining(directory.toString()).hasMessageContaining("permission denied");
        assertThat(journal(directory).claim(KEY)).isEmpty();
    }

    @Test
    void entryThatIsRemovedMeanwhileTakesNoRecord() throws IOException {
        Path directory = home.resolve("journal");
        JournalEntry entry = journal(directory).begin(KEY, Fixture.stream(1));
        entry.opening("FOLDER!1", Fixture.THERE, Fixture.AT);
        JournalTrace before = entry.trace();
        Files.delete(Fixture.file(directory));
        Files.delete(directory);

        assertThatThrownBy(() -> entry.opened(Fixture.url(1), null)).isInstanceOf(IOException.class)
                .hasMessageContaining("somebody has removed it").hasMessageContaining(directory.toString());
        assertThat(entry.trace()).isEqualTo(before);
        entry.reading(Fixture.prefix(1));
        entry.force();
        entry.forget();
    }

    @Test
    void directoryThatIsRemovedMeanwhileIsMadeAgain() throws IOException {
        Path directory = home.resolve("journal");
        FileUploadJournal journal = journal(directory);
        journal.begin(KEY, Fixture.stream(1)).forget();
        Files.delete(directory);
        assertThat(journal.claim(KEY)).isEmpty();
        journal.begin(KEY, Fixture.stream(1)).close();
        assertThat(journal.claim(KEY)).hasSize(1).allSatisfy(JournalEntry::forget);
    }

    @Test
    void fullDiskIsSaidAndCostsNothingThatIsThere() throws Exception {
        Path disk = Files.createDirectory(home.resolve("disk"));
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk.toString()), "may not mount");
        try {
            FileUploadJournal journal = journal(disk.resolve("journal"));
            JournalEntry entry = journal.begin(KEY, Fixture.stream(1));
            entry.opening("FOLDER!1", Fixture.THERE, Fixture.AT);
            Path filler = fill(disk);
            assertThatThrownBy(() -> journal.begin(Fixture.key("/other"), Fixture.stream(2))).isInstanceOf(IOException.class)
                    .hasMessageContaining("can't be made (No space left on device)");
            assertThat(Fixture.files(disk.resolve("journal"))).hasSize(1);
            assertThatThrownBy(() -> appendUntilFull(entry)).isInstanceOf(IOException.class)
                    .hasMessageContaining("can't be written (No space left on device)");
            JournalTrace trace = entry.trace();
            entry.reading(Fixture.prefix(7));
            entry.force();
            entry.close();
            List<JournalEntry> claimed = journal.claim(KEY);
            assertThat(claimed).extracting(JournalEntry::trace).containsExactly(trace.reading(Fixture.prefix(7)));
            Files.delete(filler);
            claimed.get(0).opened(Fixture.url(2), null);
            claimed.get(0).close();
            List<JournalEntry> again = journal.claim(KEY);
            assertThat(again).extracting(JournalEntry::trace).containsExactly(claimed.get(0).trace());
            Fixture.closeAll(again);
        } finally {
            run("umount", disk.toString());
        }
    }

    private static void appendUntilFull(JournalEntry entry) throws IOException {
        for (int i = 0; i < 1_000; i++) {
            entry.opened(Fixture.url(1), Fixture.EXPIRES);
        }
    }

    private static Path fill(Path disk) throws IOException {
        Path filler = disk.resolve("filler");
        byte[] page = new byte[4096];
        try (OutputStream out = Files.newOutputStream(filler)) {
            for (int i = 0; i < 100; i++) {
                out.write(page);
            }
        } catch (IOException e) {
            return filler;
        }
        throw new IOException("The disk does not get full");
    }

    private static boolean run(String... command) throws Exception {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
