package io.github.camelonedrive.credentials;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/** How an app registration proves to Microsoft that it is itself ({@code graph-contract.md} §7.3). */
public sealed interface ClientCredential {

    /** A public client has nothing to prove itself with and must send nothing (statement 92). */
    ClientCredential NONE = new None();

    /** Nothing, for public clients. */
    record None() implements ClientCredential {
    }

    /**
     * A client secret.
     *
     * @param value the secret's value, not its ID
     */
    record ClientSecret(Secret value) implements ClientCredential {

        public ClientSecret {
            Objects.requireNonNull(value);
            if (value.reveal().isBlank()) {
                throw new IllegalArgumentException("The client secret is empty.");
            }
        }
    }

    /** A certificate whose public part is uploaded in the app registration (statement 90). */
    record Certificate(ClientCertificate certificate) implements ClientCredential {

        public Certificate {
            Objects.requireNonNull(certificate);
        }
    }

    /**
     * A token of another identity provider that the app registration trusts (workload identity federation).
     *
     * @param file read anew for each request, because whoever issues such tokens replaces it (statement 91)
     */
    record FederatedToken(Path file) implements ClientCredential {

        public FederatedToken {
            Objects.requireNonNull(file);
        }
    }

    /** A client secret if there is one, else that of a public client. */
    static ClientCredential ofSecret(Optional<Secret> secret) {
        return secret.<ClientCredential>map(ClientSecret::new).orElse(NONE);
    }

    /** The client secret, if that is what it is. */
    default Optional<Secret> secret() {
        return this instanceof ClientSecret secret ? Optional.of(secret.value()) : Optional.empty();
    }
}
