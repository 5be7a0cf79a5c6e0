package io.github.camelonedrive.simulator;

/** Where people sign in, in the browser or for a device, and what they were told to answer. */
final class SignInDesk {
    private final AuthorizationCodes codes;
    private final DeviceCodes devices;
    private final String user;
    private volatile SignInOutcome outcome;

    /** @param user the name of the account, as pages show it */
    SignInDesk(Settings settings, String user, IssuedSecrets secrets) {
        this.codes = new AuthorizationCodes(settings.clock, secrets);
        this.devices = new DeviceCodes(settings, secrets);
        this.user = user;
        this.outcome = settings.signInOutcome;
    }

    AuthorizationCodes codes() {
        return codes;
    }

    DeviceCodes devices() {
        return devices;
    }

    String user() {
        return user;
    }

    SignInOutcome outcome() {
        return outcome;
    }

    void answerWith(SignInOutcome from) {
        outcome = from;
    }
}
