package io.github.camelonedrive.upload;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.channels.ClosedByInterruptException;
import java.util.Optional;
import java.util.concurrent.Executor;

import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.EntityTemplate;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.hash.ContentDigest;
import io.github.camelonedrive.hash.PrefixDigest;

/**
 * The source as it goes over the wire, hashed in the same pass: each byte is taken into the hash the first time it is read,
 * however often its fragment is sent. If the source were edited between two readings, what the server holds would differ from
 * the hash, so the verification notices.
 *
 * <p>A source of more than one buffer is read by a task of the executor that keeps ahead of the sending, over the borders of
 * fragments too. While it runs, source and digest belong to it: whoever else wants them stops it first.
 */
final class HashedContent implements AutoCloseable {

    private static final int BUFFER = 128 * 1024;

    /** 4 MB for each upload: what is read during the service's answer, and while the processor is wanted elsewhere. */
    private static final int BUFFERS = 32;

    private final UploadSource source;
    private final UploadRate rate;
    private final Executor executor;
    private final ContentDigest.Builder digest;
    private final byte[][] buffers;
    private Optional<ReadAhead> ahead = Optional.empty();
    private long handedOutUpTo;
    private long bytesSent;

    /** Told how the sending goes, on the sending thread. */
    @FunctionalInterface
    interface Watcher {

        /** The source was read up to there for the first time; the bytes are not handed to the connection yet. */
        default void read(PrefixDigest prefix) {
            // Only a journal wants to know.
        }

        /** The last bytes of a fragment are about to be handed to the connection. */
        default void beforeLastBytes() {
            // Only a journal wants to know.
        }

        /** The connection has taken the bytes up to there. */
        void sent(long position);
    }

    /**
     * @param withSha256 whether the content will be compared by SHA-256 too
     * @param rate       how fast it may go out
     * @param executor   reads ahead
     */
    HashedContent(UploadSource source, boolean withSha256, UploadRate rate, Executor executor) {
        this.executor = executor;
        this.source = source;
        this.rate = rate;
        this.digest = new ContentDigest.Builder(withSha256);
        int length = (int) Math.max(1, Math.min(BUFFER, source.size()));
        this.buffers = new byte[(int) Math.max(1, Math.min(BUFFERS, (source.size() + BUFFER - 1) / BUFFER))][length];
    }

    /** Bytes {@code start} up to, not including, {@code end}, as a request body that can be sent again. */
    HttpEntity entity(long start, long end, Watcher watcher) {
        handedOutUpTo = start;
        return new EntityTemplate(end - start, ContentType.APPLICATION_OCTET_STREAM, null,
                out -> write(out, start, end, watcher));
    }

    private void write(OutputStream out, long start, long end, Watcher watcher) throws IOException {
        if (source.size() <= buffers[0].length) {
            writeAtOnce(out, start, end, watcher);
            return;
        }
        ReadAhead parts = readingFrom(start, watcher);
        boolean complete = false;
        try {
            while (parts.position() < end) {
                long position = parts.position();
                send(out, parts.next(end - position), position, end, watcher);
            }
            complete = true;
        } finally {
            if (!complete) {
                close();
            }
        }
    }

    /** What fits into a buffer is not worth a thread. */
    private void writeAtOnce(OutputStream out, long start, long end, Watcher watcher) throws IOException {
        for (long position = start; position < end;) {
            ReadAhead.Part part = read(position, buffers[0], (int) (end - position));
            send(out, part, position, end, watcher);
            position += part.count();
        }
    }

    /**
     * What was read ahead but never sent counts as read, and is not announced again when it is read once more to be sent; so it
     * is announced now.
     */
    private ReadAhead readingFrom(long start, Watcher watcher) {
        if (ahead.filter(reading -> reading.position() == start).isEmpty()) {
            close();
            if (digest.length() > start) {
                watcher.read(digest.prefix());
            }
            ahead = Optional.of(new ReadAhead(executor, this::read, start, source.size(), buffers));
        }
        return ahead.get();
    }

    /** Stops reading ahead. More can be sent and read afterwards. */
    @Override
    public void close() {
        ahead.ifPresent(ReadAhead::close);
        ahead = Optional.empty();
    }

    private ContentDigest.Builder restingDigest() {
        close();
        return digest;
    }

    /**
     * Just before the very last byte goes out, and with it the service's reason to commit, the source is checked: a file that
     * changed meanwhile never replaces a good backup.
     */
    private void send(OutputStream out, ReadAhead.Part part, long position, long end, Watcher watcher) throws IOException {
        part.newlyRead().ifPresent(watcher::read);
        for (int sent = 0; sent < part.count();) {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException("Interrupted while sending");
            }
            int count = rate.slice(part.count() - sent);
            rate.await(count);
            long upTo = position + sent + count;
            if (upTo == end) {
                if (end == source.size()) {
                    checkUnchanged();
                }
                watcher.beforeLastBytes();
            }
            handedOutUpTo = upTo;
            out.write(part.buffer(), part.offset() + sent, count);
            if (rate.isLimited()) {
                out.flush();
            }
            sent += count;
            bytesSent += count;
            watcher.sent(upTo);
        }
    }

    /**
     * Reads on without sending, until that many bytes were read since the first: to know the hash of what was sent by an
     * earlier upload.
     */
    PrefixDigest readUpTo(long length) throws IOException, InterruptedException {
        close();
        while (digest.length() < length) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            read(digest.length(), buffers[0], (int) Math.min(buffers[0].length, length - digest.length()));
        }
        return digest.prefix();
    }

    /** How far the source was read, whether or not that was sent. */
    long readUpTo() {
        return restingDigest().length();
    }

    private ReadAhead.Part read(long position, byte[] buffer, int length) throws IOException {
        if (position > digest.length()) {
            throw new IllegalStateException("Bytes were left out before byte " + position);
        }
        int count = readSource(position, buffer, length);
        if (count <= 0) {
            throw SourceChangedException.length(source.size(), position);
        }
        int known = (int) Math.min(count, digest.length() - position);
        digest.update(buffer, known, count - known);
        return new ReadAhead.Part(buffer, 0, count, known < count ? Optional.of(digest.prefix()) : Optional.empty());
    }

    /** Reading fails here and not on the wire, which the HTTP client could not tell apart. */
    private int readSource(long position, byte[] buffer, int length) throws IOException {
        try {
            return source.read(position, buffer, length);
        } catch (OneDriveException | ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            throw new SourceUnreadableException(e);
        }
    }

    /** Called before the last byte; by others for content without a byte, which nothing would check otherwise. */
    void checkUnchanged() throws IOException {
        try {
            source.checkUnchanged();
        } catch (OneDriveException | ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            throw new SourceUnreadableException(e);
        }
    }

    /** Where the bytes end that the latest entity has handed to the connection, whether or not it took them all. */
    long handedOutUpTo() {
        return handedOutUpTo;
    }

    long size() {
        return source.size();
    }

    /** Whether every byte was read, so that the digest is the content's. */
    boolean isComplete() {
        return restingDigest().length() == source.size();
    }

    ContentDigest digest() {
        return restingDigest().build();
    }

    String quickXorHash() {
        return digest().quickXorHash();
    }

    boolean hasSha256() {
        return digest.hasSha256();
    }

    /** How many bytes went over the wire, repetitions included. */
    long bytesSent() {
        return bytesSent;
    }
}
