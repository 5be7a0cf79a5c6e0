package io.github.camelonedrive.backup.failure;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.github.camelonedrive.Explanation;
import io.github.camelonedrive.auth.AadstsRemedy;
import io.github.camelonedrive.auth.LoginTrouble;
import io.github.camelonedrive.auth.SignInRemedy;
import io.github.camelonedrive.credentials.VaultException;
import io.github.camelonedrive.graph.AccessRemedy;

/** What the program says about sign-in trouble, as a page for people who search for what it said. */
final class TroubleshootingGuide {

    private static final String INTRODUCTION = """
            # When signing in fails

            Paste what the program said, or just its number (`AADSTS7000215`), into this page's search. Each entry says
            **what** happened, in the words of the message, **why** it usually happens, and what to **do**. This page is made
            from the very texts that the program prints (`AadstsRemedy`, `SignInRemedy`, `LoginTrouble`, `AccessRemedy`,
            `RemedyCommands`); a test fails when the two differ, and `mvn -q -B -Pdocs test` writes the page.

            - `NAME` stands for the destination. *App registrations > your app* is in the
              [Azure portal](https://portal.azure.com) and, under *Entra ID*, in
              [Microsoft's admin center](https://entra.microsoft.com).
              [How the app is registered](azure-registration.md) shows each page from the start.
            - First of all run `onedrive-backup destination test NAME`: it goes step by step and stops at the one that fails.
            - If you use the Camel component without the app, its messages name no commands, and you do what the commands do with
              your own means: a new secret is the option `clientSecret`, a new sign-in a new `refreshToken`.

            ## How to read the message

            ```
            Microsoft refused the sign-in of destination 'offsite': invalid_client, AADSTS7000222: The provided client secret
            keys for app '…' are expired. (correlation id 1f4d…, 2026-03-01 08:00:00Z). The client secret has expired. Create …
            ```

            Destination, OAuth error, Microsoft's number and words, then Microsoft's **correlation id and time**, then ours:
            what it means and what to do. Administrators find the sign-in by correlation id and time under *Entra ID >
            Monitoring & health > Sign-in logs*; Microsoft's support asks for both. Microsoft may change its numbers: they
            choose the hint, and the program decides by the OAuth error alone.

            | Exit code | What it says about the sign-in |
            | --- | --- |
            | 3 | A person must act: no sign-in is stored, it has expired or was revoked, or the client ID, its secret or \
            certificate was refused. Trying again is useless; see *Microsoft refused the sign-in*, *Found on this machine*, \
            and 401 under *Signed in, and still refused* |
            | 1 | Anything else, and nothing against your sign-in: network, throttling, an outage, a missing permission, \
            the vault. What can pass is tried again |
            | 2 | Wrong usage: an unknown destination, an option that can't work |

            """;

    private static final String CLOCK = """

            ## The clock

            > This machine's clock is 17 min behind Microsoft's.

            **What:** Microsoft's time, as its answer says it, and this machine's differ by more than five minutes. It is said
            only then, with a sign-in that was refused or a token that OneDrive does not accept.

            **Why:** Proofs made with a certificate, federated tokens and access tokens are good for minutes. A clock that is
            wrong makes them look expired, or not valid yet ("Lifetime validation failed"). Virtual machines that slept, and
            small computers without a battery, are the usual cases.

            **Do:** Set the clock (`timedatectl set-ntp true`, then `timedatectl status`), and try again. If the same refusal
            comes without this sentence, look up its number.

            """;

    private static final String VAULT = """

            ## The vault and its key

            These come from this machine, not from Microsoft, and none of them ever changes the vault file. Exit code 1. Where
            a file or command has to be named, the message names it. [Security](security.md) explains vault and key.

            """;

    /**
     * What messages of this machine's own have in common; names of files and destinations are left out.
     *
     * @param fragment a piece of the message, as it is in the code
     */
    record OwnTrouble(String fragment, String what, String why, String todo) {

        private Explanation explanation() {
            return new Explanation(what, why, todo);
        }

        private String shown() {
            return fragment.replaceAll("[ '(]+$", "");
        }

