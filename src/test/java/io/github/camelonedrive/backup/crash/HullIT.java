package io.github.camelonedrive.backup.crash;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelonedrive.simulator.AccountType;
import io.github.camelonedrive.simulator.AdjustableClock;
import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.OneDriveSimulator;
import io.github.camelonedrive.simulator.StoredFile;
import io.github.camelonedrive.simulator.UploadSessionView;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Dumps of all kinds of programs appear in several watched directories, under faults, kills and troubles with directories. In
 * the end each complete dump is in OneDrive, and memory, descriptors and log were bounded all the time. Long form and replay:
 * {@code docs/reliability-tests.md}.
 */
@Tag("full")
class HullIT {

    private static final Duration TIME = Duration.ofSeconds((long) (60 * Double.parseDouble(
            System.getProperty("hull.minutes", "2"))));
    private static final int DUMPS = Integer.getInteger("hull.dumps", 120);
    private static final long SEED = Long.getLong("hull.seed", new SecureRandom().nextInt());
    private static final List<AccountType> ACCOUNTS =
            List.of(AccountType.PERSONAL, AccountType.BUSINESS, AccountType.DOCUMENT_LIBRARY);
    private static final Duration SESSIONS_END = Duration.ofMinutes(16);
    private static final Duration TO_SETTLE = Duration.ofMinutes(5);
    private static final int REQUESTS_TO_A_DEATH = 400;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long MOST_MEGABYTES = 320;
    private static final long MOST_DESCRIPTORS = 300;

    private final AdjustableClock clock = AdjustableClock.running();
    private final List<HullWatch> watches = new ArrayList<>();
    private final List<String> settings = new ArrayList<>();
    private HullUser user;
    private Path directory;
    private Path disk;
    private boolean mounted;
    private OneDriveSimulator simulator;
    private HullProgram program;
    private HullWriters writers;
    private HullTroubles troubles;
    private AccountType account;
    private int lostSessionsSeen;
    private volatile boolean calm;

    @BeforeEach
    void install() throws Exception {
        Random random = new Random(SEED);
        account = ACCOUNTS.get(random.nextInt(ACCOUNTS.size()));
        user = HullUser.find();
        directory = Files.createTempDirectory("hull").toRealPath();
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
        Path registered = Files.createDirectory(directory.resolve("registration"));
        Registration registration = Registration.make(registered);
        simulator = registration.of(OneDriveSimulator.builder().clock(clock).accountType(account)).start();
        disk = directory.resolve("disk");
        mounted = user.mount(disk, "32m");
        Path home = registration.copyTo(disk.resolve("home"));
        user.own(registered);
        user.own(home);
        watch("plain", "/Backups/plain");
        watch("tree", "/Backups/tree", "recursive = true");
        watch("brief", "/Backups/brief", "delete-after = 3s");
        watch("twins", "/Backups/twins");
        watch("alike", "/Backups/twins");
        configure();
        Path file = Files.write(directory.resolve("settings.properties"), settings);
        program = new HullProgram(Files.createDirectory(directory.resolve("output")), user, registration.environment(),
                List.of("--home", home.toString(), "--config", file.toString()));
        Path secret = Files.writeString(directory.resolve("secret.txt"), "nothing that a link leads to is uploaded");
        writers = new HullWriters(random, user, Files.createDirectory(directory.resolve("staging")), secret, watches);
        Files.setPosixFilePermissions(directory.resolve("staging"), PosixFilePermissions.fromString("rwx--x--x"));
        troubles = new HullTroubles(new Random(SEED), simulator, program, watches.subList(0, 3),
                registered.resolve("refresh-token"), mounted ? Optional.of(disk) : Optional.empty());
    }

    private void watch(String name, String folder, String... more) throws IOException, InterruptedException {
        HullWatch watch = new HullWatch(name, directory.resolve(name), folder);
        user.own(watch.drop);
        watches.add(watch);
        String prefix = "backup.watch." + name + ".";
        settings.addAll(List.of(prefix + "directory = " + watch.drop, prefix + "destination = offsite",
                prefix + "folder = " + folder, prefix + "quiet-period = " + HullWriters.QUIET_MILLIS + "ms"));
        Stream.of(more).forEach(setting -> settings.add(prefix + setting));
    }

