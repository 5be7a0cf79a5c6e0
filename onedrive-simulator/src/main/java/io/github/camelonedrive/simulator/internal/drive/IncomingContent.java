package io.github.camelonedrive.simulator.internal.drive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Content while it arrives. It grows at its end, is hashed on the way, and can be put back to an earlier {@link #mark()},
 * because the bytes of a failed fragment do not count. Not thread-safe.
 */
public final class IncomingContent {
    private static final int BUFFER = 1 << 16;

    private final Path file;
    private final FileChannel channel;
    private Hashes hashes;
    private long length;

    /** What {@link #reset} needs to forget everything that arrived since. */
    public record Mark(long length, Hashes hashes) {
    }

    IncomingContent(Path file, Hashes hashes) throws IOException {
        this.file = file;
        this.channel = file == null ? null : FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        this.hashes = hashes;
    }

    /** Where the bytes are, or null when they are discarded. */
    public Path file() {
        return file;
    }

    /** Counts the first bytes of the file as received. */
    void adopt(long count) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        while (length < count) {
            buffer.clear().limit((int) Math.min(BUFFER, count - length));
            int read = channel.read(buffer, length);
            if (read < 0) {
                throw new IOException(file + " is shorter than what was received.");
            }
            hashes.update(buffer.array(), 0, read);
            length += read;
        }
    }

    public long length() {
        return length;
    }

    public Mark mark() {
        return new Mark(length, hashes.copy());
    }

    public void reset(Mark mark) {
        length = mark.length();
        hashes = mark.hashes().copy();
    }

    public void append(byte[] bytes, int offset, int count) throws IOException {
        if (channel != null) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, count);
            for (long position = length; buffer.hasRemaining();) {
                position += channel.write(buffer, position);
            }
        }
        hashes.update(bytes, offset, count);
        length += count;
    }

    /** Changes one bit of the first byte, as a damaged disk would. */
    public void damage() throws IOException {
        byte mask = 1;
        if (length == 0) {
            return;
        }
        hashes.flip(0, mask);
        if (channel != null) {
            ByteBuffer first = ByteBuffer.allocate(1);
            channel.read(first, 0);
            channel.write(ByteBuffer.wrap(new byte[] {(byte) (first.get(0) ^ mask)}), 0);
        }
    }

    /** What arrived until now, as content that can be stored. */
    public Content content() throws IOException {
        if (channel != null) {
            channel.truncate(length);
        }
        return new Content(file, length, hashes.quickXor(), hashes.sha1(), hashes.sha256());
    }

    /** The content is stored for good; nothing is appended any more. */
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }

    public void discard() throws IOException {
        if (channel != null) {
            channel.close();
            Files.deleteIfExists(file);
        }
    }
}
