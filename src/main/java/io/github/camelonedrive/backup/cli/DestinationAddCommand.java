package io.github.camelonedrive.backup.cli;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;

import io.github.camelonedrive.backup.failure.BackupException;
import io.github.camelonedrive.credentials.ClientCredential;
import io.github.camelonedrive.credentials.Cloud;
import io.github.camelonedrive.credentials.Destination;
import io.github.camelonedrive.credentials.DriveSelector;
import io.github.camelonedrive.credentials.Secret;
import io.github.camelonedrive.credentials.Vault;
import io.github.camelonedrive.graph.IllegalNameException;
import io.github.camelonedrive.graph.ItemPath;
import io.github.camelonedrive.graph.NameRules;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code destination add}: seals a destination in the vault. */
@Command(name = "add", description = "Adds a destination. Secrets come from files; one trailing newline is ignored.")
final class DestinationAddCommand extends BackupCommand {

    @Parameters(index = "0", paramLabel = "NAME", description = "What you and your routes call it.")
    private String name;

    @Option(names = "--client-id", required = true, paramLabel = "ID",
            description = "The Application (client) ID of the app registration.")
    private String clientId;

    @Option(names = "--client-secret-file", paramLabel = "F",
            description = "The client secret's value. Without it: a public client.")
    private Path clientSecretFile;

    @Option(names = "--refresh-token-file", paramLabel = "F", description = "A refresh token of the account.")
    private Path refreshTokenFile;

    @Option(names = "--tenant", paramLabel = "T", defaultValue = "common",
            description = "common, organizations, consumers, a tenant's id or domain. Default: ${DEFAULT-VALUE}.")
    private String tenant;

    @Option(names = "--cloud", paramLabel = "C", defaultValue = "global",
            description = "global, usgov, usgov-dod or china. Default: ${DEFAULT-VALUE}.")
    private String cloud;

    @Option(names = "--folder", paramLabel = "PATH", defaultValue = "/",
            description = "Where dumps go, for example /Backups. Default: the drive's root.")
    private String folder;

    @ArgGroup
    private Drive drive;

    @Option(names = "--secret-expires", paramLabel = "DATE", description = "When the client secret expires, as 2027-01-31.")
    private LocalDate secretExpires;

    /** Which drive, if not the signed-in person's own. */
    private static final class Drive {

        @Option(names = "--drive", paramLabel = "ID", description = "A drive, by its id.")
        private String drive;

        @Option(names = "--site", paramLabel = "ID", description = "A SharePoint site's document library.")
        private String site;

        @Option(names = "--user", paramLabel = "ID", description = "A person's drive, by id or user principal name.")
        private String user;

        private DriveSelector selector() {
            if (drive != null) {
                return new DriveSelector(DriveSelector.Kind.DRIVE, drive);
            }
            return site != null ? new DriveSelector(DriveSelector.Kind.SITE, site)
                    : new DriveSelector(DriveSelector.Kind.USER, user);
        }
    }

    @Override
    int run() throws Exception {
        Destination destination = destination();
        Vault vault = vault();
        vault.add(destination);
        console().print("Destination " + name + " is in the vault " + home().vaultFile() + "."
                + (refreshTokenFile == null ? " It has no refresh token yet, so it can't be used." : " Next: onedrive-backup"
                        + " destination test " + name));
        console().printJson(Map.of("added", DestinationData.of(destination)));
        return ExitCode.DONE;
    }

    private Destination destination() throws BackupException {
        requireStorable(folder);
        Optional<Secret> secret = secret(clientSecretFile, "client secret");
        Optional<Secret> token = secret(refreshTokenFile, "refresh token");
        try {
            return new Destination(name, Secret.of(clientId), ClientCredential.ofSecret(secret), token, tenant, Cloud.parse(cloud), absolute(folder),
                    drive == null ? DriveSelector.ME : drive.selector(), Optional.ofNullable(secretExpires), Optional.empty());
        } catch (IllegalArgumentException e) {
            throw BackupException.usage(e.getMessage(), "", e);
        }
    }

    private Optional<Secret> secret(Path file, String what) throws BackupException {
        return file == null ? Optional.empty() : Optional.of(SecretFile.read(local(file), what));
    }

    private static void requireStorable(String folder) throws BackupException {
        try {
            NameRules.check(ItemPath.parse(folder));
        } catch (IllegalNameException e) {
            throw BackupException.usage(e.problem(), "Correct --folder.", e);
        }
    }

    private static String absolute(String folder) {
        return folder.startsWith("/") ? folder : "/" + folder;
    }
}
