package io.github.camelonedrive.backup.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.OneDriveSimulator;
import io.github.camelonedrive.simulator.RecordedRequest;
import io.github.camelonedrive.simulator.Step;
import io.github.camelonedrive.simulator.StoredFile;
import io.github.camelonedrive.upload.UploadStep;
import org.assertj.core.api.SoftAssertions;

import static org.assertj.core.api.Assertions.assertThat;

/** One dump of a campaign, what was and is to be found under its name, and what law 3 demands of that. */
final class DumpUnderTest {

    private final Dump dump;
    private final Site site;
    private final OneDriveSimulator simulator;
    private final Random random;
    private final String stem;
    private final String target;
    private final String copy;
    private final Optional<String> old;
    private final Map<String, String> seen = new ConcurrentHashMap<>();
    private final Set<String> versions = new LinkedHashSet<>();
    private String wanted;
    private int killed;
    private int lostSessions;

    DumpUnderTest(Dump dump, int number, Site site, long seed, OneDriveSimulator simulator) {
        this.dump = dump;
        this.site = site;
        this.simulator = simulator;
        this.random = new Random(seed * 1_000_003 + number);
        this.stem = "d%03d".formatted(number);
        this.target = "/Backups/" + name();
        this.copy = "/Backups/" + stem + " 1.sql";
        this.old = site.hasOldFiles() ? Optional.of(putOld()) : Optional.empty();
    }

    private String putOld() {
        byte[] content = new byte[1 + random.nextInt(1000)];
        random.nextBytes(content);
        simulator.putFile(target, content);
        return Hash.of(simulator.file(target).orElseThrow().openStream());
    }

    String name() {
        return stem + ".sql";
    }

    Dump dump() {
        return dump;
    }

    int killed() {
        return killed;
    }

    /** Appears whole, as dumps should. */
    Path writeTo(Path directory) throws IOException {
        simulator.fault(Fault.onAny().when(request -> {
            look(request);
            return false;
        }));
        if (dump.trouble()) {
            simulator.fault(Fault.on(Step.FRAGMENT).path(target).answer(500));
        }
        byte[] content = new byte[dump.size()];
        random.nextBytes(content);
        Path hidden = Files.write(directory.resolve("." + name() + ".part"), content);
        // A time that Java can set again to the same value: it writes less precisely than it reads.
        Files.setLastModifiedTime(hidden, FileTime.from(Instant.now().truncatedTo(ChronoUnit.SECONDS)));
        Path source = Files.move(hidden, directory.resolve(name()));
        sourceIs(source);
        return source;
    }

    /** Notes what everybody could read there, whenever the program asks for something: later it may be mended. */
    private void look(RecordedRequest request) {
        if (request.itemPath().equals(target)) {
            for (String path : List.of(target, copy)) {
                simulator.file(path).ifPresent(file -> seen.computeIfAbsent(file.quickXorHash(), unknown -> file.sha256()));
            }
        }
    }

    private void sourceIs(Path source) throws IOException {
        wanted = Hash.of(Files.newInputStream(source));
        versions.add(wanted);
    }

    /** Notes a kill, and that the target is whole at that moment. */
    void killed(Moment moment) {
        killed++;
        List<RecordedRequest> requests = requests();
        boolean justOpened = !requests.isEmpty() && isOpening(requests.get(requests.size() - 1));
        boolean recorded = moment.equals(Moment.at(UploadStep.SESSION_RECORDED));
        lostSessions += justOpened && !recorded ? 1 : 0;
        assertWhole();
    }

    private static boolean isOpening(RecordedRequest request) {
        return request.step() == Step.CREATE_SESSION && request.status() != 409;
    }

    /**
     * The last kill is over. Content that was not committed by now has no business in OneDrive any more.
     *
     * @param source perhaps moved away already
     */
    void meddle(Path source) throws IOException {
        if (dump.after() != Meddling.NONE && Files.exists(source)) {
            if (dump.kills().get(dump.kills().size() - 1).isQuiet() && !there().containsValue(wanted)) {
                versions.remove(wanted);
            }
            dump.after().apply(source, random);
            if (Files.exists(source)) {
                sourceIs(source);
            } else {
                wanted = null;
            }
        }
    }

    boolean isDeleted() {
        return wanted == null;
    }

    /** Whether the simulator has an open session that nobody can know of. */
    boolean hasLostSession() {
        return lostSessions > 0 && openSessions() > 0;
    }

