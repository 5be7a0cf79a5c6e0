package io.github.camelonedrive.auth;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.credentials.Destination;
import io.github.camelonedrive.transport.Endpoints;

/**
 * Sign-ins that were begun and wait for the browser's answer. Each has a random {@code state} and PKCE verifier of its own
 * (RFC 7636); an answer counts once, in time, and only for the sign-in that it belongs to ({@code graph-contract.md}
 * statements 93 and 94), so that nobody can slip in an answer of another account. Safe for use by many threads.
 */
public final class PendingAuthorizations {

    /** How long a sign-in may take: as long as Microsoft's code is good at most ({@code graph-contract.md} §7.2). */
    public static final Duration LIFE = Duration.ofMinutes(10);

    /** So many at most wait at a time; the oldest is forgotten. Whoever keeps starting new ones can't fill the memory. */
    static final int MOST = 100;

    private static final int STATE_BYTES = 32;

    private final LoginClient login;
    private final Map<String, Pending> byState = new LinkedHashMap<>();

    /** @param login also decides where the sign-in page is, and the clock */
    public PendingAuthorizations(LoginClient login) {
        this.login = login;
    }

    /**
     * Begins a sign-in.
     *
     * @param  redirectUri              where the browser brings the answer, exactly as the app registration knows it
     * @return                          the address of the sign-in page, to be opened in a browser; nothing in it is secret
     * @throws SignInException          when the destination's tenant and cloud don't fit
     * @throws IllegalArgumentException when the redirect address is neither https nor http on this machine
     */
    public URI begin(Destination destination, URI redirectUri) throws OneDriveException {
        return begin(ClientIdentity.toSignIn(destination), redirectUri);
    }

    URI begin(ClientIdentity client, URI redirectUri) throws OneDriveException {
        requireSafe(redirectUri);
        State state = new State(STATE_BYTES);
        CodeVerifier verifier = new CodeVerifier();
        URI address = login.authorizeAddress(client, redirectUri, state, verifier);
        synchronized (this) {
            forgetTheOld();
            byState.put(state.getValue(), new Pending(client, redirectUri, verifier, now().plus(LIFE)));
        }
        return address;
    }

    private static void requireSafe(URI redirectUri) {
        if (!Endpoints.isHttps(redirectUri) && !Endpoints.isHttpOnLoopback(redirectUri)
                || redirectUri.getRawUserInfo() != null || redirectUri.getRawFragment() != null) {
            throw new IllegalArgumentException("The redirect address is '" + redirectUri + "'. It has to be an https address"
                    + " without user name and fragment; http is possible on 127.0.0.1, ::1 and localhost only.");
        }
    }

    private void forgetTheOld() {
        byState.values().removeIf(pending -> !now().isBefore(pending.until));
        var oldest = byState.keySet().iterator();
        while (byState.size() >= MOST) {
            oldest.next();
            oldest.remove();
        }
    }

    /** Whether it is the answer to a sign-in that was begun here and is not too late. Asks nobody and changes nothing. */
    public synchronized boolean awaits(AuthorizationAnswer answer) {
        Pending pending = byState.get(answer.state());
        return pending != null && now().isBefore(pending.until) && answer.isComplete();
    }

    /**
     * Trades the answer for tokens. Whatever comes of it, the same answer is not taken again.
     *
     * @throws SignInException           when it belongs to no sign-in that waits here: then nothing was asked; or when there
     *                                   is no refresh token in the answer
     * @throws AuthenticationException   when the answer is an error, or the service refuses the code
     * @throws LoginUnavailableException when the service could not be asked
     */
    public SignedIn redeem(AuthorizationAnswer answer) throws OneDriveException {
        Pending pending = take(answer);
        String destination = pending.client.label();
        if (answer.isError()) {
            throw AuthenticationException.ofRedirect(destination, answer.parameters());
        }
        var code = answer.code().orElseThrow(() -> SignInException.notCompleted("The answer of the sign-in page for '"
                + destination + "' holds no code.", "Sign in again."));
        return SignedIn.of(destination, login.code(pending.client, code, pending.redirectUri, pending.verifier));
    }

    private synchronized Pending take(AuthorizationAnswer answer) throws SignInException {
        Pending pending = byState.remove(answer.state());
        if (pending == null || !now().isBefore(pending.until)) {
            throw SignInException.notCompleted("This answer belongs to no sign-in that was begun here, or comes twice, or too"
                    + " late.", "Start the sign-in again, and finish it within " + LIFE.toMinutes() + " minutes.");
        }
        return pending;
    }

    private Instant now() {
        return login.settings().time().now();
    }

    private record Pending(ClientIdentity client, URI redirectUri, CodeVerifier verifier, Instant until) {
    }
}
