package io.github.camelonedrive.simulator.internal.identity;

import io.github.camelonedrive.simulator.SignInOutcome;
import io.github.camelonedrive.simulator.internal.SimulatorSettings;
import io.github.camelonedrive.simulator.internal.http.IssuedSecrets;

/** Where people sign in, in the browser or for a device, and what they were told to answer. */
public final class SignInUser {
    private final AuthorizationCodes codes;
    private final DeviceCodes devices;
    private final String user;
    private volatile SignInOutcome outcome;

    /** @param user the name of the account, as pages show it */
    public SignInUser(SimulatorSettings settings, String user, IssuedSecrets secrets) {
        this.codes = new AuthorizationCodes(settings.clock, secrets);
        this.devices = new DeviceCodes(settings, secrets);
        this.user = user;
        this.outcome = settings.signInOutcome;
    }

    AuthorizationCodes codes() {
        return codes;
    }

    public DeviceCodes devices() {
        return devices;
    }

    String user() {
        return user;
    }

    SignInOutcome outcome() {
        return outcome;
    }

    public void answerWith(SignInOutcome from) {
        outcome = from;
    }
}
