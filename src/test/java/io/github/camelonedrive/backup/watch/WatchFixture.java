package io.github.camelonedrive.backup.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.backup.UploadResults;
import io.github.camelonedrive.backup.catalogue.Catalogue;
import io.github.camelonedrive.backup.catalogue.DriveIds;
import io.github.camelonedrive.backup.catalogue.InProgressTargets;
import io.github.camelonedrive.backup.failure.BackupException;
import io.github.camelonedrive.backup.settings.WatchSettings;
import io.github.camelonedrive.backup.settings.WatchSettings.Content;
import io.github.camelonedrive.backup.trouble.Trouble;
import io.github.camelonedrive.backup.trouble.TroubleKind;
import io.github.camelonedrive.backup.trouble.Troubles;
import io.github.camelonedrive.graph.ItemPath;
import io.github.camelonedrive.upload.ProvenUpload;
import io.github.camelonedrive.upload.UploadGuard;
import io.github.camelonedrive.upload.UploadKey;
import io.github.camelonedrive.upload.UploadReceipt;
import io.github.camelonedrive.upload.UploadReceipts;
import io.github.camelonedrive.upload.UploadResult;
import io.github.camelonedrive.upload.UploadSource;
import io.github.camelonedrive.upload.UploadableFile;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;

/** A watch over a temporary directory, with a clock that the test moves and an upload that the test plays. */
final class WatchFixture {

    static final String FOLDER = "/Backups";

    final Path drop;
    final List<DumpEvent> events = new ArrayList<>();
    Instant now = Instant.parse("2026-11-22T03:00:00Z");

    /** By how much somebody set the wall clock forth; negative: back. */
    Duration setForth = Duration.ZERO;

    /** What OneDrive has at the target of an upload that looks there. */
    Optional<String> nameInOneDrive = Optional.empty();
    String destination = "offsite";
    Optional<String> driveId = Optional.empty();
    int driveIdsAsked;

    final Map<String, OpenFiles.Writer> writers = new HashMap<>();
    final Troubles troubles = new Troubles(() -> now);

    private final Path home;
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final Map<String, DumpFile> handed = new HashMap<>();
    private final InProgressTargets inProgress = new InProgressTargets();
    private Set<String> watches = Set.of("test");
    private Set<String> destinations = Set.of("offsite");
    private Catalogue catalogue;
    private Watch watch;

    WatchFixture(Path directory) throws IOException {
        this.drop = Files.createDirectory(directory.resolve("drop")).toRealPath();
        this.home = Files.createDirectory(directory.resolve("home"));
    }

    /** Settings that a test changes before it opens the watch. */
    static final class Options {

        String name = "test";
        Path directory;
        String include;
        String exclude;
        List<Pattern> temporary = List.of();
        long minSize = 1;
        boolean recursive = true;
        boolean followLinks;
        Content content = Content.SAME;
        Duration deleteAfter;
        Duration quietPeriod = Duration.ofSeconds(10);

        private WatchSettings settings(Path drop) {
            return new WatchSettings(name, directory == null ? drop : directory, "offsite", Optional.of(FOLDER),
                    Optional.ofNullable(include).map(Pattern::compile), Optional.ofNullable(exclude).map(Pattern::compile),
                    temporary, minSize, recursive, quietPeriod, followLinks, content,
                    Optional.ofNullable(deleteAfter));
        }
    }

    WatchFixture open() throws IOException {
        return open(new Options());
    }

    /** Opens the watch, also again, as a restart does. */
    WatchFixture open(Options options) throws IOException {
        if (catalogue != null) {
            catalogue.close();
        }
        catalogue = Catalogue.open(home.resolve("catalogue"), () -> now.plus(setForth));
        OpenFiles openFiles = new OpenFiles(drop) {
            @Override
            public Map<String, Writer> writers(Map<String, Path> keys) {
                Map<String, Writer> found = new HashMap<>(writers);
                found.keySet().retainAll(keys.keySet());
                return found;
            }
        };
        WatchEnvironment environment = new WatchEnvironment(watches, catalogue, new DriveIds(catalogue, destinations), home.resolve("held"), inProgress, troubles,
                events::add, new WatchClock(() -> now.plus(setForth), () -> now), openFiles, Runnable::run);
        watch = Watch.open(options.settings(drop), Files.getOwner(drop), environment);
        return this;
    }

    Path catalogueDirectory() {
        return home.resolve("catalogue");
    }

