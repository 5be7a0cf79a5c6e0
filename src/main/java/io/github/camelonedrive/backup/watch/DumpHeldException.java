package io.github.camelonedrive.backup.watch;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.backup.catalogue.HeldReason;

/** A dump is not uploaded, or does not count as done, until somebody has looked at it. */
final class DumpHeldException extends OneDriveException {

    private static final long serialVersionUID = 1L;

    private final HeldReason reason;

    DumpHeldException(HeldReason reason, String problem, String remedy) {
        super(FailureKind.UNSETTLED, problem, remedy, null);
        this.reason = reason;
    }

    HeldReason reason() {
        return reason;
    }
}
