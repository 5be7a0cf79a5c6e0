package io.github.camelonedrive.graph;

import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.transport.TimeSource;

/** The items of one drive: look up, list, make folders, read content ({@code graph-contract.md} §6). */
public final class DriveItems {

    private final GraphClient client;
    private final DriveAddress address;
    private final String label;

    /** @param label what people call the place, for messages: the destination's name */
    public DriveItems(GraphClient client, DriveAddress address, String label) {
        this.client = client;
        this.address = address;
        this.label = label;
    }

    /** The same items for what is done on the way out, when nobody waits long: few tries, ten seconds of waiting at most. */
    public DriveItems inAHurry() {
        return new DriveItems(client.inAHurry(), address, label);
    }

    /** The account's time. */
    TimeSource time() {
        return client.time();
    }

    /** The drive itself, with its quota. */
    public Drive drive() throws OneDriveException, InterruptedException {
        return client.call("GET", address.drive(), null, "Looking up the drive of '" + label + "'", ItemReader::drive);
    }

    /** @throws GraphException.NotFound when there is nothing */
    public DriveItem get(ItemRef item) throws OneDriveException, InterruptedException {
        if (item instanceof ItemRef.Seen seen) {
            return seen.item();
        }
        return client.call("GET", address.item(item), null, "Looking up " + named(item), ItemReader::item);
    }

    /** @throws GraphException.NotFound when there is nothing at that path */
    public DriveItem get(ItemPath path) throws OneDriveException, InterruptedException {
        return get(ItemRef.of(path));
    }

    /** The item at a path, or empty when there is nothing. */
    public Optional<DriveItem> find(ItemPath path) throws OneDriveException, InterruptedException {
        try {
            return Optional.of(get(path));
        } catch (GraphException.NotFound nothing) {
            return Optional.empty();
        }
    }

    /** @throws GraphException.NotFound when there is no item of that id */
    public DriveItem get(String id) throws OneDriveException, InterruptedException {
        return get(ItemRef.of(id));
    }

    /**
     * The items in a folder, all pages (statement 71).
     *
     * @throws Folders.NotAFolderException when a file is there
     */
    public List<DriveItem> children(ItemPath folder) throws OneDriveException, InterruptedException {
        return children(folder, item -> true);
    }

    /**
     * As {@link #children(ItemPath)}, but only those that are wanted; of the others no more than a page is held at a time.
     *
     * @throws Folders.NotAFolderException when a file is there
     */
    public List<DriveItem> children(ItemPath folder, Predicate<DriveItem> wanted)
            throws OneDriveException, InterruptedException {
        return list(ItemRef.of(folder), false, wanted);
    }

    /**
     * The items in a folder, all of them.
     *
     * @param recursive                     also those in folders below
     * @throws GraphException.NotFound      when there is no such folder
     * @throws Folders.NotAFolderException when a file is there
     */
    public List<DriveItem> list(ItemRef folder, boolean recursive, Predicate<DriveItem> wanted)
            throws OneDriveException, InterruptedException {
        return stream(folder, recursive, wanted).toList();
    }

    /** As {@link #list}, but further pages are fetched when they are asked for. */
    public DriveItemStream stream(ItemRef folder, boolean recursive, Predicate<DriveItem> wanted)
            throws OneDriveException, InterruptedException {
        try {
            return DriveItemStream.open(client, address, label, address.item(folder, "children"),
                    "Listing " + named(folder), recursive, wanted);
        } catch (GraphException refused) {
            if (refused.graphProblem() == GraphProblem.INVALID_REQUEST && !get(folder).folder()) {
                throw new Folders.NotAFolderException(folder);
            }
            throw refused;
        }
    }

    /**
     * The items below a folder that OneDrive finds for a text, in names, metadata and content, further pages when they are
     * asked for. What it finds is OneDrive's to say: its index lags behind by minutes.
     *
     * @param text what is searched for, as a person would type it
     */
    public DriveItemStream search(ItemRef folder, String text) throws OneDriveException, InterruptedException {
        String function = "search(q='" + ItemPath.encode(text.replace("'", "''")) + "')";
        return DriveItemStream.open(client, address, label, address.item(folder, function),
                "Searching " + named(folder) + " for '" + NameRules.printable(text) + "'", false, item -> true);
    }

    /** As {@link #search}, all that is found. */
    public List<DriveItem> found(ItemRef folder, String text) throws OneDriveException, InterruptedException {
        return search(folder, text).toList();
    }

    /**
     * Makes one folder in another.
     *
     * @throws GraphException.NameConflict when something of that name is there (statement 72)
     */
    public DriveItem createFolder(ItemPath folder) throws OneDriveException, InterruptedException {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("name", folder.name());
        body.putObject("folder");
        body.put("@microsoft.graph.conflictBehavior", "fail");
        return client.call("POST", address.item(folder.parent(), "children"), body, "Creating the folder " + named(folder),
                ItemReader::item);
    }

