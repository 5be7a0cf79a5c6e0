package io.github.camelonedrive.auth;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import io.github.camelonedrive.Explanation;
import io.github.camelonedrive.RemedyAction;
import io.github.camelonedrive.auth.AadstsRemedy.Portal;

/**
 * What helps against a refused sign-in: the remedy for Microsoft's number where it is known ({@link AadstsRemedy}), else for
 * the suberror, else for the OAuth error.
 */
public final class SignInRemedy {

    /** What to do when nothing that Microsoft says is known. */
    public static final Explanation UNKNOWN = new Explanation("Microsoft gives a reason that this program does not know.",
            "A new rule of Microsoft's or of the organization.",
            "Check client ID, client secret and tenant.", RemedyAction.CHECK_DESTINATION, RemedyAction.AUTHORIZE_AGAIN);

    /** No sign-in is stored, and none as an application is possible. */
    public static final Explanation NOT_AUTHORIZED = new Explanation("The destination is not authorized yet.",
            "It was added without a refresh token and nobody has signed in to it since; or, for signing in as an application,"
                    + " the tenant is common, organizations or consumers, or no drive is named.",
            "To sign in as an application, it needs a secret or certificate, a certain tenant, and a drive, site or user.",
            RemedyAction.AUTHORIZE);

    /** OneDrive demands claims that the sign-in does not meet. */
    public static final Explanation CLAIMS_NOT_MET = new Explanation("OneDrive demands a sign-in that meets further conditions"
            + " of the organization, and renewing the sign-in did not meet them.",
            "A Conditional Access policy changed, or the machine's address did, since the sign-in.",
            "If a new sign-in does not help, ask the administrator which conditional access policy blocks the app. A token"
                    + " provider of your own has to pass on the claims that TokenProvider.replace(refused, claims) gives it.",
            RemedyAction.AUTHORIZE_AGAIN);

    /** The secret that is stored looks like an ID. */
    public static final Explanation SECRET_IS_AN_ID = new Explanation("The client secret is wrong.",
            "It has the shape of an ID (8-4-4-4-12 hexadecimal digits): values of secrets never look like that.",
            "What is stored has the shape of an ID: the column 'Secret ID' was copied instead of 'Value'. Make a new secret on "
                    + Portal.SECRETS + " and copy 'Value'.", RemedyAction.NEW_SECRET);

    private static final Map<String, Explanation> BY_SUBERROR = suberrors();

    private static final Map<String, Explanation> BY_ERROR = errors();

    private SignInRemedy() {
    }

    static Explanation of(TokenError refusal) {
        return AadstsRemedy.of(refusal.aadsts()).map(AadstsRemedy::explanation)
                .or(() -> Optional.ofNullable(BY_SUBERROR.get(refusal.suberror())))
                .or(() -> Optional.ofNullable(BY_ERROR.get(refusal.error())))
                .orElse(UNKNOWN);
    }

    /** As {@link #of(TokenError)}, with what is known about the client's own credentials. */
    static Explanation of(TokenError refusal, ClientIdentity client) {
        boolean wrongSecret = refusal.aadsts() == AadstsRemedy.WRONG_SECRET.numbers().get(0)
                || refusal.aadsts() == 0 && refusal.error().equals("invalid_client");
        return wrongSecret && isAnId(client) ? SECRET_IS_AN_ID : of(refusal);
    }

    private static boolean isAnId(ClientIdentity client) {
        return client.credential().secret()
                .filter(secret -> secret.reveal().strip().matches("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}"))
                .isPresent();
    }

