package io.github.camelonedrive.upload;

import io.github.camelonedrive.graph.DriveItem;
import io.github.camelonedrive.graph.UploadSession;

/** Where an upload begins. */
sealed interface Start {

    /** At the first byte. */
    record Anew() implements Start {
    }

    /** In a session that an earlier upload has left. @param offset what OneDrive has of it, proven to be the same here */
    record Midway(UploadSession session, long offset) implements Start {
    }

    /** At the proof: OneDrive has the item already. */
    record AtProof(DriveItem item) implements Start {
    }
}
