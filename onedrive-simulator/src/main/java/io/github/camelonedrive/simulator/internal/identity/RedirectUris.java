package io.github.camelonedrive.simulator.internal.identity;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The redirect URIs of the registration (`graph-contract.md` §7.1): compared case-sensitively, except that any port goes for
 * {@code http://localhost}.
 */
public final class RedirectUris {
    public static final List<String> DEFAULT = List.of("http://localhost", "http://localhost/api/adapters/onedrive/callback");
    private static final Pattern LOCALHOST = Pattern.compile("http://localhost(?::\\d{1,5})?(/[^?#]*)?");

    private RedirectUris() {
    }

    static boolean isRegistered(String asked, List<String> registered) {
        return registered.stream().anyMatch(one -> withoutPort(one).equals(withoutPort(asked)));
    }

    private static String withoutPort(String uri) {
        var localhost = LOCALHOST.matcher(uri);
        if (!localhost.matches()) {
            return uri;
        }
        return "http://localhost" + (localhost.group(1) == null ? "/" : localhost.group(1));
    }
}
