package io.github.camelonedrive.download;

/** What was compared before a download counted as success. */
public enum DownloadVerdict {

    /** Size and QuickXorHash of what came equal those of the item. */
    HASH,

    /** Only the size was compared, because the option asked for no more. */
    SIZE,

    /** Only a part was asked for. Its place and length are right; OneDrive has no hash of parts. */
    PART,

    /** The item is one that document libraries rewrite, whose size and hash prove nothing; the difference was logged. */
    REWRITTEN_BY_LIBRARY,

    /** Nothing was compared, because the option asked for nothing. */
    NONE
}
