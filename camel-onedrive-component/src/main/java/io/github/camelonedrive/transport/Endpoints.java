package io.github.camelonedrive.transport;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/**
 * Which addresses tokens and secrets may be sent to: https, or http on this machine ({@code graph-contract.md} statements
 * 102 and 103). "This machine" means the literals 127.0.0.0/8, ::1 and {@code localhost}; no name is looked up.
 */
public final class Endpoints {

    private static final Pattern LOOPBACK = Pattern.compile("127(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}"
            + "|\\[::1]|\\[(0{1,4}:){7}0{0,3}1]|localhost",
            Pattern.CASE_INSENSITIVE);

    private Endpoints() {
    }

    /**
     * Checks an endpoint that somebody configured.
     *
     * @param option what it is called where it was configured, for the message
     * @return the address without trailing slashes
     * @throws IllegalArgumentException when it is no http(s) address, holds user info, a query or a fragment, or is plain
     *                                  http elsewhere than on this machine
     */
    public static URI requireSafe(String option, String address) {
        URI uri;
        try {
            uri = new URI(address.strip().replaceFirst("/+$", ""));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(option + " is no valid address.");
        }
        if (uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException(option + " must not hold a user name, a password, a query or a fragment.");
        }
        if (uri.getHost() == null || !isHttps(uri) && !isHttpOnLoopback(uri)) {
            throw new IllegalArgumentException(option + " is '" + uri + "'. It has to be an https address; http is possible on "
                    + "127.0.0.1, ::1 and localhost only.");
        }
        return uri;
    }

    /** Whether it is an https address. */
    public static boolean isHttps(URI uri) {
        return "https".equalsIgnoreCase(uri.getScheme());
    }

    /** Whether it is plain http to this machine, as tests and the simulator use it. */
    public static boolean isHttpOnLoopback(URI uri) {
        return "http".equalsIgnoreCase(uri.getScheme()) && uri.getRawUserInfo() == null && uri.getHost() != null
                && LOOPBACK.matcher(uri.getHost()).matches();
    }
}