    /**
     * Reads an item's content, once, by following Graph's redirect without the token (statement 77).
     *
     * @param reader given the content from its first byte; what it throws passes through
     */
    public void readContent(String id, ContentReader reader) throws OneDriveException, InterruptedException {
        String purpose = "Reading an item of '" + label + "' back";
        PreauthenticatedUrl place = client.redirect(address.item(id, "content"), purpose);
        client.download(place, purpose, (head, body) -> reader.read(body));
    }

    /**
     * The whole content of an item that is known to be small.
     *
     * @param limit of an item that is larger than so many bytes, its first {@code limit + 1}
     */
    public byte[] content(String id, int limit) throws OneDriveException, InterruptedException {
        Patience patience = client.patience((pause, reason) -> {
        });
        while (true) {
            try {
                byte[][] content = new byte[1][];
                readContent(id, stream -> content[0] = stream.readNBytes(limit + 1));
                return content[0];
            } catch (OneDriveException e) {
                patience.pauseOrFail(e);
            }
        }
    }

    /**
     * Writes a small file, by one PUT that replaces a file of that name and so can be sent again. Dumps go through the upload
     * engine, not through this.
     */
    public DriveItem write(String folderId, String name, byte[] content) throws OneDriveException, InterruptedException {
        String path = address.child(folderId, name, "content") + "?@microsoft.graph.conflictBehavior="
                + ConflictBehavior.replace.wireValue();
        return client.patiently("PUT", path, new ByteArrayEntity(content, ContentType.APPLICATION_OCTET_STREAM),
                "Writing '" + name + "' in '" + label + "'", ItemReader::item);
    }

    /** Deletes an item, into the drive's recycle bin; one that is gone already is fine (statement 75). */
    public void delete(ItemPath path) throws OneDriveException, InterruptedException {
        delete(ItemRef.of(path), Optional.empty());
    }

    /**
     * Deletes an item, into the drive's recycle bin; one that is gone already is fine (statement 75).
     *
     * @param  ifMatch                           the eTag that the item must have; empty for any
     * @return                                   what was done
     * @throws GraphException.PreconditionFailed when it has another eTag; then it is still there
     */
    public Deletion delete(ItemRef item, Optional<String> ifMatch) throws OneDriveException, InterruptedException {
        return gone("DELETE", address.item(item), ifMatch, "Deleting " + named(item));
    }

    /**
     * Deletes an item past the recycle bin, for good; one that is gone already is fine.
     *
     * @throws NoPermanentDeletionException on personal drives, which can't; then it is still there
     */
    public Deletion deletePermanently(ItemRef item, Optional<String> ifMatch) throws OneDriveException, InterruptedException {
        DriveItem found;
        try {
            found = get(item);
        } catch (GraphException.NotFound gone) {
            return Deletion.of(gone);
        }
        if (found.driveType().filter("personal"::equals).isPresent()) {
            throw new NoPermanentDeletionException(named(item));
        }
        return gone("POST", address.item(found.id(), "permanentDelete"), ifMatch, "Deleting " + named(item) + " for good");
    }

    private Deletion gone(String method, String path, Optional<String> ifMatch, String purpose)
            throws OneDriveException, InterruptedException {
        // An empty body and no body differ: only the first one says Content-Length: 0, which permanentDelete insists on.
        ByteArrayEntity body = method.equals("POST") ? new ByteArrayEntity(new byte[0], null) : null;
        try {
            return client.patiently(method, path, body, ifMatch.map(tag -> Map.of("If-Match", tag)).orElse(Map.of()), purpose,
                    (answer, what) -> new Deletion(true, answer.header("request-id")));
        } catch (GraphException.NotFound gone) {
            return Deletion.of(gone);
        }
    }

    /**
     * How a deletion went.
     *
     * @param deleted   whether this call did it; false when there was nothing to delete
     * @param requestId Microsoft's id of the last request, for its support
     */
    public record Deletion(boolean deleted, Optional<String> requestId) {

        /** Of an item that was gone already. */
        public static Deletion of(GraphException.NotFound gone) {
            return new Deletion(false, Optional.of(gone.requestId()).filter(id -> !id.isEmpty()));
        }
    }

    /** Takes an item's content. */
    @FunctionalInterface
    public interface ContentReader {
        void read(InputStream content) throws java.io.IOException;
    }

    private String named(ItemPath path) {
        return named(ItemRef.of(path));
    }

    private String named(ItemRef item) {
        return item + " in '" + label + "'";
    }

    /** A drive that has no deletion past its recycle bin. */
    public static final class NoPermanentDeletionException extends OneDriveException {

        private static final long serialVersionUID = 1L;

        NoPermanentDeletionException(String item) {
            super(FailureKind.CONFIGURATION, "Deleting " + item + " for good failed: a personal OneDrive can't do that."
                    + " Nothing was deleted.", "Delete it without permanentDelete; it goes to the recycle bin then.", null);
        }
    }
}
