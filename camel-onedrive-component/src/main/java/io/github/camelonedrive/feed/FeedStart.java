package io.github.camelonedrive.feed;

/** What happens when the feed's folder is not there. */
public enum FeedStart {

    /** There is nothing to read until it is. */
    WAIT,

    /** It is made. */
    CREATE,

    /** That is a failure. */
    FAIL
}
