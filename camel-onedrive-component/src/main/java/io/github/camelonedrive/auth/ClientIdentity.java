package io.github.camelonedrive.auth;

import java.util.Optional;

import io.github.camelonedrive.credentials.ClientCredential;
import io.github.camelonedrive.credentials.Cloud;
import io.github.camelonedrive.credentials.Destination;
import io.github.camelonedrive.credentials.Permission;
import io.github.camelonedrive.credentials.Secret;

/**
 * As whom to sign in, and where.
 *
 * @param label      the destination's name, for messages
 * @param credential how the app registration proves itself
 * @param permission what a person is asked for, unless other scopes are configured
 * @param granted    the scopes of the grant that is used; empty if there is none, or they are not known
 */
record ClientIdentity(String label, Secret clientId, ClientCredential credential, String tenant, Cloud cloud,
        Permission permission, Optional<String> granted) {

    ClientIdentity(String label, Secret clientId, ClientCredential credential, String tenant, Cloud cloud) {
        this(label, clientId, credential, tenant, cloud, Permission.ALL, Optional.empty());
    }

    /** For using the grant that the destination has. */
    static ClientIdentity of(Destination destination) {
        return new ClientIdentity(destination.name(), destination.clientId(), destination.credential(),
                destination.tenant(), destination.cloud(), destination.permission(),
                destination.grant().map(grant -> String.join(" ", grant.scopes())));
    }

    /** For a new sign-in, which asks for what the destination's permission says. */
    static ClientIdentity toSignIn(Destination destination) {
        return new ClientIdentity(destination.name(), destination.clientId(), destination.credential(),
                destination.tenant(), destination.cloud(), destination.permission(), Optional.empty());
    }
}
