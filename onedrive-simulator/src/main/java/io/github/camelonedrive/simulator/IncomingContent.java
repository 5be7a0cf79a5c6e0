package io.github.camelonedrive.simulator;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * Content while it arrives. It grows at its end, is hashed on the way, and can be put back to an earlier {@link #mark()},
 * because the bytes of a failed fragment do not count. Not thread-safe.
 */
final class IncomingContent {
    private final Path file;
    private final FileChannel channel;
    private QuickXor quickXor = new QuickXor();
    private MessageDigest sha256;
    private long length;

    /** What {@link #reset} needs to forget everything that arrived since. */
    record Mark(long length, QuickXor quickXor, MessageDigest sha256) {
    }

    IncomingContent(Path file, boolean streamSha256) throws IOException {
        this.file = file;
        this.channel = file == null ? null : FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        this.sha256 = streamSha256 ? Content.newSha256() : null;
    }

    long length() {
        return length;
    }

    Mark mark() {
        return new Mark(length, quickXor.copy(), copy(sha256));
    }

    void reset(Mark mark) {
        length = mark.length();
        quickXor = mark.quickXor().copy();
        sha256 = copy(mark.sha256());
    }

    void append(byte[] bytes, int offset, int count) throws IOException {
        if (channel != null) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, count);
            for (long position = length; buffer.hasRemaining();) {
                position += channel.write(buffer, position);
            }
        }
        quickXor.update(bytes, offset, count);
        if (sha256 != null) {
            sha256.update(bytes, offset, count);
        }
        length += count;
    }

    /** Changes one bit of the first byte, as a damaged disk would. */
    void damage() throws IOException {
        byte mask = 1;
        if (length == 0) {
            return;
        }
        quickXor.flip(0, mask);
        if (channel != null) {
            ByteBuffer first = ByteBuffer.allocate(1);
            channel.read(first, 0);
            channel.write(ByteBuffer.wrap(new byte[] {(byte) (first.get(0) ^ mask)}), 0);
        }
        // The digest of the undamaged bytes would be wrong now; the file, where there is one, is read instead.
        sha256 = null;
    }

    /** What arrived until now, as content that can be stored. */
    Content content() throws IOException {
        if (channel != null) {
            channel.truncate(length);
        }
        String streamed = sha256 == null ? null : HexFormat.of().formatHex(copy(sha256).digest());
        return new Content(file, length, quickXor.base64(), streamed);
    }

    /** The content is stored for good; nothing is appended any more. */
    void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }

    void discard() throws IOException {
        if (channel != null) {
            channel.close();
            Files.deleteIfExists(file);
        }
    }

    private static MessageDigest copy(MessageDigest digest) {
        try {
            return digest == null ? null : (MessageDigest) digest.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("The JDK's SHA-256 can be cloned.", e);
        }
    }
}
