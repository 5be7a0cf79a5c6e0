package io.github.camelonedrive.upload;

/** What was compared before an upload counted as success. */
public enum Verdict {

    /** Size and QuickXorHash of the committed item equal what was read. */
    HASH,

    /** The item was downloaded again and its SHA-256 equals what was read. */
    READBACK,

    /** Only the size was compared, because the option asked for no more. */
    SIZE,

    /** A document library rewrote the file, as it does with Office, PDF and HTML files; the difference was logged. */
    REWRITTEN_BY_LIBRARY,

    /** Nothing was compared, because the option asked for nothing. */
    NONE
}
