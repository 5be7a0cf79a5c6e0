package io.github.camelonedrive.component;

import java.io.IOException;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;

import org.apache.camel.Exchange;
import org.apache.camel.Message;

import io.github.camelonedrive.upload.SourceFile;
import io.github.camelonedrive.upload.UploadSource;

/**
 * A body that does not know when it was last modified, where the header {@code CamelFileLastModified} does: as {@code file:}
 * and {@code ftp:} do with {@code keepLastModified}.
 */
final class DatedSource implements UploadSource {

    private final UploadSource body;
    private final Instant lastModified;

    private DatedSource(UploadSource body, Instant lastModified) {
        this.body = body;
        this.lastModified = lastModified;
    }

    /** @return the body itself when it knows the time, or nobody does */
    static UploadSource of(UploadSource body, Message message) {
        Optional<Instant> time = body.lastModified().isPresent() ? Optional.empty() : lastModified(message);
        return time.isEmpty() ? body : new DatedSource(body, time.get());
    }

    /** What is no time says nothing. */
    private static Optional<Instant> lastModified(Message message) {
        Object header = message.getHeader(Exchange.FILE_LAST_MODIFIED);
        if (header instanceof Date date) {
            return Optional.of(date.toInstant());
        }
        Long millis = message.getExchange().getContext().getTypeConverter().tryConvertTo(Long.class, header);
        return millis == null || millis <= 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    @Override
    public long size() {
        return body.size();
    }

    @Override
    public int read(long position, byte[] buffer, int length) throws IOException {
        return body.read(position, buffer, length);
    }

    @Override
    public void checkUnchanged() throws IOException {
        body.checkUnchanged();
    }

    @Override
    public Optional<Instant> lastModified() {
        return Optional.of(lastModified);
    }

    @Override
    public Optional<SourceFile> file() {
        return body.file();
    }

    @Override
    public void close() throws IOException {
        body.close();
    }
}
