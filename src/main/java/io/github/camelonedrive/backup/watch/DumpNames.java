package io.github.camelonedrive.backup.watch;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import io.github.camelonedrive.backup.settings.WatchSettings;

/** Tells by its name whether a file can be a dump: not hidden, not temporary, included and not excluded. */
final class DumpNames {

    private static final List<String> TEMPORARY = List.of(".part", ".partial", ".tmp", ".filepart", ".inprogress",
            ".crdownload", ".swp", "~");

    private final WatchSettings settings;

    DumpNames(WatchSettings settings) {
        this.settings = settings;
    }

    boolean isWanted(Path fileName) {
        String name = fileName.toString();
        return !isHidden(fileName) && !isTemporary(name)
                && settings.include().map(pattern -> pattern.matcher(name).matches()).orElse(true)
                && settings.exclude().map(pattern -> !pattern.matcher(name).matches()).orElse(true);
    }

    static boolean isHidden(Path fileName) {
        return fileName.toString().startsWith(".");
    }

    /** Returns whether the name survives Java's decoding: a file whose name is not valid in the locale cannot be named. */
    static boolean isReadable(Path fileName) {
        String name = fileName.toString();
        return name.indexOf('\uFFFD') < 0 || Path.of(name).equals(fileName);
    }

    private boolean isTemporary(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return TEMPORARY.stream().anyMatch(lower::endsWith)
                || settings.temporary().stream().anyMatch(pattern -> pattern.matcher(name).matches());
    }
}
