package io.github.camelonedrive.auth;

import java.util.Objects;

import io.github.camelonedrive.credentials.Grant;
import io.github.camelonedrive.credentials.Secret;

/**
 * What a person's sign-in gave.
 *
 * @param destination  for which it was begun
 * @param accessToken  may be used at once, when the refresh token is stored
 * @param refreshToken to be stored durably before anything else is done
 * @param grant        what was granted; the account is not known yet
 */
public record SignedIn(String destination, AccessToken accessToken, Secret refreshToken, Grant grant) {

    public SignedIn {
        Objects.requireNonNull(destination);
        Objects.requireNonNull(accessToken);
        Objects.requireNonNull(refreshToken);
        Objects.requireNonNull(grant);
    }

    /** @throws SignInException when the answer has no refresh token, without which nothing can run unattended */
    static SignedIn of(String destination, TokenAnswer answer) throws SignInException {
        return new SignedIn(destination, answer.accessToken(), answer.refreshToken().orElseThrow(
                () -> SignInException.notCompleted("Microsoft gave no refresh token for '" + destination + "', so the sign-in"
                        + " would end within the hour.", "Add the delegated permission 'offline_access' under 'API permissions'"
                                + " of the app registration, then sign in again and accept it.")), Grant.of(answer.granted()));
    }
}