    /** Has watches for several destinations in the same run. */
    WatchFixture to(String... all) {
        destinations = Set.of(all);
        return this;
    }

    /** Has other watches in the same run. */
    WatchFixture beside(String... others) {
        watches = Set.of(others);
        return this;
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    Watch watch() {
        return watch;
    }

    Catalogue catalogue() {
        return catalogue;
    }

    Path home() {
        return home;
    }

    Path dump(String name, String content) throws IOException {
        Path file = drop.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    /** Polls and returns the names of the dumps that are handed over. */
    List<String> poll() {
        List<DumpFile> dumps = watch.poll();
        dumps.forEach(dump -> handed.put(dump.path().remote(), dump));
        return dumps.stream().map(dump -> dump.path().remote()).sorted().toList();
    }

    /** Polls twice, the quiet period apart. */
    List<String> settle() {
        List<String> dumps = new ArrayList<>(poll());
        pass(Duration.ofSeconds(10));
        dumps.addAll(poll());
        return dumps.stream().sorted().toList();
    }

    /** Has a dump settle and its exchange begin. */
    Exchange take(String name) throws Exception {
        settle();
        return begin(name);
    }

    /** Begins the exchange of a dump that a poll handed over. */
    Exchange begin(String name) throws Exception {
        DumpFile dump = handed.get(name);
        if (dump == null) {
            throw new AssertionError(name + " was not handed over, but " + handed.keySet());
        }
        Exchange exchange = new DefaultExchange(camel);
        dump.bindToExchange(exchange);
        watch.processStrategy().begin(null, null, exchange, dump);
        return exchange;
    }

    /** What the component does with the exchange's body: asks the guard, reads, and records a proof. */
    UploadResult upload(Exchange exchange) throws Exception {
        return upload(exchange, FOLDER, UploadReceipt.NONE);
    }

    UploadResult upload(Exchange exchange, String folder, UploadReceipt receipt) throws Exception {
        try (UploadSource source = ((UploadableFile) exchange.getIn().getBody()).openSource()) {
            return upload(exchange, folder, receipt, source);
        }
    }

    UploadResult upload(Exchange exchange, String folder, UploadReceipt receipt, UploadSource source) throws Exception {
        UploadReceipts receipts = receipts(exchange);
        UploadKey asked = place(exchange, folder);
        UploadKey place = new UploadKey(destination, asked.drive(), asked.target());
        receipts.begun(place);
        try {
            receipts.check(place, source, new UploadGuard.ItemLookup() {

                @Override
                public Optional<String> nameInOneDrive() {
                    return nameInOneDrive;
                }

                @Override
                public Optional<String> driveId() {
                    driveIdsAsked++;
                    return driveId;
                }
            });
            UploadResult result = UploadResults.of(place.target().name(), driveId, source);
            receipts.proven(place, new ProvenUpload(result, receipt));
            return result;
        } catch (Exception failure) {
            receipts.failed(place, failure);
            throw failure;
        }
    }

    static UploadKey place(Exchange exchange, String folder) {
        return new UploadKey("offsite", "drive", ItemPath.parse(folder).resolve(
                exchange.getIn().getHeader(Exchange.FILE_NAME, String.class)));
    }

    static UploadReceipts receipts(Exchange exchange) {
        return exchange.getProperty(DumpProcessStrategy.UPLOAD_RECEIPT, UploadReceipts.class);
    }

    void commit(String name, Exchange exchange) throws Exception {
        watch.processStrategy().commit(null, null, exchange, handed.remove(name));
    }

    void rollback(String name, Exchange exchange, Throwable failure) throws Exception {
        exchange.setException((Throwable) failure);
        watch.processStrategy().rollback(null, null, exchange, handed.remove(name));
    }

    /** Takes, uploads and commits a dump; a failure of the upload rolls back. */
    void push(String name) throws Exception {
        Exchange exchange = take(name);
        pushed(name, exchange);
    }

    void pushed(String name, Exchange exchange) throws Exception {
        try {
            upload(exchange);
        } catch (IOException failure) {
            rollback(name, exchange, failure);
            return;
        }
        commit(name, exchange);
    }

    <T extends DumpEvent> T last(Class<T> type) {
        return type.cast(events.get(events.size() - 1));
    }

    List<TroubleKind> troubleKinds() {
        return troubles.current().stream().map(Trouble::kind).toList();
    }

    static BackupException failure(FailureKind kind) {
        return new BackupException(kind, "It went wrong.", "Do something.");
    }
}
