package io.github.camelonedrive.component;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.camel.CamelContext;

import io.github.camelonedrive.auth.TokenProviderDirectory;
import io.github.camelonedrive.credentials.Destination;
import io.github.camelonedrive.credentials.Vault;

/**
 * The vaults that a Camel context's routes sign in from: those of the credential processors in its registry, and of those that
 * have handled an exchange.
 */
final class KnownVaults {

    private final Set<EncryptedCredentialProcessor> seen = ConcurrentHashMap.newKeySet();

    void add(EncryptedCredentialProcessor processor) {
        seen.add(processor);
    }

    void clear() {
        seen.clear();
    }

    /**
     * All destinations as the vaults have them now.
     *
     * @throws IOException when one of the vaults can't be opened or read
     */
    List<Destination> destinations(CamelContext context) throws IOException {
        List<Destination> destinations = new ArrayList<>();
        for (EncryptedCredentialProcessor processor : processors(context)) {
            Optional<Vault> vault = processor.vaultIfInUse();
            if (vault.isPresent()) {
                destinations.addAll(vault.get().destinations());
            }
        }
        return destinations.stream().distinct().toList();
    }

    private Set<EncryptedCredentialProcessor> processors(CamelContext context) {
        Set<EncryptedCredentialProcessor> all = ConcurrentHashMap.newKeySet();
        all.addAll(seen);
        all.addAll(context.getRegistry().findByType(EncryptedCredentialProcessor.class));
        return all;
    }

    /**
     * What would be on an exchange to this destination, for those who ask without one; empty when no vault has it.
     *
     * @throws IOException when one of the vaults can't be opened or read
     */
    Optional<TokenProviderDirectory> directoryOf(CamelContext context, String destination) throws IOException {
        for (EncryptedCredentialProcessor processor : processors(context)) {
            Optional<Vault> vault = processor.vaultIfInUse();
            if (vault.isPresent() && vault.get().names().contains(destination)) {
                return Optional.of(processor.directory(context));
            }
        }
        return Optional.empty();
    }
}
