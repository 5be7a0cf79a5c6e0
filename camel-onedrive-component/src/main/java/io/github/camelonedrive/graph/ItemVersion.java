package io.github.camelonedrive.graph;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A version of a file ({@code graph-contract.md} §6.9). Versions have no hash.
 *
 * @param id             such as {@code 3.0}; what {@code restoreVersion} wants
 * @param size           in bytes
 * @param lastModifiedBy whose it is, for people
 */
public record ItemVersion(String id, OptionalLong size, Optional<Instant> lastModified, Optional<String> lastModifiedBy)
        implements JsonResult {

    @Override
    public Map<String, Object> json() {
        return new JsonFields().put("id", id).put("size", size).put("lastModified", lastModified)
                .put("lastModifiedBy", lastModifiedBy).all();
    }
}
