package io.github.camelonedrive.backup.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.camelonedrive.credentials.Destination;
import picocli.CommandLine.Command;

/** {@code vault check}: whether the key opens the vault and everything in it is whole. */
@Command(name = "check", description = "Checks that the key opens the vault and that the vault is whole.")
final class VaultCheckCommand extends BackupCommand {

    @Override
    int run() throws Exception {
        List<Destination> destinations = vault().destinations();
        int count = destinations.size();
        console().print("The vault " + home().vaultFile() + " is whole and its key fits. It holds " + count
                + (count == 1 ? " destination." : " destinations."));
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("vault", home().vaultFile().toString());
        result.put("ok", true);
        result.put("destinations", destinations.stream().map(Destination::name).toList());
        console().printJson(result);
        return ExitCode.DONE;
    }
}
