package io.github.camelonedrive.component;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.apache.camel.Exchange;
import org.apache.camel.util.StringHelper;
import org.apache.camel.util.URISupport;

/**
 * The URI of a dynamic endpoint with those options left as they were written that the endpoint evaluates itself, for each
 * exchange. So an EIP that names another file each time uses one endpoint for all, and a name may hold what has a meaning in a
 * URI.
 */
final class DynamicUri {

    private static final Set<String> EVALUATED_BY_ENDPOINT = Set.of("fileName", "doneFileName", "move", "moveFailed", "preMove",
            "idempotentKey", "filterFile", "filterDirectory", "sortBy");

    private DynamicUri() {
    }

    /**
     * Returns the URI of the endpoint to use.
     *
     * @param evaluated as the EIP has evaluated it for the exchange
     * @param original  as it is written in the route: an expression of the simple language
     */
    static String of(Exchange exchange, String evaluated, String original) {
        String query = StringHelper.after(original, "?");
        if (query == null || original.contains("+language:") || evaluated.equals(original)) {
            return evaluated;
        }
        List<String> kept = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (String option : options(query)) {
            (EVALUATED_BY_ENDPOINT.contains(StringHelper.before(option, "=", option)) ? kept : others).add(option);
        }
        if (kept.stream().noneMatch(DynamicUri::isDynamic)) {
            return evaluated;
        }
        String rest = StringHelper.before(original, "?") + "?" + String.join("&", others);
        String resolved = !isDynamic(rest) ? rest
                : exchange.getContext().resolveLanguage("simple").createExpression(rest).evaluate(exchange, String.class);
        return (resolved + (others.isEmpty() ? "" : "&") + String.join("&", kept)).trim();
    }

    private static boolean isDynamic(String text) {
        return text.contains("${") || text.contains("$simple{");
    }

    /** Separated by {@code &}, but for what is in {@code RAW(…)}. */
    private static List<String> options(String query) {
        var raw = URISupport.scanRaw(query);
        List<String> options = new ArrayList<>();
        int start = 0;
        for (int end = query.indexOf('&'); end >= 0; end = query.indexOf('&', end + 1)) {
            if (!URISupport.isRaw(end, raw)) {
                options.add(query.substring(start, end));
                start = end + 1;
            }
        }
        options.add(query.substring(start));
        return options.stream().filter(option -> !option.isEmpty()).toList();
    }
}
