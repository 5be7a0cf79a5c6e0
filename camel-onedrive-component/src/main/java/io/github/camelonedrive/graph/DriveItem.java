package io.github.camelonedrive.graph;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A file or folder in a drive ({@code graph-contract.md} §2, samples J1 to J3). Only the id is always there.
 *
 * @param size         in bytes; {@link #UNKNOWN_SIZE} when the answer did not say
 * @param quickXorHash base64, as Graph gives it; absent for folders and while the service has not computed it
 * @param driveType    {@code personal}, {@code business} or {@code documentLibrary}
 * @param mimeType     of a file, as OneDrive takes it for; absent for folders
 * @param childCount   how many files and folders a folder holds; absent for files and when the answer did not say
 * @param requestId    Microsoft's id of the request that told us, for its support; absent for items of a listing
 */
public record DriveItem(
        String id,
        String name,
        boolean folder,
        long size,
        Optional<String> quickXorHash,
        Optional<String> eTag,
        Optional<String> webUrl,
        Optional<Instant> lastModified,
        Optional<String> parentId,
        Optional<String> parentPath,
        Optional<String> driveId,
        Optional<String> driveType,
        Optional<String> mimeType,
        OptionalLong childCount,
        Optional<String> requestId) implements JsonResult {

    /** The size of an item whose answer had none. */
    public static final long UNKNOWN_SIZE = -1;

    /** Where it is, from the drive's root; empty when the answer did not say, as a feed of changes does not (§6.11). */
    public Optional<ItemPath> path() {
        return parentPath.flatMap(ItemPath::ofReference).map(parent -> parent.child(name));
    }

    @Override
    public Map<String, Object> json() {
        return new JsonFields().put("id", id).putText("name", name).put("folder", folder)
                .put("size", size == UNKNOWN_SIZE ? OptionalLong.empty() : OptionalLong.of(size))
                .put("quickXorHash", quickXorHash).put("eTag", eTag).put("webUrl", webUrl).put("lastModified", lastModified)
                .put("parentId", parentId).put("parentPath", parentPath).put("driveId", driveId).put("driveType", driveType)
                .put("mimeType", mimeType)
                .put("childCount", childCount).put("requestId", requestId).all();
    }
}
