package io.github.camelonedrive.simulator.internal.graph;

import java.util.Arrays;
import java.util.List;

import io.github.camelonedrive.simulator.internal.drive.DriveTree;
import io.github.camelonedrive.simulator.internal.drive.Ids;
import io.github.camelonedrive.simulator.internal.drive.Item;
import io.github.camelonedrive.simulator.internal.http.Call;
import io.github.camelonedrive.simulator.internal.http.GraphErrorResponse;

/** {@code if-match} and {@code if-none-match} against the tags of an item. */
public final class Preconditions {
    private final DriveTree drive;
    private final Ids ids;

    public Preconditions(DriveTree drive, Ids ids) {
        this.drive = drive;
        this.ids = ids;
    }

    /**
     * For requests that change something.
     *
     * @param item what is there, or null
     * @throws GraphErrorResponse 412 if a condition does not hold
     */
    void check(Call call, Item item) {
        String ifMatch = call.header("if-match");
        String ifNoneMatch = call.header("if-none-match");
        if (ifMatch != null && !matches(ifMatch, item) || ifNoneMatch != null && matches(ifNoneMatch, item)) {
            throw GraphErrorResponse.preconditionFailed();
        }
    }

    /** For requests that only read: whether the client has the newest state already. */
    boolean isUnchanged(Call call, Item item) {
        String ifNoneMatch = call.header("if-none-match");
        return ifNoneMatch != null && matches(ifNoneMatch, item);
    }

    private boolean matches(String header, Item item) {
        if (item == null) {
            return false;
        }
        // eTags of business drives hold a comma themselves, so the header is compared whole before it is split.
        List<String> wanted = Arrays.asList(header.split("\\s*,\\s*"));
        synchronized (drive) {
            String eTag = ids.eTag(item);
            String cTag = ids.cTag(item);
            return header.equals("*") || header.equals(eTag) || header.equals(cTag)
                    || wanted.contains(eTag) || wanted.contains(cTag);
        }
    }
}
