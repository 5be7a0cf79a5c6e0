package io.github.camelonedrive.backup.trouble;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/** What is kept and logged of troubles that come, last and go. */
class TroublesTest {

    private static final Subject MYSQL = new Subject.Watch("mysql");
    private static final Subject OFFSITE = new Subject.Destination("offsite");
    private static final Duration AFTER = Duration.ofMinutes(15);

    private final Logger logger = (Logger) LoggerFactory.getLogger(Troubles.class);
    private final Level level = logger.getLevel();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Troubles troubles = new Troubles(() -> this.now);

    private Instant now = Instant.parse("2026-11-30T02:00:00Z");

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
    void beginAgainAndAgain_isLoggedOnceAndKeepsItsStart() {
        Instant start = now;
        for (int poll = 0; poll < 1000; poll++) {
            gone();
            now = now.plusMillis(500);
        }

        assertThat(lines()).containsExactly("WARN mysql: The directory /drop is gone. Mount it.");
        assertThat(troubles.current()).singleElement().satisfies(trouble -> {
            assertThat(trouble.since()).isEqualTo(start);
            assertThat(trouble.text()).isEqualTo("The directory /drop is gone. Mount it.");
        });
    }

    @Test
    void end_isLoggedOnceWithTheDuration() {
        gone();
        now = now.plusSeconds(130);
        for (int poll = 0; poll < 10; poll++) {
            troubles.end(TroubleKind.DIRECTORY_GONE, MYSQL, "");
        }

        assertThat(lines()).hasSize(2).last()
                .isEqualTo("INFO mysql: The directory is there again. The trouble lasted 2 min.");
        assertThat(troubles.current()).isEmpty();
    }

    @Test
    void note_isKeptAndLogsOnlyItsEnd() {
        IntStream.range(0, 20).forEach(number -> troubles.note(TroubleKind.DUMP_HELD, MYSQL, "dump-" + number, "Held.", ""));
        troubles.note(TroubleKind.DUMP_HELD, MYSQL, "dump-1", "Held for another reason.", "");
        troubles.begin(TroubleKind.DUMP_HELD, MYSQL, "dump-1", "Held for another reason.", "");
        assertThat(troubles.current()).hasSize(20);
        assertThat(lines()).isEmpty();

        troubles.end(TroubleKind.DUMP_HELD, MYSQL, "dump-1");
        assertThat(lines()).containsExactly("INFO mysql: dump-1: It is no longer held. The trouble lasted 0 s.");
    }

    @Test
    void end_ofWhatNeverBegan_isSilent() {
        troubles.end(TroubleKind.DIRECTORY_GONE, MYSQL, "");
        gone();
        troubles.end(TroubleKind.DIRECTORY_GONE, new Subject.Watch("other"), "");
        troubles.end(TroubleKind.DIRECTORY_UNREADABLE, MYSQL, "");
        troubles.end(TroubleKind.DIRECTORY_GONE, MYSQL, "shop.sql");

        assertThat(lines()).hasSize(1);
        assertThat(troubles.current()).hasSize(1);
    }

    @Test
    void beginAfterTheEnd_isNew() {
        gone();
        troubles.end(TroubleKind.DIRECTORY_GONE, MYSQL, "");
        now = now.plusSeconds(60);
        gone();

        assertThat(lines()).hasSize(3);
        assertThat(troubles.current()).singleElement().extracting(Trouble::since).isEqualTo(now);
    }

    @Test
    void text_isLoggedAgainOnlyWhenMoreThanNumbersAndIdsDiffer() {
        unreachable("OneDrive answered HTTP 503 (request id 1f-2a).");
        unreachable("OneDrive answered HTTP 502 (request id 7b-9c).");
        assertThat(lines()).hasSize(1);

        unreachable("No response from graph.microsoft.com.");
        assertThat(lines()).hasSize(2);
        assertThat(troubles.current()).singleElement().extracting(Trouble::problem)
                .isEqualTo("No response from graph.microsoft.com.");
    }

