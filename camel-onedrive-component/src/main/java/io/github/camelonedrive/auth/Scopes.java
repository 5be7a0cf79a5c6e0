package io.github.camelonedrive.auth;

import java.util.Set;

import com.nimbusds.oauth2.sdk.Scope;

import io.github.camelonedrive.credentials.Cloud;

/** Which permissions to ask for: of a person as configured, as an application always all that were granted. */
final class Scopes {

    static final String OFFLINE_ACCESS = "offline_access";

    /** These belong to no resource (OpenID Connect Core §5.4, §11). */
    private static final Set<String> WITHOUT_RESOURCE = Set.of(OFFLINE_ACCESS, "openid", "profile", "email");

    private Scopes() {
    }

    /**
     * For signing in as a person. A bare name such as {@code Files.ReadWrite.All} means Microsoft Graph of the global cloud to
     * the service, so other clouds need their own Graph named ({@code graph-contract.md} §7.1). {@code offline_access}
     * is always there: without it there is no refresh token (statement 84).
     */
    static Scope delegated(String configured, Cloud cloud) {
        Scope scope = new Scope();
        for (Scope.Value value : Scope.parse(configured)) {
            scope.add(qualified(value.getValue(), cloud));
        }
        scope.add(OFFLINE_ACCESS);
        return scope;
    }

    /** Whether refresh tokens were asked for, or had to be added. */
    static boolean hasOfflineAccess(String configured) {
        return Scope.parse(configured).contains(OFFLINE_ACCESS);
    }

    /** For signing in as an application: everything that an administrator has granted it (statement 82). */
    static Scope application(Cloud cloud) {
        return new Scope(cloud.graphResource() + "/.default");
    }

    private static String qualified(String name, Cloud cloud) {
        return cloud == Cloud.GLOBAL || name.contains("/") || WITHOUT_RESOURCE.contains(name)
                ? name : cloud.graphResource() + "/" + name;
    }
}
