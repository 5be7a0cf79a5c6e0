package io.github.camelonedrive.simulator;

import io.github.camelonedrive.simulator.internal.identity.Aadsts;

/**
 * What the user does when asked to sign in and to consent, in the browser or with a device code: programmed with
 * {@link OneDriveSimulator#onSignIn}, so that nobody is needed.
 */
public sealed interface SignInOutcome {
    /** The page asks, and someone decides there. */
    record Ask() implements SignInOutcome {
    }

    /** Accepted at once. */
    record Accept() implements SignInOutcome {
    }

    /**
     * Refused at once.
     *
     * @param error the value of {@code error} that the application gets
     * @param aadsts the AADSTS number
     * @param text what follows the number in {@code error_description}
     */
    record Refuse(String error, int aadsts, String text) implements SignInOutcome {
    }

    /** The page asks, and someone decides there: the default. */
    static SignInOutcome ask() {
        return new Ask();
    }

    /** The user accepts, without a page. */
    static SignInOutcome accept() {
        return new Accept();
    }

    /** The user declines: {@code access_denied}, AADSTS65004. */
    static SignInOutcome decline() {
        return refuse(65004);
    }

    /** Only an administrator may consent: {@code access_denied}, AADSTS90094. */
    static SignInOutcome adminApproval() {
        return refuse(90094);
    }

    /**
     * Sign-in fails with this AADSTS number.
     *
     * @throws IllegalArgumentException if the simulator does not know the number
     */
    static SignInOutcome refuse(int aadsts) {
        Aadsts known = Aadsts.of(aadsts);
        return new Refuse(known.error(), aadsts, known.text());
    }

    /** Sign-in fails with this {@code error}, AADSTS number and text. */
    static SignInOutcome refuse(String error, int aadsts, String text) {
        return new Refuse(error, aadsts, text);
    }
}
