package io.github.camelonedrive.auth;

import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelonedrive.credentials.Redactor;
import io.github.camelonedrive.credentials.Secret;

/**
 * The newest refresh token of credentials that were given as options: in memory, and in a {@link RefreshTokenStore} where there
 * is one. Not safe for use by many threads, except for {@link #addDestination}.
 */
final class RefreshTokens {

    private static final Logger LOG = LoggerFactory.getLogger(InlineTokenProvider.class);

    // Endpoints and contexts come and go; one warning for each configured token is enough.
    private static final Set<String> WARNED = ConcurrentHashMap.newKeySet();

    private final InlineCredentials credentials;
    private final Optional<RefreshTokenStore> store;
    private final String origin;
    private final Set<String> destinations = new CopyOnWriteArraySet<>();
    private final Set<String> unsaved = new CopyOnWriteArraySet<>();

    private Optional<Secret> newest;
    private final Set<Secret> refused = new HashSet<>();

    RefreshTokens(InlineCredentials credentials, Optional<RefreshTokenStore> store) {
        this.credentials = credentials;
        this.store = store;
        this.origin = StoredRefreshToken.originOf(credentials);
        this.newest = credentials.refreshToken();
        destinations.add(credentials.label());
    }

    /** Another destination whose endpoints use these credentials. Its token is stored too, whichever comes first next time. */
    void addDestination(String destination) {
        if (store.isPresent() && destinations.add(destination)) {
            unsaved.add(destination);
        }
    }

    /** The token to use now; empty where somebody has to sign in. Another process may have stored a newer one. */
    Optional<Secret> current() {
        newest = load().or(() -> newest);
        saveUnsaved();
        return newest;
    }

    /** Microsoft has given a token: it counts from now on, and is stored before anything is done with it. */
    void keep(Secret token) {
        newest = Optional.of(token);
        unsaved.addAll(destinations);
        saveUnsaved();
        if (store.isEmpty()) {
            warnOnce();
        }
    }

    /** Microsoft takes the token no more. */
    void refuse(Secret token) {
        refused.add(token);
        if (credentials.grant() != GrantType.refresh_token && newest.equals(Optional.of(token))) {
            newest = Optional.empty();
        }
    }

    boolean isStored() {
        return store.isPresent() && unsaved.isEmpty();
    }

    private boolean isRotated() {
        return newest.isPresent() && !newest.equals(credentials.refreshToken());
    }

    private Optional<Secret> load() {
        if (store.isEmpty()) {
            return Optional.empty();
        }
        boolean rotated = isRotated();
        for (String destination : destinations) {
            if (rotated && unsaved.contains(destination)) {
                // What is stored is older.
                continue;
            }
            try {
                Optional<Secret> stored = store.get().load(destination).filter(token -> token.origin().equals(origin))
                        .map(StoredRefreshToken::refreshToken).filter(token -> !refused.contains(token));
                if (stored.isPresent()) {
                    return stored;
                }
            } catch (IOException | RuntimeException e) {
                LOG.warn("Cannot load the refresh token of '{}' from the refreshTokenStore: {}. The {} one is used.",
                        destination, reason(e), rotated ? "last" : "configured");
            }
        }
        return Optional.empty();
    }

    private void saveUnsaved() {
        if (store.isEmpty() || !isRotated()) {
            return;
        }
        for (String destination : unsaved) {
            try {
                store.get().store(destination, new StoredRefreshToken(newest.get(), origin));
                unsaved.remove(destination);
            } catch (IOException | RuntimeException e) {
                LOG.warn("Cannot store the new refresh token of '{}' in the refreshTokenStore: {}. It is kept in memory and "
                        + "stored with its next use; after a restart before that, the one before is used and may have expired.",
                        destination, reason(e));
            }
        }
    }

    private void warnOnce() {
        if (credentials.grant() == GrantType.refresh_token && WARNED.add(origin)) {
            LOG.warn("Microsoft has replaced the refresh token of '{}'. The new one is kept in memory only: after a restart,"
                    + " the configured one is used again and may have expired. A refreshTokenStore or a vault keeps the new "
                    + "one.",
                    credentials.label());
        }
    }

    private static String reason(Exception e) {
        return Redactor.redact(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
    }
}
