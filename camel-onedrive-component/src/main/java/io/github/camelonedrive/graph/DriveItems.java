package io.github.camelonedrive.graph;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

import io.github.camelonedrive.OneDriveException;

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

    /** The drive itself, with its quota. */
    public Drive drive() throws OneDriveException, InterruptedException {
        return client.call("GET", address.drive(), null, "Looking up the drive of '" + label + "'", ItemReader::drive);
    }

    /** @throws GraphException.NotFound when there is nothing at that path */
    public DriveItem get(ItemPath path) throws OneDriveException, InterruptedException {
        return client.call("GET", address.item(path), null, "Looking up " + named(path), ItemReader::item);
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
        return client.call("GET", address.item(id), null, "Looking up an item in '" + label + "'", ItemReader::item);
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
        try {
            return pages(folder, wanted);
        } catch (GraphException refused) {
            if (refused.graphProblem() == GraphProblem.INVALID_REQUEST
                    && find(folder).filter(item -> !item.folder()).isPresent()) {
                throw new Folders.NotAFolderException(folder);
            }
            throw refused;
        }
    }

    private List<DriveItem> pages(ItemPath folder, Predicate<DriveItem> wanted)
            throws OneDriveException, InterruptedException {
        List<DriveItem> children = new ArrayList<>();
        String path = address.item(folder, "children");
        while (!path.isEmpty()) {
            Page page = client.call("GET", path, null, "Listing " + named(folder), DriveItems::page);
            page.items().stream().filter(wanted).forEach(children::add);
            path = page.next().isEmpty() ? "" : client.pathOfLink(page.next());
        }
        return children;
    }

    /** @param next the address of the next page; empty for the last one */
    private record Page(List<DriveItem> items, String next) {
    }

    /** What has no list is no empty folder: taking it for one could make a second copy of a file that is there. */
    private static Page page(GraphAnswer answer, String purpose) throws UnexpectedAnswerException {
        JsonNode value = answer.body().path("value");
        if (!value.isArray()) {
            throw new UnexpectedAnswerException(purpose + " failed: OneDrive answered without a list.");
        }
        List<DriveItem> items = new ArrayList<>();
        for (JsonNode item : value) {
            items.add(ItemReader.item(item, purpose));
        }
        return new Page(items, answer.body().path("@odata.nextLink").asText(""));
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
        try {
            client.call("DELETE", address.item(path), null, "Deleting " + named(path), (answer, purpose) -> answer);
        } catch (GraphException.NotFound gone) {
            // That is what was wanted.
        }
    }

    /** Takes an item's content. */
    @FunctionalInterface
    public interface ContentReader {
        void read(InputStream content) throws java.io.IOException;
    }

    private String named(ItemPath path) {
        return "'" + path + "' in '" + label + "'";
    }
}
