package io.github.camelonedrive.upload;

import java.util.Optional;
import java.util.OptionalLong;

import io.github.camelonedrive.graph.DriveItem;

/** Failures that only the uploader makes. */
public final class FailedVerifications {

    private FailedVerifications() {
    }

    public static VerificationFailedException mismatch() {
        DriveItem item = new DriveItem("id", "a.sql", false, 7, Optional.of("other"), Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), OptionalLong.empty(), Optional.empty());
        return VerificationFailedException.mismatch("Uploading '/Backups/a.sql' to 'offsite' is not proven: the item's "
                + "QuickXorHash is other, but what was read has hash.", item,
                new ItemHistory.Previous(Optional.of("1.0"), "Restore its version 1.0."));
    }
}
