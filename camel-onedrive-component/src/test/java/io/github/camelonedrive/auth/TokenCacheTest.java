package io.github.camelonedrive.auth;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.auth.LoginUnavailableException.Detail;
import io.github.camelonedrive.credentials.Secret;
import io.github.camelonedrive.transport.FakeTime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

@Timeout(60)
class TokenCacheTest {

    private final FakeTime clock = new FakeTime();
    private final AtomicInteger refreshes = new AtomicInteger();
    private Duration lifetime = Duration.ofMinutes(60);

    private final TokenCache cache = new TokenCache(claims -> {
        refreshes.incrementAndGet();
        return newToken();
    }, clock);

    private final List<Optional<String>> claimsPassed = Collections.synchronizedList(new ArrayList<>());

    private final TokenCache challenged = new TokenCache(claims -> {
        claimsPassed.add(claims);
        return newToken();
    }, clock);

    @Test
    @Tag("C88")
    void tokenIsKeptUntilFiveMinutesBeforeItsEnd() throws OneDriveException {
        AccessToken first = cache.accessToken();
        clock.pass(Duration.ofMinutes(55).minusSeconds(1));
        assertThat(cache.accessToken()).isSameAs(first);

        clock.pass(Duration.ofSeconds(1));

        assertThat(cache.accessToken()).isNotEqualTo(first);
        assertThat(refreshes).hasValue(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-03-01T07:00:00Z", "2025-03-01T08:00:00Z"})
    @Tag("C88")
    void accessToken_clockIsSetBack_isReplacedInTimeAllTheSame(Instant clockAfterwards) throws OneDriveException {
        AccessToken first = cache.accessToken();
        clock.setClock(clockAfterwards);
        clock.pass(Duration.ofMinutes(55).minusSeconds(1));
        assertThat(cache.accessToken()).isSameAs(first);
        clock.pass(Duration.ofSeconds(1));
        assertThat(cache.accessToken()).isNotEqualTo(first);
    }

    @Test
    @Tag("C88")
    void accessToken_endedByTheWallClockWhileTheMachineSlept_isReplaced() throws OneDriveException {
        AccessToken first = cache.accessToken();
        clock.setClock(first.expires());
        assertThat(cache.accessToken()).isNotEqualTo(first);
    }

    @Test
    void shortLivedTokenIsReplacedAfterHalfItsLife() throws OneDriveException {
        lifetime = Duration.ofSeconds(60);
        AccessToken first = cache.accessToken();
        clock.pass(Duration.ofSeconds(29));
        assertThat(cache.accessToken()).isSameAs(first);

        clock.pass(Duration.ofSeconds(1));

        assertThat(cache.accessToken()).isNotEqualTo(first);
    }

    @Test
    void refusedTokenIsReplacedOnceForAllWhoHoldIt() throws OneDriveException {
        AccessToken refused = cache.accessToken();

        AccessToken replacement = cache.replace(refused);

        assertThat(replacement).isNotEqualTo(refused);
        assertThat(cache.replace(refused)).isSameAs(replacement);
        assertThat(cache.accessToken()).isSameAs(replacement);
        assertThat(refreshes).hasValue(2);
    }

    @Test
    @Tag("C88")
    void thirtyTwoThreadsShareOneRefresh() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        TokenCache slow = new TokenCache(claims -> {
            refreshes.incrementAndGet();
            awaitLatch(release);
            return newToken();
        }, clock);
        List<Thread> waiting = new ArrayList<>();
        Set<AccessToken> tokens = Collections.synchronizedSet(new HashSet<>());
        for (int i = 0; i < 32; i++) {
            Thread thread = new Thread(() -> {
                try {
                    tokens.add(slow.accessToken());
                } catch (OneDriveException e) {
                    throw new AssertionError(e);
                }
            });
            waiting.add(thread);
            thread.start();
        }
        await().until(() -> waiting.stream().allMatch(thread -> thread.getState() == Thread.State.WAITING));

        release.countDown();
        for (Thread thread : waiting) {
            thread.join();
        }

        assertThat(tokens).hasSize(1);
        assertThat(refreshes).hasValue(1);
    }

    @Test
    void thoseWhoWaitShareAFailureInsteadOfTryingOneAfterTheOther() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        TokenCache failing = new TokenCache(claims -> {
            refreshes.incrementAndGet();
            awaitLatch(release);
            throw unavailable();
        }, clock);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Thread> waiting = Collections.synchronizedList(new ArrayList<>());
        List<Future<AccessToken>> results = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            results.add(threads.submit(() -> {
                waiting.add(Thread.currentThread());
                return failing.accessToken();
            }));
        }
        await().until(() -> waiting.size() == 8
                && List.copyOf(waiting).stream().allMatch(thread -> thread.getState() == Thread.State.WAITING));

        release.countDown();

