package io.github.camelonedrive.backup.cli;

import java.util.List;
import java.util.Map;

import io.github.camelonedrive.backup.console.Table;
import io.github.camelonedrive.credentials.Destination;
import picocli.CommandLine.Command;

/** {@code destination list}. */
@Command(name = "list", description = "Lists the destinations, without secrets.")
final class DestinationListCommand extends BackupCommand {

    @Override
    int run() throws Exception {
        List<Destination> destinations = vault().destinations();
        Table table = new Table("NAME", "FOLDER", "DRIVE", "TENANT", "AUTHORIZED");
        for (Destination destination : destinations) {
            table.row(destination.name(), destination.folderPath(), destination.drive().toString(), destination.tenant(),
                    destination.refreshToken().isPresent() ? "yes" : "no");
        }
        console().print(destinations.isEmpty()
                ? "The vault is empty. Next: onedrive-backup destination add NAME --client-id ID …"
                : table.toString().stripTrailing());
        console().printJson(Map.of("destinations", destinations.stream().map(DestinationData::of).toList()));
        return ExitCode.DONE;
    }
}
