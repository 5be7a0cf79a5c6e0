package io.github.camelonedrive.auth;

import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.credentials.Secret;
import io.github.camelonedrive.transport.TimeSource;

/**
 * Signs in with credentials given as options. A new refresh token lives in a {@link RefreshTokenStore}, or in memory only and
 * is lost when the process ends. Where a person has to sign in, that happens when the first token is wanted and none is stored,
 * and again when the service takes the refresh token no more.
 */
public final class InlineTokenProvider implements TokenProvider {

    private static final Logger LOG = LoggerFactory.getLogger(InlineTokenProvider.class);

    private final InlineCredentials credentials;
    private final LoginClient login;
    private final SignInPrompt prompt;
    private final TimeSource time;
    private final LoginRetry retry;
    private final TokenCache cache;

    // Guarded by the cache, which refreshes once at a time.
    private final RefreshTokens refreshTokens;

    /**
     * Touches no network yet.
     *
     * @param prompt told what a person has to do, beside the log
     * @param store  keeps refresh tokens that are given in place of the configured one
     * @param time   measures how long a device code is waited for
     */
    public InlineTokenProvider(InlineCredentials credentials, LoginClient login, SignInPrompt prompt,
            Optional<RefreshTokenStore> store, TimeSource time) {
        this.credentials = credentials;
        this.login = login;
        this.prompt = prompt;
        this.time = time;
        this.refreshTokens = new RefreshTokens(credentials, store);
        this.retry = login.settings().retry();
        this.cache = new TokenCache(this::token, login.settings().time());
    }

    /** Touches no network yet. Whoever has to sign in reads the log. */
    public InlineTokenProvider(InlineCredentials credentials, LoginClient login) {
        this(credentials, login, invitation -> { }, Optional.empty(), TimeSource.SYSTEM);
    }

    /** Serves another destination with the same credentials. */
    public void addDestination(String destination) {
        refreshTokens.addDestination(destination);
    }

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

    private AccessToken token(Optional<String> claims) throws IOException {
        if (credentials.grant() == GrantType.client_credentials) {
            return login.application(credentials.identity(), claims, retry).accessToken();
        }
        Optional<Secret> known = refreshTokens.current();
        return known.isPresent() ? refresh(known.get(), claims) : signIn();
    }

    private AccessToken refresh(Secret known, Optional<String> claims) throws IOException {
        try {
            TokenAnswer answer = login.refresh(credentials.identity(), known, claims, retry);
            answer.rotatedFrom(known).ifPresent(refreshTokens::keep);
            return answer.accessToken();
        } catch (AuthenticationException e) {
            if (e.error().filter("invalid_grant"::equals).isEmpty()) {
                throw e;
            }
            refreshTokens.refuse(known);
            Optional<Secret> other = refreshTokens.current().filter(token -> !token.equals(known));
            if (other.isEmpty()) {
                throw e;
            }
            // Another process has stored a newer one meanwhile.
            return refresh(other.get(), claims);
        }
    }

    private AccessToken signIn() throws OneDriveException {
        SignedIn signedIn = credentials.grant() == GrantType.device_code
                ? new DeviceSignIn(login, time).signIn(credentials.identity(), this::invite)
                : signInWithBrowser();
        refreshTokens.keep(signedIn.refreshToken());
        LOG.info(refreshTokens.isStored() ? "'{}' is signed in. The refreshTokenStore keeps the refresh token."
                : "'{}' is signed in. The refresh token is kept in memory only: after a restart, somebody has to sign in again."
                        + " A refreshTokenStore or a vault keeps it.", credentials.label());
        return signedIn.accessToken();
    }

    private SignedIn signInWithBrowser() throws OneDriveException {
        try (BrowserSignIn browser = BrowserSignIn.begin(login, credentials.identity(), 0)) {
            invite(browser.invitation());
            return browser.await(BrowserSignIn.LIFE);
        }
    }

    /** A log that is always read, and whatever the user has: nothing secret ({@code graph-contract.md} statement 97). */
    private void invite(SignInInvitation invitation) {
        LOG.warn("{} Until {} at the latest.", invitation.text(), invitation.until().truncatedTo(ChronoUnit.SECONDS));
        prompt.show(invitation);
    }

    @Override
    public String toString() {
        return "InlineTokenProvider(" + credentials.label() + ")";
    }
}
