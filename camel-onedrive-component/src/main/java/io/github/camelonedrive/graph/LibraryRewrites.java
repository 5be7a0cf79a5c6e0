package io.github.camelonedrive.graph;

import java.util.Locale;
import java.util.Set;

/**
 * What document libraries rewrite by themselves, so that size and hash of such a file prove nothing ({@code graph-contract.md}
 * §2, §6.10, statement 22).
 */
public final class LibraryRewrites {

    private static final Set<String> EXTENSIONS = Set.of("doc", "docx", "docm", "dot", "dotx", "dotm", "xls", "xlsx", "xlsm",
            "xlsb", "xlt", "xltx", "xltm", "ppt", "pptx", "pptm", "pps", "ppsx", "pot", "potx", "vsdx", "one", "pdf", "htm",
            "html", "aspx");

    private LibraryRewrites() {
    }

    /** Whether it is an Office, PDF or HTML file in a document library. */
    public static boolean concern(DriveItem item) {
        int dot = item.name().lastIndexOf('.');
        return dot >= 0 && item.driveType().filter("documentLibrary"::equals).isPresent()
                && EXTENSIONS.contains(item.name().substring(dot + 1).toLowerCase(Locale.ROOT));
    }
}
