package io.github.camelonedrive.backup.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Files of all sizes with names that have broken other programs, all of which follow from a seed. */
final class SoakFiles {

    private static final List<String> FOLDERS = List.of("", "mysql", "a b", "#1 & 100%", "it's + x", "Zürich größe",
            "数据库/备份", "deep/er/and/deeper", "🎉", "%41%2F");
    static final List<String> NAMES = List.of("dump", "two words", "50% off", "%20", "a&b=c", "it's", "(new) [x] {y}",
            "#hash", "plus+plus", "größe", "e\u0301 decomposed", "备份", "🎉🎊", "semi;colon", "comma, at@sign",
            "a ~ tilde", "$dollar", "UPPER");
    private static final List<String> ENDINGS = List.of(".sql", ".sql.gz", ".tar.zst", ".bak", "");

    private final Random random;
    private final Path drop;
    private final Map<String, String> hashes = new LinkedHashMap<>();

    /** @param drop where they appear */
    SoakFiles(long seed, Path drop) {
        this.random = new Random(seed);
        this.drop = drop;
    }

    /** Another file appears, whole. */
    void add() throws IOException {
        String folder = any(FOLDERS);
        String name = any(NAMES) + " " + hashes.size() + any(ENDINGS);
        byte[] content = new byte[size()];
        random.nextBytes(content);
        Path file = drop.resolve(folder).resolve(name);
        Files.createDirectories(file.getParent());
        Path hidden = Files.write(file.resolveSibling("." + hashes.size() + ".part"), content);
        hashes.put(drop.relativize(file).toString(), Hash.of(content));
        Files.move(hidden, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private int size() {
        int kind = random.nextInt(100);
        if (kind < 5) {
            return 0;
        }
        if (kind < 45) {
            return 1 + random.nextInt(2000);
        }
        if (kind < 80) {
            return 1 + random.nextInt(Sizes.LIMIT);
        }
        if (kind < 97) {
            return 1 + random.nextInt(4 * Sizes.CHUNK);
        }
        return 1 + random.nextInt(4 * 1024 * 1024);
    }

    private String any(List<String> list) {
        return list.get(random.nextInt(list.size()));
    }

    /** From path, relative to the drop directory, to SHA-256. */
    Map<String, String> hashes() {
        return hashes;
    }
}
