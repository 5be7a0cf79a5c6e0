package io.github.camelonedrive.graph;

import java.util.Map;
import java.util.OptionalLong;

/**
 * How full a drive is, in bytes. Work accounts often withhold it or answer 0 or less ({@code graph-contract.md} §6.2), which
 * is the same as not known, and never a reason not to upload.
 *
 * @param state {@code normal}, {@code nearing}, {@code critical}, {@code exceeded}, or empty
 */
public record Quota(OptionalLong total, OptionalLong used, OptionalLong remaining, String state) implements JsonResult {

    @Override
    public Map<String, Object> json() {
        return new JsonFields().put("total", total).put("used", used).put("remaining", remaining).putText("state", state).all();
    }
}
