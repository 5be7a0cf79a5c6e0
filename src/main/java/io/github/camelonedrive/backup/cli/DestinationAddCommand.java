package io.github.camelonedrive.backup.cli;

import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.auth.SignInKind;
import io.github.camelonedrive.backup.failure.BackupException;
import io.github.camelonedrive.credentials.ClientCredential;
import io.github.camelonedrive.credentials.Cloud;
import io.github.camelonedrive.credentials.Destination;
import io.github.camelonedrive.credentials.DriveSelector;
import io.github.camelonedrive.credentials.Permission;
import io.github.camelonedrive.credentials.Secret;
import io.github.camelonedrive.credentials.Vault;
import io.github.camelonedrive.graph.IllegalNameException;
import io.github.camelonedrive.graph.ItemPath;
import io.github.camelonedrive.graph.NameRules;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code destination add}: seals a destination in the vault. On a terminal it asks for what was not given. */
@Command(name = "add", description = {
        "Adds a destination. On a terminal it asks for what is missing.",
        "Secrets come from files, or are typed; they are never arguments. One trailing newline of a file is ignored." })
final class DestinationAddCommand extends BackupCommand {

    private static final String ANY_TENANT = "common";
    private static final String ROOT = "/";
    private static final String USUAL_FOLDER = "/Backups";
    private static final Secret NOT_KNOWN_YET = Secret.of(new UUID(0, 0).toString());

    @Parameters(index = "0", paramLabel = "NAME", description = "What you and your routes call it.")
    private String name;

    @Option(names = "--client-id", paramLabel = "ID",
            description = "The Application (client) ID of the app registration.")
    private String clientId;

    @Mixin
    private CredentialOptions credentials;

    @Option(names = "--tenant", paramLabel = "T",
            description = "common, organizations, consumers, a tenant's id or domain. Default: " + ANY_TENANT + ".")
    private String tenant;

    @Option(names = "--cloud", paramLabel = "C", defaultValue = "global",
            description = "global, usgov, usgov-dod or china. Default: ${DEFAULT-VALUE}.")
    private String cloud;

    @Option(names = "--folder", paramLabel = "PATH",
            description = "Where dumps go, for example /Backups. Default: the drive's root.")
    private String folder;

    @Option(names = "--permission", paramLabel = "P", description = "What the person who signs in is asked for: own (the own"
            + " drive; the default), all (every drive, site and shared folder; the default with --drive, --site, --user and"
            + " --group), app-folder (the app's own folder only).")
    private String permission;

    @ArgGroup
    private Drive drive;

    /** Which drive, if not the signed-in person's own. */
    private static final class Drive {

        @Option(names = "--drive", paramLabel = "ID", description = "A drive, by its id.")
        private String drive;

        @Option(names = "--site", paramLabel = "ID", description = "A SharePoint site's document library.")
        private String site;

        @Option(names = "--user", paramLabel = "ID", description = "A person's drive, by id or user principal name.")
        private String user;

        @Option(names = "--group", paramLabel = "ID", description = "A group's drive, by id.")
        private String group;

        private DriveSelector selector() {
            if (drive != null) {
                return new DriveSelector(DriveSelector.Kind.DRIVE, drive);
            }
            if (site != null) {
                return new DriveSelector(DriveSelector.Kind.SITE, site);
            }
            return user != null ? new DriveSelector(DriveSelector.Kind.USER, user)
                    : new DriveSelector(DriveSelector.Kind.GROUP, group);
        }
    }

    @Override
    int run() throws Exception {
        Optional<Questions> terminal = Questions.at(environment());
        if (clientId == null && terminal.isEmpty()) {
            throw BackupException.usage("The option --client-id ID is missing.",
                    "It is the Application (client) ID of the app registration. On a terminal the program asks for what is "
                            + "missing.");
        }
        if (clientId != null && clientId.chars().anyMatch(Character::isISOControl)) {
            throw BackupException.usage("--client-id holds a control character.", DestinationWarnings.ofClientId());
        }
        Vault vault = vault();
        Destination draft = draft();
        requireFree(vault);
        Destination destination = terminal.isPresent() ? asked(terminal.get(), draft) : draft;
        vault.add(destination);
        report(destination);
        return ExitCode.DONE;
    }

    // Before anything is asked; whoever takes the name meanwhile is noticed when it is stored.
    private void requireFree(Vault vault) throws OneDriveException {
        if (vault.names().contains(name)) {
            throw BackupException.usage("There is a destination '" + name + "' already.",
                    "Choose another name, change it with 'destination update', or remove it first.");
        }
    }

