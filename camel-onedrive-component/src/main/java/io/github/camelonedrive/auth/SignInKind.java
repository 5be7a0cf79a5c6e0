package io.github.camelonedrive.auth;

import java.util.Locale;
import java.util.Set;

import io.github.camelonedrive.credentials.ClientCredential;
import io.github.camelonedrive.credentials.Destination;
import io.github.camelonedrive.credentials.DriveSelector;

/** How a destination signs in, which follows from what is known of it. */
public enum SignInKind {

    /** As the person who signed in once: a refresh token is there. */
    DELEGATED,

    /**
     * As the application itself: no refresh token, but a secret, certificate or federated token, a certain tenant, and a drive
     * that is not "the signed-in person's", because there is none.
     */
    APPLICATION,

    /** Neither: a person has to sign in first. */
    NOT_AUTHORIZED;

    private static final Set<String> NO_CERTAIN_TENANT = Set.of("common", "organizations", "consumers");

    /** Microsoft's own tenant of all personal accounts ({@code graph-contract.md} §7.1). */
    private static final String PERSONAL_TENANT = "9188040d-6c67-4c5b-b112-36a304b66dad";

    /** How this destination signs in. */
    public static SignInKind of(Destination destination) {
        if (destination.refreshToken().isPresent()) {
            return DELEGATED;
        }
        return canBeApplication(destination.credential(), destination.tenant(), destination.drive())
                ? APPLICATION : NOT_AUTHORIZED;
    }

    /** Whether these can sign in as an application ({@code graph-contract.md} statement 82). */
    public static boolean canBeApplication(ClientCredential credential, String tenant, DriveSelector drive) {
        return !(credential instanceof ClientCredential.None) && isCertain(tenant) && drive.kind() != DriveSelector.Kind.ME;
    }

    /** Whether it names one tenant, which signing in as an application takes. */
    public static boolean isCertain(String tenant) {
        return !NO_CERTAIN_TENANT.contains(tenant.toLowerCase(Locale.ROOT)) && !isPersonal(tenant);
    }

    /** Whether only personal accounts live there. */
    static boolean isPersonal(String tenant) {
        return tenant.equalsIgnoreCase("consumers") || tenant.equalsIgnoreCase(PERSONAL_TENANT);
    }
}
