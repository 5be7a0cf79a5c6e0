package io.github.camelonedrive.auth;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.auth.LoginUnavailableException.Detail;
import io.github.camelonedrive.transport.TimeSource;

/**
 * Keeps one access token in memory and gets a new one before it expires, once for all callers that wait for it
 * ({@code graph-contract.md} statement 88). Success and failure are shared by those who wait; only a caller that was
 * interrupted keeps its failure to itself. Claims that a challenge demands are never lost on the way: only a token that was
 * asked for with them answers it (statement 69).
 */
final class TokenCache implements TokenProvider {

    /** How long before its end a token is replaced; half its life where that is shorter. */
    static final Duration MARGIN = Duration.ofMinutes(5);

    /** How long a refusal is passed on without asking again: a route that keeps trying must not hammer the service. */
    static final Duration REFUSAL_HOLDS = Duration.ofMinutes(1);

    private final Refresh refresh;
    private final TimeSource time;

    private Cached current;
    private Refusal refusal;
    private Flight underWay;

    TokenCache(Refresh refresh, TimeSource time) {
        this.refresh = refresh;
        this.time = time;
    }

    @Override
    public AccessToken accessToken() throws OneDriveException {
        return get(this::isFresh, Optional.empty());
    }

    @Override
    public AccessToken replace(AccessToken refused) throws OneDriveException {
        return get(cached -> isFresh(cached) && !cached.token.equals(refused), Optional.empty());
    }

    @Override
    public AccessToken replace(AccessToken refused, String claims) throws OneDriveException {
        Optional<String> demanded = Optional.of(claims);
        return get(cached -> isFresh(cached) && !cached.token.equals(refused) && cached.claims.equals(demanded), demanded);
    }

    /** By both clocks: the wall clock may have been set, and the other one stands while the machine sleeps. */
    private boolean isFresh(Cached cached) {
        return time.nanoTime() - cached.replaceFrom < 0 && time.now().isBefore(cached.token.expires());
    }

    private AccessToken get(Predicate<Cached> usable, Optional<String> claims) throws OneDriveException {
        while (true) {
            Flight awaited;
            synchronized (this) {
                if (current != null && usable.test(current)) {
                    return current.token;
                }
                if (refusal != null && time.nanoTime() - refusal.holdsUntil < 0) {
                    throw refusal.failure;
                }
                awaited = underWay;
                if (awaited == null) {
                    underWay = new Flight(claims, new CompletableFuture<>());
                }
            }
            if (awaited == null) {
                return refreshForAll(claims);
            }
            try {
                Cached landed = awaited.result.get();
                if (awaited.serves(claims)) {
                    return landed.token;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw LoginRetry.interrupted(e);
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof Abandoned)) {
                    throw shared(e.getCause());
                }
            }
        }
    }

    private AccessToken refreshForAll(Optional<String> claims) throws OneDriveException {
        try {
            long asked = time.nanoTime();
            Instant askedAt = time.now();
            AccessToken token = refresh.run(claims);
            Duration lifetime = Duration.between(askedAt, token.expires());
            Cached fresh = new Cached(token, asked + lifetime.minus(margin(lifetime)).toNanos(), claims);
            land(fresh, null).complete(fresh);
            return token;
        } catch (IOException | RuntimeException | Error e) {
            boolean interrupted = Thread.currentThread().isInterrupted();
            land(null, refusal(e)).completeExceptionally(interrupted ? new Abandoned() : e);
            throw shared(e);
        }
    }

    private synchronized CompletableFuture<Cached> land(Cached fresh, Refusal refused) {
        CompletableFuture<Cached> landed = underWay.result;
        underWay = null;
        refusal = refused;
        if (fresh != null) {
            current = fresh;
        }
        return landed;
    }

    /** Only what the service itself refused is remembered; a missing refresh token costs nothing to look for again. */
    private Refusal refusal(Throwable failure) {
        return failure instanceof AuthenticationException refused && refused.error().isPresent()
                ? new Refusal(refused, time.nanoTime() + REFUSAL_HOLDS.toNanos())
                : null;
    }

    private static Duration margin(Duration lifetime) {
        Duration half = lifetime.dividedBy(2);
        return half.compareTo(MARGIN) < 0 ? half : MARGIN;
    }

    private static OneDriveException shared(Throwable failure) {
        if (failure instanceof OneDriveException known) {
            return known;
        }
        if (failure instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (failure instanceof Error error) {
            throw error;
        }
        return new LoginUnavailableException("The sign-in could not be completed (" + failure.getMessage() + ").", "",
                Detail.FINAL, failure);
    }

    /** Gets a new access token, and stores the refresh token that came with it. */
    @FunctionalInterface
    interface Refresh {

        /** @param claims what a claims challenge demands, for this call only */
        AccessToken run(Optional<String> claims) throws IOException;
    }

    /** @param replaceFrom by the time that only goes forward; @param claims what it was asked for with */
    private record Cached(AccessToken token, long replaceFrom, Optional<String> claims) {
    }

    private record Flight(Optional<String> claims, CompletableFuture<Cached> result) {

        boolean serves(Optional<String> demanded) {
            return demanded.isEmpty() || demanded.equals(claims);
        }
    }

    private record Refusal(AuthenticationException failure, long holdsUntil) {
    }

    /** Whoever was refreshing for all was interrupted: another one has to. */
    private static final class Abandoned extends Exception {

        private static final long serialVersionUID = 1L;
    }
}
