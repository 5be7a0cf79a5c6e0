package io.github.camelonedrive.auth;

import java.util.Map;
import java.util.Optional;

/**
 * What to do about a refused sign-in: the hint for Microsoft's number where it is known, else for the suberror, else for the
 * OAuth error ({@code graph-contract.md} §7.5).
 */
final class SignInRemedy {

    private static final String SIGN_IN_AGAIN = "Sign in again.";

    private static final Map<String, String> BY_SUBERROR = Map.of(
            "consent_required", AadstsRemedy.CONSENT_MISSING.text(),
            "user_password_expired", "The account's password has expired. Change it, then sign in again.",
            "basic_action", "The account asks for a further step, such as a second factor. Sign in again in a browser.",
            "additional_action", "The account asks for a further step, such as a registered device. Sign in again in a"
                    + " browser.",
            "message_only", "A rule of the organization blocks this sign-in. Ask the administrator.",
            "bad_token", "The stored sign-in is no longer valid. Sign in again.",
            "client_mismatch", "The stored sign-in belongs to another client ID. Check the client ID, or sign in again with"
                    + " it.",
            "protection_policy_required", "A rule of the organization demands a protected app, which this one is not. Ask the"
                    + " administrator for an exemption.");

    private static final Map<String, String> BY_ERROR = Map.ofEntries(
            Map.entry("invalid_grant", "The sign-in has expired or was revoked. " + SIGN_IN_AGAIN),
            Map.entry("interaction_required", "The account asks for a person. Sign in again in a browser."),
            Map.entry("login_required", "The account asks for a person. Sign in again in a browser."),
            Map.entry("consent_required", AadstsRemedy.CONSENT_MISSING.text()),
            Map.entry("invalid_client", "The client ID, or its secret or certificate, was refused. Check that the secret is the"
                    + " secret's value, belongs to this client ID and has not expired."),
            Map.entry("unauthorized_client", "The app registration may not sign in this way. Check client ID, tenant and"
                    + " 'Supported account types'."),
            Map.entry("invalid_scope", AadstsRemedy.WRONG_SCOPE.text()),
            Map.entry("invalid_resource", AadstsRemedy.UNKNOWN_RESOURCE.text()),
            Map.entry("access_denied", "The sign-in was declined. Sign in again and accept."),
            Map.entry("unsupported_grant_type", "The sign-in service does not know this way of signing in. Check"
                    + " 'loginEndpoint'."),
            Map.entry("invalid_request", "The request was refused. Check client ID, tenant and cloud."));

    private static final String UNKNOWN = "Check client ID, client secret and tenant, then sign in again.";

    private SignInRemedy() {
    }

    static String of(TokenError refusal) {
        return AadstsRemedy.of(refusal.aadsts()).map(AadstsRemedy::text)
                .or(() -> Optional.ofNullable(BY_SUBERROR.get(refusal.suberror())))
                .or(() -> Optional.ofNullable(BY_ERROR.get(refusal.error())))
                .orElse(UNKNOWN);
    }
}
