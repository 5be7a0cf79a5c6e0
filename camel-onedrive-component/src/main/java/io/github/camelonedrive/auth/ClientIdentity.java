package io.github.camelonedrive.auth;

import java.util.Optional;

import io.github.camelonedrive.credentials.Cloud;
import io.github.camelonedrive.credentials.Destination;
import io.github.camelonedrive.credentials.Secret;

/**
 * As whom to sign in, and where.
 *
 * @param label        the destination's name, for messages
 * @param clientSecret absent for a public client, which must send none ({@code graph-contract.md} statement 92)
 */
record ClientIdentity(String label, Secret clientId, Optional<Secret> clientSecret, String tenant, Cloud cloud) {

    static ClientIdentity of(Destination destination) {
        return new ClientIdentity(destination.name(), destination.clientId(), destination.clientSecret(),
                destination.tenant(), destination.cloud());
    }
}
