package io.github.camelonedrive.auth;

import java.util.Optional;
import java.util.Set;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.credentials.Destination;
import io.github.camelonedrive.credentials.JournalSealer;

/**
 * From a destination's name to its token provider. It travels on the exchange as a property, never as a header, so that
 * nothing downstream sends it anywhere; providers, not tokens, so that a three-day upload can refresh. Its text form shows
 * names only.
 */
public interface TokenProviderDirectory {

    /** @throws OneDriveException when there is no such destination; there is no default */
    TokenProvider tokenProvider(String destination) throws OneDriveException;

    /**
     * As {@link #tokenProvider(String)}, signing in through this client: the endpoint's own sign-in address, proxy and TLS
     * settings. A directory that does not sign in itself ignores it.
     */
    default TokenProvider tokenProvider(String destination, LoginClient login) throws OneDriveException {
        return tokenProvider(destination);
    }

    /** What is known of the destination: folder, drive, cloud. */
    Destination destination(String destination) throws OneDriveException;

    /** The names it knows. */
    Set<String> names() throws OneDriveException;

    /** Seals the upload journal, the same one at each call; empty when there is no key that would outlive the process. */
    default Optional<JournalSealer> journalSealer() throws OneDriveException {
        return Optional.empty();
    }
}
