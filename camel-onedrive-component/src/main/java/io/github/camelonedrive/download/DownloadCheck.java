package io.github.camelonedrive.download;

/** What is compared before a download counts as success. */
public enum DownloadCheck {

    /** Size and QuickXorHash of what came with those of the item. */
    HASH,

    /** The size only. */
    SIZE,

    /** Nothing, except that each answer has to be as long as it said. */
    NONE
}
