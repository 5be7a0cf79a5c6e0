package io.github.camelonedrive.simulator.internal.graph;

import java.net.URLConnection;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.camelonedrive.simulator.AccountType;
import io.github.camelonedrive.simulator.internal.SimulatorSettings;
import io.github.camelonedrive.simulator.internal.drive.DriveTree;
import io.github.camelonedrive.simulator.internal.drive.Ids;
import io.github.camelonedrive.simulator.internal.drive.Item;
import io.github.camelonedrive.simulator.internal.drive.SimulatedAccount;
import io.github.camelonedrive.simulator.internal.drive.Trace;
import io.github.camelonedrive.simulator.internal.http.Call;
import io.github.camelonedrive.simulator.internal.http.PercentCoding;
import io.github.camelonedrive.simulator.internal.http.WireJson;

/** Drive items, folders and drives as Graph writes them. Callers hold the drive's lock. */
public final class ItemJson {
    private static final String DOWNLOAD_URL = "@microsoft.graph.downloadUrl";

    private final SimulatorSettings settings;
    private final AccountType accountType;
    private final SimulatedAccount account;
    private final Ids ids;
    private final DownloadUrls downloadUrls;

    public ItemJson(SimulatorSettings settings, SimulatedAccount account, Ids ids, DownloadUrls downloadUrls) {
        this.settings = settings;
        this.accountType = settings.accountType;
        this.account = account;
        this.ids = ids;
        this.downloadUrls = downloadUrls;
    }

    /** @param call the request being handled; URLs in the item are for its sender */
    ObjectNode item(Call call, Item item) {
        ObjectNode json = WireJson.object();
        if (!item.folder) {
            json.put(DOWNLOAD_URL, call.contentUrl() + downloadUrls.targetFor(item));
        }
        json.put("createdDateTime", time(item.created));
        putTags(json, item);
        json.put("id", ids.shown(item.id))
                .put("lastModifiedDateTime", time(item.modified))
                .put("name", item.name)
                .put("webUrl", webUrl(item))
                .put("size", item.size());
        if (item.description != null) {
            json.put("description", item.description);
        }
        json.set("createdBy", user());
        json.set("lastModifiedBy", user());
        json.set("parentReference", parentReference(item));
        if (item.isRoot()) {
            json.putObject("root");
        }
        if (item.folder) {
            json.putObject("folder").put("childCount", item.children.size());
        } else {
            json.set("file", file(item));
        }
        json.putObject("fileSystemInfo")
                .put("createdDateTime", WireJson.seconds(item.fileSystemCreated))
                .put("lastModifiedDateTime", WireJson.seconds(item.fileSystemModified));
        return json;
    }

    /** As {@link #item}, without the fields that delta responses lack. */
    ObjectNode changed(Call call, Item item) {
        ObjectNode json = settings.deltaWithoutPaths ? withoutPath(call, item) : item(call, item);
        return accountType.isPersonal() ? json : json.remove(List.of("cTag", "lastModifiedBy"));
    }

    /** As {@link #item}; only the parent's id shows where the item is. */
    ObjectNode withoutPath(Call call, Item item) {
        ObjectNode json = item(call, item);
        json.withObject("/parentReference").remove("path");
        return json;
    }

    /** A version of a file, which has no hash. */
    ObjectNode version(Item file, int index) {
        Item.Version version = file.versions.get(index);
        ObjectNode json = WireJson.object()
                .put("id", versionId(index))
                .put("lastModifiedDateTime", time(version.modified()))
                .put("size", version.content().size());
        json.set("lastModifiedBy", user());
        return json;
    }

    static String versionId(int index) {
        return index + 1 + ".0";
    }

    /** The index of the version with this id; empty when no file has such a version. */
    static OptionalInt versionIndex(String id) {
        return id.matches("[1-9][0-9]{0,8}\\.0")
                ? OptionalInt.of(Integer.parseInt(id.substring(0, id.length() - 2)) - 1) : OptionalInt.empty();
    }

    /** An item that is no longer there: without its name, but with what it was, and where. */
    ObjectNode deleted(Trace trace) {
        ObjectNode json = WireJson.object().put("id", ids.shown(trace.id));
        ObjectNode reference = driveReference();
        if (trace.parentId != null) {
            reference.put("id", ids.shown(trace.parentId));
        }
        json.set("parentReference", reference);
        json.putObject(trace.folder ? "folder" : "file");
        json.putObject("deleted").put("state", "deleted");
        return json;
    }

