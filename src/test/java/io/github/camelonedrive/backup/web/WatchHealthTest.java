package io.github.camelonedrive.backup.web;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import io.github.camelonedrive.backup.trouble.Subject;
import io.github.camelonedrive.backup.trouble.TroubleKind;
import io.github.camelonedrive.backup.trouble.Troubles;
import io.github.camelonedrive.backup.watch.WatchStatus;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Readiness and liveness as troubles come, last and go. */
class WatchHealthTest {

    private static final Duration AFTER = Duration.ofMinutes(15);
    private static final Subject MYSQL = new Subject.Watch("mysql");
    private static final Subject OFFSITE = new Subject.Destination("offsite");

    private final Troubles troubles = new Troubles(() -> this.now);
    private final DefaultCamelContext context = new DefaultCamelContext();

    private Instant now = Instant.parse("2026-11-30T02:00:00Z");
    private WatchStatus status = new WatchStatus(now, 3, Optional.of(now.minusSeconds(60)), 1, Optional.of(now.minusSeconds(90)));

    @BeforeEach
    void start() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:mysql").routeId("watch-mysql").to("log:mysql");
            }
        });
        context.start();
        WatchHealth mysql = new WatchHealth("mysql", "offsite", () -> status, troubles, AFTER);
        WatchHealth photos = new WatchHealth("photos", "cloud", () -> status, troubles, AFTER);
        HealthChecks.register(context, List.of(mysql, photos), troubles, AFTER);
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void aWatchWithoutTrouble_isReadyWithItsState() {
        now = now.plusSeconds(7);
        HealthCheck.Result result = ready("watch-mysql");

        assertThat(result.getState()).isEqualTo(HealthCheck.State.UP);
        assertThat(result.getMessage()).isEmpty();
        assertThat(result.getDetails()).containsEntry("lastPoll", "2026-11-30T02:00:00Z")
                .containsEntry("lastPollAgeSeconds", 7L).containsEntry("waiting", 3L).containsEntry("held", 1L)
                .containsEntry("oldestWaiting", "2026-11-30T01:59:00Z").containsEntry("lastProven", "2026-11-30T01:58:30Z");
    }

    @Test
    void aWatchThatNeverProvedADump_showsIt() {
        status = new WatchStatus(now, 0, Optional.empty(), 0, Optional.empty());

        assertThat(ready("watch-mysql").getDetails()).containsEntry("lastProven", "never").doesNotContainKey("oldestWaiting");
    }

    @Test
    void aPassingTrouble_isShownAtOnceAndDownAfterAWhile() {
        troubles.begin(TroubleKind.DIRECTORY_GONE, MYSQL, "", "The directory /drop is gone.", "Mount it.");
        assertThat(ready("watch-mysql").getState()).isEqualTo(HealthCheck.State.UP);
        assertThat(ready("watch-mysql").getMessage())
                .contains("mysql, since 2026-11-30T02:00:00Z: The directory /drop is gone. Mount it.");

        now = now.plus(AFTER);
        assertThat(ready("watch-mysql").getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(ready("watch-mysql").getMessage())
                .contains("mysql, since 2026-11-30T02:00:00Z: The directory /drop is gone. Mount it.");

        troubles.end(TroubleKind.DIRECTORY_GONE, MYSQL, "");
        assertThat(ready("watch-mysql").getState()).isEqualTo(HealthCheck.State.UP);
        assertThat(ready("watch-mysql").getMessage()).isEmpty();
    }

    @Test
    void aLastingRefusalOfItsDestination_isDownAtOnce_forTheWatchesThatUseIt() {
        troubles.begin(TroubleKind.SIGN_IN_REFUSED, OFFSITE, "", "Microsoft refused.", "Sign in again.");

        assertThat(ready("watch-mysql").getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(ready("watch-photos").getState()).isEqualTo(HealthCheck.State.UP);
        assertThat(ready("watch-photos").getMessage()).isEmpty();
    }

    @Test
    void aDestinationThatNoWatchUses_makesNothingDown() {
        for (TroubleKind kind : TroubleKind.values()) {
            troubles.begin(kind, new Subject.Destination("unused"), "", "Problem.", "");
        }
        now = now.plus(Duration.ofDays(1));

        assertThat(HealthCheckHelper.invokeReadiness(context, "full")).allSatisfy(
                result -> assertThat(result.getState()).as(result.getCheck().getId()).isEqualTo(HealthCheck.State.UP));
    }

    @Test
    void troubleWithTheVault_concernsEveryWatch() {
        troubles.begin(TroubleKind.VAULT, Subject.PROGRAM, "", "The vault is damaged.", "");

        assertThat(ready("watch-mysql").getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(ready("watch-photos").getState()).isEqualTo(HealthCheck.State.DOWN);
    }

    @Test
    void dumpsThatWaitForAPerson_areShownAndCountedButReady() {
        IntStream.rangeClosed(1, 50).forEach(
                number -> troubles.begin(TroubleKind.DUMP_HELD, MYSQL, "twin-" + number, "Twin " + number + ".", ""));
        now = now.plus(Duration.ofDays(30));

        assertThat(ready("watch-mysql").getState()).isEqualTo(HealthCheck.State.UP);
        assertThat(ready("watch-mysql").getMessage().orElseThrow().lines()).hasSize(4)
                .last().isEqualTo("And 47 more of the same kind.");
    }

    @Test
    void liveness_isDownOnlyForWhatARestartCures() {
        for (TroubleKind kind : TroubleKind.values()) {
            if (!kind.isCuredByRestart()) {
                troubles.begin(kind, MYSQL, "", "Problem.", "");
            }
        }
        now = now.plus(Duration.ofDays(1));
        assertThat(live().getState()).isEqualTo(HealthCheck.State.UP);

        troubles.begin(TroubleKind.POLL_OVERDUE, MYSQL, "", "The directory was last looked at 90 s ago.", "Restart.");
        assertThat(live().getState()).isEqualTo(HealthCheck.State.UP);
        now = now.plus(AFTER);
        assertThat(live().getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(live().getMessage()).hasValueSatisfying(text -> assertThat(text).contains("last looked at", "Restart."));
        assertThat(ready("watch-mysql").getState()).isEqualTo(HealthCheck.State.DOWN);
    }

    private HealthCheck.Result ready(String id) {
        return HealthCheckHelper.invokeReadiness(context, "full").stream()
                .filter(result -> result.getCheck().getId().equals(id)).findFirst().orElseThrow();
    }

    private HealthCheck.Result live() {
        return HealthCheckHelper.invokeLiveness(context, "full").stream()
                .filter(result -> result.getCheck().getId().equals("onedrive-backup-alive")).findFirst().orElseThrow();
    }
}
