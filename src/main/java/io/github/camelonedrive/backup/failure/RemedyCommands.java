package io.github.camelonedrive.backup.failure;

import java.util.List;

import io.github.camelonedrive.RemedyAction;
import io.github.camelonedrive.RemedyWords;

/** The commands and settings of this program for each kind of action that helps against a failure. */
public final class RemedyCommands implements RemedyWords {

    /** The words of this program. */
    public static final RemedyWords WORDS = new RemedyCommands();

    // Where a failure does not know the destination.
    private static final String UNKNOWN = "NAME";

    private RemedyCommands() {
    }

    @Override
    public String sentence(RemedyAction action, List<String> about) {
        String name = about.isEmpty() || about.get(0).isEmpty() ? UNKNOWN : about.get(0);
        return switch (action) {
            case AUTHORIZE, AUTHORIZE_AGAIN -> "Run 'onedrive-backup authorize " + name + "'.";
            case AUTHORIZE_IN_BROWSER -> "Run 'onedrive-backup authorize " + name + "' and follow the browser.";
            case AUTHORIZE_WITH_CODE -> "Run 'onedrive-backup authorize " + name + " --device' again and enter the new code.";
            case AUTHORIZE_FOR_ALL_FILES -> "For a drive, site or shared folder of others: 'onedrive-backup authorize " + name
                    + " --permission all'.";
            case NEW_SECRET -> "Put it into a file and store it: onedrive-backup destination update " + name
                    + " --client-secret-file FILE --secret-expires DATE (with the date you are warned in time).";
            case NEW_CERTIFICATE -> "Store it with its key: onedrive-backup destination update " + name
                    + " --certificate FILE";
            case SET_UP_AGAIN -> "Then 'onedrive-backup destination remove " + name + "', 'destination add " + name
                    + "' with the right --client-id, --tenant, --cloud, --drive, --user or --site, and 'authorize " + name
                    + "'.";
            case REGISTER_REDIRECT -> "For the console register {public-url}/api/adapters/onedrive/callback, too.";
            case CHECK_DESTINATION -> "'onedrive-backup destination show " + name + "' shows what is stored.";
            case TEST_DESTINATION -> "Run 'onedrive-backup destination test " + name
                    + "': it names the account and writes a test file.";
            case CHECK_SCOPE -> "It is the setting camel.component.onedrive.scope.";
            case ADD_DESTINATION -> "Add one with 'onedrive-backup destination add'.";
            case CREATE_VAULT -> "Make one with 'onedrive-backup vault init', or check the path.";
            case NAME_KEY_FILE -> "The option --key-file names the file, too.";
            case ROTATE_KEY -> "Then run: onedrive-backup vault rotate --key-file '" + about.get(0) + "' --new-key-file '"
                    + about.get(1) + "'";
            case CHECK_OPTIONS, CHANGE_REGISTRATION, GRANT_PERMISSION, ASK_ADMINISTRATOR, ASK_OWNER, CHECK_NETWORK, SET_CLOCK,
                    WAIT, REPORT -> "";
        };
    }
}
