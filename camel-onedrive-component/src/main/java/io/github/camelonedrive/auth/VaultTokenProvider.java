package io.github.camelonedrive.auth;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.credentials.Secret;
import io.github.camelonedrive.credentials.Vault;
import io.github.camelonedrive.credentials.VaultEntry;

/**
 * Signs in for a destination in the vault: with its refresh token, or as an application where it is one ({@link SignInKind}).
 * Tokens of an application are never stored, and there is nothing to rotate. Threads share one refresh; processes that share
 * the vault refresh one after the other, each with the refresh token that the one before has stored
 * ({@code graph-contract.md} statements 85 and 87).
 */
public final class VaultTokenProvider implements TokenProvider {

    private final Vault vault;
    private final String destination;
    private final LoginClient login;
    private final LoginRetry retry;
    private final TokenCache cache;

    private Rotation unsaved;

    /** Touches neither vault nor network yet. */
    public VaultTokenProvider(Vault vault, String destination, LoginClient login) {
        this.vault = vault;
        this.destination = destination;
        this.login = login;
        this.retry = login.settings().retry();
        this.cache = new TokenCache(this::refresh, login.settings().time());
    }

    /**
     * {@inheritDoc}
     *
     * @throws AuthenticationException   when there is no refresh token, or the service refused it
     * @throws LoginUnavailableException when the service could not be asked
     */
    @Override
    public AccessToken accessToken() throws OneDriveException {
        return cache.accessToken();
    }

    @Override
    public Duration throttledFor() {
        return retry.throttledFor();
    }

    @Override
    public AccessToken replace(AccessToken refused) throws OneDriveException {
        return cache.replace(refused);
    }

    @Override
    public AccessToken replace(AccessToken refused, String claims) throws OneDriveException {
        return cache.replace(refused, claims);
    }

    private AccessToken refresh(Optional<String> claims) throws IOException {
        while (true) {
            VaultEntry entry = vault.entry(destination);
            Optional<AccessToken> token = SignInKind.of(entry.destination()) == SignInKind.APPLICATION
                    ? asApplication(entry, claims) : vault.whileLocked(destination, () -> refreshLocked(claims));
            if (token.isPresent()) {
                return token.get();
            }
        }
    }

    /** Empty when a person has changed the destination meanwhile: then this token is one of the old client. */
    private Optional<AccessToken> asApplication(VaultEntry entry, Optional<String> claims) throws IOException {
        TokenAnswer answer = login.application(ClientIdentity.of(entry.destination()), claims, retry);
        return vault.entry(destination).equals(entry) ? Optional.of(answer.accessToken()) : Optional.empty();
    }

    /** Empty when a person has changed the destination meanwhile: then this token is one of the old sign-in. */
    private Optional<AccessToken> refreshLocked(Optional<String> claims) throws IOException {
        saveWhatCouldNotBeSaved();
        VaultEntry entry = vault.entry(destination);
        Secret refreshToken = entry.destination().refreshToken()
                .orElseThrow(() -> AuthenticationException.notAuthorized(destination));
        TokenAnswer answer = login.refresh(ClientIdentity.of(entry.destination()), refreshToken, claims, retry);
        boolean stillValid = save(new Rotation(entry, answer.rotatedFrom(refreshToken), login.settings().time().now()));
        return stillValid ? Optional.of(answer.accessToken()) : Optional.empty();
    }

    /** The service may have invalidated the old refresh token, so a new one is kept until the vault has taken it. */
    private boolean save(Rotation rotation) throws IOException {
        unsaved = rotation.refreshToken.isPresent() ? rotation : null;
        boolean saved = saveUninterrupted(rotation);
        unsaved = null;
        return saved;
    }

    private boolean saveUninterrupted(Rotation rotation) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return vault.rotateRefreshToken(rotation.used, rotation.refreshToken, rotation.at);
                } catch (InterruptedIOException e) {
                    interrupted = Thread.interrupted();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void saveWhatCouldNotBeSaved() throws IOException {
        if (unsaved != null) {
            save(unsaved);
        }
    }

    @Override
    public String toString() {
        return "VaultTokenProvider(" + destination + ")";
    }

    /** @param refreshToken empty when the one that was used stays */
    private record Rotation(VaultEntry used, Optional<Secret> refreshToken, Instant at) {
    }
}
