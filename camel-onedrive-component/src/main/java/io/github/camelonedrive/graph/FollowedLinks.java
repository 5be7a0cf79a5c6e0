package io.github.camelonedrive.graph;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

import org.apache.hc.core5.net.PercentCodec;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.OneDriveException;

/**
 * The page links that one listing has followed. Refuses a link that leads back, however it is spelled, many pages in a row
 * without an entry, and more pages than any drive has, so that no response makes a client ask for ever. Holds hashes, and a
 * bounded number of them. For one thread.
 */
public final class FollowedLinks {

    /** Pages without an entry are legal, where a filter or missing rights leave nothing of them. */
    static final int MOST_EMPTY = 1_000;

    /** A library holds 30 million items at most, on pages of 200. */
    static final int MOST_PAGES = 200_000;

    private static final int REMEMBERED = 20_000;

    private final String purpose;
    private final Set<Long> hashes = new LinkedHashSet<>();
    private int pages;
    private int emptyInARow;

    /** @param purpose names the listing, for messages: what {@code failed} is said of */
    public FollowedLinks(String purpose) {
        this.purpose = purpose;
    }

    /** Remembers where a listing starts. */
    public void start(String link) {
        remember(link);
    }

    /**
     * Remembers the link of a page's next page.
     *
     * @param  entries                how many that page had
     * @throws EndlessListingException if the link is not to be followed
     */
    public void next(String link, int entries) throws EndlessListingException {
        pages++;
        emptyInARow = entries == 0 ? emptyInARow + 1 : 0;
        if (!remember(link)) {
            throw new EndlessListingException(purpose, "a page's link leads back to a page that was read before");
        }
        if (emptyInARow > MOST_EMPTY) {
            throw new EndlessListingException(purpose, "more than " + MOST_EMPTY + " pages in a row have no entry");
        }
        if (pages > MOST_PAGES) {
            throw new EndlessListingException(purpose, "it has more than " + MOST_PAGES + " pages");
        }
    }

    /**
     * Checks the link for later changes that ends a listing. It may be the one that the listing started with, when nothing has
     * changed since, but it must not lead back into the listing.
     *
     * @throws EndlessListingException if it does
     */
    public void end(String link) throws EndlessListingException {
        if (pages > 0 && hashes.contains(hash(link))) {
            throw new EndlessListingException(purpose, "the link for later changes leads back to a page that was read before");
        }
    }

    private boolean remember(String link) {
        boolean isNew = hashes.add(hash(link));
        if (hashes.size() > REMEMBERED) {
            Iterator<Long> eldest = hashes.iterator();
            eldest.next();
            eldest.remove();
        }
        return isNew;
    }

    private static long hash(String link) {
        try {
            byte[] bytes = canonical(link).getBytes(StandardCharsets.UTF_8);
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(bytes)).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Links that differ in this only lead to the same page: percent-coding, order of parameters, empty ones, a fragment. */
    private static String canonical(String link) {
        String[] parts = link.split("#", 2)[0].split("\\?", 2);
        String path = decoded(parts[0]).replaceAll("/+$", "");
        String parameters = parts.length < 2 ? "" : Arrays.stream(parts[1].split("&")).filter(each -> !each.isEmpty())
                .map(FollowedLinks::decoded).sorted().distinct().collect(Collectors.joining("&"));
        return path + "?" + parameters;
    }

    private static String decoded(String part) {
        return PercentCodec.decode(part, StandardCharsets.UTF_8);
    }

    /** A listing that would never end. */
    public static final class EndlessListingException extends OneDriveException {

        private static final long serialVersionUID = 1L;

        EndlessListingException(String purpose, String why) {
            super(FailureKind.SERVICE, purpose + " failed: it would never end, because " + why + ".",
                    "Try again later. If that does not help, report it to Microsoft: nothing is wrong on this side, unless a"
                            + " proxy changes responses.", null);
        }
    }
}
