package io.github.camelonedrive.simulator.internal.graph;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.camelonedrive.simulator.internal.http.Call;
import io.github.camelonedrive.simulator.internal.http.GraphErrorResponse;
import io.github.camelonedrive.simulator.internal.http.PercentCoding;

/**
 * Links to what comes next: absolute, with the caller's options, and with characters that break when a client re-encodes them
 * (statement 8). Only the link as it was handed out, byte for byte, is taken back.
 */
final class PageLinks {
    static final String SKIP_TOKEN = "$skiptoken";
    private static final int DEFAULT_PAGE_SIZE = 200;
    private static final int MAX_PAGE_SIZE = 1000;
    private static final String API_VERSION = "ApiVersion";
    private static final Pattern TOKEN = Pattern.compile("Paged=TRUE&p_Key='([^']*)'\\+");


    private PageLinks() {
    }

    /** How many entries the client wants on a page. */
    static int pageSize(Call call) {
        String top = call.option("top");
        if (top == null) {
            return DEFAULT_PAGE_SIZE;
        }
        if (!top.matches("[1-9][0-9]{0,8}")) {
            throw new GraphErrorResponse(400, "invalidRequest", "$top must be a positive number.", "invalidQueryOption");
        }
        return Math.min(Integer.parseInt(top), MAX_PAGE_SIZE);
    }

    /**
     * A link to what follows this key.
     *
     * @param path the raw path, which may be another than the call's
     * @param parameter what the query calls the token
     */
    static String link(Call call, String path, String parameter, String key) {
        StringBuilder link = new StringBuilder(call.publicUrl()).append(path).append('?');
        call.query().forEach((name, value) -> {
            boolean fromLink = name.equals(API_VERSION) || name.replace("$", "").equals(parameter.replace("$", ""));
            if (!fromLink) {
                link.append(name).append('=').append(PercentCoding.encodeSegment(value)).append('&');
            }
        });
        return link.append(parameter).append('=').append(encoded(base64(key))).append('&').append(API_VERSION).append("=2.0")
                .toString();
    }

    /** The key in a link that comes back; empty when the call is not such a link. */
    static Optional<String> key(Call call, String parameter) {
        String token = call.option(parameter.replace("$", ""));
        if (token == null) {
            return Optional.empty();
        }
        Matcher matcher = TOKEN.matcher(token);
        if (!matcher.matches() || !call.rawTarget().contains(encoded(matcher.group(1)))) {
            call.violation("a link to the next page or to later changes was changed; it must be used byte for byte");
            throw badToken();
        }
        try {
            return Optional.of(new String(Base64.getUrlDecoder().decode(matcher.group(1)), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw badToken();
        }
    }

    static GraphErrorResponse badToken() {
        return new GraphErrorResponse(400, "invalidRequest", "The token is not valid.", "invalidQueryOption");
    }

    private static String base64(String key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }

    private static String encoded(String key) {
        return "Paged%3DTRUE%26p_Key%3D'" + key + "'%2B";
    }
}
