package io.github.camelonedrive.upload.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelonedrive.credentials.MasterKey;
import io.github.camelonedrive.credentials.Vault;
import io.github.camelonedrive.upload.JournalEntry;
import io.github.camelonedrive.upload.JournalTrace;
import io.github.camelonedrive.upload.UploadKey;

import static org.assertj.core.api.Assertions.assertThat;

class SealedByVaultTest {

    private static final UploadKey KEY = Fixture.key("/Backups/mysql.sql");

    @TempDir
    Path home;

    private Path dir;
    private FileUploadJournal journal;

    @BeforeEach
    void leaveAnOpenSession() throws IOException {
        dir = home.resolve("journal");
        journal = journal("first");
        Fixture.leaveOpenSession(journal, KEY, Fixture.stream(1));
    }

    private FileUploadJournal journal(String vault) throws IOException {
        MasterKey key = MasterKey.generate(home.resolve(vault + ".key"));
        return new FileUploadJournal(dir, new SealedByVault(Vault.create(home.resolve(vault), key).journalSealer()));
    }

    @Test
    void sessionIsFoundAgainWithTheSameVault() throws IOException {
        assertThat(claim(journal).uploadUrl()).contains(Fixture.url(1));
    }

    @Test
    void withAnotherVaultASessionMayBeOpen() throws IOException {
        JournalTrace trace = claim(journal("second"));
        assertThat(trace.uploadUrl()).isEmpty();
        assertThat(trace.openingSince()).isPresent();
    }

    @Test
    void sealedUrlOpensInItsOwnEntryOnly() throws IOException {
        Path file = Fixture.file(dir);
        Files.move(file, file.resolveSibling(KEY.fingerprint() + "-0123456789abcdef.upload"));
        JournalTrace trace = claim(journal);
        assertThat(trace.uploadUrl()).isEmpty();
        assertThat(trace.openingSince()).isPresent();
    }

    @Test
    void noUrlLiesOnTheDiskInTheClear() throws IOException {
        String content = Files.readString(Fixture.file(dir), StandardCharsets.ISO_8859_1);
        String url = Fixture.url(1).reveal();
        assertThat(content).doesNotContain("upload.example", url.substring(url.indexOf('=') + 1));
        // Each of the three ways in which a text can lie in base64, whatever stands before it.
        for (int shift = 0; shift < 3; shift++) {
            byte[] shifted = (" ".repeat(shift) + url).getBytes(StandardCharsets.US_ASCII);
            assertThat(content).doesNotContain(Base64.getEncoder().encodeToString(shifted).substring(4, 40));
        }
        assertThat(content).contains("\"url\":\"");
    }

    private static JournalTrace claim(FileUploadJournal journal) throws IOException {
        List<JournalEntry> claimed = journal.claim(KEY);
        assertThat(claimed).hasSize(1);
        Fixture.closeAll(claimed);
        return claimed.get(0).trace();
    }
}
