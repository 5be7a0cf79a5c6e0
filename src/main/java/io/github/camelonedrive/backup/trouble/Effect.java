package io.github.camelonedrive.backup.trouble;

/** What a trouble does to readiness. The worst comes first. */
public enum Effect {

    /** A person has to act, and no dump gets through before: not ready at once. */
    LASTING,

    /** It may pass by itself: not ready once it has lasted for {@code backup.health.after}. */
    PASSING,

    /** It concerns single dumps while others get through: reported and counted, ready nevertheless. */
    NOTICE
}
