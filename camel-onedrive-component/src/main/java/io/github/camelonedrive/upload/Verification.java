package io.github.camelonedrive.upload;

/** What is compared before an upload counts as success. */
public enum Verification {

    /** Size and QuickXorHash of the committed item against what was read. */
    hash,

    /** As hash, and the item is downloaded again and its SHA-256 compared. */
    readback,

    /** The size only. */
    size,

    /** Nothing. */
    none
}
