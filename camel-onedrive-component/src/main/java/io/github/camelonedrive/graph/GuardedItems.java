package io.github.camelonedrive.graph;

import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.hc.core5.http.HttpEntity;

import io.github.camelonedrive.OneDriveException;

/**
 * Changes to an item, by id, that take place only while it is the one that was seen: {@code if-match} with its eTag
 * ({@code graph-contract.md} §6.5, §6.7), so that a newer version is neither deleted nor moved away unseen.
 */
public final class GuardedItems {

    private final GraphClient client;
    private final DriveAddress address;
    private final String label;

    /** @param label what people call the place, for messages: the destination's name */
    public GuardedItems(GraphClient client, DriveAddress address, String label) {
        this.client = client;
        this.address = address;
        this.label = label;
    }

    /**
     * Deletes an item, into the drive's recycle bin; one that is gone already is fine (statement 75).
     *
     * @param  name                              for messages
     * @param  eTag                              of the version that may go; empty for any
     * @throws GraphException.PreconditionFailed when the item has changed since
     */
    public void delete(String id, String name, Optional<String> eTag) throws OneDriveException, InterruptedException {
        try {
            send("DELETE", id, null, eTag, "Deleting '" + name + "' in '" + label + "'", (answer, purpose) -> answer);
        } catch (GraphException.NotFound gone) {
            // That is what was wanted.
        }
    }

    /**
     * Moves an item, or renames it, or both. Nothing is replaced.
     *
     * @param  parentId                          the real id of the folder (statement 74)
     * @param  eTag                              of the version that may be moved; empty for any
     * @return                                   the item as it is now
     * @throws GraphException.PreconditionFailed when the item has changed since
     * @throws GraphException.NameConflict       when the folder has something of that name
     * @throws GraphException.NotFound           when the item or the folder is gone
     */
    public ItemChange move(String id, String parentId, String name, Optional<String> eTag)
            throws OneDriveException, InterruptedException {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("parentReference").put("id", parentId);
        body.put("name", name);
        body.put("@microsoft.graph.conflictBehavior", "fail");
        return send("PATCH", id, GraphClient.json(body), eTag, "Moving '" + name + "' in '" + label + "'",
                (answer, purpose) -> ItemChange.of(answer.body(), purpose));
    }

    private <T> T send(String method, String id, HttpEntity body, Optional<String> eTag, String purpose,
                       GraphClient.AnswerReader<T> reader)
            throws OneDriveException, InterruptedException {
        Map<String, String> headers = eTag.map(tag -> Map.of("If-Match", tag)).orElse(Map.of());
        Patience patience = client.patience((pause, reason) -> {
        });
        while (true) {
            try {
                return reader.read(client.attempt(method, address.item(id), body, headers, purpose), purpose);
            } catch (OneDriveException e) {
                patience.pauseOrFail(e);
            }
        }
    }
}
