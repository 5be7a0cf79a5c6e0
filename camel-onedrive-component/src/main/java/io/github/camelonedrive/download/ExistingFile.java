package io.github.camelonedrive.download;

/** What becomes of a local file that is there already, by the names that Camel's file component has for it. */
public enum ExistingFile {

    /** It is replaced, in one step, when the whole new content is here and proven. */
    Override,

    /** The download fails and the file stays. */
    Fail,

    /** Nothing is downloaded and the file stays. */
    Ignore
}
