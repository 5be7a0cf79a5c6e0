package io.github.camelonedrive.graph;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

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
        try {
            return pages(folder);
        } catch (GraphException refused) {
            if (refused.graphProblem() == GraphProblem.INVALID_REQUEST
                    && find(folder).filter(item -> !item.folder()).isPresent()) {
                throw new Folders.NotAFolderException(folder);
            }
            throw refused;
        }
    }

    private List<DriveItem> pages(ItemPath folder) throws OneDriveException, InterruptedException {
        List<DriveItem> children = new ArrayList<>();
        String path = address.item(folder, "children");
        while (!path.isEmpty()) {
            Page page = client.call("GET", path, null, "Listing " + named(folder), DriveItems::page);
            children.addAll(page.items());
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

    /** Takes an item's content. */
    @FunctionalInterface
    public interface ContentReader {
        void read(InputStream content) throws java.io.IOException;
    }

    private String named(ItemPath path) {
        return "'" + path + "' in '" + label + "'";
    }
}
