package io.github.camelonedrive.simulator.internal.identity;

import java.util.HashMap;
import java.util.Map;

/**
 * How Microsoft reports an AADSTS number. Where Microsoft does not document a value, the most likely one is taken.
 *
 * @param status the HTTP status
 * @param error the value of {@code error}
 * @param suberror the value of {@code suberror}, or null
 * @param text what follows the number in {@code error_description}
 */
public record Aadsts(int status, String error, String suberror, String text) {
    private static final Map<Integer, Aadsts> ALL = new HashMap<>();

    static {
        add(400, "unauthorized_client", null, "Application with identifier was not found in the directory.", 700016, 700011);
        add(400, "unauthorized_client", null, "The application is disabled.", 70001, 7000112);
        add(401, "invalid_client", null, "Invalid client secret provided. Ensure the secret being sent in the request is the"
                + " client secret value, not the client secret ID.", 7000215);
        add(401, "invalid_client", null, "The provided client secret keys are expired.", 7000222);
        add(401, "invalid_client", null,
                "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.", 7000218);
        add(401, "invalid_client", null,
                "Client is public so neither 'client_assertion' nor 'client_secret' should be presented.", 700025);
        add(401, "invalid_client", null, "Client assertion failed signature validation.", 700027, 50012);
        add(401, "invalid_client", null, "Client assertion is not within its valid time range.", 700024);
        add(400, "invalid_request", null, "No matching federated identity record found for presented assertion.", 70021);
        add(401, "invalid_client", null, "No matching federated identity record found for presented assertion.",
                700211, 700213, 7002138);
        add(400, "invalid_request", null, "Tenant not found. Check to make sure you have the correct tenant ID.", 90002);
        add(400, "invalid_request", null,
                "Specified tenant identifier is neither a valid DNS name, nor a valid external domain.", 900023);
        add(400, "invalid_request", null, "Confidential Client is not supported in Cross Cloud request.",
                90038, 900432, 900382);
        add(400, "invalid_request", null, "Application is not configured as a multi-tenant application. Usage of the /common"
                + " endpoint is not supported for such applications.", 50194);
        add(400, "invalid_request", null, "The account type is not allowed for this application.", 9002332, 500208);
        add(400, "invalid_request", null,
                "The grant type is not supported over the /common or /consumers endpoints.", 9001023, 90124, 90130);
        add(400, "invalid_scope", null, "The provided value for the input parameter 'scope' is not valid.", 70011, 28002);
        add(400, "invalid_resource", null, "The resource principal was not found in the tenant.", 500011);
        add(400, "invalid_grant", "consent_required",
                "The user or administrator has not consented to use the application.", 65001);
        add(400, "access_denied", null, "User declined to consent to access the app.", 65004);
        add(400, "invalid_client", null, "The application asked for permissions that its registration does not list.",
                65005, 650056, 650057);
        add(400, "access_denied", null, "Admin approval is required for the permissions that the app asks for.", 90094, 90095);
        add(400, "invalid_grant", "bad_token", "The refresh token has expired due to inactivity.", 700082, 70008);
        add(400, "invalid_grant", null, "The refresh token was issued to a single page app (SPA), and therefore has a fixed,"
                + " limited lifetime of 1.00:00:00, which cannot be extended.", 700084);
        add(400, "invalid_grant", null, "The user could not be authenticated as the grant is expired or revoked.", 70000);
        add(400, "invalid_grant", "bad_token",
                "The refresh token has expired or is invalid due to sign-in frequency checks by Conditional Access.", 70043);
        add(400, "invalid_grant", "bad_token", "The provided grant has expired due to it being revoked, a fresh auth token is"
                + " needed.", 50173, 50132, 50133);
        add(400, "invalid_grant", "basic_action", "Due to a configuration change made by your administrator, or because you"
                + " moved to a new location, you must use multi-factor authentication.", 50076, 50079, 50074, 50078);
        add(400, "invalid_grant", "user_password_expired", "The password is expired.", 50055);
        add(400, "invalid_grant", null, "The user account is disabled, unknown or not a member.", 50057, 50034, 50020);
        add(400, "invalid_grant", "message_only", "Access has been blocked by Conditional Access policies.",
                53000, 53001, 53002, 53003, 53004, 530032, 50131);
        add(400, "invalid_grant", null, "The signed in user is not assigned to a role for the application.", 50105);
        add(400, "invalid_request", null,
                "The redirect URI specified in the request does not match the redirect URIs configured.", 50011);
        add(400, "invalid_grant", null, "OAuth2 Authorization code was already redeemed.", 54005);
        add(400, "invalid_grant", null, "The Code_Verifier does not match the code_challenge supplied.", 501481);
        add(400, "authorization_pending", null, "OAuth 2.0 device flow error. Authorization is pending.", 70016);
        add(400, "expired_token", null, "The device code has expired.", 70019);
        add(400, "bad_verification_code", null, "The verification code is not valid.", 70018);
        add(503, "temporarily_unavailable", null, "The service is temporarily unavailable. Retry the request.",
                50196, 90055, 90024, 90033, 90006);
        add(400, "invalid_request", null, "A required parameter is missing or malformed.", 900144, 90014, 9002313);
    }

    private static void add(int status, String error, String suberror, String text, int... numbers) {
        for (int number : numbers) {
            ALL.put(number, new Aadsts(status, error, suberror, text));
        }
    }

    /** @throws IllegalArgumentException if it is not listed */
    public static Aadsts of(int number) {
        Aadsts found = ALL.get(number);
        if (found == null) {
            throw new IllegalArgumentException("AADSTS" + number
                    + " is not known to the simulator. Use tokenError(…) to respond with any number.");
        }
        return found;
    }
}