    /** What the options say; the client ID may be missing still. */
    private Destination draft() throws BackupException {
        try {
            DriveSelector selector = drive == null ? DriveSelector.ME : drive.selector();
            Destination draft = Destination.of(name, clientId == null ? NOT_KNOWN_YET : Secret.of(clientId))
                    .withCredential(credentials.credential(this::local))
                    .withTenant(tenant == null ? ANY_TENANT : tenant)
                    .withCloud(Cloud.parse(cloud))
                    .withDrive(selector)
                    .withFolderPath(folder == null ? ROOT : folderPath(folder));
            draft = permission == null ? draft : draft.withPermission(Permission.parse(permission));
            Optional<Secret> token = credentials.refreshToken(this::local);
            draft = token.isPresent() ? draft.withRefreshToken(token.get()) : draft;
            DestinationWarnings.requirePossible(draft.tenant(), draft.cloud());
            return credentials.secretExpires().isPresent() ? draft.withSecretExpires(credentials.secretExpires().get()) : draft;
        } catch (NotStorableException e) {
            throw BackupException.usage(e.getMessage(), "Correct --folder.", e);
        } catch (IllegalArgumentException e) {
            throw BackupException.usage(e.getMessage(), "", e);
        }
    }

    private Destination asked(Questions questions, Destination draft) throws BackupException {
        Destination destination = draft;
        if (clientId == null) {
            destination = destination.withClientId(questions.ask("Application (client) ID", "",
                    DestinationAddCommand::clientId));
        }
        if (!credentials.isGiven()) {
            destination = destination.withCredential(ClientCredential.ofSecret(secret(questions)));
        }
        if (destination.credential().secret().isPresent() && credentials.secretExpires().isEmpty()) {
            Optional<LocalDate> day = questions.askOptional("Day on which the secret expires, as 2027-01-31 (empty: not known)",
                    DestinationAddCommand::date);
            destination = day.isPresent() ? destination.withSecretExpires(day.get()) : destination;
        }
        if (tenant == null) {
            destination = destination.withTenant(questions.ask("Tenant: common, organizations, consumers, an id or a domain",
                    ANY_TENANT, text -> tenant(text, draft.cloud())));
        }
        if (folder == null) {
            destination = destination.withFolderPath(questions.ask("Folder in OneDrive for the backups, / is the root",
                    USUAL_FOLDER, DestinationAddCommand::folderPath));
        }
        return destination;
    }

    private static Secret clientId(String text) {
        Secret id = Secret.of(text);
        if (!DestinationWarnings.isGuid(id)) {
            throw new IllegalArgumentException(DestinationWarnings.ofClientId());
        }
        return id;
    }

    private static Optional<Secret> secret(Questions questions) throws BackupException {
        while (true) {
            Optional<Secret> secret = questions.askSecret(
                    "Client secret's value, which is not shown (empty: a public client, without one)");
            if (secret.filter(DestinationWarnings::isGuid).isEmpty()) {
                return secret;
            }
            questions.say(DestinationWarnings.ofSecretId());
        }
    }

    private static LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("'" + text + "' is not a date; write it as 2027-01-31.", e);
        }
    }

    private static String tenant(String text, Cloud cloud) {
        try {
            DestinationWarnings.requirePossible(text, cloud);
        } catch (BackupException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        return Destination.requireTenant(text);
    }

    private static String folderPath(String folder) {
        try {
            NameRules.check(ItemPath.parse(folder));
        } catch (IllegalNameException e) {
            throw new NotStorableException(e);
        }
        return folder.startsWith("/") ? folder : "/" + folder;
    }

    /** OneDrive can't have such a folder. */
    private static final class NotStorableException extends IllegalArgumentException {

        private static final long serialVersionUID = 1L;

        NotStorableException(IllegalNameException cause) {
            super(cause.problem(), cause);
        }
    }

    private void report(Destination destination) {
        List<String> warnings = DestinationWarnings.of(destination, Instant.now());
        warnings.forEach(warning -> console().say("Warning: " + warning));
        List<String> next = NextStep.of(destination);
        console().print("Destination " + name + " is in the vault " + home().vaultFile() + ".");
        next.forEach(console()::print);
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("added", DestinationData.of(destination, Instant.now()));
        result.put("warnings", warnings);
        result.put("signIn", DestinationData.label(SignInKind.of(destination)));
        console().printJson(result);
    }
}
