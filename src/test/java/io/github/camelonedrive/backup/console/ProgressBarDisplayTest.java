package io.github.camelonedrive.backup.console;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

import io.github.camelonedrive.backup.UploadResults;
import io.github.camelonedrive.upload.UploadEvent;
import io.github.camelonedrive.upload.UploadMode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The bar, drawn on a terminal that only remembers what it was sent. */
class ProgressBarDisplayTest {

    private static final long KB = 1024;

    private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();
    private Instant now = Instant.parse("2026-11-22T03:00:00Z");

    @Test
    void nothingIsDrawnBeforeTheFirstUploadStarts() {
        display(1, 100 * KB).close();
        assertThat(shown()).isEmpty();
    }

    @Test
    void theBarEndsFullWithTheNameOfTheFile() {
        ProgressBarDisplay bar = display(1, 100 * KB);
        bar.on(started(1, "/Backups/a.sql", 100 * KB));
        bar.on(new UploadEvent.Progressed(1, 50 * KB));
        bar.on(new UploadEvent.Completed(1, UploadResults.proven(100 * KB)));
        bar.close();
        assertThat(lastDrawn()).contains("Uploading").contains("100%").contains("100/100 kB").contains("a.sql");
    }

    @Test
    void severalFilesAreCountedAndAddUpAndAFailedOneNoLongerCounts() {
        ProgressBarDisplay bar = display(3, 300 * KB);
        bar.on(started(1, "/a.sql", 100 * KB));
        bar.on(started(2, "/b.sql", 100 * KB));
        bar.on(new UploadEvent.Progressed(1, 60 * KB));
        bar.on(new UploadEvent.Failed(1, new IOException("cut")));
        bar.on(new UploadEvent.Completed(2, UploadResults.proven(100 * KB)));
        bar.close();
        assertThat(lastDrawn()).contains("100/300 kB").contains("2/3 b.sql");
    }

    @Test
    void largeSumsAreShownInMegabytes() {
        ProgressBarDisplay bar = display(1, 20 * KB * KB);
        bar.on(started(1, "/a.sql", 20 * KB * KB));
        bar.on(new UploadEvent.Progressed(1, 5 * KB * KB));
        bar.close();
        assertThat(lastDrawn()).contains("5/20 MB").contains("25%");
    }

    @Test
    void aResumedUploadStartsWhereItWasBrokenOff() {
        ProgressBarDisplay bar = display(1, 20 * KB * KB);
        bar.on(started(1, "/a.sql", 20 * KB * KB));
        bar.on(new UploadEvent.Resumed(1, 15 * KB * KB));
        bar.close();
        assertThat(lastDrawn()).contains("15/20 MB").contains("a.sql, resumed at 15.0 MB");
    }

    @Test
    void theSpeedIsThatOfTheLineAndNotOfWhatWasThereBefore() {
        ProgressBarDisplay bar = display(1, 20 * KB * KB);
        bar.on(started(1, "/a.sql", 20 * KB * KB));
        bar.on(new UploadEvent.Resumed(1, 15 * KB * KB));
        now = now.plusSeconds(2);
        bar.on(new UploadEvent.Progressed(1, 17 * KB * KB));
        bar.close();
        assertThat(lastDrawn()).contains("17/20 MB").contains("1.0 MB/s");
    }

    @Test
    void aSessionOfWhichNothingArrivedIsNotCalledResumedAndANewStartSaysWhy() {
        ProgressBarDisplay bar = display(1, 20 * KB * KB);
        bar.on(started(1, "/a.sql", 20 * KB * KB));
        bar.on(new UploadEvent.Resumed(1, 0));
        bar.close();
        assertThat(lastDrawn()).contains("a.sql").doesNotContain("resumed");
        ProgressBarDisplay other = display(1, 20 * KB * KB);
        other.on(started(2, "/b.sql", 20 * KB * KB));
        other.on(new UploadEvent.StartedAnew(2, "the session is gone"));
        other.close();
        assertThat(lastDrawn()).contains("b.sql, anew because the session is gone");
    }

    @Test
    void waitingIsShownWhileItLasts() {
        ProgressBarDisplay bar = display(1, 100 * KB);
        bar.on(started(1, "/a.sql", 100 * KB));
        bar.on(new UploadEvent.Waiting(1, Duration.ofSeconds(7), "OneDrive is busy"));
        Awaitility.await().until(() -> shown().contains("waiting 7 s: OneDrive is busy"));
        bar.close();
    }

    @Test
    void aNameIsCutWhereItIsTooLongAndCannotMoveTheCursor() {
        ProgressBarDisplay bar = display(1, 100 * KB);
        bar.on(started(1, "/" + "🎉".repeat(40) + "\n.sql", 100 * KB));
        bar.close();
        assertThat(shown()).contains("🎉".repeat(14) + "…");
        ProgressBarDisplay other = display(1, 100 * KB);
        other.on(started(2, "/a\u001b[2J.sql", 100 * KB));
        other.close();
        assertThat(shown()).contains("a?[2J.sql");
    }

    private ProgressBarDisplay display(int files, long bytes) {
        return new ProgressBarDisplay(new PrintStream(terminal, true, StandardCharsets.UTF_8), "Uploading",
                files, bytes, () -> now);
    }

    private static UploadEvent.Started started(long id, String target, long size) {
        return new UploadEvent.Started(id, "offsite", target, size, UploadMode.SIMPLE, 1);
    }

    private String shown() {
        return terminal.toString(StandardCharsets.UTF_8);
    }

    private String lastDrawn() {
        String text = shown().stripTrailing();
        return text.substring(text.lastIndexOf('\r') + 1);
    }
}
