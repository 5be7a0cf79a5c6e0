package io.github.camelonedrive.upload;

import java.time.Duration;

import io.github.camelonedrive.graph.ConflictBehavior;

/**
 * How content is uploaded and proven.
 *
 * @param simpleUploadLimit    bytes; up to it one PUT, beyond it a session; 0 to 250 MB
 * @param chunkSize            bytes of a fragment; a multiple of 320 KiB below 60 MB
 * @param conflictBehavior     what happens when the name is taken
 * @param verification         what is compared before it counts as success
 * @param verifyTimeout        how long to ask again for a hash that the service has not computed yet
 * @param preserveLastModified whether the item keeps the source's modification time
 */
public record UploadOptions(
        long simpleUploadLimit,
        int chunkSize,
        ConflictBehavior conflictBehavior,
        Verification verification,
        Duration verifyTimeout,
        boolean preserveLastModified) {

    /** Every fragment but the last is a multiple of this ({@code graph-contract.md} §3.2). */
    public static final int FRAGMENT_UNIT = 320 * 1024;

    /** Every fragment is smaller than this ({@code graph-contract.md} §3.2). */
    public static final int FRAGMENT_LIMIT = 60 * 1024 * 1024;

    /** The largest content that one PUT may carry ({@code graph-contract.md} §2). */
    public static final long SIMPLE_UPLOAD_MAXIMUM = 250L * 1024 * 1024;

    private static final int LARGEST_CHUNK = (FRAGMENT_LIMIT - 1) / FRAGMENT_UNIT * FRAGMENT_UNIT;

    /** 4 MB by one PUT, fragments of 10 MB, replace, hash. */
    public static final UploadOptions DEFAULT = new UploadOptions(4L * 1024 * 1024, 10 * 1024 * 1024,
            ConflictBehavior.replace, Verification.hash, Duration.ofSeconds(60), false);

    /** @throws IllegalArgumentException naming the option, what is wrong, and the nearest legal value */
    public UploadOptions {
        if (simpleUploadLimit < 0 || simpleUploadLimit > SIMPLE_UPLOAD_MAXIMUM) {
            throw new IllegalArgumentException("simpleUploadLimit is " + simpleUploadLimit + " bytes. It must be from 0 to "
                    + SIMPLE_UPLOAD_MAXIMUM + " (250 MB).");
        }
        checkChunkSize(chunkSize);
    }

    /** The same with another conflict behavior. */
    public UploadOptions withConflictBehavior(ConflictBehavior other) {
        return new UploadOptions(simpleUploadLimit, chunkSize, other, verification, verifyTimeout, preserveLastModified);
    }

    /** @throws IllegalArgumentException naming the nearest legal sizes */
    public static int checkChunkSize(long chunkSize) {
        if (chunkSize > 0 && chunkSize <= LARGEST_CHUNK && chunkSize % FRAGMENT_UNIT == 0) {
            return (int) chunkSize;
        }
        long below = Math.max(Math.min(chunkSize / FRAGMENT_UNIT * FRAGMENT_UNIT, LARGEST_CHUNK), FRAGMENT_UNIT);
        long above = Math.min(below + FRAGMENT_UNIT, LARGEST_CHUNK);
        boolean between = chunkSize > below && above > below;
        throw new IllegalArgumentException("chunkSize is " + chunkSize + " bytes. It must be a multiple of 320 KiB ("
                + FRAGMENT_UNIT + " bytes) below 60 MB. The nearest legal size" + (between
                        ? "s are " + below + " and " + above : " is " + below) + ".");
    }
}
