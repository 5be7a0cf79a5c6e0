package io.github.camelonedrive.auth;

import java.util.Objects;
import java.util.Optional;

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
 * @param grant        how to get tokens
 * @param refreshToken to start with; present exactly with {@link GrantType#refresh_token}
 * @param tenant       {@code common}, {@code organizations}, {@code consumers}, a tenant id or a domain
 * @param cloud        decides the sign-in host unless the settings name one
 */
public record InlineCredentials(
        String label, Secret clientId, ClientCredential credential, GrantType grant, Optional<Secret> refreshToken,
        String tenant, Cloud cloud) {

    /** @throws IllegalArgumentException saying what does not fit together */
    public InlineCredentials {
        Objects.requireNonNull(label);
        Objects.requireNonNull(clientId);
        Objects.requireNonNull(credential);
        Objects.requireNonNull(grant);
        Objects.requireNonNull(refreshToken);
        Destination.requireTenant(tenant);
        Objects.requireNonNull(cloud);
        requireThatItFits(credential, grant, refreshToken, tenant, cloud);
    }

    /** Credentials of somebody who signed in before. */
    public InlineCredentials(
            String label, Secret clientId, ClientCredential credential, Secret refreshToken, String tenant, Cloud cloud) {
        this(label, clientId, credential, GrantType.refresh_token, Optional.of(refreshToken), tenant, cloud);
    }

    private static void requireThatItFits(ClientCredential credential, GrantType grant, Optional<Secret> refreshToken,
                                          String tenant, Cloud cloud) {
        boolean publicClient = credential instanceof ClientCredential.None;
        if (refreshToken.isPresent() != (grant == GrantType.refresh_token)) {
            throw new IllegalArgumentException(refreshToken.isPresent()
                    ? "A refreshToken is for grantType=refresh_token. Leave it out, or leave grantType out."
                    : "grantType=refresh_token needs a refreshToken.");
        }
        if (grant == GrantType.client_credentials && (publicClient || !SignInKind.isCertain(tenant))) {
            throw new IllegalArgumentException("grantType=client_credentials needs a "
                    + (publicClient ? "clientSecret, clientCertificate or federatedTokenFile."
                            : "certain tenantId, which '" + tenant + "' is not: set the 'Directory (tenant) ID' of the app"
                                    + " registration."));
        }
        if (grant == GrantType.device_code && !publicClient) {
            throw new IllegalArgumentException("grantType=device_code is for public clients: Microsoft refuses it with a"
                    + " clientSecret, clientCertificate or federatedTokenFile (AADSTS7000218). Leave it out, and set 'Allow"
                    + " public client flows' to 'Yes' under 'Authentication' of the app registration.");
        }
        if (cloud != Cloud.GLOBAL && SignInKind.isPersonal(tenant)) {
            throw new IllegalArgumentException("Personal accounts (tenantId '" + tenant + "') live in the global cloud only,"
                    + " not in '" + cloud + "'. Set cloud=global, or the tenantId of a work account.");
        }
    }

    ClientIdentity identity() {
        return new ClientIdentity(label, clientId, credential, tenant, cloud);
    }
}