        private String heading() {
            return what.substring(0, what.length() - 1) + (what.contains(shown()) ? "" : " (\"… " + shown() + " …\")");
        }
    }

    private TroubleshootingGuide() {
    }

    static String markdown() {
        StringBuilder page = new StringBuilder(INTRODUCTION);
        page.append("## Microsoft refused the sign-in: by number\n\nExit code 3. Besides the numbers of Microsoft's reference"
                + " it lists some that the same mistakes lead to.\n");
        for (AadstsRemedy remedy : AadstsRemedy.values()) {
            section(page, remedy.numbers().stream().map(number -> "AADSTS" + number).collect(Collectors.joining(", ")),
                    remedy.explanation());
        }
        section(page, "AADSTS7000215 or invalid_client, with a secret that looks like an ID", SignInRemedy.SECRET_IS_AN_ID);
        refusals(page);
        notAuthorized(page);
        here().forEach(trouble -> section(page, trouble.heading(), trouble.explanation()));
        access(page);
        page.append(CLOCK);
        network(page);
        page.append(VAULT);
        vault().forEach((reason, trouble) -> section(page, trouble.heading(), trouble.explanation()));
        return page.toString();
    }

    private static void refusals(StringBuilder page) {
        page.append("\n## Microsoft refused the sign-in: without a known number\n\nThe suberror, if there is one, says more"
                + " than the error.\n");
        byText(SignInRemedy.suberrors()).forEach((explanation, names) -> section(page, "Suberror " + names, explanation));
        byText(SignInRemedy.errors()).forEach((explanation, names) -> section(page, "Error " + names, explanation));
        section(page, "Anything else", SignInRemedy.UNKNOWN);
    }

    /** Errors that mean the same, together. */
    private static Map<Explanation, String> byText(Map<String, Explanation> texts) {
        Map<Explanation, String> names = new LinkedHashMap<>();
        texts.forEach((name, explanation) -> names.merge(explanation, "`" + name + "`", (one, other) -> one + ", " + other));
        return names;
    }

    private static void notAuthorized(StringBuilder page) {
        page.append("\n## Found on this machine, before or while signing in\n\nExit code 3; 2 where options don't fit each"
                + " other.\n");
        section(page, "Not authorized yet", SignInRemedy.NOT_AUTHORIZED);
        section(page, "insufficient_claims", SignInRemedy.CLAIMS_NOT_MET);
    }

    private static void access(StringBuilder page) {
        page.append("\n## Signed in, and still refused\n\nOneDrive (Microsoft Graph) answers with an HTTP status and a code;"
                + " the message holds both, with Microsoft's request id. Exit code 1, except for 401: 3.\n");
        for (AccessRemedy remedy : AccessRemedy.values()) {
            section(page, heading(remedy), remedy.explanation());
        }
    }

    private static String heading(AccessRemedy remedy) {
        if (remedy.statuses().isEmpty()) {
            return "An empty folder browser, an empty listing";
        }
        String statuses = remedy.statuses().stream().sorted().map(String::valueOf).collect(Collectors.joining(" or "));
        String codes = remedy.codes().stream().sorted().map(code -> "`" + code + "`").collect(Collectors.joining(", "));
        return codes.isEmpty() ? statuses : statuses + " " + codes;
    }

    private static void network(StringBuilder page) {
        page.append("""
                ## Network trouble, which is no problem of your sign-in

                The message says so. Exit code 1; what can pass is tried again, so that nobody has to act at night. Signing in
                again does not help.
                """);
        for (LoginTrouble trouble : LoginTrouble.values()) {
            Explanation explanation = trouble.explanation();
            section(page, "The sign-in service: " + explanation.what(), new Explanation(
                    "The sign-in service could not be asked: " + explanation.what() + ". This is no problem of your sign-in.",
                    explanation.why(), explanation.todo()));
        }
    }

    private static void section(StringBuilder page, String heading, Explanation explanation) {
        page.append("\n### ").append(heading).append("\n\n**What:** ").append(escaped(explanation.what()))
                .append("\n\n**Why:** ").append(escaped(explanation.why()))
                .append("\n\n**Do:** ").append(escaped(explanation.remedy("").text(RemedyCommands.WORDS))).append('\n');
    }