    private void configure() {
        settings.addAll(List.of("camel.component.onedrive.graph-endpoint = " + simulator.graphEndpoint(),
                "camel.component.onedrive.login-endpoint = " + simulator.loginEndpoint(),
                "camel.component.onedrive.simple-upload-limit = " + Sizes.LIMIT,
                "camel.component.onedrive.chunk-size = " + Sizes.CHUNK,
                "camel.component.onedrive.max-retry-delay = 500ms",
                "camel.component.onedrive.verify-timeout = 5s",
                "backup.console.port = 0"));
    }

    @AfterEach
    void clean() throws Exception {
        writers.close();
        program.close();
        simulator.close();
        if (mounted) {
            HullUser.unmount(disk);
        }
        HullUser.succeeds(List.of("rm", "-rf", directory.toString()));
    }

    @Test
    void everyCompleteDumpArrives() throws Exception {
        String run = "-Dhull.seed=" + SEED + " -Dhull.dumps=" + DUMPS + " -Dhull.minutes=" + TIME.toSeconds() / 60.0 + " ("
                + account + (user.isOther() ? ", as uid 65534" : ", as the tests' user: modes stop nobody if that is root")
                + (mounted ? "" : ", without a full disk") + ")";
        System.out.println("Hull test: " + run);
        Instant start = Instant.now();
        try (ProcessSampler sampler = new ProcessSampler(() -> program.pid())) {
            program.start();
            Thread trouble = new Thread(this::trouble, "troubles");
            trouble.start();
            write();
            calm = true;
            trouble.join();
            assertThat(failure).isNull();
            // A process that was killed is not asked to remember for how long the service wanted to be left alone.
            List<String> violations = simulator.violations().stream()
                    .filter(text -> !text.endsWith("before Retry-After had passed")).toList();
            long faults = simulator.requests().stream()
                    .filter(request -> request.status() == 0 || request.status() >= 400).count();
            int requests = simulator.requests().size();
            simulator.clearJournal();
            program.end();
            program.start();
            settle();
            program.end();
            List<String> log = program.logs();
            if (Boolean.getBoolean("hull.keep")) {
                System.out.println("Hull test: logs are kept in " + keepLogs());
            }
            System.out.printf("Hull test: %d dumps, %d kills, %d stops, %d refused starts, %d of the newest %d requests "
                    + "failed, troubles %s, at most %d MB resident and %d descriptors, %d log lines, %s%n", writers.count(),
                    program.kills(), program.stops(), program.refusals(), faults, requests, troubles.counts(),
                    sampler.mostMegabytes(), sampler.mostDescriptors(), log.size(), Duration.between(start, Instant.now()));
            assertArrived();
            assertNothingElse();
            assertRecorded();
            assertThat(violations).as("violations of the protocol").isEmpty();
            assertThat(openSessions()).as("open sessions of which the program knew").isEmpty();
            assertThat(sampler.mostMegabytes()).as("MB resident").isBetween(1L, MOST_MEGABYTES);
            assertThat(sampler.mostDescriptors()).as("open descriptors").isBetween(1L, MOST_DESCRIPTORS);
            assertThat(log).as("log").noneMatch(line -> line.contains("OutOfMemory") || line.startsWith("\tat "));
            assertThat(log.size()).as("lines logged").isLessThan(20 * writers.count()
                    + 60 * (program.kills() + program.stops()) + 1000);
        } catch (AssertionError | ConditionTimeoutException e) {
            throw new AssertionError("The hull test fails with " + run + "\n" + e.getMessage() + "\nLogs are kept in "
                    + keepLogs(), e);
        }
    }

    private volatile Throwable failure;

    /** Dumps appear, evenly over the time. */
    private void write() throws Exception {
        SoakFaults.plan(SEED, DUMPS).forEach(simulator::fault);
        planDeath(new Random(SEED));
        Instant start = Instant.now();
        Duration between = TIME.multipliedBy(8).dividedBy(10L * DUMPS);
        while (writers.count() < DUMPS || !writers.isIdle()) {
            assertThat(failure).isNull();
            keepGoing();
            if (writers.count() < DUMPS && Duration.between(start, Instant.now())
                    .compareTo(between.multipliedBy(writers.count())) > 0) {
                writers.next();
            } else {
                Thread.sleep(Math.min(100, between.toMillis()));
            }
            assertThat(Duration.between(start, Instant.now())).as("time until the last writer is done")
                    .isLessThan(TIME.plus(TO_SETTLE));
        }
    }

    private void keepGoing() throws IOException, InterruptedException {
        program.keepAlive();
        int lost = program.log().split("still holds the name", -1).length - 1;
        if (lost > lostSessionsSeen) {
            clock.advance(SESSIONS_END);
        }
        lostSessionsSeen = lost;
    }

