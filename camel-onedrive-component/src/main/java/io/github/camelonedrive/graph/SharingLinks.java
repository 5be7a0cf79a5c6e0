package io.github.camelonedrive.graph;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.camelonedrive.OneDriveException;

/** Makes links under which items can be reached ({@code graph-contract.md} §6.8). */
public final class SharingLinks {

    private final GraphClient client;
    private final DriveAddress address;
    private final String label;

    /** @param label what people call the place, for messages: the destination's name */
    public SharingLinks(GraphClient client, DriveAddress address, String label) {
        this.client = client;
        this.address = address;
        this.label = label;
    }

    /**
     * Makes a link, or gives the one of that kind that there is.
     *
     * @throws GraphException with status 400 or 403 when the drive or the organization's rules don't allow such a link
     */
    public SharingLink create(ItemRef item, LinkRequest request) throws OneDriveException, InterruptedException {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("type", request.type().name());
        request.scope().ifPresent(scope -> body.put("scope", scope.name()));
        request.expiry().ifPresent(time -> body.put("expirationDateTime", time.toString()));
        request.password().ifPresent(password -> body.put("password", password.reveal()));
        return client.call("POST", address.item(item, "createLink"), body,
                "Making a link to " + item + " in '" + label + "'", ItemReader::link);
    }
}
