package io.github.camelonedrive.upload;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import io.github.camelonedrive.graph.ConflictBehavior;
import io.github.camelonedrive.graph.FakeHttp.Request;
import io.github.camelonedrive.graph.GraphFixture;
import io.github.camelonedrive.graph.ItemPath;

/** An uploader over a scripted drive, with fragments of the smallest legal size. */
final class UploadFixture {

    static final int CHUNK = UploadOptions.FRAGMENT_UNIT;
    static final int LIMIT = 1000;

    final ScriptedDrive drive = new ScriptedDrive();
    final GraphFixture graph = new GraphFixture(drive);
    final List<UploadEvent> events = new ArrayList<>();
    final UploadRate rate = new UploadRate(graph.time);
    final Uploader uploader = new Uploader(graph.client, graph.items, graph.versions, graph.folders, graph.uploads, events::add,
            rate,
            UploadJournal.none(), "drive", task -> new Thread(task, "reader").start());
    ConflictBehavior conflict = ConflictBehavior.replace;
    Verification verification = Verification.hash;
    boolean keepTime;
    String name = "dump.sql";

    UploadResult upload(byte[] content) throws IOException, InterruptedException {
        return upload(new BytesSource(content));
    }

    UploadResult upload(UploadSource source) throws IOException, InterruptedException {
        UploadOptions options = new UploadOptions(LIMIT, CHUNK, conflict, verification, Duration.ofSeconds(60), keepTime);
        UploadRequest request = new UploadRequest("offsite", ItemPath.parse("/Backups/" + name), options, false);
        return uploader.upload(request, source).result();
    }

    /** Requests to the upload host in order, as "PUT 0-327679", "GET", "DELETE", each with its session's number. */
    List<String> sessionSteps() {
        return graph.http.seen().stream().filter(request -> request.url().startsWith("https://upload.test/"))
                .map(UploadFixture::step).toList();
    }

    private static String step(Request request) {
        String session = request.target().replaceFirst("/session/(\\d+).*", "$1");
        String range = request.header("Content-Range").map(text -> " "
                + text.replaceFirst("bytes (\\d+-\\d+)/.*", "$1")).orElse("");
        return session + " " + request.method() + range;
    }

    static byte[] bytes(int size) {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        return content;
    }

    /** A source that a test can spoil while it is read. */
    static class SpoiledSource implements UploadSource {

        private final byte[] content;
        private final long announced;

        SpoiledSource(byte[] content, long announced) {
            this.content = content;
            this.announced = announced;
        }

        @Override
        public long size() {
            return announced;
        }

        @Override
        public int read(long position, byte[] buffer, int length) throws IOException {
            return new BytesSource(content).read(position, buffer, length);
        }

        @Override
        public void checkUnchanged() throws IOException {
            if (content.length != announced) {
                throw SourceChangedException.length(announced, content.length);
            }
        }

        @Override
        public Optional<Instant> lastModified() {
            return Optional.of(Instant.parse("2026-02-28T11:22:33.987Z"));
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