    /** Remedies by suberror, which says more than the error. */
    public static Map<String, Explanation> suberrors() {
        Map<String, Explanation> texts = new LinkedHashMap<>();
        texts.put("consent_required", AadstsRemedy.CONSENT_MISSING.explanation());
        texts.put("user_password_expired", new Explanation("The account's password has expired.",
                "The organization lets passwords expire.",
                "Change it at https://myaccount.microsoft.com first.", RemedyAction.AUTHORIZE_AGAIN));
        texts.put("basic_action", new Explanation("The account asks for a further step, such as a second factor.",
                "Multi-factor sign-in, new terms of use, or new security details.", "", RemedyAction.AUTHORIZE_IN_BROWSER));
        texts.put("additional_action", new Explanation("The account asks for a further step, such as a registered device.",
                "A Conditional Access policy that can be met, though not by a program alone.", "",
                RemedyAction.AUTHORIZE_IN_BROWSER));
        texts.put("message_only", new Explanation("A rule of the organization blocks this sign-in.",
                "A Conditional Access policy that can't be met from here.",
                "Ask the administrator, who finds it by the correlation id in the sign-in logs.",
                RemedyAction.ASK_ADMINISTRATOR));
        texts.put("bad_token", new Explanation("The stored sign-in is no longer valid.",
                "It was not used for 90 days, was revoked, or the password was changed.", "", RemedyAction.AUTHORIZE_AGAIN));
        texts.put("client_mismatch", new Explanation("The stored sign-in belongs to another client ID.",
                "The refresh token was got with another app registration than the destination names.",
                "Check the client ID.", RemedyAction.CHECK_DESTINATION, RemedyAction.AUTHORIZE_AGAIN));
        texts.put("protection_policy_required", new Explanation(
                "A rule of the organization demands a protected app, which this one is not.",
                "An app protection policy (Intune).", "Ask the administrator for an exemption.",
                RemedyAction.ASK_ADMINISTRATOR));
        return Collections.unmodifiableMap(texts);
    }

    /** Remedies by OAuth error. */
    public static Map<String, Explanation> errors() {
        Map<String, Explanation> texts = new LinkedHashMap<>();
        texts.put("invalid_grant", new Explanation("The sign-in has expired or was revoked.",
                "It was not used for 90 days, the password was changed, or somebody took the access away.", "",
                RemedyAction.AUTHORIZE_AGAIN));
        texts.put("interaction_required", new Explanation("The account asks for a person.",
                "A second factor, a new password, or new terms of use.", "", RemedyAction.AUTHORIZE_IN_BROWSER));
        texts.put("login_required", texts.get("interaction_required"));
        texts.put("consent_required", AadstsRemedy.CONSENT_MISSING.explanation());
        texts.put("invalid_client", new Explanation("The client ID, or its secret or certificate, was refused.",
                "The secret's ID was copied instead of its value; the secret or certificate has expired; or it belongs to"
                        + " another client ID.",
                "Check that the secret is the secret's value, belongs to this client ID and has not expired: "
                        + Portal.SECRETS + ".", RemedyAction.NEW_SECRET));
        texts.put("unauthorized_client", new Explanation("The app registration may not sign in this way.",
                "It does not admit this type of account (for personal accounts Microsoft writes 'not enabled for consumers'),"
                        + " or the client ID is not known in this tenant.",
                "Check client ID and tenant, and " + Portal.ACCOUNTS + "; for personal accounts "
                        + "\"signInAudience\": \"AzureADandPersonalMicrosoftAccount\" in the manifest.",
                RemedyAction.CHECK_DESTINATION, RemedyAction.CHANGE_REGISTRATION));
        texts.put("invalid_scope", AadstsRemedy.WRONG_SCOPE.explanation());
        texts.put("invalid_resource", AadstsRemedy.UNKNOWN_RESOURCE.explanation());
        texts.put("access_denied", new Explanation("The sign-in was declined.",
                "Somebody pressed 'Cancel' on Microsoft's page, or may not accept for the organization.",
                "Accept when you are asked; if the page asks for an administrator, see AADSTS90094.",
                RemedyAction.AUTHORIZE_AGAIN));
        texts.put("authorization_declined", texts.get("access_denied"));
        texts.put("expired_token", new Explanation("The code on the screen was not confirmed in time.",
                "Such a code is good for 15 minutes at most.",
                "", RemedyAction.AUTHORIZE_WITH_CODE));
        texts.put("bad_verification_code", AadstsRemedy.DEVICE_CODE.explanation());
        texts.put("unsupported_response_type", AadstsRemedy.MALFORMED_REQUEST.explanation());
        texts.put("unsupported_grant_type", new Explanation("The sign-in service does not know this way of signing in.",
                "What answers is not Microsoft's sign-in service.", "Check 'loginEndpoint'.", RemedyAction.CHECK_OPTIONS));
        texts.put("invalid_request", new Explanation("The request was refused.",
                "A client ID, tenant or redirect address that does not fit the registration.",
                "Check client ID, tenant and cloud, and " + Portal.REDIRECTS + ".", RemedyAction.CHECK_DESTINATION,
                RemedyAction.CHANGE_REGISTRATION));
        return Collections.unmodifiableMap(texts);
    }
}
