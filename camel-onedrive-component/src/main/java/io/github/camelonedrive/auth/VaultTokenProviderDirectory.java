package io.github.camelonedrive.auth;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.credentials.Destination;
import io.github.camelonedrive.credentials.JournalSealer;
import io.github.camelonedrive.credentials.Vault;
import io.github.camelonedrive.credentials.VaultEntry;

/**
 * The destinations of a vault. Each has one provider for all who ask, until a person changes the destination or signs in
 * anew: from then on another one, so that no token of the old sign-in is used.
 */
public final class VaultTokenProviderDirectory implements TokenProviderDirectory {

    private final ReentrantLock lock = new ReentrantLock();
    private final Vault vault;
    private final LoginClient login;
    private final Map<Use, Known> providers = new ConcurrentHashMap<>();
    private Optional<JournalSealer> sealer = Optional.empty();

    /** Touches neither vault nor network yet. */
    public VaultTokenProviderDirectory(Vault vault, LoginClient login) {
        this.vault = vault;
        this.login = login;
    }

    @Override
    public TokenProvider tokenProvider(String destination) throws OneDriveException {
        return tokenProvider(destination, login);
    }

    @Override
    public TokenProvider tokenProvider(String destination, LoginClient through) throws OneDriveException {
        VaultEntry entry = vault.entry(destination);
        return providers.compute(new Use(destination, through), (use, known) -> known != null && known.id.equals(entry.id())
                ? known
                : new Known(entry.id(), new VaultTokenProvider(vault, destination, through))).provider;
    }

    @Override
    public Destination destination(String destination) throws OneDriveException {
        return vault.destination(destination);
    }

    @Override
    public Set<String> names() throws OneDriveException {
        return new LinkedHashSet<>(vault.names());
    }

    @Override
    public Optional<JournalSealer> journalSealer() throws OneDriveException {
        lock.lock();
        try {
            if (sealer.isEmpty()) {
                sealer = Optional.of(vault.journalSealer());
            }
            return sealer;
        } finally {
            lock.unlock();
        }
    }

    /** Names only; reads the vault's file at most, and never fails. */
    @Override
    public String toString() {
        try {
            return "TokenProviders" + vault.names();
        } catch (OneDriveException e) {
            return "TokenProviders(vault not readable)";
        }
    }

    private record Use(String destination, LoginClient login) {
    }

    private record Known(String id, TokenProvider provider) {
    }
}
