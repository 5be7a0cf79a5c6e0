package io.github.camelonedrive.backup.console;

import java.util.Locale;

/** Sizes as people read them; kB, MB and GB mean 1024^n. */
public final class Sizes {

    private static final String[] UNITS = {"kB", "MB", "GB", "TB"};

    private Sizes() {
    }

    /** For example {@code 17 B}, {@code 1.5 kB}, {@code 25.0 MB}. */
    public static String text(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        double value = bytes;
        int unit = -1;
        do {
            value /= 1024;
            unit++;
        } while (value >= 999.95 && unit < UNITS.length - 1);
        return String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
    }
}
