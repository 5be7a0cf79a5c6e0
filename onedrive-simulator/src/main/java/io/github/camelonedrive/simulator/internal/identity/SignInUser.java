package io.github.camelonedrive.simulator.internal.identity;

import io.github.camelonedrive.simulator.SignInOutcome;
import io.github.camelonedrive.simulator.internal.SimulatorSettings;
import io.github.camelonedrive.simulator.internal.http.IssuedSecrets;

/** The user who signs in, in the browser or for a device, and how the user decides. */
public final class SignInUser {
    private final AuthorizationCodes codes;
    private final DeviceCodes devices;
    private final String name;
    private volatile SignInOutcome outcome;

    /** @param name the name of the account, as pages show it */
    public SignInUser(SimulatorSettings settings, String name, IssuedSecrets secrets) {
        this.codes = new AuthorizationCodes(settings.clock, secrets);
        this.devices = new DeviceCodes(settings, secrets);
        this.name = name;
        this.outcome = settings.signInOutcome;
    }

    AuthorizationCodes codes() {
        return codes;
    }

    public DeviceCodes devices() {
        return devices;
    }

    String name() {
        return name;
    }

    SignInOutcome outcome() {
        return outcome;
    }

    public void decide(SignInOutcome next) {
        outcome = next;
    }
}
