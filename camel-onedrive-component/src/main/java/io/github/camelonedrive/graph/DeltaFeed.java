package io.github.camelonedrive.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

import io.github.camelonedrive.OneDriveException;

/**
 * The changes in a drive, page by page ({@code graph-contract.md} §6.11), and what it takes to make sense of them: single
 * items and the children of a folder. Always the whole drive's, which every kind of drive offers; what does not belong to a
 * folder is left out by who reads them.
 */
public final class DeltaFeed {

    /** Besides the status 410, each of these says that a link is too old ({@code graph-contract.md} §5). */
    private static final Set<String> DEAD_LINK = Set.of("resyncRequired", "syncStateNotFound", "resyncApplyDifferences",
            "resyncUploadDifferences", "resyncChangesApplyDifferences", "resyncChangesUploadDifferences");

    private final GraphClient client;
    private final DriveAddress address;
    private final String label;

    /** @param label what people call the place, for messages: the destination's name */
    public DeltaFeed(GraphClient client, DriveAddress address, String label) {
        this.client = client;
        this.address = address;
        this.label = label;
    }

    /**
     * A link for the changes from now on.
     *
     * @throws OneDriveException also when the drive has no such link to give
     */
    public FeedLink latest() throws OneDriveException, InterruptedException {
        String path = address.item(ItemPath.ROOT) + "/delta?token=latest";
        FollowedLinks followed = changesFollowed();
        followed.start(path);
        while (true) {
            DeltaAnswer answer = read(path);
            if (!(answer instanceof DeltaAnswer.Page page)) {
                throw new UnexpectedAnswerException(purpose() + " failed: OneDrive asks to start anew where nothing is older.");
            }
            if (page.last()) {
                return page.link();
            }
            path = client.pathOfLink(page.link().value());
            followed.next(path, page.changes().size());
        }
    }

    /** Returns the links of one reading of the changes: its reader tells it of each that it follows. */
    public FollowedLinks changesFollowed() {
        return new FollowedLinks(purpose());
    }

    /** Returns the links of one listing of a folder: its reader tells it of each that it follows. */
    public FollowedLinks listingFollowed() {
        return new FollowedLinks(listing());
    }

    /** A link that this endpoint did not give out, because it is used by another address now, is too old like any other. */
    public DeltaAnswer read(FeedLink link) throws OneDriveException, InterruptedException {
        return client.ownsLink(link.value())
                ? read(client.pathOfLink(link.value())) : new DeltaAnswer.Restart(Optional.empty());
    }

    private DeltaAnswer read(String path) throws OneDriveException, InterruptedException {
        try {
            return client.callUnlessGone(path, purpose(), DeltaFeed::page, (gone, purpose) -> restart(gone));
        } catch (GraphException failure) {
            if (DEAD_LINK.contains(failure.innermostCode()) || DEAD_LINK.contains(failure.code())) {
                return new DeltaAnswer.Restart(Optional.empty());
            }
            throw failure;
        }
    }

    private DeltaAnswer restart(GraphAnswer gone) {
        return new DeltaAnswer.Restart(gone.header("location").filter(client::ownsLink).map(FeedLink::new));
    }

    /** Without a link to read on, what came may not be all; better to ask again than to miss what is after it. */
    private static DeltaAnswer page(GraphAnswer answer, String purpose) throws UnexpectedAnswerException {
        List<ItemChange> changes = changes(answer, purpose);
        Optional<FeedLink> next = link(answer, "@odata.nextLink");
        FeedLink link = next.or(() -> link(answer, "@odata.deltaLink")).orElseThrow(
                () -> new UnexpectedAnswerException(purpose + " failed: OneDrive did not say where to read on."));
        return new DeltaAnswer.Page(changes, link, next.isEmpty());
    }

    private static Optional<FeedLink> link(GraphAnswer answer, String name) {
        return Optional.of(answer.body().path(name).asText("")).filter(link -> !link.isEmpty()).map(FeedLink::new);
    }

    private static List<ItemChange> changes(GraphAnswer answer, String purpose) throws UnexpectedAnswerException {
        JsonNode value = answer.body().path("value");
        if (!value.isArray()) {
            throw new UnexpectedAnswerException(purpose + " failed: OneDrive answered without a list.");
        }
        List<ItemChange> changes = new ArrayList<>();
        for (JsonNode node : value) {
            changes.add(ItemChange.of(node, purpose));
        }
        return changes;
    }

    /**
     * One page of a folder's children.
     *
     * @param next  the link of the page before; empty for the first one
     * @param items what is there
     */
    public record Children(List<ItemChange> items, Optional<FeedLink> next) {

        public Children {
            items = List.copyOf(items);
        }
    }

    /**
     * A page of the items in a folder.
     *
     * @param next as the page before had it; empty for the first page
     * @return     empty when the folder is gone
     */
    public Optional<Children> children(String folderId, Optional<FeedLink> next)
            throws OneDriveException, InterruptedException {
        if (next.isPresent() && client.ownsLink(next.get().value())) {
            try {
                return Optional.of(children(client.pathOfLink(next.get().value())));
            } catch (GraphException outdated) {
                if (Patience.isPassing(outdated)) {
                    throw outdated;
                }
                // Links to further pages don't last for ever; then the folder is listed from its first page.
            }
        }
        try {
            return Optional.of(children(address.item(folderId, "children")));
        } catch (GraphException.NotFound gone) {
            return Optional.empty();
        }
    }

    private Children children(String path) throws OneDriveException, InterruptedException {
        return client.call("GET", path, null, listing(),
                (answer, purpose) -> new Children(changes(answer, purpose), link(answer, "@odata.nextLink")));
    }

    /** An item as it is now; empty when there is none of that id. */
    public Optional<ItemChange> item(String id) throws OneDriveException, InterruptedException {
        return find(address.item(id), "Looking up an item in '" + label + "'");
    }

    /** The item at a path; empty when there is nothing. */
    public Optional<ItemChange> item(ItemPath path) throws OneDriveException, InterruptedException {
        return find(address.item(path), "Looking up '" + path + "' in '" + label + "'");
    }

    private Optional<ItemChange> find(String path, String purpose) throws OneDriveException, InterruptedException {
        try {
            return Optional.of(client.call("GET", path, null, purpose,
                    (answer, what) -> ItemChange.of(answer.body(), what)));
        } catch (GraphException.NotFound nothing) {
            return Optional.empty();
        }
    }

    private String listing() {
        return "Listing a folder of '" + label + "'";
    }

    private String purpose() {
        return "Reading the changes in '" + label + "'";
    }
}
