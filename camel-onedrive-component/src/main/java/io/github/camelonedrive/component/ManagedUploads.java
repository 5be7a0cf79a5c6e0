package io.github.camelonedrive.component;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import javax.management.openmbean.OpenDataException;
import javax.management.openmbean.TabularData;

import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedOperation;

/** What JMX shows of uploads and lets operators do with them, at an endpoint and at the component. Shows no secrets. */
public interface ManagedUploads {

    /** What is and was uploaded. */
    UploadActivity uploads();

    /** Until when Microsoft wants no requests; empty when it takes them. */
    Optional<Instant> throttledUntil();

    /** How long Microsoft wanted no requests since the start, what is still to come included. */
    Duration throttledInAll();

    @ManagedAttribute(description = "Uploads under way")
    default int getUploadsInFlight() {
        return uploads().inFlight();
    }

    @ManagedAttribute(description = "Files uploaded and proven since the start")
    default long getFilesUploaded() {
        return uploads().uploaded();
    }

    @ManagedAttribute(description = "Uploads that failed, were stopped or cancelled since the start")
    default long getUploadsFailed() {
        return uploads().failed();
    }

    @ManagedAttribute(description = "Uploads that went on where an earlier attempt was")
    default long getUploadsResumed() {
        return uploads().resumed();
    }

    @ManagedAttribute(description = "Steps of uploads that were tried again")
    default long getRetries() {
        return uploads().retries();
    }

    @ManagedAttribute(description = "Bytes of content sent since the start, repetitions included")
    default long getBytesSent() {
        return uploads().bytesSent();
    }

    /** @return ISO-8601, or null when it takes requests */
    @ManagedAttribute(description = "Until when Microsoft wants no requests; null when it takes them")
    default String getThrottledUntil() {
        return throttledUntil().map(Instant::toString).orElse(null);
    }

    @ManagedAttribute(description = "Seconds for which Microsoft wanted no requests since the start")
    default double getThrottledSeconds() {
        return throttledInAll().toMillis() / 1000.0;
    }

    /** @return ISO-8601, or null when nothing was uploaded yet */
    @ManagedAttribute(description = "When an upload last ended well")
    default String getLastSuccess() {
        return uploads().lastSuccess().map(end -> end.at().toString()).orElse(null);
    }

    /** @return ISO-8601, or null when none has failed yet */
    @ManagedAttribute(description = "When an upload last failed")
    default String getLastFailure() {
        return uploads().lastFailure().map(end -> end.at().toString()).orElse(null);
    }

    /** @return file and reason in plain words, or null when none has failed yet */
    @ManagedAttribute(description = "Which upload last failed, and why")
    default String getLastFailureReason() {
        return uploads().lastFailure().map(end -> end.target() + ": " + end.problem()).orElse(null);
    }

    /** Whether new uploads wait. */
    @ManagedAttribute(description = "Whether new uploads wait")
    boolean isUploadsPaused();

    /** How many uploads wait because of the pause. */
    @ManagedAttribute(description = "Uploads that wait because of the pause")
    int getUploadsHeld();

    /** Uploads that have not begun wait from now on, without occupying a thread; those under way go on. */
    @ManagedOperation(description = "Lets new uploads wait; those under way go on")
    void pauseUploads();

    /** Ends the pause. */
    @ManagedOperation(description = "Lets uploads go on that wait because of the pause")
    void resumeUploads();

    /**
     * Cancels one upload.
     *
     * @param  handle as {@link #listUploads()} shows it
     * @return        false when there is no such upload, or it has ended already
     */
    @ManagedOperation(description = "Cancels the upload with this handle and ends its session at OneDrive. False when there is "
                                    + "none")
    default boolean cancelUpload(long handle) {
        return uploads().cancel(handle);
    }

    /** The uploads under way, as a table with the handle as key. */
    @ManagedOperation(description = "The uploads under way")
    default TabularData listUploads() throws OpenDataException {
        return UploadTable.of(uploads().inProgress());
    }
}
