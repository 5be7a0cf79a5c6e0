package io.github.camelonedrive.upload.journal;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import io.github.camelonedrive.upload.UploadKey;

/** How the files of a journal are called: {@code FINGERPRINT-RANDOM.upload}. Others are no business of ours. */
final class EntryNames {

    private static final String SUFFIX = ".upload";
    private static final int RANDOM_LENGTH = 8;
    private static final Pattern ENTRY = Pattern.compile("[0-9a-f]{32}-[0-9a-f]{16}" + Pattern.quote(SUFFIX));
    private static final Pattern TEMPORARY = Pattern.compile(ENTRY.pattern() + Pattern.quote(HeldFile.TEMPORARY));

    private EntryNames() {
    }

    /** A name that no entry had before. */
    static String next(UploadKey key, SecureRandom random) {
        byte[] bytes = new byte[RANDOM_LENGTH];
        random.nextBytes(bytes);
        return key.fingerprint() + "-" + HexFormat.of().formatHex(bytes) + SUFFIX;
    }

    static boolean isEntry(String name) {
        return ENTRY.matcher(name).matches();
    }

    static boolean isTemporary(String name) {
        return TEMPORARY.matcher(name).matches();
    }

    /** Files whose name is like that; none when there is no such directory. */
    static List<Path> list(Path directory, Predicate<String> wanted) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(directory, file -> wanted.test(file.getFileName().toString()))) {
            files.forEach(found::add);
            return found;
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }
}
