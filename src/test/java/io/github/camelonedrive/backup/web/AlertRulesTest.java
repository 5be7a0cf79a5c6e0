package io.github.camelonedrive.backup.web;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import io.github.camelonedrive.backup.UploadResults;
import io.github.camelonedrive.backup.trouble.Subject;
import io.github.camelonedrive.backup.trouble.TroubleKind;
import io.github.camelonedrive.backup.trouble.Troubles;
import io.github.camelonedrive.backup.watch.DumpEvent;
import io.github.camelonedrive.backup.watch.WatchStatus;
import io.github.camelonedrive.component.EncryptedCredentialProcessor;
import io.github.camelonedrive.component.OneDriveComponent;
import io.github.camelonedrive.credentials.ClientCredential;
import io.github.camelonedrive.credentials.Destination;
import io.github.camelonedrive.credentials.MasterKey;
import io.github.camelonedrive.credentials.Secret;
import io.github.camelonedrive.credentials.Vault;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Every alert rule of docs/operations.md fires when it should, and none does while all is well. */
class AlertRulesTest {

    private static final Duration AFTER = Duration.ofMinutes(15);
    private static final Duration BETWEEN_SCRAPES = Duration.ofMinutes(1);
    private static final Subject MYSQL = new Subject.Watch("mysql");

    @TempDir
    private Path directory;

    private final Troubles troubles = new Troubles(() -> this.now);
    private final Scrapes scrapes = new Scrapes();
    private final List<Instant> times = new ArrayList<>();

    private Instant now = Instant.now();
    private Optional<Instant> lastProven = Optional.of(now.minusSeconds(600));
    private long held;
    private Optional<Instant> oldestWaiting = Optional.empty();
    private boolean polled = true;
    private Instant lastPoll = now;
    private boolean up = true;

    private Vault vault;
    private DefaultCamelContext context;
    private BackupMeters meters;

