package io.github.camelonedrive.graph;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

import io.github.camelonedrive.Explanation;
import io.github.camelonedrive.RemedyAction;

/**
 * What to do when OneDrive refuses access although the sign-in worked: a permission is missing, or there is no drive at all.
 * Chosen by status and codes, never by message texts, so where Microsoft has one code for several cases the text says how to
 * tell them apart.
 */
public enum AccessRemedy {

    DRIVE_READ_ONLY(Set.of(403), Set.of("serviceReadOnly"), "The drive takes no changes.",
            "The storage is full or its subscription has ended, so that Microsoft has frozen the account; or the app was given"
                    + " Files.ReadWrite.AppFolder only and the drive has never met it before.",
            "Open OneDrive in a browser with the account and look for a notice. With Files.ReadWrite.AppFolder, authorize once"
                    + " with Files.ReadWrite, then again without.", RemedyAction.ASK_OWNER),
    NOT_PROVISIONED(Set.of(403, 404), Set.of("provisioningNotAllowed", "resourceBeingProvisioned"),
            "The account's OneDrive is not set up yet.",
            "A work account gets its drive when its owner opens OneDrive for the first time; that takes some minutes, and the"
                    + " organization may have switched it off.",
            "Let the account's owner open https://www.office.com > OneDrive once, wait some minutes, and try again.",
            RemedyAction.ASK_OWNER),
    RESTRICTED(Set.of(403), Set.of("accessRestricted"), "A rule of the organization keeps the item back.",
            "A label, a data loss rule, or a rule that lets only managed devices or certain networks in.",
            "Ask the administrator of SharePoint for an exception: SharePoint admin center > Policies > Access control.",
            RemedyAction.ASK_ADMINISTRATOR),
    NO_PERMISSION_IN_TOKEN(Set.of(401, 403), Set.of("AccessDenied"), "The sign-in brought no permission at all.",
            "The app signs in as an application and has no application permission, or nobody has granted admin consent to it.",
            "Add the application permission Files.ReadWrite.All (for a site: Sites.ReadWrite.All) under App registrations >"
                    + " your app > API permissions and press 'Grant admin consent'.", RemedyAction.GRANT_PERMISSION),
    MISSING_PERMISSION(Set.of(403), Set.of("accessDenied", "Forbidden", "Authorization_RequestDenied", "ErrorAccessDenied"),
            "The account or the app registration lacks a permission.",
            "The destination has the permission own, and the drive, site or shared folder is not the own one of the person who"
                    + " signed in; Files.ReadWrite.All was not added, not consented to, or consented to before it was added; "
                    + "the account may read that folder, but not write; Sites.Selected names another site or gives it 'read'; "
                    + "or the app has Files.ReadWrite.AppFolder only.",
            "Check that Files.ReadWrite.All is there and granted under App registrations > your app > API permissions (admin"
                    + " consent for work accounts; delegated for a person, application for an application), and that the"
                    + " account may write there.",
            RemedyAction.GRANT_PERMISSION, RemedyAction.AUTHORIZE_AGAIN, RemedyAction.AUTHORIZE_FOR_ALL_FILES),
    NO_ONEDRIVE(Set.of(404), Set.of("ResourceNotFound"), "The account has no OneDrive.",
            "A work account without a licence that has SharePoint Online in it, or one whose owner has never opened OneDrive"
                    + " ('User's mysite not found').",
            "Give the account such a licence (Microsoft 365 admin center > Users > Active users > Licenses and apps), let its"
                    + " owner open OneDrive once, wait some minutes, and try again.", RemedyAction.ASK_ADMINISTRATOR),
    NO_SUCH_OWNER(Set.of(404), Set.of("Request_ResourceNotFound"), "There is no such user, group or site here.",
            "The user, group or site that is set is one of another tenant, or was mistyped.",
            "Compare the user with the user principal name, the site with the site's id ('host,guid,guid'), and the tenant.",
            RemedyAction.CHECK_DESTINATION),
    NOT_FOR_THIS_SIGN_IN(Set.of(400), Set.of("BadRequest"), "Microsoft Graph refuses this drive for this kind of sign-in.",
            "An application has no drive of its own ('/me request is only valid with delegated authentication flow'); or the"
                    + " tenant has no OneDrive ('Tenant does not have a SPO license').",
            "Signed in as an application: name the drive, site or user. As a person: check that the work account has a licence"
                    + " with OneDrive, and that a personal account uses the tenant consumers or common.",
            RemedyAction.SET_UP_AGAIN),
    TOKEN_REFUSED(Set.of(401), Set.of(), "OneDrive does not accept the sign-in.",
            "The access was taken away or the password changed a moment ago; the token is for another service or cloud"
                    + " ('Invalid audience'); an application has no permission for that site ('General exception while"
                    + " processing'); or a clock is wrong ('Lifetime validation failed').",
            "If it says 'audience', the token is for another service: check cloud, scope, graphEndpoint, and a tokenProvider of"
                    + " your own. An application needs its permissions granted by an administrator.",
            RemedyAction.AUTHORIZE_AGAIN),
    EMPTY_LISTING(Set.of(), Set.of(), "A drive or folder shows nothing.",
            "It is empty ('is really empty': OneDrive itself counts nothing in it); or it is another account's drive;"
                    + " or the app may see only its own folder (Files.ReadWrite.AppFolder) or no files at all, which Microsoft"
                    + " does not always call an error.",
            "If a test file is refused, check Files.ReadWrite.All and the admin consent under App registrations > your app > "
                    + "API permissions.",
            RemedyAction.TEST_DESTINATION, RemedyAction.AUTHORIZE_AGAIN);

    private final Set<Integer> statuses;
    private final Set<String> codes;
    private final Explanation explanation;

    AccessRemedy(Set<Integer> statuses, Set<String> codes, String what, String why, String todo,
            RemedyAction... actions) {
        this.statuses = statuses;
        this.codes = codes;
        this.explanation = new Explanation(what, why, todo, actions);
    }

    /** What it means, why it happens and what to do. */
    public Explanation explanation() {
        return explanation;
    }

    /** The HTTP statuses that it comes with; none for what is no error to Microsoft. */
    public Set<Integer> statuses() {
        return statuses;
    }

    /** The codes that it comes with; none where the status alone decides. */
    public Set<String> codes() {
        return codes;
    }

    /** Of the rows that status and one of the codes fit, the first. */
    static Optional<AccessRemedy> of(int status, String code, String innermostCode) {
        return Arrays.stream(values()).filter(remedy -> remedy.statuses.contains(status)
                && (remedy.codes.contains(innermostCode) || remedy.codes.contains(code))).findFirst();
    }
}
