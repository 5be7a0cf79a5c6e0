package io.github.camelonedrive.auth;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import io.github.camelonedrive.Explanation;
import io.github.camelonedrive.RemedyAction;

/**
 * What helps against each of Microsoft's sign-in error numbers. Microsoft may change the numbers, so they choose the hint and
 * nothing else.
 */
public enum AadstsRemedy {

    UNKNOWN_CLIENT("The client ID is not known in this tenant.",
            "The Object ID or the Directory (tenant) ID was copied instead of the client ID; the registration is in another"
                    + " tenant; or nobody in this tenant has consented to the app yet.",
            "Compare it with the 'Application (client) ID' on " + Portal.APP + " > Overview, and the destination's tenant with"
                    + " the 'Directory (tenant) ID' there; in a foreign tenant an administrator has to consent first.",
            List.of(RemedyAction.SET_UP_AGAIN), 700016, 700011, 7000229),
    DISABLED_APP("The app registration is disabled.",
            "An administrator has deactivated it, or Microsoft has because of its terms of use.",
            "Ask the tenant's administrator: Entra ID > Enterprise applications > your app > Properties > 'Enabled for users"
                    + " to sign-in'.",
            List.of(RemedyAction.ASK_ADMINISTRATOR), 70001, 7000112),
    WRONG_SECRET("The client secret is wrong.",
            "The column 'Secret ID' was copied instead of 'Value'; the secret belongs to another registration; the secret was"
                    + " deleted; or it was cut off or got a line break when it was copied.",
            "Use the secret's value, not the secret's ID; the portal shows the value only once, so make a new secret on "
                    + Portal.SECRETS + " and copy 'Value'.",
            List.of(RemedyAction.NEW_SECRET), 7000215),
    EXPIRED_SECRET("The client secret has expired.",
            "A client secret lives 24 months at most, and Microsoft does not warn before it ends.",
            "Create a new one on " + Portal.SECRETS + " and copy 'Value'.",
            List.of(RemedyAction.NEW_SECRET), 7000222),
    SECRET_REQUIRED("This app registration wants a client secret or certificate.",
            "The redirect URI is registered for the platform 'Web', or a device code is asked for, while 'Allow public client"
                    + " flows' is off and no secret is stored for the destination.",
            "Set 'Allow public client flows' to 'Yes' on " + Portal.AUTHENTICATION + ", which a sign-in with a device code"
                    + " always needs; or make a secret on " + Portal.SECRETS + ".",
            List.of(RemedyAction.CHANGE_REGISTRATION, RemedyAction.NEW_SECRET), 7000218, 7000216),
    SECRET_NOT_ALLOWED("This app registration is a public client and takes no secret, or it has the wrong account type.",
            "The redirect URI is registered for 'Mobile and desktop applications' while a secret or certificate is stored for"
                    + " the destination; or the portal says something about userAudience, because 'signInAudience' does not"
                    + " admit the account.",
            "Register the redirect URI for the platform 'Web', or leave out the secret. With userAudience: "
                    + Portal.APP + " > Manifest > \"signInAudience\": \"AzureADandPersonalMicrosoftAccount\", or register"
                    + " anew.",
            List.of(RemedyAction.CHANGE_REGISTRATION, RemedyAction.SET_UP_AGAIN), 700025),
    CERTIFICATE_REJECTED("The certificate was refused.",
            "Its public part is not uploaded in this app registration; another one is configured here; it has expired; or the"
                    + " clock of this machine is wrong.",
            "Compare thumbprint and end date on " + Portal.CERTIFICATES
            + " with the certificate stored here, check this machine's"
                    + " clock, or use another certificate.",
            List.of(RemedyAction.NEW_CERTIFICATE), 700027, 50012),
    ASSERTION_TIME("The proof made with the certificate, or the federated token, is outside of its time range.",
            "The clock of this machine is wrong by some minutes; or whoever issues the federated token has not renewed the"
                    + " file.",
            "Set this machine's clock, for example with 'timedatectl set-ntp true'. With a federated token: check that its file"
                    + " is renewed.",
            List.of(RemedyAction.SET_CLOCK), 700024),
    FEDERATED_CREDENTIAL("The federated credential does not match.",
            "Issuer, subject or audience of the token differ from what the app registration trusts.",
            "Compare all three letter by letter with " + Portal.APP + " > Certificates & secrets > Federated credentials;"
                    + " case matters, and the audience is api://AzureADTokenExchange.",
            List.of(RemedyAction.CHANGE_REGISTRATION), 70021, 700211, 700213, 7002138),
    UNKNOWN_TENANT("There is no such tenant.",
            "The tenant's ID or domain was mistyped, the tenant was deleted, or it lives in another national cloud.",
            "Check the tenant against the 'Directory (tenant) ID' on " + Portal.APP + " > Overview, and the cloud.",
            List.of(RemedyAction.SET_UP_AGAIN), 90002, 50128),
    MALFORMED_TENANT("The tenant is neither an ID nor a domain.",
            "An address was given instead, or a part of one.",
            "The tenant is the 'Directory (tenant) ID', or common, organizations or consumers, and no address.",
            List.of(RemedyAction.SET_UP_AGAIN), 900023),
    OTHER_CLOUD("The tenant lives in another national cloud.",
            "Microsoft's clouds for the US government and for China have sign-in services of their own.",
            "The cloud is usgov, usgov-dod or china, or global if it was one of these.",
            List.of(RemedyAction.SET_UP_AGAIN), 90038, 900432, 900382),
    SINGLE_TENANT_APP("This app is registered for one tenant only.",
            "'Supported account types' is the first choice, and the destination's tenant is common.",
            "The tenant is the 'Directory (tenant) ID' on " + Portal.APP + " > Overview; or admit more account types on "
                    + Portal.ACCOUNTS + ".",
            List.of(RemedyAction.SET_UP_AGAIN), 50194),
    ACCOUNT_TYPE("The app registration does not admit this type of account.",
            "'Supported account types' leaves out personal accounts, or work accounts; or the destination's tenant is"
                    + " consumers for a work-only app, or the reverse.",
            "Choose 'Supported account types' to fit on " + Portal.ACCOUNTS + " ('Any Entra ID tenant + personal Microsoft"
                    + " accounts' admits all), or use the tenant consumers or organizations.",
            List.of(RemedyAction.CHANGE_REGISTRATION, RemedyAction.SET_UP_AGAIN), 9002332, 500208),
    PERSONAL_APP("This app is registered for personal Microsoft accounts only.",
            "'Supported account types' is 'Personal Microsoft accounts only', and the destination's tenant is another one than"
                    + " consumers.",
            "Use the tenant consumers, or admit work accounts on " + Portal.ACCOUNTS + ".",
            List.of(RemedyAction.SET_UP_AGAIN), 9002331, 9002346),
    CONCRETE_TENANT("This way of signing in needs a certain tenant.",
            "An application signs in without a person, so nothing but the tenant says where; common, organizations and "
                    + "consumers don't.",
            "The tenant is the 'Directory (tenant) ID' on " + Portal.APP + " > Overview.",
            List.of(RemedyAction.SET_UP_AGAIN), 9001023, 90124, 90130, 50059),
    WRONG_SCOPE("A requested permission (scope) is not valid.",
            "A name in 'scope' is mistyped or does not exist for this type of account; or application sign-in asks for more"
                    + " than one scope that ends in '/.default'.",
            "Check the spelling of the scope, or leave it out: then the destination's permission says what is asked for.",
            List.of(RemedyAction.CHECK_SCOPE), 70011, 28002),
    UNKNOWN_RESOURCE("Microsoft Graph is not known in this tenant under that name.",
            "The cloud does not fit the tenant, or 'scope' names the Graph of another cloud.",
            "Check the cloud of the destination and the scope.",
            List.of(RemedyAction.CHECK_SCOPE, RemedyAction.CHECK_DESTINATION), 500011),
    CONSENT_MISSING("The permissions have not been consented to.",
            "Nobody accepted them yet; or the destination's permission, or 'scope', asks for more than was accepted; or a "
                    + "refresh token that was given by hand was granted for another permission.",
            "Accept them when you are asked, or let an administrator press 'Grant admin consent' on "
                    + Portal.PERMISSIONS + ".",
            List.of(RemedyAction.AUTHORIZE_AGAIN), 65001),
    CONSENT_DECLINED("The permissions were declined.",
            "Somebody pressed 'Cancel' on Microsoft's page, or may not accept for the organization.",
            "Accept them when you are asked.",
            List.of(RemedyAction.AUTHORIZE_AGAIN), 65004),
    PERMISSION_NOT_LISTED("A permission is missing in the app registration.",
            "The app asks for a permission that the registration does not list.",
            "Add Files.ReadWrite.All, User.Read and offline_access (Files.ReadWrite for the permission own,"
                    + " Files.ReadWrite.AppFolder for app-folder) on " + Portal.PERMISSIONS + " > Add a permission >"
                    + " Microsoft Graph.",
            List.of(RemedyAction.GRANT_PERMISSION, RemedyAction.AUTHORIZE_AGAIN), 65005, 650056, 650057, 90008),
    ADMIN_APPROVAL("An administrator must approve this app for the organization.",
            "The organization does not let its people consent to apps, or not to this permission.",
            "An administrator opens https://login.microsoftonline.com/TENANT/adminconsent?client_id=CLIENT-ID, or presses"
                    + " 'Grant admin consent' on " + Portal.PERMISSIONS + ".",
            List.of(RemedyAction.ASK_ADMINISTRATOR, RemedyAction.AUTHORIZE_AGAIN), 90094, 90095, 90093),
    GRANT_EXPIRED("The sign-in was not used for too long (about 90 days) and has expired.",
            "Nothing used it meanwhile, or each use started from an old copy of its refresh token.",
            "Use the sign-in more often than every 90 days.",
            List.of(RemedyAction.AUTHORIZE_AGAIN), 700082, 70008),
    SINGLE_PAGE_APP_GRANT("The sign-in came through a redirect address of type 'Single-page application' and lasts 24 hours"
            + " at most.",
            "The redirect URI is registered for the wrong platform.",
            "Register it for the platform 'Web' or 'Mobile and desktop applications' on " + Portal.REDIRECTS
                    + " and remove it from 'Single-page application'.",
            List.of(RemedyAction.CHANGE_REGISTRATION, RemedyAction.AUTHORIZE_AGAIN), 700084, 9002327),
    GRANT_REVOKED("The sign-in has expired or was revoked, or its token was stored incompletely.",
            "Access was taken away on the account's page of apps (account.live.com/consent/Manage or"
                    + " myapplications.microsoft.com), the password was changed, or a refresh token was cut off when it was"
                    + " copied.",
            "",
            List.of(RemedyAction.AUTHORIZE_AGAIN), 70000),
    SIGN_IN_FREQUENCY("A policy of the organization asks for a new sign-in from time to time, and that time is over.",
            "A Conditional Access policy with 'Sign-in frequency' covers this account.",
            "A sign-in as an application is not touched by the policy.",
            List.of(RemedyAction.AUTHORIZE_AGAIN), 70043),
    SESSIONS_REVOKED("The password was changed or all sessions were signed out.",
            "A new password, a reset, 'sign out everywhere', or an administrator who revoked the sessions.",
            "",
            List.of(RemedyAction.AUTHORIZE_AGAIN), 50173, 50132, 50133),
    MULTI_FACTOR("A second factor is asked for.",
            "The account or its organization has switched on multi-factor sign-in, or the last confirmation is too old.",
            "",
            List.of(RemedyAction.AUTHORIZE_IN_BROWSER), 50076, 50079, 50074, 50078, 50072, 50158),
    ACCOUNT_PROBLEM("The account is unknown here, disabled or locked, or its password has expired.",
            "The person left, the account is a guest of another tenant, or a new password is due.",
            "Sign in at https://myaccount.microsoft.com with the account to see which, ask the administrator, or use another"
                    + " account.",
            List.of(RemedyAction.ASK_ADMINISTRATOR, RemedyAction.AUTHORIZE_AGAIN), 50055, 50057, 50034, 50020, 50053),
    CONDITIONAL_ACCESS("A Conditional Access policy of the organization blocks this sign-in.",
            "It demands a managed device, a known location or an approved app, and a server is none of these.",
            "The administrator finds the policy by the correlation id under Entra ID > Monitoring & health > Sign-in logs, and"
                    + " allows this app, device or location.",
            List.of(RemedyAction.ASK_ADMINISTRATOR), 53003, 530032, 53000, 53001, 53002, 53004, 50131),
    NOT_ASSIGNED("This user is not assigned to the app.",
            "'Assignment required?' is on for the enterprise application.",
            "The administrator assigns the account under Entra ID > Enterprise applications > your app > Users and groups.",
            List.of(RemedyAction.ASK_ADMINISTRATOR), 50105),
    REDIRECT_MISMATCH("The redirect address is not registered exactly like that.",
            "http instead of https, another port or path, a slash at the end, or the wrong platform: Microsoft compares letter"
                    + " by letter.",
            "Register http://localhost on " + Portal.REDIRECTS + ", platform 'Web' ('Mobile and desktop applications' without"
                    + " a secret).",
            List.of(RemedyAction.CHANGE_REGISTRATION, RemedyAction.REGISTER_REDIRECT), 50011, 900971),
    CODE_USED("The sign-in was answered twice or by another program.",
            "The page was loaded again, the code was pasted a second time, or two sign-ins ran at once.",
            "",
            List.of(RemedyAction.AUTHORIZE_AGAIN), 54005, 501481, 50147),
    DEVICE_CODE("The code on the screen has not been confirmed, was mistyped, or has expired.",
            "Such a code is good for 15 minutes at most.",
            "",
            List.of(RemedyAction.AUTHORIZE_WITH_CODE), 70016, 70019, 70018),
    BUSY("Microsoft's sign-in service is overloaded or was asked too often.",
            "An outage, or a program that signs in over and over with the same account.",
            "Wait some minutes; if it comes back, look for another program that uses the same account, and at"
                    + " https://status.cloud.microsoft.",
            List.of(RemedyAction.WAIT), 50196, 90055, 90024, 90033, 90006),
    MALFORMED_REQUEST("The request was incomplete or malformed.",
            "A fault of this program, or a proxy that alters requests.",
            "Please report it with the correlation id.",
            List.of(RemedyAction.REPORT), 900144, 90014, 9002313);

