package io.github.camelonedrive.simulator.internal.graph;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.camelonedrive.simulator.AccountType;
import io.github.camelonedrive.simulator.internal.drive.ConflictRule;
import io.github.camelonedrive.simulator.internal.drive.DriveTree;
import io.github.camelonedrive.simulator.internal.drive.Ids;
import io.github.camelonedrive.simulator.internal.http.Call;
import io.github.camelonedrive.simulator.internal.http.IssuedSecrets;
import io.github.camelonedrive.simulator.internal.http.WireJson;

/** The forms of upload URLs, with characters that break when a client re-encodes them. */
public final class UploadUrls {
    private static final String PREFIX = "/upload-host/";
    private static final Pattern LEGACY_GUID = Pattern.compile(PREFIX + "rup/[^/]+/[^/]+/4m([0-9a-f-]{36}).*");

    private final AccountType accountType;
    private final Ids ids;
    private final IssuedSecrets secrets;

    public UploadUrls(AccountType accountType, Ids ids, IssuedSecrets secrets) {
        this.secrets = secrets;
        this.accountType = accountType;
        this.ids = ids;
    }

    public static boolean isUploadPath(String rawPath) {
        return rawPath.startsWith(PREFIX);
    }

    /** Path and query of a new upload URL. */
    String create(String guid, DriveTree.Target target, ConflictRule conflict) {
        String url = PREFIX + switch (accountType) {
            case PERSONAL_LEGACY -> legacy(guid, target);
            case PERSONAL -> "personal/" + ids.driveId() + "/_api/v2.0/drive/items/" + today(guid, conflict);
            case BUSINESS, DOCUMENT_LIBRARY ->
                "personal/ada/_api/v2.0/drives/" + ids.driveId() + "/items/" + today(guid, conflict);
        };
        secrets.add("upload URL", url);
        return url;
    }

    private String today(String guid, ConflictRule conflict) {
        return ids.itemId(guid) + "/uploadSession?guid='" + guid + "'"
                + "&overwrite=" + (conflict == ConflictRule.REPLACE ? "True" : "False")
                + "&rename=" + (conflict == ConflictRule.RENAME ? "True" : "False")
                + "&dc=0&tempauth=v1." + Ids.token(40) + "%2B" + Ids.token(10) + "%2F%3D";
    }

    /** Where the file goes is in the path, as JSON in base64, and so is the ticket; there is no query. */
    private String legacy(String guid, DriveTree.Target target) {
        String resource = WireJson.object()
                .put("ResourceID", target.parent().id)
                .put("RelationshipName", target.name()).toString();
        return "rup/" + ids.driveId() + "/"
                + Base64.getUrlEncoder().withoutPadding().encodeToString(resource.getBytes(StandardCharsets.UTF_8))
                + "/4m" + guid + "!" + Ids.token(40) + "%2B'" + Ids.token(10);
    }

    /** The session that a request's URL names, whatever the rest of it looks like; empty when it names none. */
    String guid(Call call) {
        Matcher legacy = LEGACY_GUID.matcher(call.rawPath());
        return legacy.matches() ? legacy.group(1) : call.query().getOrDefault("guid", "").replace("'", "");
    }
}
