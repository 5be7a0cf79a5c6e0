package io.github.camelonedrive.auth;

import java.util.Objects;

import io.github.camelonedrive.credentials.ClientCredential;
import io.github.camelonedrive.credentials.Cloud;
import io.github.camelonedrive.credentials.Destination;
import io.github.camelonedrive.credentials.Secret;

/**
 * Credentials given as options instead of through the vault.
 *
 * @param label        names them in messages; as a rule the endpoint's destination
 * @param clientId     the Application (client) ID of the app registration
 * @param credential   how the app registration proves itself
 * @param refreshToken to start with
 * @param tenant       {@code common}, {@code organizations}, {@code consumers}, a tenant id or a domain
 * @param cloud        decides the sign-in host unless the settings name one
 * @throws IllegalArgumentException when the tenant can't be one
 */
public record InlineCredentials(
        String label, Secret clientId, ClientCredential credential, Secret refreshToken, String tenant, Cloud cloud) {

    public InlineCredentials {
        Objects.requireNonNull(label);
        Objects.requireNonNull(clientId);
        Objects.requireNonNull(credential);
        Objects.requireNonNull(refreshToken);
        Destination.requireTenant(tenant);
        Objects.requireNonNull(cloud);
    }

    ClientIdentity identity() {
        return new ClientIdentity(label, clientId, credential, tenant, cloud);
    }
}
