package io.github.camelonedrive.auth;

/** What became of an answer that came for a sign-in under way. */
public enum SignInVerdict {

    /** It is the right one, and the first. */
    TAKEN,

    /** It belongs to another sign-in, or somebody made it up: its {@code state} is missing or not ours. */
    NOT_OURS,

    /** It brings neither a code nor an error. */
    NO_ANSWER,

    /** Another one was taken already. */
    TOO_LATE
}
