package io.github.camelonedrive.backup.runtime;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.auth.SignInKind;
import io.github.camelonedrive.backup.failure.BackupException;
import io.github.camelonedrive.component.DestinationState;
import io.github.camelonedrive.credentials.CredentialEnd;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/** What {@code run} says and does about sign-ins as days go by. */
class CredentialWatchTest {

    private static final Instant END = Instant.parse("2027-01-31T23:59:59Z");

    private final Logger logger = (Logger) LoggerFactory.getLogger(CredentialWatch.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Level level = logger.getLevel();
    private final Map<String, Instant> ends = new TreeMap<>();
    private final Map<String, Instant> used = new TreeMap<>();
    private final List<String> refreshed = new ArrayList<>();
    private final List<String> refusals = new ArrayList<>();
    private final CredentialWatch watch = new CredentialWatch(this::states, this::refresh,
            (destination, failure) -> refusals.add(destination));

    private Instant now = Instant.parse("2026-11-01T08:00:00Z");
    private Optional<IOException> vaultTrouble = Optional.empty();
    private Optional<Exception> refusal = Optional.empty();

    @BeforeEach
    void listen() {
        logger.setLevel(Level.INFO);
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(log);
        logger.setLevel(level);
    }

    @Test
    void eachThresholdIsSaidOnceWhenItIsCrossed() {
        ends.put("offsite", END);
        for (int hour = 0; hour < 100 * 24; hour++) {
            watch.check();
            now = now.plus(Duration.ofHours(1));
        }

        assertThat(said(Level.WARN)).hasSize(5);
        assertThat(said(Level.WARN)).satisfiesExactly(
                text -> assertThat(text).contains("'offsite'", "in 60 days", "destination update offsite"),
                text -> assertThat(text).contains("in 30 days"), text -> assertThat(text).contains("in 7 days"),
                text -> assertThat(text).contains("in 1 day,"), text -> assertThat(text).contains("expired on 2027-01-31"));
    }

    @Test
    void atTheStartThePresentLevelIsSaidOnce() {
        ends.put("offsite", END);
        now = Instant.parse("2027-01-20T08:00:00Z");
        watch.check();
        watch.check();

        assertThat(said(Level.WARN)).singleElement().asString().contains("in 11 days");
    }

    @Test
    void aSleepOverSeveralThresholdsIsOneLine() {
        ends.put("offsite", END);
        watch.check();
        now = Instant.parse("2027-01-31T08:00:00Z");
        watch.check();

        assertThat(said(Level.WARN)).singleElement().asString().contains("within a day");
    }

    @Test
    void eachDestinationHasItsOwnLinesAlsoOneThatIsAddedLater() {
        ends.put("first", END);
        now = Instant.parse("2027-01-24T00:00:00Z");
        watch.check();
        ends.put("second", END);
        watch.check();

        assertThat(said(Level.WARN)).hasSize(2);
        assertThat(said(Level.WARN).get(1)).contains("'second'");
    }

    @Test
    void aNewSecretEndsTheWarningsAndIsWarnedOfInItsOwnTime() {
        ends.put("offsite", END);
        now = Instant.parse("2027-01-24T00:00:00Z");
        watch.check();
        ends.put("offsite", END.plus(Duration.ofDays(180)));
        watch.check();
        assertThat(said(Level.WARN)).hasSize(1);
        now = now.plus(Duration.ofDays(181));
        watch.check();

        assertThat(said(Level.WARN)).hasSize(2);
    }

    @Test
    void whatHasNoEndIsNeverWarnedOf() {
        used.put("public", now);
        watch.check();

        assertThat(log.list).isEmpty();
    }

    @Test
    void aRefreshTokenIsUsedAfterSevenDaysAndNotBefore() {
        used.put("idle", now);
        now = now.plus(Duration.ofDays(6));
        watch.check();
        assertThat(refreshed).isEmpty();
        now = now.plus(Duration.ofDays(1));
        watch.check();
        watch.check();

        assertThat(refreshed).containsExactly("idle");
        assertThat(said(Level.INFO)).singleElement().asString().contains("idle", "renewed", "2026-11-01T08:00:00Z");
    }

    @Test
    void aFailureIsSaidWithItsRemedyOnceADayTriedEachHourAndSparesTheOthers() {
        used.put("broken", now);
        used.put("sound", now);
        now = now.plus(Duration.ofDays(8));
        refusal = Optional.of(new BackupException(FailureKind.SIGN_IN, "The sign-in is over.", "Sign in again."));
        for (int hour = 0; hour < 25; hour++) {
            watch.check();
            now = now.plus(Duration.ofHours(1));
        }

        assertThat(refreshed).filteredOn("broken"::equals).hasSize(25);
        assertThat(refreshed).filteredOn("sound"::equals).hasSize(1);
        assertThat(said(Level.WARN)).hasSize(2).allSatisfy(
                text -> assertThat(text).contains("broken", "The sign-in is over. Sign in again."));

        refusal = Optional.empty();
        watch.check();
        watch.check();
        assertThat(refreshed).filteredOn("broken"::equals).hasSize(26);
        assertThat(said(Level.INFO)).anyMatch(text -> text.contains("broken was renewed"));
    }

    @Test
    void aVaultThatCannotBeReadIsSaidOnceAndLookedAtAgain() {
        ends.put("offsite", END);
        now = END;
        vaultTrouble = Optional.of(new BackupException(FailureKind.VAULT, "The vault is damaged.", "Restore it."));
        watch.check();
        watch.check();
        assertThat(said(Level.WARN)).singleElement().asString().contains("The vault is damaged. Restore it.");

        vaultTrouble = Optional.empty();
        watch.check();
        assertThat(said(Level.WARN)).hasSize(2);
    }

    @Test
    void anErrorThatNobodyThoughtOfDoesNotEndTheWatching() {
        used.put("odd", now.minus(Duration.ofDays(30)));
        refusal = Optional.of(new IllegalStateException("odd"));
        watch.check();

        assertThat(said(Level.WARN)).singleElement().asString().contains("odd");
    }

    private List<DestinationState> states() throws IOException {
        if (vaultTrouble.isPresent()) {
            throw vaultTrouble.get();
        }
        List<DestinationState> states = new ArrayList<>();
        ends.forEach((name, end) -> states.add(new DestinationState(name, now, SignInKind.DELEGATED, "client secret",
                Optional.of(new CredentialEnd(name, CredentialEnd.Kind.SECRET, end)), Optional.of(now), false, Duration.ZERO)));
        used.forEach((name, time) -> states.add(new DestinationState(name, now, SignInKind.DELEGATED, "none", Optional.empty(),
                Optional.of(time), Duration.between(time, now).toDays() >= 7, Duration.ZERO)));
        return states;
    }

    private void refresh(String destination) throws Exception {
        refreshed.add(destination);
        if (refusal.isPresent() && !destination.equals("sound")) {
            throw refusal.get();
        }
        used.put(destination, now);
    }

    private List<String> said(Level wanted) {
        return log.list.stream().filter(event -> event.getLevel() == wanted).map(ILoggingEvent::getFormattedMessage).toList();
    }
}