    /** What Markdown would take for something else. */
    private static String escaped(String text) {
        return text.replace("*", "\\*").replace("_", "\\_").replace("<", "&lt;").replace("|", "\\|");
    }

    /** What is found before Microsoft is asked, or because nobody answered. */
    static List<OwnTrouble> here() {
        return List.of(
                new OwnTrouble("Nobody has signed in for '", "Nobody has signed in in time.",
                        "'authorize' waits for five minutes; the browser was on another machine, or its answer did not reach"
                                + " localhost.",
                        "Run 'onedrive-backup authorize NAME' again, with --no-browser where the browser is elsewhere, or with"
                                + " --device."),
                new OwnTrouble("Nobody has entered the code for '", "Nobody has entered the code in time.",
                        "A device code is good for 15 minutes at most.",
                        "Run 'onedrive-backup authorize NAME --device' again."),
                new OwnTrouble("but a device code is for public clients", "A device code is for public clients.",
                        "The destination has a client secret, certificate or federated token; Microsoft would answer"
                                + " AADSTS7000218.",
                        "Run 'onedrive-backup authorize NAME' with a browser; or allow public client flows and add the"
                                + " destination anew without a secret."),
                new OwnTrouble("This answer belongs to no sign-in that was begun here",
                        "The answer belongs to no sign-in that was begun here.",
                        "The page was loaded again, an old address was pasted, or somebody else sent the browser here.",
                        "Run 'onedrive-backup authorize NAME' again and use the address that it prints."),
                new OwnTrouble("holds no code.", "The answer of the sign-in page holds no code.",
                        "The address was pasted incompletely.",
                        "Run 'onedrive-backup authorize NAME' again and paste the whole address, from http to its end."),
                new OwnTrouble("Microsoft gave no refresh token for '", "Microsoft gave no refresh token.",
                        "The permission offline_access is missing, in the app registration or in 'scope'.",
                        "Add offline_access under App registrations > your app > API permissions, then run 'onedrive-backup"
                                + " authorize NAME'."),
                new OwnTrouble("can't sign in as an application: that takes a client secret, certificate or federated token",
                        "The destination can't sign in as an application.",
                        "That takes a client secret, certificate or federated token, and a certain tenant.",
                        "Add the destination with --tenant DIRECTORY-TENANT-ID and --client-secret-file or --certificate."),
                new OwnTrouble("can't sign in: personal accounts (tenant '", "Personal accounts live in the global cloud only.",
                        "--cloud is usgov, usgov-dod or china, and --tenant is consumers.",
                        "Add the destination with --cloud global, or with the tenant of the work account."),
                new OwnTrouble("has ended on ", "The certificate has ended.",
                        "Its last day is over; or this machine's clock is wrong.",
                        "Create a new one, upload its public part under App registrations > your app > Certificates & secrets"
                                + " > Certificates, and run 'onedrive-backup destination update NAME --certificate F'."),
                new OwnTrouble("can't sign: its key has to be an RSA", "The certificate can't sign.",
                        "Its key is no RSA key, or shorter than 2048 bits.",
                        "Make one as the registration guide shows, and store it with 'onedrive-backup destination update NAME"
                                + " --certificate F'."),
                new OwnTrouble("The federated token of '", "The federated token is missing or can't be used.",
                        "Whoever issues it has not written its file, or the file belongs to another user.",
                        "Check the file that the message names, and that its issuer runs."));
    }

