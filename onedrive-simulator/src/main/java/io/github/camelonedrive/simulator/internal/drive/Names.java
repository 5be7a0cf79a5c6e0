package io.github.camelonedrive.simulator.internal.drive;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

import io.github.camelonedrive.simulator.AccountType;
import io.github.camelonedrive.simulator.internal.http.GraphErrorResponse;

/** Which names OneDrive refuses, and how it compares them. */
public final class Names {
    private static final int MAX_NAME = 255;
    private static final int MAX_PATH = 400;
    private static final String FORBIDDEN = "\"*:<>?/\\|";
    private static final Pattern NUMERIC_ENTITY = Pattern.compile("&#x?[0-9A-Fa-f]+;");
    private static final Pattern RESERVED = Pattern.compile("(?i)(CON|PRN|AUX|NUL|COM[0-9]|LPT[0-9])(\\..*)?");
    private static final Set<String> RESERVED_WHOLE = Set.of(".lock", "desktop.ini");

    private Names() {
    }

    /** Two names with the same key are the same name to OneDrive: case, the form of accents and ligatures don't count. */
    public static String key(String name) {
        String composed = Normalizer.normalize(name, Normalizer.Form.NFC);
        return composed.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT).replace("\u00e6", "ae");
    }

    public static void check(String name, boolean atRoot, AccountType accountType) {
        if (isRefused(name, atRoot, accountType)) {
            throw GraphErrorResponse.invalidRequest("The provided name cannot contain any of the following characters or"
                    + " forms: "
                    + FORBIDDEN + ", leading or trailing spaces, a trailing dot, reserved names.");
        }
    }

    public static void checkLength(String path) {
        if (path.length() - 1 > MAX_PATH) {
            throw new GraphErrorResponse(400, "invalidRequest", "The specified file or folder name is too long.",
                    "pathIsTooLong");
        }
    }

    /** {@code report.sql} becomes {@code report 1.sql}. */
    static String numbered(String name, int number) {
        int dot = name.lastIndexOf('.');
        return dot <= 0 ? name + " " + number : name.substring(0, dot) + " " + number + name.substring(dot);
    }

    private static boolean isRefused(String name, boolean atRoot, AccountType accountType) {
        String lower = name.toLowerCase(Locale.ROOT);
        return name.isEmpty() || name.length() > MAX_NAME
                || name.chars().anyMatch(c -> c < ' ' || FORBIDDEN.indexOf(c) >= 0)
                || name.startsWith(" ") || name.endsWith(" ") || name.endsWith(".")
                || name.startsWith("~$") || lower.contains("_vti_")
                || RESERVED.matcher(name).matches() || RESERVED_WHOLE.contains(lower)
                || NUMERIC_ENTITY.matcher(name).find()
                || atRoot && !accountType.isPersonal() && lower.equals("forms");
    }
}
