package io.github.camelonedrive.backup.trouble;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;

/**
 * Something that does not work at present.
 *
 * @param kind    what is wrong
 * @param subject what is in trouble
 * @param about   the detail that is concerned, such as a file's path relative to the watched directory; empty when it is the
 *                subject itself
 * @param since   when it began
 * @param problem what is wrong, in whole sentences, without secrets
 * @param remedy  what to do about it, in whole sentences; empty when there is nothing to do
 */
public record Trouble(TroubleKind kind, Subject subject, String about, Instant since, String problem, String remedy) {

    /** The worst first; of equals, the oldest. */
    static final Comparator<Trouble> WORST_FIRST = Comparator.comparing((Trouble trouble) -> trouble.kind.effect())
            .thenComparing(Trouble::since).thenComparing(Trouble::kind).thenComparing(trouble -> trouble.subject.title())
            .thenComparing(Trouble::about);

    /**
     * Returns whether it makes the program not ready.
     *
     * @param after how long a passing trouble may last
     */
    public boolean isDown(Duration after, Instant now) {
        return switch (kind.effect()) {
            case LASTING -> true;
            case PASSING -> !now.isBefore(since.plus(after));
            case NOTICE -> false;
        };
    }

    /** What is wrong and what to do, in one line. */
    public String text() {
        return remedy.isEmpty() ? problem : problem + " " + remedy;
    }
}
