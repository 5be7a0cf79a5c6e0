package io.github.camelonedrive.backup.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.camelonedrive.credentials.Vault;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code destination show}. */
@Command(name = "show", description = "Shows destinations, without secrets.")
final class DestinationShowCommand extends BackupCommand {

    @Parameters(arity = "1..*", paramLabel = "NAME", description = "Destinations of the vault.")
    private List<String> names;

    @Override
    int run() throws Exception {
        Vault vault = vault();
        List<Map<String, Object>> shown = new ArrayList<>();
        for (String name : names) {
            shown.add(DestinationData.of(vault.destination(name)));
        }
        for (Map<String, Object> destination : shown) {
            destination.forEach((key, value) -> console().print(String.format("%-14s %s", key, word(value))));
        }
        console().printJson(Map.of("destinations", shown));
        return ExitCode.DONE;
    }

    private static Object word(Object value) {
        return value instanceof Boolean there ? (there ? "(stored)" : "none") : value;
    }
}