    private static final Map<Integer, AadstsRemedy> BY_NUMBER = Arrays.stream(values())
            .flatMap(remedy -> remedy.numbers.stream().map(number -> Map.entry(number, remedy)))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    private final Explanation explanation;
    private final List<Integer> numbers;

    AadstsRemedy(String what, String why, String todo, List<RemedyAction> actions, Integer... numbers) {
        this.explanation = new Explanation(what, why, todo, actions);
        this.numbers = List.of(numbers);
    }

    /** What it means, why it happens and what to do. */
    public Explanation explanation() {
        return explanation;
    }

    /** The numbers it is for. */
    public List<Integer> numbers() {
        return numbers;
    }

    /** The remedy for a number, if the number is known. */
    public static Optional<AadstsRemedy> of(int number) {
        return Optional.ofNullable(BY_NUMBER.get(number));
    }

    /** Where to click, in the words of the Azure portal and of Microsoft's Entra admin center. */
    static final class Portal {

        static final String APP = "App registrations > your app";
        static final String SECRETS = APP + " > Certificates & secrets > Client secrets";
        static final String CERTIFICATES = APP + " > Certificates & secrets > Certificates";
        static final String AUTHENTICATION = APP + " > Authentication";
        static final String REDIRECTS = AUTHENTICATION + " > Redirect URIs";
        static final String ACCOUNTS = AUTHENTICATION + " > Supported account types";
        static final String PERMISSIONS = APP + " > API permissions";

        private Portal() {
        }
    }
}
