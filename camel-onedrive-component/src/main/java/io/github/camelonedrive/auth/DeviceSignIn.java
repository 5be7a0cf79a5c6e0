package io.github.camelonedrive.auth;

import java.time.Duration;
import java.util.Optional;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.credentials.ClientCredential;
import io.github.camelonedrive.credentials.Destination;
import io.github.camelonedrive.transport.TimeSource;

/**
 * Signs a person in by a code that is entered in a browser on any device (RFC 8628, {@code graph-contract.md} §7.4): for
 * machines without a browser, and for public clients only.
 */
public final class DeviceSignIn {

    private static final Duration SLOWER = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final LoginClient login;
    private final TimeSource time;

    public DeviceSignIn(LoginClient login, TimeSource time) {
        this.login = login;
        this.time = time;
    }

    /**
     * Asks for a code, shows it, and waits until a person has confirmed it; an interrupt ends the wait.
     *
     * @throws SignInException           when the destination has a secret or certificate, its tenant and cloud don't fit, the
     *                                   code has expired, or there is no refresh token in the answer
     * @throws AuthenticationException   when the person declined, or the service refuses
     * @throws LoginUnavailableException when the service can't be asked, or the thread was interrupted
     */
    public SignedIn signIn(Destination destination, SignInPrompt prompt) throws OneDriveException {
        return signIn(ClientIdentity.toSignIn(destination), prompt);
    }

    SignedIn signIn(ClientIdentity client, SignInPrompt prompt) throws OneDriveException {
        if (!(client.credential() instanceof ClientCredential.None)) {
            throw SignInException.notCompleted("'" + client.label() + "' has a client secret, certificate or federated token,"
                    + " but a device code is for public clients: Microsoft would refuse it (AADSTS7000218).",
                    "Sign in with a browser instead. Or set 'Allow public client flows' to 'Yes' under 'Authentication' of the"
                            + " app registration, and leave the secret or certificate out here.");
        }
        long asked = time.nanoTime();
        DeviceCode code = login.deviceCode(client);
        prompt.show(new SignInInvitation(client.label(), code.address(), Optional.of(code.userCode()),
                login.settings().time().now().plus(code.lifetime())));
        return poll(client, code, asked + code.lifetime().toNanos());
    }

    private SignedIn poll(ClientIdentity client, DeviceCode code, long deadline) throws OneDriveException {
        Duration interval = code.interval();
        Duration pause = interval;
        Optional<LoginUnavailableException> trouble = Optional.empty();
        while (true) {
            sleep(pause, client, deadline, trouble);
            try {
                return SignedIn.of(client.label(), login.device(client, code));
            } catch (AuthenticationException e) {
                // RFC 8628 §3.5; each other error is the end (graph-contract.md statement 96).
                switch (e.error().orElse("")) {
                    case "authorization_pending" -> { }
                    case "slow_down" -> interval = interval.plus(SLOWER);
                    default -> throw e;
                }
                pause = interval;
                trouble = Optional.empty();
            } catch (LoginUnavailableException e) {
                if (!e.worthRetrying()) {
                    throw e;
                }
                pause = longer(pause, e.retryAfter());
                trouble = Optional.of(e);
            }
        }
    }

    /** Trouble on the way says nothing about the code, so it is asked again, but less often (RFC 8628 §3.5). */
    private static Duration longer(Duration pause, Optional<Duration> asked) {
        Duration doubled = pause.multipliedBy(2);
        Duration own = doubled.compareTo(LONGEST_PAUSE) > 0 ? max(pause, LONGEST_PAUSE) : doubled;
        return max(own, asked.orElse(Duration.ZERO));
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private void sleep(Duration pause, ClientIdentity client, long deadline, Optional<LoginUnavailableException> trouble)
            throws OneDriveException {
        if (time.nanoTime() + pause.toNanos() - deadline >= 0) {
            if (trouble.isPresent()) {
                throw trouble.get();
            }
            throw SignInException.notCompleted("Nobody has entered the code for '" + client.label() + "' in time.",
                    "Start the sign-in again and enter the new code.");
        }
        try {
            time.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw LoginRetry.interrupted(e);
        }
    }
}
