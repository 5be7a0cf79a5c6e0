package io.github.camelonedrive.backup.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import io.github.camelonedrive.backup.trouble.Subject;
import io.github.camelonedrive.backup.trouble.Trouble;
import io.github.camelonedrive.backup.trouble.TroubleKind;
import io.github.camelonedrive.backup.trouble.Troubles;
import io.github.camelonedrive.backup.watch.WatchStatus;
import io.github.camelonedrive.files.LockWait;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Troubles that no event reports. */
class HealthMonitorTest {

    private final Troubles troubles = new Troubles(() -> this.now);

    private Instant now = Instant.parse("2026-11-30T02:00:00Z");
    private Instant lastPoll = now;
    private final HealthMonitor monitor = new HealthMonitor(troubles, new DestinationTroubles(troubles, List.of()), List::of,
            Map.of("mysql", () -> new WatchStatus(lastPoll, 0, Optional.empty(), 0, Optional.empty())));

    @Test
    void aPollThatDoesNotRun_isTroubleWithinTwoMinutes() {
        monitor.check();
        pass(Duration.ofSeconds(89));
        assertThat(troubles.current()).isEmpty();
        pass(Duration.ofSeconds(1));
        assertThat(troubles.current()).singleElement().satisfies(trouble -> {
            assertThat(trouble.kind()).isEqualTo(TroubleKind.POLL_OVERDUE);
            assertThat(trouble.subject()).isEqualTo(new Subject.Watch("mysql"));
        });

        lastPoll = now;
        monitor.check();
        assertThat(troubles.current()).isEmpty();
    }

    @Test
    void aStateThatCannotBeFoundOut_keepsNoOtherWatchUnchecked() {
        Map<String, Supplier<WatchStatus>> watches = new LinkedHashMap<>();
        watches.put("broken", () -> {
            throw new UncheckedIOException(new IOException("disk error"));
        });
        watches.put("mysql", () -> new WatchStatus(lastPoll, 0, Optional.empty(), 0, Optional.empty()));
        HealthMonitor both = new HealthMonitor(troubles, new DestinationTroubles(troubles, List.of()), List::of, watches);
        both.check();
        now = now.plus(HealthMonitor.OVERDUE);
        both.check();
        assertThat(troubles.current()).singleElement().extracting(Trouble::subject).isEqualTo(new Subject.Watch("mysql"));
    }

    @Test
    void aClockThatIsSet_isNoTrouble() {
        for (Duration jump : List.of(Duration.ofDays(-1), Duration.ofDays(365), Duration.ZERO)) {
            lastPoll = now.plus(jump);
            pass(Duration.ofSeconds(30));
            lastPoll = lastPoll.plusSeconds(30);
            pass(Duration.ofSeconds(80));
            assertThat(troubles.current()).as("set by %s", jump).isEmpty();
        }
    }

    @Test
    void aLongWaitForTheVaultsLock_namesItsHolderAndEnds() {
        VaultWaits waits = new VaultWaits(troubles);
        LockWait wait = new LockWait(Path.of("/home/vault.json.lock"), Optional.of(4711L), now);
        waits.waiting(wait);
        assertThat(troubles.current()).singleElement().satisfies(trouble -> {
            assertThat(trouble.kind()).isEqualTo(TroubleKind.VAULT_WAIT);
            assertThat(trouble.problem()).contains("/home/vault.json.lock", "process 4711");
        });
        waits.over(wait);
        assertThat(troubles.current()).extracting(Trouble::kind).isEmpty();
    }

    private void pass(Duration duration) {
        now = now.plus(duration);
        monitor.check();
    }
}