    long openSessions() {
        return simulator.openSessions().stream().filter(session -> session.path().startsWith("/Backups/" + stem)).count();
    }

    /** Law 2: whole old content or whole new content, and the old is only gone where it was to be replaced. */
    void assertWhole() {
        Map<String, String> there = there();
        Set<String> known = new LinkedHashSet<>(versions);
        old.ifPresent(known::add);
        assertThat(known).as("%s: all content is whole", this).containsAll(there.values());
        assertThat(known).as("%s: all content was whole at all times", this).containsAll(seen.values());
        old.ifPresent(content -> {
            assertThat(there).as("%s: something has the name", this).containsKey(target);
            if (!site.replaces()) {
                assertThat(there).as("%s: what was there is untouched", this).containsEntry(target, content);
            }
        });
    }

    /** Law 3. */
    void assertArrivedOnce() {
        SoftAssertions softly = new SoftAssertions();
        Map<String, String> there = there();
        if (wanted == null) {
            softly.assertThat(there.size()).as("one file at most").isLessThanOrEqualTo(site.renames() ? 2 : 1);
        } else if (dump.after() == Meddling.NONE) {
            softly.assertThat(there).as("what is there").isEqualTo(expected());
        } else {
            softly.assertThat(there.values()).as("the content as it is now").containsOnlyOnce(wanted);
            softly.assertThat(there.size()).as("one file for each content").isLessThanOrEqualTo(site.replaces() ? 1 : 3);
        }
        assertFrugal(softly);
        softly.assertThat(openSessions()).as("open sessions").isZero();
        try {
            softly.assertAll();
        } catch (AssertionError e) {
            throw new AssertionError(this + ": " + e.getMessage() + "\n" + requests(), e);
        }
        assertWhole();
    }

    private Map<String, String> expected() {
        Map<String, String> expected = new TreeMap<>();
        if (site.renames() && old.isPresent()) {
            expected.put(target, old.get());
            expected.put(copy, wanted);
        } else {
            expected.put(target, wanted);
        }
        return expected;
    }

    /** Each kill or refusal costs the fragment under way, or the single PUT; each meddling a new start. Nothing is deleted. */
    private void assertFrugal(SoftAssertions softly) {
        List<RecordedRequest> requests = requests();
        int starts = 1 + (dump.after() == Meddling.NONE ? 0 : 1);
        long sent = requests.stream().filter(request -> request.step() == Step.FRAGMENT)
                .mapToLong(RecordedRequest::bodyLength).sum();
        int wasted = killed + (dump.trouble() ? 1 : 0);
        long longest = (long) starts * Math.max(dump.size(), longestVersion()) + (long) wasted * Sizes.CHUNK;
        softly.assertThat(sent).as("bytes in fragments").isLessThanOrEqualTo(longest);
        softly.assertThat(requests.stream().filter(request -> request.step() == Step.CREATE_SESSION).count())
                .as("sessions").isLessThanOrEqualTo(starts + lostSessions + refusedSessions(requests));
        softly.assertThat(requests.stream().filter(request -> request.step() == Step.SIMPLE_UPLOAD).count())
                .as("single PUTs").isLessThanOrEqualTo(starts + killed);
        softly.assertThat(requests).as("deletions").noneMatch(request -> request.step() == Step.DELETE);
    }

    private long longestVersion() {
        return there().keySet().stream().mapToLong(path -> simulator.file(path).orElseThrow().size()).max().orElse(0);
    }

    private static long refusedSessions(List<RecordedRequest> requests) {
        return requests.stream().filter(request -> request.step() == Step.CREATE_SESSION && request.status() == 409).count();
    }

    private List<RecordedRequest> requests() {
        return simulator.requests().stream().filter(request -> request.itemPath().startsWith("/Backups/" + stem)).toList();
    }

    private Map<String, String> there() {
        Map<String, String> there = new TreeMap<>();
        for (String path : simulator.paths()) {
            if (path.startsWith("/Backups/" + stem)) {
                simulator.file(path).map(StoredFile::openStream).map(Hash::of)
                        .ifPresent(hash -> there.put(path, hash));
            }
        }
        return there;
    }

    /** Of the source as it is wanted now. */
    String wanted() {
        return wanted;
    }

    @Override
    public String toString() {
        return name() + " (" + dump + ") by " + site;
    }
}
