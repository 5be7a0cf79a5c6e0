package io.github.camelonedrive.simulator.internal.graph;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.camelonedrive.simulator.internal.http.Call;
import io.github.camelonedrive.simulator.internal.http.GraphErrorResponse;
import io.github.camelonedrive.simulator.internal.identity.IssuedAccessToken;

/** Which permissions a call on Graph needs. */
final class Permissions {
    private static final Set<String> READ_OWN = Set.of("files.read", "files.readwrite");
    private static final Set<String> READ_ANY = Set.of("files.read.all", "sites.read.all");
    private static final Set<String> WRITE_OWN = Set.of("files.readwrite");
    private static final Set<String> WRITE_ANY =
            Set.of("files.readwrite.all", "sites.readwrite.all", "sites.manage.all", "sites.fullcontrol.all");
    private static final String APP_FOLDER = "files.readwrite.appfolder";

    private Permissions() {
    }

    /** @throws GraphErrorResponse 403 if the token lacks what the call needs */
    static void check(Call call, IssuedAccessToken token) {
        Set<String> scopes = token.scopes().stream().map(scope -> scope.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
        switch (call.step()) {
            case USER -> {
                if (scopes.stream().noneMatch(scope -> scope.startsWith("user.read"))) {
                    throw new GraphErrorResponse(403, "Authorization_RequestDenied",
                            "Insufficient privileges to complete the operation.");
                }
            }
            case OTHER -> { }
            case DRIVE, ITEM_LOOKUP, CHILDREN, DELTA, SEARCH, VERSIONS, DOWNLOAD ->
                require(mayWrite(call, scopes) || mayRead(call, scopes));
            default -> require(mayWrite(call, scopes));
        }
    }

    private static void require(boolean allowed) {
        if (!allowed) {
            throw new GraphErrorResponse(403, "accessDenied", "Access denied");
        }
    }

    private static boolean mayRead(Call call, Set<String> scopes) {
        return hasAny(scopes, READ_ANY) || isOwnDrive(call) && hasAny(scopes, READ_OWN);
    }

    private static boolean mayWrite(Call call, Set<String> scopes) {
        boolean appFolder = call.rawPath().contains("/special/approot") && scopes.contains(APP_FOLDER);
        return appFolder || hasAny(scopes, WRITE_ANY) || isOwnDrive(call) && hasAny(scopes, WRITE_OWN);
    }

    private static boolean hasAny(Set<String> scopes, Set<String> wanted) {
        return scopes.stream().anyMatch(wanted::contains);
    }

    /** What belongs to a site or group is not the signed-in user's own. */
    private static boolean isOwnDrive(Call call) {
        return !call.rawPath().matches(Call.GRAPH_PREFIX + "/(sites|groups)/.*");
    }
}
