package io.github.camelonedrive.benchmark;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The files that are sent, of random content, and their hashes for the sink.
 *
 * @param directory holds nothing else
 * @param files     in the order of their names
 * @param fileSize  of each, in bytes
 */
record TestFiles(Path directory, List<Path> files, long fileSize) {

    private static final int BUFFER = 1024 * 1024;

    /** @param hashes gets a line per file: name, size, QuickXorHash */
    static TestFiles make(Path directory, int number, long fileSize, Path hashes) throws IOException {
        Files.createDirectories(directory);
        List<Path> files = new ArrayList<>();
        try (BufferedWriter lines = Files.newBufferedWriter(hashes)) {
            for (int i = 1; i <= number; i++) {
                Path file = directory.resolve(String.format("dump-%05d.bin", i));
                String hash = write(file, fileSize, new SplittableRandom(i));
                lines.write(file.getFileName() + "\t" + fileSize + "\t" + hash + "\n");
                files.add(file);
            }
        }
        return new TestFiles(directory, files, fileSize);
    }

    long totalBytes() {
        return files.size() * fileSize;
    }

    double gibibytes() {
        return totalBytes() / (double) (1L << 30);
    }

    private static String write(Path file, long size, SplittableRandom random) throws IOException {
        ReferenceQuickXor hash = new ReferenceQuickXor();
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(BUFFER, (size + 7) / 8 * 8));
        try (OutputStream out = Files.newOutputStream(file)) {
            for (long left = size; left > 0; left -= Math.min(buffer.capacity(), left)) {
                buffer.clear();
                while (buffer.hasRemaining()) {
                    buffer.putLong(random.nextLong());
                }
                int count = (int) Math.min(buffer.capacity(), left);
                hash.update(buffer.array(), count);
                out.write(buffer.array(), 0, count);
            }
        }
        return hash.base64();
    }

    /** The fragments of the only file, each a file of its own, for a client that can't send a part of one. */
    List<Path> split(Path into, long fragmentSize) throws IOException {
        Files.createDirectories(into);
        List<Path> fragments = new ArrayList<>();
        byte[] buffer = new byte[BUFFER];
        try (var in = Files.newInputStream(files.get(0))) {
            for (long start = 0; start < fileSize; start += fragmentSize) {
                Path fragment = into.resolve(String.format("fragment-%06d", fragments.size()));
                try (OutputStream out = Files.newOutputStream(fragment)) {
                    for (long left = Math.min(fragmentSize, fileSize - start); left > 0;) {
                        int count = in.readNBytes(buffer, 0, (int) Math.min(BUFFER, left));
                        out.write(buffer, 0, count);
                        left -= count;
                    }
                }
                fragments.add(fragment);
            }
        }
        return fragments;
    }
}
