package io.github.camelonedrive.backup.crash;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Random;

/** What somebody does to the source between a kill and the restart. */
enum Meddling {

    NONE {
        @Override
        void apply(Path source, Random random) {
            // nothing
        }
    },

    /** One byte is another one, near the beginning: that is most likely to have been sent. */
    EDITED {
        @Override
        void apply(Path source, Random random) throws IOException {
            try (RandomAccessFile file = new RandomAccessFile(source.toFile(), "rw")) {
                long position = (long) (random.nextDouble() * Math.min(Sizes.CHUNK, file.length()));
                file.seek(position);
                int old = file.read();
                file.seek(position);
                file.write(~old);
            }
        }
    },

    /** As {@link #EDITED}, and size and time are as they were. */
    EDITED_UNSEEN {
        @Override
        void apply(Path source, Random random) throws IOException {
            FileTime time = Files.getLastModifiedTime(source);
            EDITED.apply(source, random);
            Files.setLastModifiedTime(source, time);
        }
    },

    /** Another file has its name. */
    REPLACED {
        @Override
        void apply(Path source, Random random) throws IOException {
            byte[] other = new byte[1 + random.nextInt(Math.toIntExact(Files.size(source)) + 1000)];
            random.nextBytes(other);
            Path hidden = Files.write(source.resolveSibling("." + source.getFileName() + ".part"), other);
            Files.move(hidden, source, StandardCopyOption.ATOMIC_MOVE);
        }
    },

    DELETED {
        @Override
        void apply(Path source, Random random) throws IOException {
            Files.delete(source);
        }
    };

    /** @param source not empty */
    abstract void apply(Path source, Random random) throws IOException;
}
