package io.github.camelonedrive.upload;

import java.io.IOException;

/**
 * The journal's record of a proven upload. It lasts until whoever handed over the source has put that away, so that a crash
 * in between does not lead to a second upload.
 */
@FunctionalInterface
public interface UploadReceipt {

    /** There is nothing on record. */
    UploadReceipt NONE = () -> {
    };

    /** The source is put away: the record may go. Doing it twice is harmless. */
    void settle() throws IOException;
}
