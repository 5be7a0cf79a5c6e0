package io.github.camelonedrive.backup.console;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.github.camelonedrive.backup.UploadResults;
import io.github.camelonedrive.upload.UploadEvent;
import io.github.camelonedrive.upload.UploadMode;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ProgressLinesTest {

    private static final long MB = 1024 * 1024;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private Instant now = Instant.parse("2026-11-22T03:00:00Z");
    private final ProgressLines progress = new ProgressLines(new Console(stream(out), stream(err), false, false), () -> now);

    @Test
    void aSmallFileGetsALineAtItsStartAndOneAtItsEnd() {
        progress.on(new UploadEvent.Started(1, "offsite", "/Backups/a.sql", 2048, UploadMode.SIMPLE, 1));
        progress.on(new UploadEvent.Progressed(1, 1024));
        progress.on(new UploadEvent.Completed(1, UploadResults.proven(2048)));
        assertThat(lines()).containsExactly("a.sql: uploading 2.0 kB", "a.sql: proven after 1.0 s");
        assertThat(out.size()).as("standard output is for results").isZero();
    }

    @Test
    void aLargeFileGetsOneAtEachQuarterAndNoneTwiceWhenAFragmentIsSentAgain() {
        progress.on(new UploadEvent.Started(1, "offsite", "/big.sql", 40 * MB, UploadMode.SESSION, 4));
        for (long sent : new long[] {5 * MB, 10 * MB, 10 * MB, 9 * MB, 11 * MB, 25 * MB, 39 * MB, 40 * MB}) {
            progress.on(new UploadEvent.Progressed(1, sent));
        }
        assertThat(lines()).containsExactly("big.sql: uploading 40.0 MB in 4 fragments", "big.sql: 25 % (10.0 MB of 40.0 MB)",
                "big.sql: 62 % (25.0 MB of 40.0 MB)", "big.sql: 97 % (39.0 MB of 40.0 MB)");
    }

    @Test
    void aResumedUploadSaysWhereItGoesOn() {
        progress.on(new UploadEvent.Started(1, "offsite", "/big.sql", 40 * MB, UploadMode.SESSION, 4));
        progress.on(new UploadEvent.Resumed(1, 20 * MB));
        progress.on(new UploadEvent.Progressed(1, 21 * MB));
        progress.on(new UploadEvent.Progressed(1, 30 * MB));
        assertThat(lines()).containsExactly("big.sql: uploading 40.0 MB in 4 fragments",
                "big.sql: resumed at 20.0 MB of 40.0 MB", "big.sql: 75 % (30.0 MB of 40.0 MB)");
    }

    @Test
    void whatWasThereAlreadyIsToldApart() {
        progress.on(new UploadEvent.Started(1, "offsite", "/big.sql", 40 * MB, UploadMode.SESSION, 4));
        progress.on(new UploadEvent.Resumed(1, 40 * MB));
        progress.on(new UploadEvent.Completed(1, UploadResults.foundThere(40 * MB)));
        assertThat(lines()).last().isEqualTo("big.sql: was there already, proven after 1.0 s");
        assertThat(lines()).hasSize(2);
        assertThat(UploadRows.mode(UploadResults.foundThere(1))).isEqualTo("was there already");
        assertThat(UploadRows.data(UploadResults.foundThere(1))).containsEntry("resumed", true).containsEntry("bytesSent", 0L);
    }

    @Test
    void aSlowUploadSaysSomethingEveryHalfMinute() {
        progress.on(new UploadEvent.Started(1, "offsite", "/big.sql", 1000 * MB, UploadMode.SESSION, 100));
        now = now.plus(Duration.ofSeconds(29));
        progress.on(new UploadEvent.Progressed(1, 10 * MB));
        assertThat(lines()).hasSize(1);
        now = now.plus(Duration.ofSeconds(1));
        progress.on(new UploadEvent.Progressed(1, 20 * MB));
        assertThat(lines()).last().isEqualTo("big.sql: 2 % (20.0 MB of 1.0 GB)");
    }

    @Test
    void waitingIsExplainedAndAFailureEndsTheLines() {
        progress.on(new UploadEvent.Started(1, "offsite", "/a.sql", 9 * MB, UploadMode.SESSION, 1));
        progress.on(new UploadEvent.Waiting(1, Duration.ofMillis(200), "OneDrive is busy"));
        progress.on(new UploadEvent.Failed(1, new IOException("cut")));
        progress.on(new UploadEvent.Progressed(1, 5 * MB));
        progress.on(new UploadEvent.Waiting(1, Duration.ofSeconds(5), "nobody listens"));
        assertThat(lines()).containsExactly("a.sql: uploading 9.0 MB", "a.sql: waiting 1 s: OneDrive is busy");
    }

    @Test
    void aNameCannotForgeALineOrMoveTheCursor() {
        progress.on(new UploadEvent.Started(1, "offsite", "/a\n\u001b[2Jb.sql", 1, UploadMode.SIMPLE, 1));
        assertThat(lines()).containsExactly("a??[2Jb.sql: uploading 1 B");
    }

    private List<String> lines() {
        return err.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