        for (Future<AccessToken> result : results) {
            assertThatThrownBy(result::get).hasCauseInstanceOf(LoginUnavailableException.class);
        }
        assertThat(refreshes).hasValue(1);
        threads.shutdown();
    }

    @Test
    void interruptedThreadDoesNotFailTheOthers() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        TokenCache cacheOfTwo = new TokenCache(claims -> {
            if (refreshes.incrementAndGet() == 1) {
                awaitLatch(never);
                throw LoginRetry.interrupted(null);
            }
            return newToken();
        }, clock);
        AtomicReference<Throwable> first = new AtomicReference<>();
        Thread leader = new Thread(() -> {
            try {
                cacheOfTwo.accessToken();
            } catch (OneDriveException e) {
                first.set(e);
            }
        });
        leader.start();
        await().until(() -> refreshes.get() == 1);
        AtomicReference<AccessToken> second = new AtomicReference<>();
        Thread follower = new Thread(() -> {
            try {
                second.set(cacheOfTwo.accessToken());
            } catch (OneDriveException e) {
                throw new AssertionError(e);
            }
        });
        follower.start();
        await().until(() -> follower.getState() == Thread.State.WAITING);

        leader.interrupt();
        leader.join();
        follower.join();

        assertThat(first.get()).isInstanceOf(LoginUnavailableException.class);
        assertThat(second.get()).isNotNull();
    }

    @Test
    void refusalIsPassedOnForAMinuteWithoutAskingAgain() throws Exception {
        TokenCache refused = new TokenCache(claims -> {
            refreshes.incrementAndGet();
            throw new AuthenticationException("offsite", new TokenError("invalid_grant", "", 70000, "", "", ""));
        }, clock);
        assertThatThrownBy(refused::accessToken).isInstanceOf(AuthenticationException.class);
        assertThatThrownBy(refused::accessToken).isInstanceOf(AuthenticationException.class);
        assertThat(refreshes).hasValue(1);

        clock.setClock(Instant.parse("2026-03-01T07:00:00Z"));
        clock.pass(TokenCache.REFUSAL_HOLDS);

        assertThatThrownBy(refused::accessToken).isInstanceOf(AuthenticationException.class);
        assertThat(refreshes).hasValue(2);
    }

    @Test
    void outageIsNotRememberedAsARefusal() throws OneDriveException {
        TokenCache flaky = new TokenCache(claims -> {
            if (refreshes.incrementAndGet() == 1) {
                throw unavailable();
            }
            return newToken();
        }, clock);
        assertThatThrownBy(flaky::accessToken).isInstanceOf(LoginUnavailableException.class);

        assertThat(flaky.accessToken()).isNotNull();
    }

    @Test
    void unexpectedFailureLeavesNobodyWaitingForever() throws OneDriveException {
        TokenCache broken = new TokenCache(claims -> {
            if (refreshes.incrementAndGet() == 1) {
                throw new IllegalStateException("unexpected");
            }
            return newToken();
        }, clock);
        assertThatThrownBy(broken::accessToken).isInstanceOf(IllegalStateException.class);

        assertThat(broken.accessToken()).isNotNull();
    }

    @Test
    void claimsOfAChallengeArePassedOnceAndNotWithLaterRefreshes() throws OneDriveException {
        AccessToken refused = challenged.accessToken();

        AccessToken answer = challenged.replace(refused, "{}");
        assertThat(challenged.replace(refused, "{}")).as("shared by all who were challenged alike").isSameAs(answer);
        assertThat(challenged.accessToken()).isSameAs(answer);
        clock.pass(lifetime);
        challenged.accessToken();

        assertThat(claimsPassed).containsExactly(Optional.empty(), Optional.of("{}"), Optional.empty());
    }

    @Test
    void aTokenThatCameMeanwhileWithoutTheClaimsIsNoAnswerToAChallenge() throws OneDriveException {
        AccessToken refused = challenged.accessToken();
        AccessToken plain = challenged.replace(refused);

        assertThat(challenged.replace(refused, "{}")).isNotEqualTo(plain);

        assertThat(claimsPassed).containsExactly(Optional.empty(), Optional.empty(), Optional.of("{}"));
    }

    @Test
    void claimsAreNotSwallowedByARefreshUnderWayWithoutThem() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        TokenCache slow = new TokenCache(claims -> {
            claimsPassed.add(claims);
            if (claims.isEmpty()) {
                awaitLatch(release);
            }
            return newToken();
        }, clock);
        ExecutorService threads = Executors.newFixedThreadPool(1);
        Future<AccessToken> plain = threads.submit(slow::accessToken);
        await().until(() -> claimsPassed.size() == 1);
        AtomicReference<AccessToken> answer = new AtomicReference<>();
        Thread challengedThread = new Thread(() -> {
            try {
                answer.set(slow.replace(newToken(), "{}"));
            } catch (OneDriveException e) {
                throw new AssertionError(e);
            }
        });
        challengedThread.start();
        await().until(() -> challengedThread.getState() == Thread.State.WAITING);

        release.countDown();
        challengedThread.join();
        threads.shutdown();

        assertThat(claimsPassed).containsExactly(Optional.empty(), Optional.of("{}"));
        assertThat(answer.get()).isNotNull().isNotEqualTo(plain.get());
    }

    private AccessToken newToken() {
        return new AccessToken(Secret.of("test-access-" + UUID.randomUUID()), clock.now().plus(lifetime));
    }

    private static LoginUnavailableException unavailable() {
        return new LoginUnavailableException("Down.", "", Detail.FINAL, null);
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
