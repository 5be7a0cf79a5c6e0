package io.github.camelonedrive.backup.watch;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.backup.failure.BackupException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The report beside a dump that was set aside, as somebody shows it on a terminal. */
class FailedDumpReportTest {

    @TempDir
    private Path directory;

    @Test
    void report_holdsNamesAndMessagesInPrintableForm() throws Exception {
        WatchFixture fixture = new WatchFixture(directory).open();
        String name = "a\u202egnp\u009b1A.sql";
        fixture.dump(name, "content");
        fixture.rollback(name, fixture.take(name),
                new BackupException(FailureKind.SOURCE, "No \u001b[2J\u2066\u200b.", "Do something."));
        Path moved = fixture.last(DumpEvent.SetAside.class).movedTo();
        Path report = moved.resolveSibling(moved.getFileName() + ".error.json");
        assertThat(Files.readString(report, StandardCharsets.UTF_8)).doesNotContainPattern("[^\n -~]").contains("\\u202egnp\\u009b1A")
                .endsWith("}\n");
        assertThat(new ObjectMapper().readTree(report.toFile()).get("file").asText()).isEqualTo(name);
        assertThat(new ObjectMapper().readTree(report.toFile()).get("problem").asText()).isEqualTo("No \u001b[2J\u2066\u200b.");
    }
}
