package io.github.camelonedrive.graph;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A link under which an item can be reached ({@code graph-contract.md} §6.8). An anonymous one opens the item to whoever
 * knows it.
 *
 * @param id          of the permission that it is
 * @param type        {@code view}, {@code edit} or {@code embed}; empty when not told
 * @param scope       {@code anonymous}, {@code organization} or another one that the service knows; empty when not told
 * @param webUrl      the link
 * @param webHtml     for {@code embed}, the HTML to put into a page
 * @param expiry      when it ends
 * @param hasPassword whether it takes a password
 * @param created     whether it is new; false when there was one of that kind already
 */
public record SharingLink(
        String id,
        String type,
        String scope,
        String webUrl,
        Optional<String> webHtml,
        Optional<Instant> expiry,
        boolean hasPassword,
        boolean created) implements JsonResult {

    @Override
    public Map<String, Object> json() {
        return new JsonFields().putText("id", id).putText("type", type).putText("scope", scope).put("webUrl", webUrl)
                .put("webHtml", webHtml).put("expiry", expiry).put("hasPassword", hasPassword).put("created", created).all();
    }

    /** Without the link, which may be all that one needs to know. */
    @Override
    public String toString() {
        return "SharingLink[id=" + id + ", type=" + type + ", scope=" + scope + "]";
    }
}
