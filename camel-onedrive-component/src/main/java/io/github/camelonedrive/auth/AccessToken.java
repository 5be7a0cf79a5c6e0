package io.github.camelonedrive.auth;

import java.time.Instant;

import io.github.camelonedrive.credentials.Secret;

/**
 * An access token, opaque ({@code graph-contract.md} statement 89), kept in memory only.
 *
 * @param value   goes into {@code Authorization: Bearer} of Graph calls and nowhere else
 * @param expires when the service stops accepting it
 */
public record AccessToken(Secret value, Instant expires) {
}
