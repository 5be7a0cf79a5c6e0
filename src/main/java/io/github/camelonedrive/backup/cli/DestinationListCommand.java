package io.github.camelonedrive.backup.cli;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.github.camelonedrive.auth.SignInKind;
import io.github.camelonedrive.backup.console.Table;
import io.github.camelonedrive.credentials.Destination;
import picocli.CommandLine.Command;

/** {@code destination list}. */
@Command(name = "list", description = "Lists the destinations, without secrets.")
final class DestinationListCommand extends BackupCommand {

    @Override
    int run() throws Exception {
        List<Destination> destinations = vault().destinations();
        Instant now = Instant.now();
        Table table = new Table("NAME", "FOLDER", "DRIVE", "TENANT", "SIGN-IN", "PERMISSION", "PROOF", "PROOF ENDS", "LAST SIGN-IN");
        for (Destination destination : destinations) {
            table.row(destination.name(), destination.folderPath(), destination.drive().toString(), destination.tenant(),
                    DestinationData.label(SignInKind.of(destination)), DestinationData.permission(destination),
                    DestinationData.credential(destination.credential()),
                    DestinationData.end(destination, now), destination.signedIn().map(DestinationListCommand::day).orElse(""));
        }
        if (destinations.isEmpty()) {
            console().print("The vault is empty. Next: onedrive-backup destination add NAME");
        } else {
            console().print(table);
        }
        console().printJson(Map.of("destinations",
                destinations.stream().map(destination -> DestinationData.of(destination, now)).toList()));
        return ExitCode.DONE;
    }

    private static String day(Instant time) {
        return time.toString().substring(0, "2027-01-31".length());
    }
}
