package io.github.camelonedrive.backup.catalogue;

/** Why a dump is held: it stays in the watched directory and is not tried until it changes or somebody asks for a retry. */
public enum HeldReason {

    /** OneDrive would take its name for that of another dump. */
    TWIN,

    /** What OneDrive stored differs from the dump, again after another upload. */
    MISMATCH,

    /** What was uploaded is not the dump's content. */
    FOREIGN_CONTENT,

    /** It cannot be uploaded in the time that an upload session lives. */
    CANNOT_FINISH,

    /** The record that it is held cannot be read, so nobody knows why. Such a record is never written. */
    UNREADABLE_RECORD
}