    private void trouble() {
        try {
            Random random = new Random(SEED);
            long between = Math.max(4000, TIME.toMillis() / 200);
            while (!calm) {
                Thread.sleep(between / 2 + random.nextInt((int) between));
                if (!calm) {
                    troubles.next();
                }
            }
        } catch (Exception | AssertionError e) {
            failure = e;
        }
    }

    /** As in the soak test: counted in requests. */
    private void planDeath(Random random) {
        int requests = REQUESTS_TO_A_DEATH / 2 + random.nextInt(REQUESTS_TO_A_DEATH);
        simulator.fault(Fault.onAny().nth(requests).run(() -> {
            // On a thread of its own, because somebody may be holding the program alive for a while.
            new Thread(() -> {
                try {
                    program.kill();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }).start();
            if (!calm) {
                planDeath(random);
            }
        }));
    }

    private void settle() {
        Set<String> left = new TreeSet<>();
        try {
            Awaitility.await().atMost(TO_SETTLE).pollInterval(Duration.ofSeconds(1)).until(() -> {
                keepGoing();
                left.clear();
                left.addAll(missing());
                left.addAll(waiting());
                return left.isEmpty();
            });
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("Not in OneDrive, or not put away: " + left + "\nStandard error of the last process:\n"
                    + program.log(), e);
        }
    }

    // --- what has to hold in the end ---

    private Set<String> missing() {
        Map<String, StoredFile> there = stored();
        Set<String> missing = new TreeSet<>();
        for (HullDump dump : writers.dumps()) {
            if (dump.fate == HullDump.Fate.PROVEN && !isThere(dump, there)) {
                missing.add(dump.toString());
            }
        }
        for (List<HullDump> pair : writers.pairs()) {
            if (pair.stream().filter(dump -> isThere(dump, there)).count() != 1) {
                missing.add("one of " + pair);
            }
        }
        return missing;
    }

    private final Map<String, String> hashes = new HashMap<>();

    private boolean isThere(HullDump dump, Map<String, StoredFile> there) {
        return dump.watch.foldersSince(dump.renames).stream().map(folder -> there.get(folder + "/" + dump.name))
                .anyMatch(file -> file != null && file.size() == dump.size
                        && hashes.computeIfAbsent(file.id() + file.eTag(), key -> file.sha256()).equals(dump.hash));
    }

    private Map<String, StoredFile> stored() {
        return simulator.paths().stream().map(path -> simulator.file(path).orElseThrow())
                .collect(Collectors.toMap(StoredFile::path, file -> file));
    }

    /** What is in the directories and should not be, or the other way round. */
    private Set<String> waiting() throws IOException {
        Set<String> found = new TreeSet<>();
        for (HullWatch watch : watches) {
            SoakIT.found(watch.drop).keySet().forEach(name -> found.add(watch.name + "/" + name));
        }
        Set<String> wrong = new TreeSet<>();
        for (HullDump dump : writers.dumps()) {
            boolean here = found.remove(dump.watch.name + "/" + dump.name);
            boolean stays = dump.fate == HullDump.Fate.LEFT || dump.fate == HullDump.Fate.REPLACED;
            if (dump.fate != HullDump.Fate.TWIN && here != stays) {
                wrong.add(dump + (here ? " is still there" : " is not there any more"));
            }
        }
        found.forEach(name -> wrong.add(name + " should not be there"));
        return wrong;
    }

    private void assertArrived() throws IOException {
        assertThat(missing()).as("complete, and not in OneDrive under its name").isEmpty();
        assertThat(waiting()).as("in a watched directory").isEmpty();
        Map<String, StoredFile> there = stored();
        for (List<HullDump> pair : writers.pairs()) {
            for (HullDump dump : pair) {
                boolean arrived = isThere(dump, there);
                assertThat(Files.exists(dump.file())).as("%s is held, which is %s in OneDrive", dump, arrived ? "" : "not")
                        .isEqualTo(!arrived);
                Path file = arrived ? dump.watch.done().resolve(dump.name) : dump.file();
                assertThat(Hash.of(Files.newInputStream(file))).as("%s", file).isEqualTo(dump.hash);
            }
        }
        for (HullDump dump : writers.dumps()) {
            if (dump.fate == HullDump.Fate.PROVEN && !dump.watch.name.equals("brief")) {
                Path done = dump.watch.done().resolve(dump.name);
                assertThat(done).as("put away").exists();
                assertThat(Hash.of(Files.newInputStream(done))).as("%s", done).isEqualTo(dump.hash);
            }
        }
    }

    /** What the service damaged is kept, and stays where it is when its folder is renamed before the next attempt. */
    private static boolean isKeptDamage(HullDump dump, String path) {
        return !path.startsWith(dump.watch.folder() + "/");
    }

    /** Nothing empty, nothing of a link, nothing partial where that could be seen, no name that nobody wrote. */
    private void assertNothingElse() throws IOException {
        Map<String, HullDump> expected = new TreeMap<>();
        for (HullDump dump : writers.dumps()) {
            if (dump.fate != HullDump.Fate.LEFT) {
                dump.watch.foldersSince(0).forEach(folder -> expected.put(folder + "/" + dump.name, dump));
            }
        }
        Set<String> surplus = new TreeSet<>();
        stored().forEach((path, file) -> {
            HullDump dump = expected.get(path);
            boolean whole = dump != null && (dump.fate == HullDump.Fate.TWIN
                    || dump.kind.equals("rewritten") || dump.kind.equals("unseen writer")
                    || file.size() == dump.size && (file.sha256().equals(dump.hash) || isKeptDamage(dump, path)));
            if (!whole) {
                surplus.add(path + " (" + (dump == null ? "nobody's" : dump.kind) + ", " + file.size() + " bytes)");
            }
        });
        assertThat(surplus).as("in OneDrive, and not a whole dump").isEmpty();
        for (HullWatch watch : watches) {
            assertThat(SoakIT.found(watch.drop.resolve(".failed"))).as("set aside").isEmpty();
        }
    }

    /** What was ever proven was whole, where the program could know; what is held are the twins that did not arrive. */
    private void assertRecorded() throws IOException {
        Map<String, HullDump> dumps = new HashMap<>();
        writers.dumps().forEach(dump -> dumps.put(dump.watch.name + "/" + dump.name, dump));
        Set<String> proven = new TreeSet<>();
        List<String> partial = new ArrayList<>();
        for (JsonNode line : lines(disk.resolve("home/catalogue"))) {
            HullDump dump = dumps.get(line.path("watch").asText() + "/" + line.path("file").asText());
            if (line.path("event").asText().equals("proven")) {
                proven.add(dump.toString());
                boolean mayGrow = dump.kind.equals("rewritten") || dump.kind.equals("unseen writer");
                boolean whole = dump.fate != HullDump.Fate.LEFT && line.path("size").asLong() == dump.size;
                if (!whole && !mayGrow) {
                    partial.add(dump + ": " + line.path("size").asLong() + " bytes of " + dump.size);
                }
            }
        }
        assertThat(partial).as("proven, and not whole").isEmpty();
        assertThat(proven).as("on record").containsAll(writers.dumps().stream()
                .filter(dump -> dump.fate == HullDump.Fate.PROVEN).map(HullDump::toString).toList());
        Set<String> held = new TreeSet<>();
        for (HullWatch watch : watches) {
            for (String dump : contents(disk.resolve("home/held").resolve(watch.name), "*.json")) {
                held.add(watch.name + "/" + JSON.readTree(dump).path("file").asText());
            }
        }
        assertThat(held).as("held").isEqualTo(writers.pairs().stream().flatMap(List::stream)
                .filter(dump -> Files.exists(dump.file())).map(dump -> dump.watch.name + "/" + dump.name)
                .collect(Collectors.toCollection(TreeSet::new)));
    }

    /** Lines that a crash or a full disk left unfinished are left out. */
    private static List<JsonNode> lines(Path folder) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String text : contents(folder, "*.jsonl")) {
            for (String line : text.split("\n")) {
                try {
                    lines.add(JSON.readTree(line));
                } catch (JsonProcessingException unfinished) {
                    // as promised
                }
            }
        }
        return lines;
    }

    private static List<String> contents(Path folder, String names) throws IOException {
        List<String> contents = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, names)) {
                for (Path file : files) {
                    contents.add(Files.readString(file));
                }
            }
        }
        return contents;
    }

    /** Of a process that dies when a session was created and before that is on record, nobody can know the session. */
    private List<UploadSessionView> openSessions() {
        return simulator.openSessions().stream().filter(session -> session.fragments() > 0 || session.received() > 0).toList();
    }

    private Path keepLogs() throws IOException {
        Path kept = Files.createDirectories(Path.of("target", "hull-" + SEED).toAbsolutePath());
        Files.write(kept.resolve("log.txt"), program.logs());
        Files.write(kept.resolve("requests.txt"), simulator.requests().stream().map(Object::toString).toList());
        return kept;
    }
}
