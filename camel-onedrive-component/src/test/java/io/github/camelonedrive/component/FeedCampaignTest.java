package io.github.camelonedrive.component;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.feed.FeedFile;
import io.github.camelonedrive.feed.FeedScope;
import io.github.camelonedrive.feed.FeedStart;
import io.github.camelonedrive.feed.FileFeedRepository;
import io.github.camelonedrive.feed.FolderFeed;
import io.github.camelonedrive.graph.ItemPath;
import io.github.camelonedrive.simulator.AccountType;
import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.OneDriveSimulator;
import io.github.camelonedrive.simulator.Step;
import io.github.camelonedrive.simulator.StoredFile;
import io.github.camelonedrive.transport.TimeSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * People change a drive at random while a feed reads it, fails, is killed and started anew, and has its links die. Whatever the
 * order, in the end each content that is in the folder was given out, and none more often than it came into the folder.
 *
 * <p>{@code -Dfeed.seeds=500} runs as many campaigns, {@code -Dfeed.seed=17} the one with that seed.
 */
class FeedCampaignTest {

    private static final int STEPS = 80;
    private static final String[] FOLDERS = {"/Inbox", "/Inbox/a", "/Inbox/a/b", "/Inbox/c", "/Out", "/Out/d"};

    @TempDir
    private Path directory;

