package io.github.camelonedrive.auth;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The head of an HTTP request, as far as the loopback receiver looks at it (RFC 9112).
 *
 * @param path  before the question mark
 * @param query after it, still encoded; empty without one
 * @param hosts the values of all Host headers: more than one is an attack
 */
record LoopbackRequest(String method, String path, String query, List<String> hosts) {

    private static final int LARGEST_HEAD = 32 * 1024;
    private static final Pattern REQUEST_LINE =
            Pattern.compile("([A-Z]{1,10}) (/[!-~&&[^?#]]*)(?:\\?([!-~&&[^#]]*))? HTTP/1\\.[01]");
    private static final Pattern HOST = Pattern.compile("(?i)host:[ \\t]*(.*?)[ \\t]*");
    private static final Pattern OURS = Pattern.compile("(localhost|127\\.0\\.0\\.1)(:[0-9]{1,5})?");

    /** Empty when it is no HTTP request, or its head is too long. */
    static Optional<LoopbackRequest> read(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < LARGEST_HEAD) {
            int next = in.read();
            if (next < 0) {
                return Optional.empty();
            }
            head.append((char) next);
            if (next == '\n' && (head.indexOf("\r\n\r\n", head.length() - 4) >= 0
                    || head.indexOf("\n\n", head.length() - 2) >= 0)) {
                return parse(head.toString());
            }
        }
        return Optional.empty();
    }

    private static Optional<LoopbackRequest> parse(String head) {
        List<String> lines = head.lines().toList();
        Matcher line = REQUEST_LINE.matcher(lines.get(0));
        if (!line.matches()) {
            return Optional.empty();
        }
        List<String> hosts = lines.stream().map(HOST::matcher).filter(Matcher::matches).map(host -> host.group(1)).toList();
        return Optional.of(new LoopbackRequest(line.group(1), line.group(2),
                Optional.ofNullable(line.group(3)).orElse(""), hosts));
    }

    /**
     * Whether it was meant for this machine by that name. A page of somebody else's whose name was made to point here says its
     * own name (DNS rebinding).
     */
    boolean isForThisMachine() {
        return hosts.size() == 1 && OURS.matcher(hosts.get(0).toLowerCase(Locale.ROOT)).matches();
    }

    /** Without the query, which may hold a code. */
    @Override
    public String toString() {
        return method + " " + path;
    }
}
