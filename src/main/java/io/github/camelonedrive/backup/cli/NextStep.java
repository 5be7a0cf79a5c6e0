package io.github.camelonedrive.backup.cli;

import java.util.List;

import io.github.camelonedrive.auth.SignInKind;
import io.github.camelonedrive.credentials.ClientCredential;
import io.github.camelonedrive.credentials.Destination;
import io.github.camelonedrive.credentials.DriveSelector;

/** What a person does next with a destination, as lines to read. */
final class NextStep {

    private NextStep() {
    }

    static List<String> of(Destination destination) {
        String name = destination.name();
        if (destination.awaitsPermission()) {
            return List.of("Next: onedrive-backup authorize " + name + ". Until then it signs in with what was granted before.");
        }
        if (SignInKind.of(destination) != SignInKind.NOT_AUTHORIZED) {
            return List.of("Next: onedrive-backup destination test " + name);
        }
        boolean isPublic = destination.credential() instanceof ClientCredential.None;
        String authorize = "Next: onedrive-backup authorize " + name + (isPublic ? " (on a server without a browser: --device)"
                : "");
        if (isPublic || destination.drive().kind() == DriveSelector.Kind.ME) {
            return List.of(authorize);
        }
        return List.of(authorize, "Or, to sign in as the application itself, without a person: add it again with the tenant's "
                + "id or domain as --tenant instead of " + destination.tenant() + ".");
    }
}
