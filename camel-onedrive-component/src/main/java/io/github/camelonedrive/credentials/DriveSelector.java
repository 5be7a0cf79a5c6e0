package io.github.camelonedrive.credentials;

import java.util.Objects;

/** Which drive a destination means ({@code graph-contract.md} §1.1). Ids are opaque and case-sensitive. */
public record DriveSelector(Kind kind, String id) {

    /** The five ways to name a drive; the label is the Graph collection. */
    public enum Kind {
        ME, DRIVE, USER, SITE, GROUP
    }

    /** The signed-in person's own drive. */
    public static final DriveSelector ME = new DriveSelector(Kind.ME, "");

    public DriveSelector {
        Objects.requireNonNull(kind);
        if ((kind == Kind.ME) != id.isEmpty()) {
            throw new IllegalArgumentException("A drive selector of kind " + kind
                    + (kind == Kind.ME ? " has no id" : " needs an id"));
        }
    }

    @Override
    public String toString() {
        return kind == Kind.ME ? "me" : kind.name().toLowerCase(java.util.Locale.ROOT) + ":" + id;
    }
}
