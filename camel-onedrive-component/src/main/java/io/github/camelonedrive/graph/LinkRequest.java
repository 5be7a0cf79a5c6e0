package io.github.camelonedrive.graph;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

import io.github.camelonedrive.credentials.Secret;

/**
 * What a sharing link is to allow ({@code graph-contract.md} §6.8).
 *
 * @param scope    for whom it works; empty leaves it to the organization's rules
 * @param expiry   when it ends; empty for never, or for what the organization's rules say
 * @param password what one must know to use it; personal drives only
 */
public record LinkRequest(Type type, Optional<Scope> scope, Optional<Instant> expiry, Optional<Secret> password) {

    /** What one may do who has the link. */
    public enum Type {

        /** Look at it and download it. */
        view,

        /** Change it as well. */
        edit,

        /** Show it within a web page; personal drives only. */
        embed
    }

    /** For whom a link works. */
    public enum Scope {

        /** Whoever has it; an administrator may have forbidden that. */
        anonymous,

        /** Whoever belongs to the organization; work accounts only. */
        organization
    }

    public LinkRequest {
        Objects.requireNonNull(type);
        Objects.requireNonNull(scope);
        Objects.requireNonNull(expiry);
        Objects.requireNonNull(password);
    }
}
