package io.github.camelonedrive.upload;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import io.github.camelonedrive.graph.ConflictBehavior;
import io.github.camelonedrive.graph.GraphFixture;
import io.github.camelonedrive.graph.ItemPath;

/** A drive and a journal that outlive the processes which upload to it. */
final class ResumeFixture {

    static final int CHUNK = UploadOptions.FRAGMENT_UNIT;
    static final int LIMIT = 1000;

    final ScriptedDrive drive = new ScriptedDrive();
    final GraphFixture graph = new GraphFixture(drive);
    final List<UploadEvent> events = new ArrayList<>();
    MemoryJournal journal = new MemoryJournal();
    ConflictBehavior conflict = ConflictBehavior.replace;
    Verification verification = Verification.hash;
    boolean lastAttempt;
    int chunk = CHUNK;

    /** The process is gone: no catch block runs, and the disk is as it was at that moment. */
    static final class Killed extends Error {

        private static final long serialVersionUID = 1L;
    }

    /** A file whose content a test can change. */
    static class FakeFile implements UploadSource {

        byte[] content;
        final Instant lastModified;
        private final String path;

        FakeFile(String path, byte[] content, Instant lastModified) {
            this.path = path;
            this.content = content;
            this.lastModified = lastModified;
        }

        @Override
        public long size() {
            return content.length;
        }

        @Override
        public int read(long position, byte[] buffer, int length) {
            return new BytesSource(content).read(position, buffer, length);
        }

        @Override
        public void checkUnchanged() throws IOException {
            // The tests look at what the journal notices.
        }

        @Override
        public Optional<Instant> lastModified() {
            return Optional.of(lastModified);
        }

        @Override
        public Optional<SourceFile> file() {
            return Optional.of(new SourceFile(Path.of(path), Optional.empty(), content.length, lastModified));
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    static FakeFile file(byte[] content) {
        return new FakeFile("/dumps/dump.sql", content, Instant.parse("2026-02-28T11:22:33.987654321Z"));
    }

    UploadResult upload(UploadSource source) throws IOException, InterruptedException {
        return uploader(events::add).upload(request(), source).result();
    }

    ProvenUpload uploadWithReceipt(UploadSource source) throws IOException, InterruptedException {
        return uploader(events::add).upload(request(), source);
    }

    /** Runs until an event is told, or the drive kills the process.  @return whether it came to that */
    boolean dieAt(Predicate<UploadEvent> when, UploadSource source) throws IOException, InterruptedException {
        MemoryJournal[] disk = new MemoryJournal[1];
        try {
            uploader(event -> {
                if (when.test(event)) {
                    disk[0] = journal.afterDeath();
                    throw new Killed();
                }
            }).upload(request(), source);
            return false;
        } catch (Killed killed) {
            journal = disk[0] == null ? journal.afterDeath() : disk[0];
            return true;
        }
    }

    /** The nth time that a step is reached. */
    static Predicate<UploadEvent> step(UploadStep step, int nth) {
        int[] seen = new int[1];
        return event -> event instanceof UploadEvent.Reached reached && reached.step() == step && ++seen[0] == nth;
    }

    UploadRequest request() {
        UploadOptions options = new UploadOptions(LIMIT, chunk, conflict, verification, Duration.ofSeconds(60), false);
        return new UploadRequest("offsite", ItemPath.parse("/Backups/dump.sql"), options, lastAttempt);
    }

    Uploader uploader(UploadListener listener) {
        return new Uploader(graph.client, graph.items, graph.versions, graph.folders, graph.uploads, listener,
                new UploadRate(graph.time), journal, "drive",
                task -> new Thread(task, "reader").start());
    }

    Optional<Long> resumedAt() {
        return events.stream().filter(UploadEvent.Resumed.class::isInstance)
                .map(event -> ((UploadEvent.Resumed) event).offset()).findFirst();
    }
}
