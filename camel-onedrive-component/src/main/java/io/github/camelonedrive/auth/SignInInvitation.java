package io.github.camelonedrive.auth;

import java.net.URI;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What a person is asked to do to sign in. Nothing in it is secret: the address holds neither code nor PKCE verifier, and the
 * code that a person enters is of use only to whoever holds the device code ({@code graph-contract.md} statement 97).
 *
 * @param destination which is to be authorized
 * @param address     to open in a browser: on this machine without a code, on any device with one
 * @param userCode    what to enter there; absent when nothing has to be entered
 * @param until       when it is too late
 */
public record SignInInvitation(String destination, URI address, Optional<String> userCode, Instant until) {

    public SignInInvitation {
        Objects.requireNonNull(destination);
        Objects.requireNonNull(address);
        Objects.requireNonNull(userCode);
        Objects.requireNonNull(until);
    }

    /** The request in words, on one line. */
    public String text() {
        return userCode
                .map(code -> "To sign in for '" + destination + "', open " + address + " in a browser on any device and enter"
                        + " the code " + code + ".")
                .orElseGet(() -> "To sign in for '" + destination + "', open this address in a browser on this machine: "
                        + address);
    }
}
