package io.github.camelonedrive.graph;

import java.util.Map;

/**
 * A drive.
 *
 * @param driveType {@code personal}, {@code business} or {@code documentLibrary}
 * @param owner     whose it is, for people; empty when not told
 */
public record Drive(String id, String driveType, String owner, Quota quota) implements JsonResult {

    @Override
    public Map<String, Object> json() {
        return new JsonFields().put("id", id).putText("driveType", driveType).putText("owner", owner).put("quota", quota).all();
    }
}
