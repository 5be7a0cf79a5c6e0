package io.github.camelonedrive.backup.console;

import io.github.camelonedrive.download.DownloadVerdict;

/** How a finished download is shown. */
public final class DownloadRows {

    private DownloadRows() {
    }

    /** What was compared, in plain words. */
    public static String verdict(DownloadVerdict verdict) {
        return switch (verdict) {
            case HASH -> "proven";
            case REWRITTEN_BY_LIBRARY -> "rewritten by the library";
            case SIZE -> "size only";
            case PART, NONE -> "not verified";
        };
    }

    /** Whether it counts as success: unverified does not. */
    public static boolean isProven(DownloadVerdict verdict) {
        return verdict == DownloadVerdict.HASH || verdict == DownloadVerdict.REWRITTEN_BY_LIBRARY;
    }
}
