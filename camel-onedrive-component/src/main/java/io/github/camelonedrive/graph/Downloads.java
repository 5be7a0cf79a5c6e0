package io.github.camelonedrive.graph;

import java.util.HashMap;
import java.util.Map;

import io.github.camelonedrive.OneDriveException;

/**
 * The calls that bring content down ({@code graph-contract.md} §6.10, statement 77): Graph says where, and from there it is
 * read without the token. Each is sent once: what a failure means depends on how far the download is, which the engine knows.
 */
public final class Downloads {

    private final GraphClient client;
    private final DriveAddress address;

    public Downloads(GraphClient client, DriveAddress address) {
        this.client = client;
        this.address = address;
    }

    /** Asks Graph where an item's content can be read, for some minutes. */
    public PreauthenticatedUrl locate(String itemId, String purpose) throws OneDriveException, InterruptedException {
        return client.redirect(address.item(itemId, "content"), purpose);
    }

    /**
     * Opens the content there.
     *
     * @param range what is wanted; the answer may be all of it all the same
     */
    public OpenContent open(PreauthenticatedUrl place, ByteRange range, String purpose)
            throws OneDriveException, InterruptedException {
        Map<String, String> headers = new HashMap<>();
        headers.put("Accept-Encoding", "identity");
        if (!range.isWhole()) {
            headers.put("Range", range.header());
        }
        return OpenContent.of(client.open(place, headers, purpose), range, purpose);
    }
}
