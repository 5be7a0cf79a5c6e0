package io.github.camelonedrive;

import java.util.List;

/**
 * A kind of action that helps against a failure. Some are done in the program that uses this library, which has commands,
 * options or pages for them: those have a sentence, in neutral words here, that {@link RemedyWords} replaces. Others are done
 * elsewhere, and the text of the {@link Remedy} says where.
 */
public enum RemedyAction {

    /** Sign in to the destination for the first time. */
    AUTHORIZE("Authorize {destination} (or set a refreshToken)."),

    /** Sign in to the destination again. */
    AUTHORIZE_AGAIN("Authorize {destination} again (or set a new refreshToken)."),

    /** Sign in to the destination again where a person can answer Microsoft's pages. */
    AUTHORIZE_IN_BROWSER("Authorize {destination} again and follow the browser (or set a new refreshToken)."),

    /** Sign in to the destination again with a device code. */
    AUTHORIZE_WITH_CODE("Authorize {destination} again with a device code and enter the new code."),

    /** Sign in to the destination again, for all files that the account may see and not only its own. */
    AUTHORIZE_FOR_ALL_FILES("A drive, site or shared folder of others needs the permission Files.ReadWrite.All."),

    /** Store a new client secret. */
    NEW_SECRET("Store the new client secret for {destination} (clientSecret)."),

    /** Store a certificate with its key. */
    NEW_CERTIFICATE("Store the certificate with its key for {destination} (clientCertificate)."),

    /** Set the destination up from scratch: a stored sign-in does not fit another client ID, tenant or cloud. */
    SET_UP_AGAIN("Then set up {destination} again with that (clientId, tenantId, cloud) and authorize it."),

    /** Register the program's redirect addresses at Microsoft. */
    REGISTER_REDIRECT("Register other redirect addresses of the program there too."),

    /** Compare what is stored for the destination. */
    CHECK_DESTINATION("Check what is set for {destination} (clientId, tenantId, cloud, driveId, userId, siteId)."),

    /** Test the connection to the destination. */
    TEST_DESTINATION("Run the operation checkConnection on {destination}: it names the account and writes a test file."),

    /** Add a destination to the vault. */
    ADD_DESTINATION("Add one to the vault."),

    /** Create the vault. */
    CREATE_VAULT("Create one, or check the path."),

    /** Name the file of the vault's key. */
    NAME_KEY_FILE("The key file can also be named where the vault is opened (keyFile)."),

    /** Seal the vault, which opens with the key in the first file, with the key in the second one. */
    ROTATE_KEY("Open it with the key in {0} and seal it with the one in {1} again."),

    /** Correct the scope that is asked for. */
    CHECK_SCOPE("It is the option scope."),

    /** Correct an option of the program. */
    CHECK_OPTIONS(""),

    /** Change the app registration at Microsoft. */
    CHANGE_REGISTRATION(""),

    /** Grant the app a permission at Microsoft. */
    GRANT_PERMISSION(""),

    /** Let an administrator of the organization act. */
    ASK_ADMINISTRATOR(""),

    /** Let the account's owner act. */
    ASK_OWNER(""),

    /** Correct the network, a firewall or a proxy. */
    CHECK_NETWORK(""),

    /** Set this machine's clock. */
    SET_CLOCK(""),

    /** Wait and try again. */
    WAIT(""),

    /** Report a fault of this library. */
    REPORT("");

    private final String sentence;

    RemedyAction(String sentence) {
        this.sentence = sentence;
    }

    /** Whether the program that uses this library does it, and so may have words of its own for it. */
    public boolean isOfTheProgram() {
        return !sentence.isEmpty();
    }

    /**
     * Returns the action in neutral words, as a whole sentence; empty for what is not done in the program.
     *
     * @param about what it is about: as a rule the destination's name, empty where it is not known
     */
    String sentence(List<String> about) {
        String name = about.isEmpty() ? "" : about.get(0);
        String text = sentence.replace("{destination}", name.isEmpty() ? "the destination" : "destination '" + name + "'");
        for (int i = 0; i < about.size(); i++) {
            text = text.replace("{" + i + "}", about.get(i));
        }
        return text;
    }
}