    static IntStream seeds() {
        Integer only = Integer.getInteger("feed.seed");
        return only != null ? IntStream.of(only) : IntStream.range(0, Integer.getInteger("feed.seeds", 12));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void eachContentOnceWhateverHappens(int seed) throws Exception {
        AccountType[] types = AccountType.values();
        try (OneDriveSimulator drive = OneDriveSimulator.builder().accountType(types[seed % types.length]).start();
             SimulatedRoute route = new SimulatedRoute(drive);
             Campaign campaign = new Campaign(seed, drive, route)) {
            campaign.run();
            assertThat(drive.violations()).isEmpty();
        }
    }

    private final class Campaign implements AutoCloseable {

        private final Random random;
        private final OneDriveSimulator drive;
        private final OneDriveDrive access;
        private final Map<String, Integer> entries = new HashMap<>();
        private final Map<String, Integer> given = new HashMap<>();
        private final Map<String, String> contents = new HashMap<>();
        private final List<String> log = new ArrayList<>();
        private int number;
        private FolderFeed feed;

        Campaign(int seed, OneDriveSimulator drive, SimulatedRoute route) throws IOException {
            this.random = new Random(seed);
            this.drive = drive;
            drive.createFolder("/Inbox");
            OneDriveEndpoint endpoint = (OneDriveEndpoint) route.context().getEndpoint("onedrive:x?folderPath=/Inbox");
            this.access = new DriveAccess(endpoint).driveOfConsumer();
            start();
        }

        private void start() throws IOException {
            FeedScope scope = new FeedScope(ItemPath.parse("/Inbox"), 10, true, path -> true, "all");
            feed = new FolderFeed(access.source().feed(), access.folders(), scope, FeedStart.WAIT, false,
                    new FileFeedRepository(directory).open("feed"), TimeSource.SYSTEM);
        }

        void run() throws Exception {
            for (int step = 0; step < STEPS; step++) {
                step();
            }
            log.add("the end");
            drive.clearJournal();
            for (int poll = 0; poll < 6; poll++) {
                feed.refresh(() -> false);
                process(1, 0);
            }
            check();
        }

        private void step() throws Exception {
            switch (random.nextInt(16)) {
                case 0, 1, 2, 3 -> put(FOLDERS[random.nextInt(FOLDERS.length)] + "/f" + random.nextInt(6));
                case 4 -> some().ifPresent(path -> {
                    log.add("delete " + path);
                    drive.delete(path);
                });
                case 5, 6 -> some().ifPresent(path -> move(path, FOLDERS[random.nextInt(FOLDERS.length)] + "/m" + number++));
                case 7 -> moveFolder("/Inbox/a", "/Out/d/a" + number++);
                case 8 -> someFolderOutside();
                case 9 -> {
                    log.add("links die");
                    drive.expireDeltaTokens(random.nextBoolean() ? "resyncRequired" : "resyncChangesApplyDifferences");
                }
                case 10 -> fault();
                case 11 -> {
                    log.add("killed and started anew");
                    feed.close();
                    start();
                }
                default -> poll();
            }
        }

        private void fault() {
            Step step = List.of(Step.DELTA, Step.CHILDREN, Step.ITEM_LOOKUP).get(random.nextInt(3));
            log.add("the next " + step + " fails");
            drive.fault(Fault.on(step).nth(1 + random.nextInt(2)).answer(403).error("accessDenied"));
        }

        private void put(String path) {
            String content = "content " + number++;
            log.add("put " + path + " = " + content);
            StoredFile file = drive.putFile(path, content.getBytes(StandardCharsets.UTF_8));
            contents.put(file.quickXorHash(), content);
            if (isInside(path)) {
                entries.merge(content, 1, Integer::sum);
            }
        }

        private Optional<String> some() {
            List<String> paths = drive.paths();
            return paths.isEmpty() ? Optional.empty() : Optional.of(paths.get(random.nextInt(paths.size())));
        }

        private void move(String from, String to) {
            log.add("move " + from + " to " + to);
            drive.createFolder(to.substring(0, to.lastIndexOf('/')));
            if (isInside(to) && !isInside(from)) {
                enters(from);
            }
            drive.move(from, to);
        }

        private void moveFolder(String from, String to) {
            if (drive.paths().stream().anyMatch(path -> path.startsWith(from + "/"))) {
                log.add("move folder " + from + " to " + to);
                drive.createFolder(to.substring(0, to.lastIndexOf('/')));
                if (isInside(to) && !isInside(from)) {
                    drive.paths().stream().filter(path -> path.startsWith(from + "/")).forEach(this::enters);
                }
                drive.move(from, to);
            }
        }

        private void someFolderOutside() {
            drive.paths().stream().filter(path -> path.matches("/Out/d/a\\d+/.*")).findFirst()
                    .map(path -> path.substring(0, path.indexOf('/', "/Out/d/a".length())))
                    .ifPresent(folder -> moveFolder(folder, "/Inbox/c/n" + number++));
        }

        private void enters(String path) {
            entries.merge(contents.get(drive.file(path).orElseThrow().quickXorHash()), 1, Integer::sum);
        }

        private static boolean isInside(String path) {
            return path.startsWith("/Inbox/");
        }

        private void poll() throws IOException, InterruptedException {
            int enough = random.nextInt(8);
            try {
                feed.refresh(() -> feed.found() >= enough);
                log.add("polled up to " + enough + ", waiting: " + feed.size());
                process(0.6, 0.2);
            } catch (OneDriveException failed) {
                log.add("poll failed: " + failed.problem());
            }
        }

        private void process(double success, double failure) throws IOException, InterruptedException {
            for (FeedFile file : feed.waiting()) {
                double dice = random.nextDouble();
                if (dice < success) {
                    String content = contents.get(file.item().quickXorHash().orElseThrow());
                    log.add("done: " + file.path() + " = " + content);
                    given.merge(content, 1, Integer::sum);
                    feed.done(file);
                } else if (dice < success + failure) {
                    feed.failed(file);
                    feed.lookAgain(file);
                }
            }
        }

        private void check() {
            List<String> inside = drive.paths().stream().filter(Campaign::isInside).toList();
            assertThat(inside).as(() -> String.join("\n", log)).allSatisfy(path -> assertThat(given)
                    .containsKey(contents.get(drive.file(path).orElseThrow().quickXorHash())));
            assertThat(given).as(() -> String.join("\n", log)).allSatisfy(
                    (content, times) -> assertThat(times).isLessThanOrEqualTo(entries.getOrDefault(content, 0)));
            assertThat(feed.size()).isZero();
        }

        @Override
        public void close() throws IOException {
            feed.close();
        }
    }
}
