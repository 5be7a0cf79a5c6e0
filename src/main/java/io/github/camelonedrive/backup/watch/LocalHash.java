package io.github.camelonedrive.backup.watch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

import io.github.camelonedrive.hash.QuickXorHash;

/** Reads a local file to tell whether its bytes are those that were proven. */
final class LocalHash {

    private static final int BUFFER = 1024 * 1024;

    private LocalHash() {
    }

    /** Returns the QuickXorHash of the whole file, in base64. */
    static String of(FileChannel file) throws IOException {
        QuickXorHash hash = new QuickXorHash();
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        for (int count = file.read(buffer, 0); count >= 0; count = file.read(buffer, hash.length())) {
            hash.update(buffer.array(), 0, count);
            buffer.clear();
        }
        return hash.base64();
    }
}
