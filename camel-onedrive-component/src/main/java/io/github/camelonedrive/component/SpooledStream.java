package io.github.camelonedrive.component;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

import io.github.camelonedrive.upload.BytesSource;
import io.github.camelonedrive.upload.FileSource;
import io.github.camelonedrive.upload.SourceChangedException;
import io.github.camelonedrive.upload.UploadSource;

/**
 * A stream can be read once, an upload may have to read twice. What is small stays in memory; what is larger is written to a
 * private temporary file, which is removed with the source, so that the heap does not grow with the stream.
 */
final class SpooledStream implements UploadSource {

    private static final int BUFFER = 64 * 1024;

    /** More than this is spooled even if it goes by one PUT, lest a generous simpleUploadLimit fill the heap. */
    private static final int MOST_IN_MEMORY = 4 * 1024 * 1024;

    private final Path file;
    private final FileSource content;

    private SpooledStream(Path file, FileSource content) {
        this.file = file;
        this.content = content;
    }

    /** @throws SourceChangedException when the stream has fewer or more bytes than announced */
    static UploadSource source(InputStream stream, OptionalLong announced, long simpleUploadLimit) throws IOException {
        int inMemory = (int) Math.min(simpleUploadLimit, MOST_IN_MEMORY);
        byte[] head = stream.readNBytes(inMemory);
        int next = head.length < inMemory ? -1 : stream.read();
        if (next < 0) {
            checkLength(announced, head.length);
            return new BytesSource(head);
        }
        return spool(head, next, stream, announced);
    }

    private static UploadSource spool(byte[] head, int next, InputStream rest, OptionalLong announced) throws IOException {
        // Files.createTempFile gives mode 600 where there are modes.
        Path file = Files.createTempFile("camel-onedrive-", ".spool");
        try {
            try (OutputStream out = Files.newOutputStream(file)) {
                out.write(head);
                out.write(next);
                copy(rest, out, head.length + 1L, announced);
            }
            checkLength(announced, Files.size(file));
            return new SpooledStream(file, FileSource.open(file));
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    private static void copy(InputStream in, OutputStream out, long already, OptionalLong announced) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long total = already;
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            total += count;
            if (announced.isPresent() && total > announced.getAsLong()) {
                throw SourceChangedException.length(announced.getAsLong(), total);
            }
            out.write(buffer, 0, count);
        }
    }

    private static void checkLength(OptionalLong announced, long found) throws SourceChangedException {
        if (announced.isPresent() && announced.getAsLong() != found) {
            throw SourceChangedException.length(announced.getAsLong(), found);
        }
    }

    @Override
    public long size() {
        return content.size();
    }

    @Override
    public int read(long position, byte[] buffer, int length) throws IOException {
        return content.read(position, buffer, length);
    }

    @Override
    public void checkUnchanged() throws IOException {
        content.checkUnchanged();
    }

    /** The temporary file's time says nothing of the content's. */
    @Override
    public Optional<Instant> lastModified() {
        return Optional.empty();
    }

    @Override
    public void close() throws IOException {
        try {
            content.close();
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
