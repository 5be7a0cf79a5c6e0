package io.github.camelonedrive.backup;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

import io.github.camelonedrive.graph.DriveItem;
import io.github.camelonedrive.upload.Landing;
import io.github.camelonedrive.upload.UploadMode;
import io.github.camelonedrive.upload.UploadResult;
import io.github.camelonedrive.upload.Verdict;

/** Results of uploads that never were. */
public final class UploadResults {

    private UploadResults() {
    }

    public static UploadResult proven(long size) {
        return result(size, Verdict.HASH);
    }

    /** What an earlier upload had brought to OneDrive. */
    public static UploadResult foundThere(long size) {
        UploadResult sent = proven(size);
        return new UploadResult(sent.item(), size, sent.quickXorHash(), sent.mode(), 1, 0, true, sent.verdict(), sent.took(),
                sent.source(), sent.landing());
    }

    /** A single PUT that took a second. */
    public static UploadResult result(long size, Verdict verdict) {
        DriveItem item = new DriveItem("id", "name", false, size, Optional.of("hash"), Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                OptionalLong.empty(), Optional.empty());
        return new UploadResult(item, size, "hash", UploadMode.SIMPLE, 1, size, false, verdict, Duration.ofSeconds(1),
                Optional.empty(), new Landing.AsAsked());
    }
}
