package io.github.camelonedrive.backup.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

import io.github.camelonedrive.backup.e2e.Launched;
import io.github.camelonedrive.simulator.AccountType;
import io.github.camelonedrive.simulator.AdjustableClock;
import io.github.camelonedrive.simulator.OneDriveSimulator;
import io.github.camelonedrive.simulator.Step;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Plays a campaign. To save starts of Java, the process that makes up for a kill is also the one that is killed in the next
 * dump: that appears when the last one was found to have arrived.
 */
final class CampaignRun implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    /** Longer than a session lives that nobody feeds. */
    private static final Duration SESSIONS_END = Duration.ofMinutes(16);

    private final Campaign campaign;
    private final Kills kills;
    private final AdjustableClock clock = AdjustableClock.running();
    private final Stage stage;
    private final List<DumpUnderTest> dumps = new ArrayList<>();
    private Launched waited;

    CampaignRun(Campaign campaign, Path directory, Registration registration, Kills kills) throws IOException {
        this.campaign = campaign;
        this.kills = kills;
        this.stage = new Stage(directory, registration, registration.of(OneDriveSimulator.builder().clock(clock)
                .accountType(campaign.site().account())).start());
        stage.setting("camel.component.onedrive.simple-upload-limit", Sizes.LIMIT)
                .setting("camel.component.onedrive.chunk-size", Sizes.CHUNK)
                .setting("camel.component.onedrive.conflict-behavior", campaign.site().conflict());
        for (Dump dump : campaign.dumps()) {
            dumps.add(new DumpUnderTest(dump, dumps.size(), campaign.site(), campaign.seed(), stage.simulator));
        }
    }

    void play() throws Exception {
        if (campaign.site().isRun()) {
            run();
        } else {
            for (DumpUnderTest dump : dumps) {
                push(dump);
            }
        }
        assertThat(stage.simulator.violations()).as("violations of the protocol").isEmpty();
    }

    // --- run ---

    private void run() throws Exception {
        stage.watch(false);
        startFor(0, 0);
        for (int number = 0; number < dumps.size(); number++) {
            run(number);
        }
        stage.program().terminate();
        assertThat(stage.program().exitCode()).as("standard error:\n%s\nstandard output:\n%s", stage.program().err(),
                stage.program().out()).isEqualTo(143);
        assertThat(Stage.names(stage.drop, "")).as("left in the drop directory").isEmpty();
        assertThat(Stage.names(stage.drop.resolve(".failed"), "")).as("set aside").isEmpty();
    }

    private void run(int number) throws Exception {
        DumpUnderTest dump = dumps.get(number);
        List<Moment> moments = dump.dump().kills();
        Trap trap = Trap.set(stage, moments.get(0));
        Path source = dump.writeTo(stage.drop);
        BooleanSupplier done = () -> stage.program().err().contains(dump.name() + " is in OneDrive, ");
        for (int kill = 0; kill < moments.size(); kill++) {
            boolean died = diesBefore(dump, done);
            trap.remove();
            if (!died) {
                missed(dump, moments.get(kill));
                stage.kill();
                startFor(number + 1, 0);
                break;
            }
            note(dump, moments.get(kill));
            boolean again = kill + 1 < moments.size() && !isPutAway(dump);
            if (again) {
                trap = Trap.set(stage, moments.get(kill + 1));
                startFor(number, kill + 1);
            } else {
                dump.meddle(source);
                startFor(number + 1, 0);
                break;
            }
        }
        await(dump, "put away and nothing on record", () -> (dump.isDeleted() || isPutAway(dump)) && stage.records().isEmpty());
        assertArrivedOnce(dump);
        assertPutAwayOnce(dump);
    }

    /** A process that is to die in this dump, at this of its moments; after the last dump one that lives. */
    private void startFor(int number, int kill) throws IOException {
        if (number == dumps.size()) {
            stage.start(List.of(), "run");
        } else {
            stage.start(doom(dumps.get(number), dumps.get(number).dump().kills().get(kill)), "run");
        }
    }

    private boolean isPutAway(DumpUnderTest dump) {
        return Files.exists(stage.drop.resolve(".done").resolve(dump.name()))
                && Files.notExists(stage.drop.resolve(dump.name()));
    }

    private void assertPutAwayOnce(DumpUnderTest dump) throws IOException {
        Path done = stage.drop.resolve(".done");
        String stem = dump.name().replace(".sql", "");
        List<String> putAway = Stage.names(done, "").stream().filter(name -> name.startsWith(stem)).toList();
        if (dump.isDeleted()) {
            assertThat(putAway).as("%s: put away", dump).isEmpty();
            return;
        }
        assertThat(putAway).as("%s: put away", dump).containsExactly(dump.name());
        assertThat(Hash.of(Files.newInputStream(done.resolve(dump.name())))).as("%s: put away", dump)
                .isEqualTo(dump.wanted());
        Files.delete(done.resolve(dump.name()));
    }

    // --- push ---

    private void push(DumpUnderTest dump) throws Exception {
        Path source = dump.writeTo(stage.drop);
        for (Moment moment : dump.dump().kills()) {
            Trap trap = Trap.set(stage, moment);
            stage.start(doom(dump, moment), "push", "--allow-empty", "offsite", source.toString());
            boolean died = diesBefore(dump, () -> false);
            trap.remove();
            if (!died) {
                missed(dump, moment);
                break;
            }
            note(dump, moment);
        }
        if (dump.killed() == dump.dump().kills().size()) {
            dump.meddle(source);
            stage.start(List.of(), "push", "--allow-empty", "offsite", source.toString());
            assertThat(diesBefore(dump, () -> false)).as("killed at the end of\n%s", stage.program().err()).isFalse();
        }
        assertArrivedOnce(dump);
        assertThat(stage.records()).as("%s: on record", dump).isEmpty();
    }

    // --- both ---

    private static List<String> doom(DumpUnderTest dump, Moment moment) {
        List<String> settings = new ArrayList<>(moment.properties());
        settings.add("camel.beans.crash.file=" + dump.name());
        return settings;
    }

    /** Whether the process was killed. A {@code push} that comes to its end by itself has to end well. */
    private boolean diesBefore(DumpUnderTest dump, BooleanSupplier end) throws InterruptedException {
        await(dump, "killed or done", () -> !stage.program().isRunning() || end.getAsBoolean());
        if (stage.program().isRunning()) {
            return false;
        }
        int code = stage.program().exitCode();
        Optional<Integer> good = campaign.site().isRun() ? Optional.empty() : Optional.of(0);
        assertThat(code).as("%s: exit code\n%s", dump, stage.program().err())
                .isIn(good.<List<Integer>>map(zero -> List.of(zero, Stage.KILLED)).orElse(List.of(Stage.KILLED)));
        return code == Stage.KILLED;
    }

    private void note(DumpUnderTest dump, Moment moment) {
        kills.died(moment);
        dump.killed(moment);
    }

    private void missed(DumpUnderTest dump, Moment moment) {
        kills.missed(moment);
        assertThat(campaign.exact()).as("%s was never at %s\n%s", dump, moment, stage.program().err()).isFalse();
    }

    /** Meanwhile a session that holds the name against everybody may keep the process waiting: time passes at OneDrive. */
    private void await(DumpUnderTest dump, String what, BooleanSupplier condition) {
        try {
            Awaitility.await().atMost(PATIENCE).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(20)).until(() -> {
                if (stage.program() != waited && stage.program().err().contains("still holds the name")) {
                    waited = stage.program();
                    clock.advance(SESSIONS_END);
                }
                return condition.getAsBoolean();
            });
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(dump + ": not " + what + ". Requests: " + stage.simulator.requests()
                    + "\nOpen sessions: " + stage.simulator.openSessions() + "\nJournal: " + stage.records()
                    + "\nStandard error of the last process:\n" + stage.program().err(), e);
        }
    }

    private void assertArrivedOnce(DumpUnderTest dump) {
        if (dump.hasLostSession()) {
            boolean mayLetItBe = campaign.site().account() == AccountType.PERSONAL || dump.isDeleted();
            assertThat(mayLetItBe).as("%s: a lost session holds the name, and was not waited for", dump).isTrue();
            clock.advance(SESSIONS_END);
        }
        dump.assertArrivedOnce();
        assertThat(stage.simulator.requests(Step.DELETE)).isEmpty();
    }

    @Override
    public void close() throws InterruptedException {
        stage.close();
    }
}
