package io.github.camelonedrive.graph;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What document libraries rewrite by themselves, so that size and hash of such a file prove nothing ({@code graph-contract.md}
 * §2, §6.10, statement 22).
 */
public final class LibraryRewrites {

    private static final Set<String> EXTENSIONS = Set.of("doc", "docx", "docm", "dot", "dotx", "dotm", "xls", "xlsx", "xlsm",
            "xlsb", "xlt", "xltx", "xltm", "ppt", "pptx", "pptm", "pps", "ppsx", "pot", "potx", "vsdx", "one", "pdf", "htm",
            "html", "aspx");

    private static final Set<String> WEB_PAGES = Set.of("htm", "html", "aspx");

    private LibraryRewrites() {
    }

    /** Whether it is an Office, PDF or HTML file in a document library. */
    public static boolean concern(DriveItem item) {
        return item.driveType().filter("documentLibrary"::equals).isPresent() && EXTENSIONS.contains(extension(item));
    }

    /**
     * Whether content of another size than the item's can be what a library made of it, rather than the page of some proxy.
     *
     * @param mediaType of the content, in lower case
     */
    public static boolean mayBe(DriveItem item, Optional<String> mediaType) {
        return concern(item) && (WEB_PAGES.contains(extension(item)) || mediaType.filter("text/html"::equals).isEmpty());
    }

    private static String extension(DriveItem item) {
        int dot = item.name().lastIndexOf('.');
        return dot < 0 ? "" : item.name().substring(dot + 1).toLowerCase(Locale.ROOT);
    }
}
