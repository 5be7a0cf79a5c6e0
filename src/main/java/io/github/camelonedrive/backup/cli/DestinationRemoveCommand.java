package io.github.camelonedrive.backup.cli;

import java.util.List;
import java.util.Map;

import io.github.camelonedrive.credentials.Vault;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code destination remove}. */
@Command(name = "remove", description = "Removes destinations from the vault. What they hold in OneDrive stays.")
final class DestinationRemoveCommand extends BackupCommand {

    @Parameters(arity = "1..*", paramLabel = "NAME", description = "Destinations of the vault.")
    private List<String> names;

    @Override
    int run() throws Exception {
        Vault vault = vault();
        for (String name : names) {
            vault.destination(name);
        }
        for (String name : names) {
            vault.remove(name);
            console().print("Destination " + name + " was removed from the vault.");
        }
        console().printJson(Map.of("removed", names));
        return ExitCode.DONE;
    }
}
