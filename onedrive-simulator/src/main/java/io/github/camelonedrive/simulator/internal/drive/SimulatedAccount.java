package io.github.camelonedrive.simulator.internal.drive;

import java.io.IOException;
import java.util.Locale;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.camelonedrive.simulator.AccountType;
import io.github.camelonedrive.simulator.internal.SimulatorSettings;
import io.github.camelonedrive.simulator.internal.http.WireJson;

/**
 * Whose account it is, the ids under which its drive is found, and the key that signs its download URLs. What the builder was
 * given counts, else the one from the state directory, else a new one.
 */
public record SimulatedAccount(String driveId, String userId, String userName, String siteId, String groupId,
        String downloadKey) {
    private static final String KEY = "account";
    private static final int DOWNLOAD_KEY_LENGTH = 32;

    /** @throws IOException if the state directory holds an account of another kind */
    public static SimulatedAccount open(SimulatorSettings settings, StateLog state) throws IOException {
        JsonNode kept = state.restored(StateLog.Kind.ACCOUNT).getOrDefault(KEY, WireJson.object());
        String type = kept.path("accountType").asText(settings.accountType.name());
        if (!type.equals(settings.accountType.name())) {
            throw new IOException("The state directory holds an account of the kind " + type + ", not "
                    + settings.accountType + ". Ask for that kind, or choose another directory.");
        }
        SimulatedAccount account = new SimulatedAccount(
                choose(settings.driveId, kept, "driveId", Ids.newDriveId(settings)),
                choose(settings.userId, kept, "userId", UUID.randomUUID().toString()),
                choose(settings.userName, kept, "userName", "Ada"),
                choose(settings.siteId, kept, "siteId",
                        "fabrikam.sharepoint.com," + UUID.randomUUID() + "," + UUID.randomUUID()),
                choose(settings.groupId, kept, "groupId", UUID.randomUUID().toString()),
                choose(null, kept, "downloadKey", Ids.token(DOWNLOAD_KEY_LENGTH)));
        state.put(StateLog.Kind.ACCOUNT, KEY, account.toJson(settings.accountType));
        return account;
    }

    /** The first that there is of: what the builder was given, what was kept, something new. */
    public static String choose(String given, JsonNode kept, String field, String fresh) {
        if (given != null) {
            return given;
        }
        return kept.hasNonNull(field) ? kept.get(field).asText() : fresh;
    }

    /** The address with which the user signs in: {@code ada.lovelace@fabrikam.example}. */
    public String userPrincipalName() {
        String local = userName.trim().toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", ".");
        return local + "@fabrikam.example";
    }

    /** Returns whether there is a drive, user, group or site with this id. */
    public boolean knows(String kind, String id) {
        return switch (kind) {
            case "drives" -> id.equalsIgnoreCase(driveId);
            case "users" -> id.equalsIgnoreCase(userId) || id.equalsIgnoreCase(userPrincipalName());
            case "groups" -> id.equalsIgnoreCase(groupId);
            case "sites" -> id.equalsIgnoreCase(siteId);
            default -> false;
        };
    }

    private ObjectNode toJson(AccountType accountType) {
        return WireJson.object().put("accountType", accountType.name()).put("driveId", driveId).put("userId", userId)
                .put("userName", userName)
                .put("siteId", siteId).put("groupId", groupId).put("downloadKey", downloadKey);
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "Account " + driveId;
    }
}
