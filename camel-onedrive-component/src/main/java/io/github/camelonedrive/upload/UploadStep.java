package io.github.camelonedrive.upload;

/**
 * The steps of an upload between which a process may die: the crash test kills one at each of them. In the order in which
 * they are reached; what may happen several times is reached several times.
 */
public enum UploadStep {

    /** What earlier uploads to the same target have left is known; nothing was done with it yet. */
    TRACES_CLAIMED,

    /** A session of an earlier upload stands where we can go on; nothing was sent yet. */
    SESSION_RESUMED,

    /** It is on record that a session, or a file by one PUT, is about to be created; the request was not sent yet. */
    INTENT_RECORDED,

    /** OneDrive has opened a session, of which nothing is on record yet. */
    SESSION_OPENED,

    /** The session is on record; no byte was sent. */
    SESSION_RECORDED,

    /** A fragment, or a single PUT, is about to be sent. */
    SENDING_STARTED,

    /** A fragment, or a single PUT, is on the wire but for its last bytes. */
    LAST_BYTES_READ,

    /** The answer to a fragment is there; the next was not begun. */
    FRAGMENT_ACKNOWLEDGED,

    /** After a failure, OneDrive has said where the session stands. */
    STATUS_KNOWN,

    /** OneDrive has the item, of which nothing is on record yet. */
    ITEM_COMMITTED,

    /** The item is on record; it is not proven yet. */
    COMMIT_RECORDED,

    /** The item is proven; the caller does not know yet, a dump was not moved yet. */
    PROVEN
}
