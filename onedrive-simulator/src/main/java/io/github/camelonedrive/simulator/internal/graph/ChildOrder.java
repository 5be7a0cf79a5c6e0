package io.github.camelonedrive.simulator.internal.graph;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.camelonedrive.simulator.internal.drive.Item;
import io.github.camelonedrive.simulator.internal.drive.Names;
import io.github.camelonedrive.simulator.internal.http.GraphErrorResponse;

/** What {@code $orderby} means in a listing: by name, size or time, names in their own order. */
final class ChildOrder {
    private static final Pattern ORDER = Pattern.compile("(name|size|lastModifiedDateTime)(?:\\s+(asc|desc))?");
    private static final Comparator<Item> BY_NAME = Comparator.comparing(item -> Names.key(item.name));

    private ChildOrder() {
    }

    /** @throws GraphErrorResponse 400 for a property by which nothing can be ordered */
    static Comparator<Item> parse(String option) {
        Matcher matcher = ORDER.matcher(option.trim());
        if (!matcher.matches()) {
            throw new GraphErrorResponse(400, "invalidRequest", "$orderby takes name, size or lastModifiedDateTime.",
                    "invalidQueryOption");
        }
        Comparator<Item> order = switch (matcher.group(1)) {
            case "size" -> Comparator.comparingLong(Item::size);
            case "lastModifiedDateTime" -> Comparator.comparing(item -> item.modified);
            default -> BY_NAME;
        };
        // Two of the same size are in the order of their names, so that pages neither repeat nor leave out anything.
        return ("desc".equals(matcher.group(2)) ? order.reversed() : order).thenComparing(BY_NAME);
    }
}
