package io.github.camelonedrive.backup.watch;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.backup.failure.BackupException;
import io.github.camelonedrive.backup.settings.WatchSettings;
import io.github.camelonedrive.upload.UploadResult;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.FileConsumer;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;

/** A watch over a temporary directory with a clock that the test moves. */
final class WatchFixture {

    final Path drop;
    final List<DumpEvent> events = new ArrayList<>();
    Instant now = Instant.parse("2026-11-22T03:00:00Z");

    /** By how much somebody set the wall clock forth; negative: back. */
    Duration setForth = Duration.ZERO;

    private final DefaultCamelContext camel = new DefaultCamelContext();
    private Watch watch;

    WatchFixture(Path directory) throws IOException {
        this.drop = Files.createDirectory(directory.resolve("drop")).toRealPath();
    }

    static WatchSettings settings(Path drop) {
        return new WatchSettings("test", drop, "offsite", Optional.empty(), Optional.empty(), Optional.empty(), true,
                Duration.ofSeconds(10), false, Optional.empty());
    }

    WatchFixture open() throws IOException {
        return open(settings(drop));
    }

    WatchFixture open(WatchSettings settings) throws IOException {
        watch = Watch.open(settings, Files.getOwner(drop), events::add,
                new WatchClock(() -> now.plus(setForth), () -> now));
        return this;
    }

    WatchFixture open(String include, String exclude, boolean followLinks, Duration deleteAfter) throws IOException {
        return open(new WatchSettings("test", drop, "offsite", Optional.empty(),
                Optional.ofNullable(include).map(Pattern::compile), Optional.ofNullable(exclude).map(Pattern::compile), true,
                Duration.ofSeconds(10), followLinks, Optional.ofNullable(deleteAfter)));
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    Watch watch() {
        return watch;
    }

    Path dump(String name, String content) throws IOException {
        Path file = drop.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    /** What the filter says at a poll. */
    boolean poll(Path file) {
        return watch.filter().accept(generic(file));
    }

    /** Polls twice, the quiet period apart. */
    boolean settle(Path file) {
        poll(file);
        pass(Duration.ofSeconds(10));
        return poll(file);
    }

    /** What Camel does when the filter lets a file through; empty when the strategy refuses it. */
    Optional<Exchange> begin(Path file) throws Exception {
        Exchange exchange = new DefaultExchange(camel);
        return watch.processStrategy().begin(null, null, exchange, generic(file)) ? Optional.of(exchange) : Optional.empty();
    }

    void commit(Path file, Exchange exchange, UploadResult result) throws Exception {
        exchange.setProperty(DumpProcessStrategy.UPLOAD_RESULT, result);
        watch.processStrategy().commit(null, null, exchange, generic(file));
    }

    void rollback(Path file, Exchange exchange, Exception failure) throws Exception {
        exchange.setException(failure);
        watch.processStrategy().rollback(null, null, exchange, generic(file));
    }

    <T extends DumpEvent> T last(Class<T> type) {
        return type.cast(events.get(events.size() - 1));
    }

    static BackupException failure(FailureKind kind) {
        return new BackupException(kind, "It went wrong.", "Do something.");
    }

    private GenericFile<File> generic(Path file) {
        return FileConsumer.asGenericFile(drop.toString(), file.toFile(), null, false);
    }
}
