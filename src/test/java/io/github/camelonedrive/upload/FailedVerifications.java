package io.github.camelonedrive.upload;

import java.util.Optional;
import java.util.OptionalLong;

import io.github.camelonedrive.graph.DriveItem;
import io.github.camelonedrive.graph.ItemPath;

/** Failures that only the uploader makes. */
public final class FailedVerifications {

    private FailedVerifications() {
    }

    public static VerificationFailedException mismatch() {
        DriveItem item = new DriveItem("id", "a.sql", false, 7, Optional.of("other"), Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                OptionalLong.empty(), Optional.empty());
        return VerificationFailedException.mismatch(
                new UploadRequest("offsite", ItemPath.parse("/Backups/a.sql"), UploadOptions.DEFAULT, false), item,
                "QuickXorHash", "hash", "other");
    }
}
