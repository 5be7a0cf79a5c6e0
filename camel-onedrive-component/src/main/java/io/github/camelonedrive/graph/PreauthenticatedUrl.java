package io.github.camelonedrive.graph;

import java.net.URISyntaxException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.hc.core5.net.URIAuthority;

import io.github.camelonedrive.credentials.Secret;

/**
 * An address that Graph gave out and that is its own permission: an upload URL or a download URL. It is a bearer secret, is
 * never sent with {@code Authorization}, and is used byte for byte as it came ({@code graph-contract.md} §1.3, §3.1,
 * statements 8, 11 to 13).
 */
public final class PreauthenticatedUrl {

    private static final Pattern FORM = Pattern.compile("(https?)://([^/?#@]+)(/[^#\\s]*)", Pattern.CASE_INSENSITIVE);

    private final Secret url;
    private final String scheme;
    private final URIAuthority authority;
    private final String target;

    private PreauthenticatedUrl(Secret url, String scheme, URIAuthority authority, String target) {
        this.url = url;
        this.scheme = scheme;
        this.authority = authority;
        this.target = target;
    }

    /**
     * @param loopbackHttpAllowed whether the configured Graph endpoint is itself plain http on this machine
     * @throws UnexpectedAnswerException when it is no address, or one that would travel in the clear
     */
    public static PreauthenticatedUrl of(String url, boolean loopbackHttpAllowed) throws UnexpectedAnswerException {
        Secret secret = Secret.of(url);
        Matcher parts = FORM.matcher(url);
        if (!parts.matches()) {
            throw new UnexpectedAnswerException("OneDrive handed out an address that is none.");
        }
        String scheme = parts.group(1).toLowerCase(java.util.Locale.ROOT);
        if (scheme.equals("http") && !loopbackHttpAllowed) {
            throw new UnexpectedAnswerException("OneDrive handed out an address without TLS; nothing was sent there.");
        }
        try {
            return new PreauthenticatedUrl(secret, scheme, URIAuthority.create(parts.group(2)), parts.group(3));
        } catch (URISyntaxException e) {
            throw new UnexpectedAnswerException("OneDrive handed out an address that is none.");
        }
    }

    /**
     * Where a redirect from this address leads.
     *
     * @param location absolute, or a path on the same host
     * @throws UnexpectedAnswerException as {@link #of}
     */
    PreauthenticatedUrl redirected(String location, boolean loopbackHttpAllowed) throws UnexpectedAnswerException {
        boolean sameHost = location.startsWith("/") && !location.startsWith("//");
        return of(sameHost ? scheme + "://" + authority + location : location, loopbackHttpAllowed);
    }

    /** The address itself, to be kept sealed. */
    public Secret secret() {
        return url;
    }

    String scheme() {
        return scheme;
    }

    URIAuthority authority() {
        return authority;
    }

    String target() {
        return target;
    }

    @Override
    public String toString() {
        return scheme + "://" + authority + "/…";
    }
}
