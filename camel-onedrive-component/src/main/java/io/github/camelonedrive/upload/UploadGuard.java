package io.github.camelonedrive.upload;

import java.io.IOException;
import java.util.Optional;

/** Decides about an upload before a byte of it is sent. */
@FunctionalInterface
public interface UploadGuard {

    /** Lets every upload pass. */
    UploadGuard NONE = (place, source, lookup) -> {
    };

    /**
     * Called for each attempt, when the source is open and the target is known. Safe for use by several threads.
     *
     * @param  place  where the upload goes
     * @param  lookup looks at what OneDrive has there now
     * @throws IOException to refuse the upload; it fails with this exception
     */
    void beforeUpload(UploadKey place, UploadSource source, ItemLookup lookup) throws IOException, InterruptedException;

    /** Looks at the target of an upload. */
    @FunctionalInterface
    interface ItemLookup {

        /** Returns the name that the item at the target has in OneDrive; empty if there is none. Costs a request. */
        Optional<String> nameInOneDrive() throws IOException, InterruptedException;

        /** Returns the id of the drive; empty if OneDrive does not name it. Costs a request. */
        default Optional<String> driveId() throws IOException, InterruptedException {
            return Optional.empty();
        }
    }
}
