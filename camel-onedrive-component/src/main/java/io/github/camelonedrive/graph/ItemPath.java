package io.github.camelonedrive.graph;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import org.apache.hc.core5.net.PercentCodec;

/**
 * A path below a drive's root, as decoded names. It is encoded once, segment by segment, when an address is made of it
 * ({@code graph-contract.md} §1.3).
 */
public record ItemPath(List<String> segments) {

    /** The drive's root. */
    public static final ItemPath ROOT = new ItemPath(List.of());

    /** What RFC 3986 lets stand in a path segment as it is, less what Graph gives a meaning of its own. */
    private static final String RAW = "-._~!$&'(),;=@";

    private static final String ROOT_OF_REFERENCE = "root:";

    public ItemPath {
        segments = List.copyOf(segments);
    }

    /** The path that a text such as {@code /Backups/mysql} means; leading, trailing and doubled slashes don't matter. */
    public static ItemPath parse(String path) {
        return new ItemPath(Arrays.stream(path.split("/")).filter(segment -> !segment.isEmpty()).toList());
    }

    /**
     * The folder that a {@code parentReference.path} such as {@code /drive/root:/a%20b} means (samples J1 and J2).
     *
     * @return empty for what names no folder below a root, or one whose names a path can't hold
     */
    static Optional<ItemPath> ofReference(String path) {
        int root = path.indexOf(ROOT_OF_REFERENCE);
        if (root < 0) {
            return Optional.empty();
        }
        List<String> names = parse(path.substring(root + ROOT_OF_REFERENCE.length())).segments.stream()
                .map(name -> PercentCodec.decode(name, StandardCharsets.UTF_8)).toList();
        return names.stream().anyMatch(ItemPath::leadsElsewhere) ? Optional.empty() : Optional.of(new ItemPath(names));
    }

    private static boolean leadsElsewhere(String name) {
        return name.equals(".") || name.equals("..") || name.indexOf('/') >= 0 || name.indexOf('\\') >= 0;
    }

    /** The path below this one, with {@code .} and {@code ..} taken as a file system takes them; never above the root. */
    public ItemPath resolve(String relative) {
        List<String> result = new ArrayList<>(segments);
        for (String segment : parse(relative).segments) {
            if (segment.equals("..")) {
                if (!result.isEmpty()) {
                    result.remove(result.size() - 1);
                }
            } else if (!segment.equals(".")) {
                result.add(segment);
            }
        }
        return new ItemPath(result);
    }

    /** The path of what is called so in the folder that this path is; the name is taken as it is. */
    public ItemPath child(String name) {
        List<String> result = new ArrayList<>(segments);
        result.add(name);
        return new ItemPath(result);
    }

    /** Whether this path is the other one or below it. Names are compared as OneDrive does, without regard to case. */
    public boolean startsWith(ItemPath other) {
        if (other.segments.size() > segments.size()) {
            return false;
        }
        for (int i = 0; i < other.segments.size(); i++) {
            if (!other.segments.get(i).equalsIgnoreCase(segments.get(i))) {
                return false;
            }
        }
        return true;
    }

    public boolean isRoot() {
        return segments.isEmpty();
    }

    /** The folder that holds it; the root's is the root. */
    public ItemPath parent() {
        return isRoot() ? this : new ItemPath(segments.subList(0, segments.size() - 1));
    }

    /** The last name; empty for the root. */
    public String name() {
        return isRoot() ? "" : segments.get(segments.size() - 1);
    }

    /** The path for an address, without a leading slash: {@code a%20b/c}. */
    public String encoded() {
        return segments.stream().map(ItemPath::encode).collect(Collectors.joining("/"));
    }

    /** One name for an address: UTF-8, percent-encoded, a space as {@code %20}, a plus as {@code %2B}. */
    public static String encode(String segment) {
        StringBuilder result = new StringBuilder();
        for (byte octet : segment.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xff);
            if (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || RAW.indexOf(c) >= 0) {
                result.append(c);
            } else {
                result.append('%').append(Character.toUpperCase(Character.forDigit(c >> 4, 16)))
                        .append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
            }
        }
        return result.toString();
    }

    /** With a leading slash, for people: {@code /Backups/mysql.sql}. */
    @Override
    public String toString() {
        return "/" + String.join("/", segments);
    }
}