    /** The vault's own messages name files; here is what they have in common. */
    static Map<VaultException.Reason, OwnTrouble> vault() {
        Map<VaultException.Reason, OwnTrouble> texts = new EnumMap<>(VaultException.Reason.class);
        texts.put(VaultException.Reason.MISSING, new OwnTrouble("There is no vault at",
                "There is no vault at that place.",
                "The first start, another --home or ONEDRIVE_BACKUP_HOME than usual, or another user.",
                "Make one with 'onedrive-backup vault init', or check the path."));
        texts.put(VaultException.Reason.EXISTS, new OwnTrouble("There is a vault at",
                "There is a vault at that place already.",
                "'vault init' was run twice.", "Use it, or choose another place."));
        texts.put(VaultException.Reason.WRONG_KEY, new OwnTrouble("The key does not fit the vault",
                "The key does not fit the vault.",
                "The key of another installation, a key from before a rotation, or a vault restored from an old backup.",
                "Give the key that the vault was made with. Without it the secrets can't be had back: make a new vault, add the"
                        + " destinations and authorize them anew."));
        texts.put(VaultException.Reason.DAMAGED, new OwnTrouble("is damaged:",
                "The vault is damaged.",
                "It was cut off, altered, or entries were swapped or put back to an older state. A disk, or a person, did"
                        + " that.",
                "Restore it from a backup. The file was left as it is."));
        texts.put(VaultException.Reason.UNKNOWN_FORMAT, new OwnTrouble("can't be used as a vault:",
                "The file can't be used as a vault.",
                "It is another file, or was written by a newer version of the program.",
                "Check the path, or use the version of the program that wrote it."));
        texts.put(VaultException.Reason.LOOSE_PERMISSIONS, new OwnTrouble("is open to others",
                "The vault is open to others.",
                "It was copied or restored without its permissions.",
                "Run the chmod 600 that the message names. If others could read it and the key, make new secrets."));
        texts.put(VaultException.Reason.UNREADABLE, new OwnTrouble("can't be read",
                "The vault can't be read.",
                "It belongs to another user, or a directory above it does.", "Check its owner and permissions."));
        texts.put(VaultException.Reason.NOT_WRITABLE, new OwnTrouble("it is as it was",
                "The vault can't be written; it is as it was.",
                "A full or read-only disk, or a directory of another user. Microsoft renews the sign-in all the time, so that"
                        + " the vault must be writable.",
                "Check the owner, the permissions and the free space of its directory."));
        texts.put(VaultException.Reason.KEY_CHANGED, new OwnTrouble("Another process has sealed the vault",
                "Another process has sealed the vault with another key meanwhile.", "'vault rotate' was run beside it.",
                "Start this program again with the new key."));
        texts.put(VaultException.Reason.KEY_MISSING, new OwnTrouble("No key for the vault was given",
                "No key for the vault was given.",
                "The variable that names it is set in your shell and not for the service, or the other way round.",
                "Set one of the variables that the message names, or give --key-file."));
        texts.put(VaultException.Reason.TWO_KEYS, new OwnTrouble("More than one key for the vault was given",
                "More than one key for the vault was given.",
                "A variable is still set beside --key-file.", "Give exactly one."));
        texts.put(VaultException.Reason.MALFORMED_KEY, new OwnTrouble("A key is 32 random bytes in base64 or hex",
                "What was given is not a key.",
                "The file holds something else, was cut off, or a passphrase was given where a key is expected.",
                "A key is 32 random bytes in base64 or hex, as 'openssl rand -base64 32' prints them."));
        texts.put(VaultException.Reason.LOOSE_KEY_PERMISSIONS, new OwnTrouble("is open to others",
                "The key file is open to others.",
                "It was copied or restored without its permissions.",
                "Run the chmod 600 that the message names. If others could read it, make a new key with 'onedrive-backup vault"
                        + " rotate'."));
        texts.put(VaultException.Reason.KEY_UNREADABLE, new OwnTrouble("can't be read",
                "The key file can't be read.",
                "A wrong path, or a file of another user.", "Check the path, its owner and its permissions."));
        texts.put(VaultException.Reason.KEY_EXISTS, new OwnTrouble("There is a file at",
                "There is a file already where the new key is to go.",
                "An earlier key, which old backups of the vault may still need.",
                "Choose another place for the new key: a key that is overwritten can't be brought back."));
        texts.put(VaultException.Reason.KEY_NOT_WRITABLE, new OwnTrouble("can't be written",
                "The key file can't be written.",
                "A full or read-only disk, or a directory of another user.", "Check the directory's owner and permissions."));
        return texts;
    }
}
