package io.github.camelonedrive.backup;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

import io.github.camelonedrive.graph.DriveItem;
import io.github.camelonedrive.hash.QuickXorHash;
import io.github.camelonedrive.upload.FailedVerifications;
import io.github.camelonedrive.upload.Landing;
import io.github.camelonedrive.upload.UploadMode;
import io.github.camelonedrive.upload.UploadResult;
import io.github.camelonedrive.upload.UploadSource;
import io.github.camelonedrive.upload.Verdict;
import io.github.camelonedrive.upload.VerificationFailedException;

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

    /** The upload of a source that was really read. */
    public static UploadResult of(String name, UploadSource source) throws IOException {
        return of(name, Optional.empty(), source);
    }

    /** The same, to a drive whose id OneDrive names. */
    public static UploadResult of(String name, Optional<String> driveId, UploadSource source) throws IOException {
        QuickXorHash hash = new QuickXorHash();
        byte[] buffer = new byte[8192];
        for (int count = source.read(0, buffer, buffer.length); count > 0;
             count = source.read(hash.length(), buffer, buffer.length)) {
            hash.update(buffer, 0, count);
        }
        DriveItem item = new DriveItem("id", name, false, source.size(), Optional.of(hash.base64()), Optional.empty(),
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), driveId, Optional.empty(),
                Optional.empty(), OptionalLong.empty(), Optional.empty());
        return new UploadResult(item, source.size(), hash.base64(), UploadMode.SIMPLE, 1, source.size(), false, Verdict.HASH,
                Duration.ofSeconds(1), Optional.empty(), new Landing.AsAsked());
    }

    /** OneDrive stored something else. */
    public static VerificationFailedException mismatch() {
        return FailedVerifications.mismatch();
    }

    /** A single PUT that took a second. */
    public static UploadResult result(long size, Verdict verdict) {
        DriveItem item = new DriveItem("id", "name", false, size, Optional.of("hash"), Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), OptionalLong.empty(), Optional.empty());
        return new UploadResult(item, size, "hash", UploadMode.SIMPLE, 1, size, false, verdict, Duration.ofSeconds(1),
                Optional.empty(), new Landing.AsAsked());
    }
}
