package io.github.camelonedrive.component;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.apache.camel.CamelContext;
import org.apache.camel.support.ResourceHelper;

import io.github.camelonedrive.auth.GrantType;
import io.github.camelonedrive.auth.InlineCredentials;
import io.github.camelonedrive.auth.SignInKind;
import io.github.camelonedrive.credentials.ClientCertificate;
import io.github.camelonedrive.credentials.ClientCredential;
import io.github.camelonedrive.credentials.Cloud;
import io.github.camelonedrive.credentials.DriveSelector;
import io.github.camelonedrive.credentials.Secret;

/** Reads credentials from an endpoint's options and checks that they fit together, before anything is sent. */
final class InlineOptions {

    private InlineOptions() {
    }

    /**
     * The credentials that the options hold; empty when there are none, or not enough to sign in with.
     *
     * @throws IllegalArgumentException saying which options don't fit together
     * @throws IOException              when the certificate can't be read
     */
    static Optional<InlineCredentials> read(CamelContext context, String label, OneDriveConfiguration options, Cloud cloud,
                                            DriveSelector drive) throws IOException {
        if (options.getClientId() == null || options.getClientId().isBlank()) {
            return withoutClient(options);
        }
        ClientCredential credential = credential(context, options);
        Optional<GrantType> grant = grant(options, credential, drive);
        if (grant.isEmpty()) {
            return Optional.empty();
        }
        if (grant.get() == GrantType.client_credentials && drive.kind() == DriveSelector.Kind.ME) {
            throw new IllegalArgumentException("grantType=client_credentials signs in as the application, which has no drive"
                    + " of its own: set driveId, userId, siteId or groupId.");
        }
        Optional<Secret> refreshToken = grant.get() == GrantType.refresh_token || options.getGrantType() != null
                ? Optional.ofNullable(options.getRefreshToken()).map(Secret::of) : Optional.empty();
        return Optional.of(new InlineCredentials(label, Secret.of(options.getClientId()), credential, grant.get(), refreshToken,
                options.getTenantId(), cloud));
    }

    private static Optional<InlineCredentials> withoutClient(OneDriveConfiguration options) {
        if (options.getGrantType() != null) {
            throw new IllegalArgumentException("grantType=" + options.getGrantType() + " needs a clientId.");
        }
        return Optional.empty();
    }

    /** As said, else as it follows from what is given. */
    private static Optional<GrantType> grant(OneDriveConfiguration options, ClientCredential credential, DriveSelector drive) {
        if (options.getGrantType() != null) {
            return Optional.of(options.getGrantType());
        }
        if (options.getRefreshToken() != null) {
            return Optional.of(GrantType.refresh_token);
        }
        return SignInKind.canBeApplication(credential, options.getTenantId(), drive)
                ? Optional.of(GrantType.client_credentials) : Optional.empty();
    }

    private static ClientCredential credential(CamelContext context, OneDriveConfiguration options) throws IOException {
        List<ClientCredential> given = new ArrayList<>();
        if (options.getClientSecret() != null) {
            given.add(new ClientCredential.ClientSecret(Secret.of(options.getClientSecret())));
        }
        if (options.getClientCertificate() != null) {
            given.add(new ClientCredential.Certificate(certificate(context, options)));
        }
        if (options.getFederatedTokenFile() != null) {
            given.add(new ClientCredential.FederatedToken(Path.of(options.getFederatedTokenFile())));
        }
        if (given.size() > 1) {
            throw new IllegalArgumentException("Give only one of clientSecret, clientCertificate and federatedTokenFile.");
        }
        return given.isEmpty() ? ClientCredential.NONE : given.get(0);
    }

    private static ClientCertificate certificate(CamelContext context, OneDriveConfiguration options) throws IOException {
        try (InputStream in = ResourceHelper.resolveMandatoryResourceAsInputStream(context, options.getClientCertificate())) {
            return ClientCertificate.parse(in.readAllBytes(),
                    Optional.ofNullable(options.getClientCertificatePassword()).map(Secret::of));
        }
    }
}
