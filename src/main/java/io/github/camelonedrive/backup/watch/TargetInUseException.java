package io.github.camelonedrive.backup.watch;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.OneDriveException;

/** Another dump is being uploaded to the same place at the moment. */
final class TargetInUseException extends OneDriveException {

    private static final long serialVersionUID = 1L;

    TargetInUseException(String dump, String other) {
        super(FailureKind.SERVICE, dump + " waits, because " + other + " is being uploaded to the same place.", "", null);
    }
}
