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
import io.github.camelonedrive.credentials.Passphrase;
import io.github.camelonedrive.credentials.Vault;
import io.github.camelonedrive.credentials.VaultKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code vault init}: an empty vault, and a key file when nobody gave a key. */
@Command(name = "init", description = {
        "Makes an empty vault in the home.",
        "The key is ONEDRIVE_VAULT_KEY, ONEDRIVE_VAULT_KEY_FILE or --key-file, or comes from a passphrase "
                + "(ONEDRIVE_VAULT_PASSPHRASE_FILE or --passphrase); without any of them a key file is made in your "
                + "configuration directory, and its place is printed." })
final class VaultInitCommand extends BackupCommand {

    @Option(names = "--passphrase", description = "Seals the vault with a passphrase, which you type twice.")
    private boolean passphrase;

    @Override
    int run() throws Exception {
        Home home = home();
        if (Files.exists(home.vaultFile())) {
            throw new BackupException(FailureKind.VAULT, "There is a vault at " + home.vaultFile() + " already.",
                    "Check it with 'vault check', or name another home with --home.");
        }
        Optional<VaultKey> typed = typedPassphrase();
        home.create();
        Optional<Path> newKeyFile = typed.isPresent() ? Optional.empty() : newKeyFile(home);
        Vault.create(home.vaultFile(), typed.isPresent() ? typed.get() : key(newKeyFile));
        report(home, newKeyFile);
        return ExitCode.DONE;
    }

    private Optional<VaultKey> typedPassphrase() throws IOException {
        if (!passphrase) {
            return Optional.empty();
        }
        Optional<String> given = keySources().given();
        if (given.isPresent()) {
            throw BackupException.usage("More than one key for the vault was given: --passphrase and " + given.get() + ".",
                    "Give exactly one.");
        }
        return Optional.of(TypedPassphrase.at(environment()).orElseThrow(() -> BackupException.usage("There is no terminal to "
                + "type a passphrase on.", "Put it into a file and set " + Passphrase.FILE_VARIABLE + " to that."))
                .newPassphrase());
    }

    private VaultKey key(Optional<Path> newKeyFile) throws IOException {
        if (newKeyFile.isPresent()) {
            return MasterKey.generate(newKeyFile.get());
        }
        VaultKey key = keySources().key();
        return key instanceof Passphrase given ? given.requireStrong() : key;
    }

    private Optional<Path> newKeyFile(Home home) throws IOException {
        Path usual = defaultKeyFile();
        if (keySources().given().isPresent() || Files.exists(usual)) {
            return Optional.empty();
        }
        if (usual.toAbsolutePath().normalize().startsWith(home.directory())) {
            throw BackupException.usage("The key would lie inside the home " + home + ", beside what it protects.",
                    "Give a key file elsewhere with --key-file, or another home.");
        }
        return Optional.of(usual);
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
