package io.github.camelonedrive.backup.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.backup.failure.BackupException;
import io.github.camelonedrive.backup.runtime.Home;
import io.github.camelonedrive.credentials.MasterKey;
import io.github.camelonedrive.credentials.Vault;
import picocli.CommandLine.Command;

/** {@code vault init}: an empty vault, and a key file when nobody gave a key. */
@Command(name = "init", description = {
        "Makes an empty vault in the home.",
        "The key is ONEDRIVE_VAULT_KEY, ONEDRIVE_VAULT_KEY_FILE or --key-file; without any of them a key file is made in "
                + "your configuration directory, and its place is printed." })
final class VaultInitCommand extends BackupCommand {

    @Override
    int run() throws Exception {
        Home home = home();
        if (Files.exists(home.vaultFile())) {
            throw new BackupException(FailureKind.VAULT, "There is a vault at " + home.vaultFile() + " already.",
                    "Check it with 'vault check', or name another home with --home.");
        }
        home.create();
        Optional<Path> newKeyFile = newKeyFile(home);
        MasterKey key = newKeyFile.isPresent() ? MasterKey.generate(newKeyFile.get())
                : MasterKey.resolve(environment().variables(), keyFile());
        Vault.create(home.vaultFile(), key);
        report(home, newKeyFile);
        return ExitCode.DONE;
    }

    private Optional<Path> newKeyFile(Home home) throws IOException {
        Map<String, String> variables = environment().variables();
        boolean given = keyFile().isPresent() || isSet(variables, MasterKey.KEY_VARIABLE)
                || isSet(variables, MasterKey.KEY_FILE_VARIABLE);
        Path usual = MasterKey.defaultKeyFile(variables);
        if (given || Files.exists(usual)) {
            return Optional.empty();
        }
        if (usual.toAbsolutePath().normalize().startsWith(home.directory())) {
            throw BackupException.usage("The key would lie inside the home " + home + ", beside what it protects.",
                    "Give a key file elsewhere with --key-file, or another home.");
        }
        return Optional.of(usual);
    }

    private static boolean isSet(Map<String, String> variables, String name) {
        return !variables.getOrDefault(name, "").isBlank();
    }

    private void report(Home home, Optional<Path> newKeyFile) {
        console().print("An empty vault is at " + home.vaultFile() + ".");
        newKeyFile.ifPresent(file -> console().print("Its new key is at " + file
                + ". Keep a copy somewhere safe: without it nobody can open the vault."));
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("vault", home.vaultFile().toString());
        newKeyFile.ifPresent(file -> result.put("newKeyFile", file.toString()));
        console().printJson(result);
    }
}
