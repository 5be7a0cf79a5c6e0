package io.github.camelonedrive.simulator.internal.http;

import java.util.regex.Pattern;

/**
 * What absolute URLs start with that a client is given: where it reached the simulator, which may be under another name than
 * the simulator knows (a host name mapped to it, a forwarded port).
 */
public final class PublicUrl {
    private static final Pattern HOST = Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(:\\d{1,5})?");

    private final String scheme;
    private final String own;
    private final String configured;
    private final String configuredContent;

    /**
     * @param scheme {@code http} or {@code https}
     * @param own where the simulator listens, for requests that do not say whom they reached
     * @param configured what to use instead of all that, or null
     * @param configuredContent what to use for pre-authenticated URLs, or null for the same
     */
    PublicUrl(String scheme, String own, String configured, String configuredContent) {
        this.scheme = scheme;
        this.own = own;
        this.configured = configured;
        this.configuredContent = configuredContent;
    }

    /** As {@link #of}, for upload, download and monitor URLs, which may be under a host of their own. */
    String content(Call call) {
        return configuredContent == null ? of(call) : configuredContent;
    }

    /** Scheme, host and port, for the response to this request. */
    String of(Call call) {
        if (configured != null) {
            return configured;
        }
        String host = call.header("Host");
        return host != null && HOST.matcher(host).matches() ? scheme + "://" + host : own;
    }
}