    @Test
    void manyFilesInOneTrouble_areCountedNotListedWithoutEnd() {
        IntStream.range(0, 100_000).forEach(number -> open("dump-" + number));
        IntStream.range(0, 100_000).forEach(number -> open("dump-" + number));

        assertThat(troubles.current()).hasSize(Troubles.MOST_KEPT);
        assertThat(lines()).hasSize(Troubles.MOST_LOGGED + 1).last().asString().contains("more than 10 at a time");

        IntStream.range(0, 100_000).forEach(number -> troubles.end(TroubleKind.HELD_OPEN, MYSQL, "dump-" + number));
        assertThat(troubles.current()).isEmpty();
        assertThat(lines()).hasSize(2 * Troubles.MOST_LOGGED + 1);
    }

    @Test
    void whatWasBeyondTheLimit_isKeptWhenOthersAreOver() {
        IntStream.rangeClosed(1, Troubles.MOST_KEPT + 1).forEach(number -> open("dump-" + number));
        troubles.end(TroubleKind.HELD_OPEN, MYSQL, "dump-1");
        IntStream.rangeClosed(2, Troubles.MOST_KEPT + 1).forEach(number -> open("dump-" + number));

        assertThat(troubles.current()).hasSize(Troubles.MOST_KEPT).extracting(Trouble::about)
                .contains("dump-" + (Troubles.MOST_KEPT + 1));
    }

    @Test
    void endAll_endsThoseOfTheSubject() {
        gone();
        open("shop.sql");
        open("crm.sql");
        unreachable("No response.");
        troubles.endAll(TroubleKind.HELD_OPEN, MYSQL);
        assertThat(troubles.current()).extracting(Trouble::kind)
                .containsExactlyInAnyOrder(TroubleKind.DIRECTORY_GONE, TroubleKind.UNREACHABLE);

        troubles.endAll(MYSQL);
        assertThat(troubles.current()).extracting(Trouble::subject).containsExactly(OFFSITE);
    }

    @Test
    void current_namesTheWorstFirstThenTheOldest() {
        open("shop.sql");
        now = now.plusSeconds(1);
        unreachable("No response.");
        now = now.plusSeconds(1);
        gone();
        now = now.plusSeconds(1);
        troubles.begin(TroubleKind.SIGN_IN_REFUSED, OFFSITE, "", "Refused.", "");

        assertThat(troubles.current()).extracting(Trouble::kind).containsExactly(TroubleKind.SIGN_IN_REFUSED,
                TroubleKind.UNREACHABLE, TroubleKind.DIRECTORY_GONE, TroubleKind.HELD_OPEN);
    }

    @ParameterizedTest
    @EnumSource
    void readiness_followsTheEffectOfTheKind(TroubleKind kind) {
        Trouble trouble = new Trouble(kind, MYSQL, "", now, "Problem.", "");
        boolean atOnce = trouble.isDown(AFTER, now);
        boolean before = trouble.isDown(AFTER, now.plus(AFTER).minusMillis(1));
        boolean later = trouble.isDown(AFTER, now.plus(AFTER));

        assertThat(List.of(atOnce, before, later)).isEqualTo(switch (kind.effect()) {
            case LASTING -> List.of(true, true, true);
            case PASSING -> List.of(false, false, true);
            case NOTICE -> List.of(false, false, false);
        });
        assertThat(kind.over()).endsWith(".");
    }

    private void gone() {
        troubles.begin(TroubleKind.DIRECTORY_GONE, MYSQL, "", "The directory /drop is gone.", "Mount it.");
    }

    private void open(String file) {
        troubles.begin(TroubleKind.HELD_OPEN, MYSQL, file, file + " is open in process 17.", "");
    }

    private void unreachable(String problem) {
        troubles.begin(TroubleKind.UNREACHABLE, OFFSITE, "", problem, "");
    }

    private List<String> lines() {
        return log.list.stream().map(event -> event.getLevel() + " " + event.getFormattedMessage()).toList();
    }
}