    /** Keeps what {@code $select} names; a download URL comes only when it is named. */
    static ObjectNode select(ObjectNode json, Call call) {
        String select = call.option("select");
        if (select == null || select.isBlank()) {
            return json;
        }
        Set<String> wanted = new HashSet<>(Arrays.asList(select.trim().split("\\s*,\\s*")));
        if (wanted.contains("content.downloadUrl")) {
            wanted.add(DOWNLOAD_URL);
        }
        ObjectNode selected = WireJson.object();
        json.fields().forEachRemaining(field -> {
            if (wanted.contains(field.getKey())) {
                selected.set(field.getKey(), field.getValue());
            }
        });
        return selected;
    }

    ObjectNode drive(DriveTree drive) {
        ObjectNode json = WireJson.object()
                .put("id", ids.shownDriveId())
                .put("driveType", accountType.driveType());
        json.set("owner", user());
        long remaining = drive.remaining();
        json.putObject("quota")
                .put("deleted", 0)
                .put("remaining", remaining)
                .put("state", quotaState(remaining, drive.quota()))
                .put("total", drive.quota())
                .put("used", drive.used());
        return json;
    }

    ObjectNode signedInUser() {
        return WireJson.object().put("@odata.context", "https://graph.microsoft.com/v1.0/$metadata#users/$entity")
                .put("id", account.userId())
                .put("displayName", account.userName())
                .put("mail", account.userPrincipalName())
                .put("userPrincipalName", account.userPrincipalName());
    }

    private void putTags(ObjectNode json, Item item) {
        boolean business = !accountType.isPersonal();
        if (!(business && item.isRoot())) {
            json.put("eTag", ids.eTag(item));
        }
        if (!(business && item.folder)) {
            json.put("cTag", ids.cTag(item));
        }
    }

    private String time(Instant time) {
        return accountType.isPersonal() ? WireJson.millis(time) : WireJson.seconds(time);
    }

    private ObjectNode file(Item item) {
        ObjectNode file = WireJson.object().put("mimeType", mimeType(item.name));
        String hash = item.hashReport.show(item.content());
        if (hash != null) {
            ObjectNode hashes = file.putObject("hashes").put("quickXorHash", hash);
            if (item.content().sha1() != null) {
                hashes.put("sha1Hash", item.content().sha1());
            }
            String sha256 = item.content().streamedSha256();
            if (accountType.isPersonal() && sha256 != null) {
                hashes.put("sha256Hash", sha256.toUpperCase(Locale.ROOT));
            }
        }
        return file;
    }

    private ObjectNode parentReference(Item item) {
        ObjectNode reference = driveReference();
        if (!item.isRoot()) {
            String prefix = accountType.isPersonal() ? "/drive/root:" : "/drives/" + ids.driveId() + "/root:";
            String path = item.parent.isRoot() ? "" : encodePath(item.parent.path());
            reference.put("id", ids.shown(item.parent.id));
            if (!settings.withoutParentPaths) {
                reference.put("path", prefix + path);
            }
        }
        return reference;
    }

    private ObjectNode driveReference() {
        return WireJson.object().put("driveType", accountType.driveType()).put("driveId", ids.shownDriveId());
    }

    private ObjectNode user() {
        ObjectNode identity = WireJson.object();
        identity.putObject("user").put("email", account.userPrincipalName()).put("id", account.userId())
                .put("displayName", account.userName());
        return identity;
    }

    private String webUrl(Item item) {
        String path = item.isRoot() ? "" : encodePath(item.path());
        return accountType.isPersonal()
                ? "https://onedrive.live.com/redir?resid=" + PercentCoding.encodeSegment(item.id)
                : "https://fabrikam-my.sharepoint.com/personal/ada/Documents" + path;
    }

    private static String encodePath(String path) {
        StringBuilder encoded = new StringBuilder();
        for (String name : path.substring(1).split("/")) {
            encoded.append('/').append(PercentCoding.encodeSegment(name));
        }
        return encoded.toString();
    }

    private static String mimeType(String name) {
        String guess = URLConnection.guessContentTypeFromName(name);
        return guess == null ? "application/octet-stream" : guess;
    }

    /** Near its end at 10 %, critical at 1 %. */
    private static String quotaState(long remaining, long total) {
        if (remaining == 0) {
            return "exceeded";
        }
        if (remaining < total / 100) {
            return "critical";
        }
        return remaining < total / 10 ? "nearing" : "normal";
    }
}
