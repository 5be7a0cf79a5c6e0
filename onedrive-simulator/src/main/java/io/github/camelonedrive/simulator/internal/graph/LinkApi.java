package io.github.camelonedrive.simulator.internal.graph;

import java.io.IOException;
import java.time.Instant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.camelonedrive.simulator.internal.SimulatorSettings;
import io.github.camelonedrive.simulator.internal.drive.DriveTree;
import io.github.camelonedrive.simulator.internal.drive.Ids;
import io.github.camelonedrive.simulator.internal.drive.Item;
import io.github.camelonedrive.simulator.internal.http.Call;
import io.github.camelonedrive.simulator.internal.http.GraphErrorResponse;
import io.github.camelonedrive.simulator.internal.http.Response;
import io.github.camelonedrive.simulator.internal.http.WireJson;

/** Sharing links. */
public final class LinkApi {
    private static final String ANONYMOUS = "anonymous";
    private static final String ORGANIZATION = "organization";
    private static final String EMBED = "embed";

    private final SimulatorSettings settings;
    private final DriveTree drive;
    private final Locator locator;

    public LinkApi(SimulatorSettings settings, DriveTree drive, Locator locator) {
        this.settings = settings;
        this.drive = drive;
        this.locator = locator;
    }

    /** 201 with a new permission, or 200 with the one for the same type and scope that is there. */
    Response create(Call call, Address address) throws IOException {
        JsonNode request = WireJson.parse(call.readSmallBody());
        boolean personal = settings.accountType.isPersonal();
        String type = request.path("type").asText("");
        String scope = request.path("scope").asText(personal ? ANONYMOUS : ORGANIZATION);
        check(request, type, scope);
        synchronized (drive) {
            Item item = locator.find(address);
            String key = type + " " + scope;
            boolean isNew = !item.links.containsKey(key);
            if (isNew) {
                drive.share(item, key, Ids.token(34));
            }
            return Response.json(isNew ? 201 : 200, permission(item, type, scope, request));
        }
    }

    private void check(JsonNode request, String type, String scope) {
        boolean personal = settings.accountType.isPersonal();
        if (!type.equals("view") && !type.equals("edit") && !(type.equals(EMBED) && personal)) {
            throw GraphErrorResponse.invalidRequest("'" + type + "' is not a type of link here.");
        }
        if (!scope.equals(ANONYMOUS) && !(scope.equals(ORGANIZATION) && !personal)) {
            throw GraphErrorResponse.invalidRequest("'" + scope + "' is not a scope of links here.");
        }
        if (scope.equals(ANONYMOUS) && settings.anonymousLinksForbidden) {
            throw GraphErrorResponse.invalidRequest("Your administrator has disabled sharing links that anyone can use.");
        }
        if (request.hasNonNull("password") && !personal) {
            throw GraphErrorResponse.invalidRequest("A link of this drive cannot have a password.");
        }
        Instant expiration = UploadApi.time(request, "expirationDateTime");
        if (expiration != null && !expiration.isAfter(settings.clock.instant())) {
            throw GraphErrorResponse.invalidRequest("expirationDateTime is in the past.");
        }
    }

    private ObjectNode permission(Item item, String type, String scope, JsonNode request) {
        String id = item.links.get(type + " " + scope);
        ObjectNode permission = WireJson.object().put("id", id.substring(0, 16));
        permission.putArray("roles").add(type.equals("edit") ? "write" : "read");
        ObjectNode link = permission.putObject("link").put("type", type).put("scope", scope).put("webUrl", webUrl(item, id));
        if (type.equals(EMBED)) {
            link.put("webHtml", "<iframe src=\"https://onedrive.live.com/embed?resid=" + id + "\"></iframe>");
        }
        if (request.hasNonNull("expirationDateTime")) {
            permission.put("expirationDateTime", request.get("expirationDateTime").asText());
        }
        return permission.put("hasPassword", request.hasNonNull("password"));
    }

    private String webUrl(Item item, String id) {
        String kind = item.folder ? "f" : "u";
        return settings.accountType.isPersonal() ? "https://1drv.ms/" + kind + "/s!" + id
                : "https://fabrikam-my.sharepoint.com/:" + kind + ":/g/personal/ada/" + id;
    }
}
