package io.github.camelonedrive.auth;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.credentials.Destination;

/**
 * Signs a person in through a browser on this machine: authorization code with PKCE, answered to a port of this machine
 * (RFC 8252 §7.3, DESIGN §5). From the start until it is closed the port is listened on.
 */
public final class BrowserSignIn implements AutoCloseable {

    /** How long a person has. */
    public static final Duration LIFE = Duration.ofMinutes(5);

    private final PendingAuthorizations pending;
    private final LoopbackReceiver receiver;
    private final SignInInvitation invitation;

    private BrowserSignIn(PendingAuthorizations pending, LoopbackReceiver receiver, SignInInvitation invitation) {
        this.pending = pending;
        this.receiver = receiver;
        this.invitation = invitation;
    }

    /**
     * Begins a sign-in and listens for its answer.
     *
     * @param  port            of the redirect address {@code http://localhost:PORT/}; 0 chooses a free one
     * @throws SignInException when the port is in use, or the destination's tenant and cloud don't fit
     */
    public static BrowserSignIn begin(LoginClient login, Destination destination, int port) throws OneDriveException {
        return begin(login, ClientIdentity.toSignIn(destination), port);
    }

    static BrowserSignIn begin(LoginClient login, ClientIdentity client, int port) throws OneDriveException {
        PendingAuthorizations pending = new PendingAuthorizations(login);
        LoopbackReceiver receiver = listen(port, pending);
        try {
            URI address = pending.begin(client, receiver.redirectUri());
            return new BrowserSignIn(pending, receiver, new SignInInvitation(client.label(), address, Optional.empty(),
                    login.settings().time().now().plus(LIFE)));
        } catch (OneDriveException | RuntimeException e) {
            receiver.close();
            throw e;
        }
    }

    private static LoopbackReceiver listen(int port, PendingAuthorizations pending) throws SignInException {
        try {
            return LoopbackReceiver.open(port, pending::awaits);
        } catch (IOException e) {
            throw SignInException.misconfigured("The sign-in can't be answered on this machine: port " + port + " of localhost"
                    + " can't be listened on (" + e.getMessage() + ").", "Choose another port.");
        }
    }

    /** What the person has to do. */
    public SignInInvitation invitation() {
        return invitation;
    }

    /** Takes the answer in another way, such as pasted on a terminal, if it is the right one and the first. */
    public SignInVerdict offer(AuthorizationAnswer answer) {
        return receiver.offer(answer);
    }

    /**
     * Waits for the answer, frees the port, and trades the answer for tokens; an interrupt ends the wait.
     *
     * @param  longest                   how long to wait, as a rule {@link #LIFE}
     * @throws SignInException           when none came in time, or without a refresh token
     * @throws AuthenticationException   when the person declined, or the service refuses
     * @throws LoginUnavailableException when the service can't be asked, or the thread was interrupted
     */
    public SignedIn await(Duration longest) throws OneDriveException {
        AuthorizationAnswer answer;
        try {
            answer = receiver.await(longest);
        } catch (TimeoutException e) {
            throw SignInException.notCompleted("Nobody has signed in for '" + invitation.destination() + "' within "
                    + (longest.toSeconds() < 120 ? longest.toSeconds() + " seconds." : longest.toMinutes() + " minutes."),
                    "Start the sign-in again, and open its address in a browser on this machine.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw LoginRetry.interrupted(e);
        } finally {
            receiver.close();
        }
        return pending.redeem(answer);
    }

    /** Frees the port. */
    @Override
    public void close() {
        receiver.close();
    }
}
