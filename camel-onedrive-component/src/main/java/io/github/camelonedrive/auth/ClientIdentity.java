package io.github.camelonedrive.auth;

import io.github.camelonedrive.credentials.ClientCredential;
import io.github.camelonedrive.credentials.Cloud;
import io.github.camelonedrive.credentials.Destination;
import io.github.camelonedrive.credentials.Secret;

/**
 * As whom to sign in, and where.
 *
 * @param label      the destination's name, for messages
 * @param credential how the app registration proves itself
 */
record ClientIdentity(String label, Secret clientId, ClientCredential credential, String tenant, Cloud cloud) {

    static ClientIdentity of(Destination destination) {
        return new ClientIdentity(destination.name(), destination.clientId(), destination.credential(),
                destination.tenant(), destination.cloud());
    }
}
