package io.github.camelonedrive.graph;

/** What happens when something of that name is there already ({@code graph-contract.md} §6.4). Always sent explicitly. */
public enum ConflictBehavior {

    /** The new content takes the old one's place, which stays as a version where the drive keeps versions. */
    replace,

    /** The upload fails. */
    fail,

    /** The new file gets another name: {@code name 1.ext}. */
    rename;

    /** The value on the wire. */
    public String wireValue() {
        return name();
    }
}
