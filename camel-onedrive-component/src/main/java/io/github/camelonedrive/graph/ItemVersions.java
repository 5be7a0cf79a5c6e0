package io.github.camelonedrive.graph;

import java.util.List;

import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

import io.github.camelonedrive.OneDriveException;

/** The versions of files ({@code graph-contract.md} §6.9). */
public final class ItemVersions {

    private final GraphClient client;
    private final DriveAddress address;
    private final String label;

    /** @param label what people call the place, for messages: the destination's name */
    public ItemVersions(GraphClient client, DriveAddress address, String label) {
        this.client = client;
        this.address = address;
        this.label = label;
    }

    /** Returns the same versions for callers that cannot wait long: few tries, ten seconds of waiting at most. */
    public ItemVersions inAHurry() {
        return new ItemVersions(client.inAHurry(), address, label);
    }

    /** All versions of a file, the newest, which is its content now, first. */
    public List<ItemVersion> list(ItemRef file) throws OneDriveException, InterruptedException {
        return Page.all(client, address.item(file, "versions"), "Listing the versions of " + named(file),
                ItemReader::version);
    }

    /** Makes the content of a version the file's content again, as a new version; those between stay. */
    public void restore(ItemRef file, String versionId) throws OneDriveException, InterruptedException {
        client.patiently("POST", address.item(file, "versions/" + ItemPath.encode(versionId) + "/restoreVersion"),
                new ByteArrayEntity(new byte[0], null),
                "Restoring version " + NameRules.printable(versionId) + " of " + named(file),
                (answer, purpose) -> answer);
    }

    private String named(ItemRef file) {
        return file + " in '" + label + "'";
    }
}
