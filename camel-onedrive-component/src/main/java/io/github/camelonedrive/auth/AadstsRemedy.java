package io.github.camelonedrive.auth;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a person can do about each of Microsoft's sign-in error numbers ({@code graph-contract.md} §7.6). Microsoft may change
 * the numbers, so they choose the hint and nothing else.
 */
public enum AadstsRemedy {

    UNKNOWN_CLIENT("The client ID is not known in this tenant. Compare it with the 'Application (client) ID' of the app"
            + " registration and check the tenant; in a tenant other than its own, an administrator must consent to the app"
            + " first.", 700016, 700011),
    DISABLED_APP("The app registration is disabled. Ask the tenant's administrator.", 70001, 7000112),
    WRONG_SECRET("The client secret is wrong. Use the secret's value, which Azure shows once when it is created, not the"
            + " secret's ID.", 7000215),
    EXPIRED_SECRET("The client secret has expired. Create a new one under 'Certificates & secrets' of the app registration"
            + " and store it for this destination.", 7000222),
    SECRET_REQUIRED("This app registration wants a client secret or certificate. Store one for this destination, or set"
            + " 'Allow public client flows' to 'Yes' under 'Authentication' of the app registration.", 7000218),
    SECRET_NOT_ALLOWED("This app registration is a public client and takes no secret. Remove the client secret or certificate"
            + " from this destination.", 700025),
    CERTIFICATE_REJECTED("The certificate was refused. Check that its public part is uploaded in the app registration, that it"
            + " is the one configured here, that it has not expired, and that this machine's clock is right.", 700027, 50012),
    FEDERATED_CREDENTIAL("The federated credential does not match. Compare issuer, subject and audience with the app"
            + " registration letter by letter; case matters.", 70021, 700211, 700213, 7002138),
    UNKNOWN_TENANT("There is no such tenant. Check the tenant's ID or domain, and that the right cloud is chosen.", 90002),
    MALFORMED_TENANT("The tenant is neither an ID nor a domain. Give the 'Directory (tenant) ID', or common, organizations or"
            + " consumers, and no address.", 900023),
    OTHER_CLOUD("The tenant lives in another national cloud. Set 'cloud' to that one.", 90038, 900432, 900382),
    SINGLE_TENANT_APP("This app is registered for one tenant only. Set the tenant to its 'Directory (tenant) ID' instead of"
            + " common.", 50194),
    ACCOUNT_TYPE("The app registration does not admit this type of account. Choose 'Supported account types' to fit, or"
            + " use consumers for personal and organizations for work accounts only.", 9002332, 500208),
    CONCRETE_TENANT("This way of signing in needs a certain tenant. Set the tenant to its 'Directory (tenant) ID' instead of"
            + " common or consumers.", 9001023, 90124, 90130),
    WRONG_SCOPE("A requested permission (scope) is not valid. Check the spelling of 'scope'; signing in as an application takes"
            + " a single one that ends in '/.default'.", 70011, 28002),
    UNKNOWN_RESOURCE("Microsoft Graph is not known in this tenant under that name. Check 'cloud' and 'scope'.", 500011),
    CONSENT_MISSING("The permissions have not been consented to. Sign in again and accept them, or let an administrator grant"
            + " them for everyone.", 65001),
    CONSENT_DECLINED("The permissions were declined. Sign in again and accept them.", 65004),
    PERMISSION_NOT_LISTED("A permission is missing in the app registration. Add it under 'API permissions', then sign in"
            + " again and consent.", 65005, 650056, 650057),
    ADMIN_APPROVAL("An administrator must approve this app for the organization. Ask for it under 'Enterprise applications',"
            + " then sign in again.", 90094, 90095),
    GRANT_EXPIRED("The sign-in was not used for too long (about 90 days) and has expired. Sign in again, and run backups more"
            + " often than that.", 700082, 70008),
    SINGLE_PAGE_APP_GRANT("The sign-in came through a redirect address of type 'Single-page application' and lasts 24 hours at"
            + " most. Register the address as type 'Web' or 'Mobile and desktop', then sign in again.", 700084),
    GRANT_REVOKED("The sign-in has expired or was revoked, or its token was stored incompletely. Sign in again.", 70000),
    SIGN_IN_FREQUENCY("A policy of the organization asks for a new sign-in from time to time, and that time is over. Sign in"
            + " again, or sign in as an application, which the policy does not touch.", 70043),
    SESSIONS_REVOKED("The password was changed or all sessions were signed out. Sign in again.", 50173, 50132, 50133),
    MULTI_FACTOR("A second factor is asked for. Sign in again in a browser and confirm it.", 50076, 50079, 50074, 50078),
    ACCOUNT_PROBLEM("The account is unknown here, disabled, or its password has expired. Ask the administrator, or use another"
            + " account.", 50055, 50057, 50034, 50020),
    CONDITIONAL_ACCESS("A Conditional Access policy of the organization blocks this sign-in. The administrator must allow this"
            + " app, device or location.", 53003, 530032, 53000, 53001, 53002, 53004, 50131),
    NOT_ASSIGNED("This user is not assigned to the app. The administrator assigns users under 'Enterprise applications'.",
            50105),
    REDIRECT_MISMATCH("The redirect address is not registered exactly like that. Compare it with 'Authentication' of the app"
            + " registration, the path and the slash at its end included.", 50011),
    CODE_USED("The sign-in was answered twice or by another program. Start it again.", 54005, 501481),
    DEVICE_CODE("The code on the screen has not been confirmed, was mistyped, or has expired. Start the sign-in again and enter"
            + " the new code.", 70016, 70019, 70018),
    BUSY("Microsoft's sign-in service is overloaded or was asked too often. Wait some minutes; if it comes back, look for"
            + " another program that signs in over and over with the same account.", 50196, 90055, 90024, 90033, 90006),
    MALFORMED_REQUEST("The request was incomplete or malformed. This is a fault of this program: please report it with the"
            + " correlation id.", 900144, 90014, 9002313);

    private static final Map<Integer, AadstsRemedy> BY_NUMBER = Arrays.stream(values())
            .flatMap(remedy -> remedy.numbers.stream().map(number -> Map.entry(number, remedy)))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    private final String text;
    private final List<Integer> numbers;

    AadstsRemedy(String text, Integer... numbers) {
        this.text = text;
        this.numbers = List.of(numbers);
    }

    /** What it means and what to do, in whole sentences. */
    public String text() {
        return text;
    }

    /** The numbers it is for. */
    public List<Integer> numbers() {
        return numbers;
    }

    /** The remedy for a number, if the number is known. */
    public static Optional<AadstsRemedy> of(int number) {
        return Optional.ofNullable(BY_NUMBER.get(number));
    }
}
