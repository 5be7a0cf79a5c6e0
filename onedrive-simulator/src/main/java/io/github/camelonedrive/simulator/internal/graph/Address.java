package io.github.camelonedrive.simulator.internal.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.camelonedrive.simulator.internal.http.GraphErrorResponse;
import io.github.camelonedrive.simulator.internal.http.PercentCoding;

/**
 * Where a Graph URL below a drive points: a base, decoded names below it, and what is asked.
 *
 * @param base what the path starts from
 * @param baseName the item id, or the special folder's name; null otherwise
 * @param names the decoded names between the colons; empty without colons
 * @param action the segment after the item, for example {@code content}; empty when the item itself is meant
 * @param argument what stands in the brackets of a function, {@code delta(token='latest')} for example, or the id of the
 *        version that is meant; null without
 */
record Address(Base base, String baseName, List<String> names, String action, String argument) {
    private static final String NAMESPACE = "microsoft.graph.";
    private static final Pattern FUNCTION =
            Pattern.compile("(?:(delta)\\((?:token='(?<token>(?:[^']|'')*)')?\\)|search\\(q='(?<q>(?:[^']|'')*)'\\))");
    private static final Pattern HIDDEN_SLASH = Pattern.compile("[^:]*:[^:]*%2[Ff]");
    private static final Pattern VERSION = Pattern.compile("versions/(?<id>[^/]+)/(?<action>content|restoreVersion)");

    enum Base {
        DRIVE, ROOT, ITEM, SPECIAL
    }

    /** Parses what follows the drive in the raw, still encoded path: {@code /root:/a%20b:/content} for example. */
    static Address parse(String raw) {
        if (raw.isEmpty() || raw.equals("/")) {
            return new Address(Base.DRIVE, null, List.of(), "", null);
        }
        if (raw.startsWith("/root")) {
            return parseTail(Base.ROOT, null, raw.substring("/root".length()));
        }
        if (raw.startsWith("/items/")) {
            return parseNamed(Base.ITEM, raw.substring("/items/".length()));
        }
        if (raw.startsWith("/special/")) {
            return parseNamed(Base.SPECIAL, raw.substring("/special/".length()));
        }
        throw GraphErrorResponse.invalidRequest("Resource not found for the segment in '" + raw + "'.");
    }

    /** Returns whether a slash in a name of this raw path is percent-encoded; the service takes it for a slash all the same. */
    static boolean hidesSlashes(String raw) {
        return HIDDEN_SLASH.matcher(raw).lookingAt();
    }

    boolean hasNames() {
        return !names.isEmpty();
    }

    String lastName() {
        return names.get(names.size() - 1);
    }

    private static Address parseNamed(Base base, String rest) {
        int end = 0;
        while (end < rest.length() && rest.charAt(end) != '/' && rest.charAt(end) != ':') {
            end++;
        }
        return parseTail(base, PercentCoding.decodeSegment(rest.substring(0, end)), rest.substring(end));
    }

    private static Address parseTail(Base base, String baseName, String tail) {
        if (!tail.startsWith(":")) {
            return of(base, baseName, List.of(), parseAction(tail));
        }
        if (tail.equals(":/")) {
            // rclone reads a folder by its id like that; only what is to be created needs a name.
            return new Address(base, baseName, List.of(), "", null);
        }
        String inside = tail.substring(1);
        int close = inside.indexOf(':');
        String path = close < 0 ? inside : inside.substring(0, close);
        String after = close < 0 ? "" : inside.substring(close + 1);
        return of(base, baseName, parseNames(path), parseAction(after));
    }

    private static Address of(Base base, String baseName, List<String> names, String action) {
        Matcher version = VERSION.matcher(action);
        if (version.matches()) {
            String id = PercentCoding.decodeSegment(version.group("id"));
            return new Address(base, baseName, names, "versions/" + version.group("action"), id);
        }
        // Quotes in a text are doubled, and may be percent-encoded like everything else.
        Matcher function = FUNCTION.matcher(action.contains("(") ? PercentCoding.decodeSegment(action) : action);
        if (!function.matches()) {
            return new Address(base, baseName, names, action, null);
        }
        boolean isDelta = function.group(1) != null;
        String argument = isDelta ? function.group("token") : function.group("q");
        return new Address(base, baseName, names, isDelta ? "delta" : "search",
                argument == null ? null : argument.replace("''", "'"));
    }

    private static List<String> parseNames(String path) {
        if (!path.startsWith("/") || path.length() == 1) {
            throw GraphErrorResponse.invalidRequest("Invalid request: the path between the colons is empty.");
        }
        List<String> names = new ArrayList<>();
        for (String segment : path.substring(1).split("/", -1)) {
            for (String name : PercentCoding.decodeSegment(segment).split("/", -1)) {
                if (name.isEmpty()) {
                    throw GraphErrorResponse.invalidRequest("Invalid request: the path holds an empty name.");
                }
                if (!name.equals(".")) {
                    names.add(name);
                }
            }
        }
        return List.copyOf(names);
    }

    private static String parseAction(String tail) {
        if (tail.isEmpty() || tail.equals("/")) {
            return "";
        }
        if (!tail.startsWith("/")) {
            throw GraphErrorResponse.invalidRequest("Invalid request: '" + tail + "' cannot follow an item.");
        }
        String action = tail.substring(1);
        return action.startsWith(NAMESPACE) ? action.substring(NAMESPACE.length()) : action;
    }
}
