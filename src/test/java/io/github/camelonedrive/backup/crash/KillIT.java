package io.github.camelonedrive.backup.crash;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * DESIGN §3, law 3: real processes get a real SIGKILL at each named point and at random instants, and the next one ends with
 * exactly one file, whole, and nothing open or on record. Long form and replay: {@code docs/reliability-tests.md}.
 */
@Tag("full")
class KillIT {

    private static final int RANDOM_KILLS = Integer.getInteger("crash.kills", 15);
    private static final long SEED = Long.getLong("crash.seed", new SecureRandom().nextInt());
    private static final String ONLY = System.getProperty("crash.only", "");

    private static final Kills KILLS = new Kills();

    @TempDir
    private static Path registered;

    private static Registration registration;

    @BeforeAll
    static void register() throws Exception {
        System.out.println("Crash test: -Dcrash.seed=" + SEED + " -Dcrash.kills=" + RANDOM_KILLS);
        registration = Registration.make(Files.createDirectory(registered.resolve("registration")));
    }

    @AfterAll
    static void tell() {
        System.out.println("Crash test: " + KILLS);
    }

    static Stream<Campaign> campaigns() {
        return Stream.concat(CrashTable.campaigns().stream(), RandomCrashes.campaigns(SEED, RANDOM_KILLS).stream())
                .filter(campaign -> ONLY.isEmpty() || ONLY.equals(campaign.name()));
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest(name = "{0}")
    @MethodSource("campaigns")
    void whateverKillsTheProcessTheDumpArrivesOnceAndWhole(Campaign campaign, @TempDir Path directory) throws Exception {
        try (CampaignRun run = new CampaignRun(campaign, directory, registration, KILLS)) {
            run.play();
        } catch (AssertionError e) {
            throw new AssertionError(campaign + " fails with -Dcrash.seed=" + SEED + " -Dcrash.kills=" + RANDOM_KILLS
                    + " -Dcrash.only=" + campaign.name() + "\n" + e.getMessage(), e);
        }
    }
}
