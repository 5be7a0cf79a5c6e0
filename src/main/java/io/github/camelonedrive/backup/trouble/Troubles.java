package io.github.camelonedrive.backup.trouble;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The troubles of one {@code run}. Each is logged once when it begins, once more when its text changes in substance, and once
 * when it is over. Bounded: of the details of one kind and subject, {@value #MOST_LOGGED} are logged and {@value #MOST_KEPT}
 * are kept. Safe for use by several threads.
 */
public final class Troubles {

    /** So many details of one kind and subject are logged one by one. */
    static final int MOST_LOGGED = 10;

    /** So many details of one kind and subject are kept. What is beyond is noticed when it is reported again. */
    static final int MOST_KEPT = 100;

    private static final Logger LOG = LoggerFactory.getLogger(Troubles.class);

    // Numbers, times and request ids differ from one attempt to the next.
    private static final String WORD_WITH_DIGIT = "\\S*\\d\\S*";

    private final InstantSource clock;
    private final Map<Key, Details> troubles = new LinkedHashMap<>();

    /** @param clock gives the times of troubles; best one that is never set */
    public Troubles(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Notes a trouble, or that it still lasts.
     *
     * @param about   the detail that is concerned; empty when it is the subject itself
     * @param problem what is wrong, in whole sentences, naming what is concerned
     * @param remedy  what to do about it; may be empty
     */
    public void begin(TroubleKind kind, Subject subject, String about, String problem, String remedy) {
        keep(kind, subject, about, problem, remedy).ifPresent(line -> LOG.warn("{}: {}", subject.title(), line));
    }

    /** Notes a trouble like {@link #begin}, but logs no more than its end: for one that is already logged when it begins. */
    public void note(TroubleKind kind, Subject subject, String about, String problem, String remedy) {
        keep(kind, subject, about, problem, remedy);
    }

    /** Returns what is to be logged. */
    private synchronized Optional<String> keep(TroubleKind kind, Subject subject, String about, String problem, String remedy) {
        Details details = troubles.computeIfAbsent(new Key(kind, subject), key -> new Details());
        Trouble before = details.troubles.get(about);
        if (before == null && details.troubles.size() >= MOST_KEPT) {
            return Optional.empty();
        }
        Instant since = before == null ? now() : before.since();
        Trouble trouble = new Trouble(kind, subject, about, since, problem, remedy);
        details.troubles.put(about, trouble);
        if (before == null) {
            return details.mayLog(about) ? Optional.of(trouble.text()) : details.announceMore();
        }
        return details.isLogged(about) && !substance(before).equals(substance(trouble)) ? Optional.of(trouble.text())
                : Optional.empty();
    }

    /** Notes that a trouble is over, if there was one. */
    public void end(TroubleKind kind, Subject subject, String about) {
        remove(new Key(kind, subject), about).ifPresent(line -> LOG.info("{}: {}", subject.title(), line));
    }

    private synchronized Optional<String> remove(Key key, String about) {
        Details details = troubles.get(key);
        Trouble over = details == null ? null : details.troubles.remove(about);
        if (over == null) {
            return Optional.empty();
        }
        boolean logged = details.isLogged(about);
        details.logged.remove(about);
        if (details.troubles.isEmpty()) {
            troubles.remove(key);
        }
        return logged ? Optional.of(end(over)) : Optional.empty();
    }

    /** Notes that every trouble of a subject is over, for example because the watch is gone. */
    public void endAll(Subject subject) {
        endAll(trouble -> trouble.subject().equals(subject));
    }

    /** Notes that every trouble of a kind is over for a subject, whatever it is about. */
    public void endAll(TroubleKind kind, Subject subject) {
        endAll(trouble -> trouble.kind() == kind && trouble.subject().equals(subject));
    }

    private void endAll(Predicate<Trouble> which) {
        current().stream().filter(which).forEach(trouble -> end(trouble.kind(), trouble.subject(), trouble.about()));
    }

    /** Returns what does not work now, the worst first. */
    public synchronized List<Trouble> current() {
        List<Trouble> all = new ArrayList<>();
        troubles.values().forEach(details -> all.addAll(details.troubles.values()));
        all.sort(Trouble.WORST_FIRST);
        return all;
    }

    /** Returns the time that its troubles are measured by. */
    public Instant now() {
        return clock.instant();
    }

    private String end(Trouble over) {
        return (over.about().isEmpty() ? "" : over.about() + ": ") + over.kind().over() + " The trouble lasted "
                + text(Duration.between(over.since(), now())) + ".";
    }

    private static String substance(Trouble trouble) {
        return trouble.problem().replaceAll(WORD_WITH_DIGIT, "#");
    }

    private static String text(Duration duration) {
        Duration whole = duration.truncatedTo(ChronoUnit.SECONDS);
        if (whole.compareTo(Duration.ofMinutes(2)) < 0) {
            return whole.toSeconds() + " s";
        }
        return whole.compareTo(Duration.ofHours(2)) < 0 ? whole.toMinutes() + " min" : whole.toHours() + " h";
    }

    private record Key(TroubleKind kind, Subject subject) {
    }

    /** The troubles of one kind and subject, by what they are about. */
    private static final class Details {

        private final Map<String, Trouble> troubles = new LinkedHashMap<>();
        private final Set<String> logged = new HashSet<>();
        private boolean moreAnnounced;

        boolean mayLog(String about) {
            if (logged.size() >= MOST_LOGGED) {
                return false;
            }
            logged.add(about);
            return true;
        }

        boolean isLogged(String about) {
            return logged.contains(about);
        }

        Optional<String> announceMore() {
            if (moreAnnounced) {
                return Optional.empty();
            }
            moreAnnounced = true;
            return Optional.of("The same holds for more than " + MOST_LOGGED + " at a time; the others are counted by health and"
                    + " metrics, not logged one by one.");
        }
    }
}
