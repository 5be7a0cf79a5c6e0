package io.github.camelonedrive.simulator.internal.graph;

import java.time.Duration;

import io.github.camelonedrive.simulator.AccountType;

/**
 * How long an upload session lives (`graph-contract.md` §3.6).
 *
 * @param idle how far ahead each accepted fragment pushes the expiry
 * @param url how long the upload URL's own token is good, whatever happens
 */
public record SessionLifetime(Duration idle, Duration url) {
    private static final SessionLifetime TODAY = new SessionLifetime(Duration.ofMinutes(15), Duration.ofHours(24));
    private static final SessionLifetime LEGACY = new SessionLifetime(Duration.ofDays(7), Duration.ofDays(7));

    public static SessionLifetime of(AccountType accountType) {
        return accountType == AccountType.PERSONAL_LEGACY ? LEGACY : TODAY;
    }
}