    @BeforeEach
    void start() throws Exception {
        vault = Vault.create(directory.resolve("vault.json"), MasterKey.generate(directory.resolve("key")));
        vault.add(Destination.of("offsite", Secret.of(UUID.randomUUID().toString()))
                .withCredential(new ClientCredential.ClientSecret(Secret.of(UUID.randomUUID().toString())))
                .withSecretExpires(LocalDate.now(ZoneOffset.UTC).plusYears(1))
                .withRefreshToken(Secret.of(UUID.randomUUID().toString())).withSignedIn(Instant.now()));
        run();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    static List<AlertRule> rules() throws IOException {
        return AlertRule.ofTheGuide();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void fires(AlertRule rule) {
        Consumer<AlertRulesTest> fault = FAULTS.get(rule.name());
        assertThat(fault).as("a fault that %s is for", rule).isNotNull();
        night();
        assertThat(rule.fires(scrapes, times)).as("before the fault").isFalse();

        fault.accept(this);
        assertThat(rule.fires(scrapes, times)).as("%s: %s", rule, rule.expr()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void isSilentWhileAllIsWell(AlertRule rule) throws Exception {
        for (int night = 0; night < 3; night++) {
            night();
            assertThat(rule.fires(scrapes, times)).as("night %d", night).isFalse();
        }
        restart();
        scrape();
        assertThat(rule.fires(scrapes, times)).as("after a restart").isFalse();
        night();
        assertThat(rule.fires(scrapes, times)).isFalse();
    }

    @Test
    void everyFaultIsForARule() throws Exception {
        assertThat(AlertRule.ofTheGuide()).extracting(AlertRule::name).containsExactlyInAnyOrderElementsOf(FAULTS.keySet());
    }

    @Test
    void missingBackups_fireAlsoAfterARestart() throws Exception {
        night();
        pass(Duration.ofHours(30));
        restart();
        scrape();

        assertThat(rule("BackupMissing").fires(scrapes, times)).isTrue();
        assertThat(rule("BackupNever").fires(scrapes, times)).isFalse();
    }

    @Test
    void aWatchThatNeverStoredADump_isToldFromOneThatIsLate() throws Exception {
        lastProven = Optional.empty();
        scrape();
        assertThat(rule("BackupMissing").fires(scrapes, times)).isFalse();
        assertThat(rule("BackupNever").fires(scrapes, times)).isFalse();
        pass(Duration.ofHours(20));
        restart();
        pass(Duration.ofHours(11));

        assertThat(rule("BackupMissing").fires(scrapes, times)).isFalse();
        assertThat(rule("BackupNever").fires(scrapes, times)).isTrue();
    }

    @Test
    void whatIsOver_firesNoMore() throws Exception {
        notReady();
        troubles.endAll(MYSQL);
        scrape();
        assertThat(rule("BackupNotReady").fires(scrapes, times)).isFalse();
    }

    @Test
    void everyTrouble_isAGaugeByItsKind() {
        for (TroubleKind kind : TroubleKind.values()) {
            troubles.begin(kind, MYSQL, "a.sql", "Problem.", "");
            troubles.begin(kind, MYSQL, "b.sql", "Problem.", "");
        }
        troubles.begin(TroubleKind.UNREACHABLE, new Subject.Destination("offsite"), "", "Problem.", "");
        String page = page();
        for (TroubleKind kind : TroubleKind.values()) {
            assertThat(page).contains(
                    "onedrive_backup_troubles{destination=\"\",kind=\"" + kind.label() + "\",watch=\"mysql\"} 2.0");
        }
        assertThat(page).contains("onedrive_backup_troubles{destination=\"offsite\",kind=\"unreachable\",watch=\"\"} 1.0");

        troubles.endAll(MYSQL);
        assertThat(page()).doesNotContain("watch=\"mysql\"} 2.0").contains("onedrive_backup_troubles{");
    }

    // ---- Faults

    private static final Map<String, Consumer<AlertRulesTest>> FAULTS = new LinkedHashMap<>();

    static {
        FAULTS.put("BackupNotReady", AlertRulesTest::notReady);
        FAULTS.put("BackupHeld", test -> {
            test.held = 1;
            test.scrape();
        });
        FAULTS.put("BackupWaits", test -> {
            test.oldestWaiting = Optional.of(test.now);
            test.pass(Duration.ofHours(7));
        });
        FAULTS.put("BackupSetAside", test -> {
            test.meters.on(new DumpEvent.SetAside("mysql", Path.of("a.sql"), new IOException(), Path.of(".failed/a.sql")));
            test.pass(Duration.ofMinutes(10));
        });
        FAULTS.put("BackupKeepsFailing", AlertRulesTest::keepsFailing);
        FAULTS.put("BackupMissing", test -> test.pass(Duration.ofHours(31)));
        FAULTS.put("BackupNever", test -> {
            test.lastProven = Optional.empty();
            test.pass(Duration.ofHours(31));
        });
        FAULTS.put("BackupNotPolled", test -> {
            test.polled = false;
            test.pass(Duration.ofMinutes(10));
        });
        FAULTS.put("BackupCredentialEnds", test -> test.update(destination -> destination.withSecretExpires(
                LocalDate.now(ZoneOffset.UTC).plusDays(20))));
        FAULTS.put("BackupSignInIdle", test -> test.update(destination -> destination.withSignedIn(
                Instant.now().minus(Duration.ofDays(15)))));
        FAULTS.put("BackupDown", test -> {
            test.up = false;
            test.scrape();
        });
    }

    private void notReady() {
        troubles.begin(TroubleKind.DIRECTORY_GONE, MYSQL, "", "The directory is gone.", "Mount it.");
        pass(AFTER);
    }

    private void keepsFailing() {
        pass(Duration.ofHours(6));
        for (int attempt = 1; attempt <= 5; attempt++) {
            meters.on(new DumpEvent.Postponed("mysql", Path.of("a.sql"), new IOException(), false, attempt, now));
            pass(Duration.ofMinutes(10));
        }
    }

    private void update(UnaryOperator<Destination> change) {
        try {
            vault.update("offsite", change);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        readVault();
        scrape();
    }

    // ---- A run, as time passes

    private void run() {
        context = new DefaultCamelContext();
        context.getRegistry().bind("credentials", new EncryptedCredentialProcessor(vault));
        meters = new BackupMeters(troubles);
        meters.expect("mysql");
        context.getRegistry().bind("meters", meters.registry());
        context.start();
        readVault();
    }

    private void readVault() {
        context.getComponent("onedrive", OneDriveComponent.class).updateMeters();
    }

    private void restart() {
        context.stop();
        run();
    }

    /** A day with one dump. */
    private void night() {
        pass(Duration.ofHours(23));
        meters.on(new DumpEvent.Done("mysql", Path.of("a.sql"), UploadResults.proven(1000), Path.of("moved")));
        lastProven = Optional.of(now);
        pass(Duration.ofHours(1));
    }

    private void pass(Duration duration) {
        Instant end = now.plus(duration);
        Duration step = duration.compareTo(Duration.ofHours(2)) > 0 ? Duration.ofMinutes(20) : BETWEEN_SCRAPES;
        while (now.isBefore(end)) {
            now = now.plus(step);
            scrape();
        }
    }

    private void scrape() {
        if (polled) {
            lastPoll = now;
        }
        if (up) {
            scrapes.add(now, page());
        } else {
            scrapes.addFailure(now);
        }
        times.add(now);
    }

    private String page() {
        WatchStatus status = new WatchStatus(lastPoll, oldestWaiting.isPresent() ? 1 : 0, oldestWaiting, held, lastProven);
        return meters.scrape(List.of(new WatchHealth("mysql", "offsite", () -> status, troubles, AFTER)));
    }

    private static AlertRule rule(String name) throws IOException {
        return AlertRule.ofTheGuide().stream().filter(rule -> rule.name().equals(name)).findFirst().orElseThrow();
    }
}
