package io.github.camelonedrive.backup.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import io.github.camelonedrive.backup.failure.BackupException;
import io.github.camelonedrive.credentials.KeyRotation;
import io.github.camelonedrive.credentials.MasterKey;
import io.github.camelonedrive.credentials.Passphrase;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code vault rotate}: seals the vault with another key. */
@Command(name = "rotate", description = {
        "Seals the vault with another key. It may be interrupted at any point; the vault opens afterwards.",
        "Without options: a new key takes the place of the one in the key file, which is kept beside it; a vault sealed "
                + "with a passphrase keeps that and gets a new salt and today's parameters.",
        "A program that runs with this vault stops using it and has to be started again." })
final class VaultRotateCommand extends BackupCommand {

    private static final String KEY_FILE = "--key-file";

    @ArgGroup(exclusive = true)
    private Target target = new Target();

    @Override
    int run() throws Exception {
        home().requireOurs();
        KeyRotation rotation = new KeyRotation(home().vaultFile(), keySources());
        try {
            if (target.newKeyFile != null) {
                toKeyFile(rotation, local(target.newKeyFile));
            } else if (target.newPassphraseFile != null) {
                Path file = local(target.newPassphraseFile);
                rotation.toPassphrase(Passphrase.read(file));
                report("Its passphrase is the one in " + file + ". " + afterPassphrase(), Map.of("passphrase", true));
            } else if (target.newPassphrase) {
                rotation.toPassphrase(newTypedPassphrase());
                report("Its passphrase is the one you typed. " + afterPassphrase(), Map.of("passphrase", true));
            } else {
                renew(rotation);
            }
        } catch (IllegalArgumentException e) {
            throw BackupException.usage(e.getMessage(), "Name another key with --new-key-file, --new-passphrase-file or "
                    + "--new-passphrase.", e);
        }
        return ExitCode.DONE;
    }

    private void renew(KeyRotation rotation) throws IOException {
        KeyRotation.Result result = rotation.renew();
        if (result.keyFile().isEmpty()) {
            report("Its passphrase is the same; how the key comes from it is up to date.", Map.of("passphrase", true));
            return;
        }
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("keyFile", result.keyFile().get().toString());
        data.put("oldKeyFile", result.oldKey().orElseThrow().toString());
        report("Its new key is at " + result.keyFile().get() + ". Keep a copy somewhere safe. The old key is at "
                + result.oldKey().get() + ": copies of the vault from before now need it, and other vaults that were sealed "
                + "with it. Delete it when there are none.", data);
    }

    private void toKeyFile(KeyRotation rotation, Path file) throws IOException {
        if (Files.notExists(file) && file.toAbsolutePath().normalize().startsWith(home().directory())) {
            throw BackupException.usage("The key would lie inside the home " + home() + ", beside what it protects.",
                    "Name a file elsewhere.");
        }
        KeyRotation.Result result = rotation.toKeyFile(file);
        String remember = given().map(given -> "Give it from now on: " + MasterKey.KEY_FILE_VARIABLE + "="
                + file + " or --key-file" + (given.equals(KEY_FILE) ? "." : ", and no longer " + given + "."))
                .orElse("Give it from now on: " + MasterKey.KEY_FILE_VARIABLE + "=" + file + " or --key-file.");
        report("Its key is the one in " + file + (result.made() ? ", made now. Keep a copy somewhere safe. " : ". ") + remember,
                Map.of("keyFile", file.toString(), "made", result.made()));
    }

    private Passphrase newTypedPassphrase() throws IOException {
        return TypedPassphrase.at(environment()).orElseThrow(() -> BackupException.usage("There is no terminal to type a "
                + "passphrase on.", "Put it into a file and name that with --new-passphrase-file.")).newPassphrase();
    }

    private String afterPassphrase() throws IOException {
        return given().filter(given -> !given.equals(Passphrase.FILE_VARIABLE)).map(given -> "No longer give " + given
                + ". ").orElse("") + "Programs without a terminal read it from the file that " + Passphrase.FILE_VARIABLE
                + " names.";
    }

    /** What gave the key so far, as the user wrote it. */
    private Optional<String> given() throws IOException {
        return keySources().given().map(given -> keyFile().isPresent() ? KEY_FILE : given);
    }

    private void report(String what, Map<String, Object> data) {
        console().print("The vault " + home().vaultFile() + " is sealed anew. " + what);
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("vault", home().vaultFile().toString());
        result.putAll(data);
        console().printJson(result);
    }

    /** What the vault is sealed with afterwards. */
    static final class Target {

        @Option(names = "--new-key-file", paramLabel = "FILE",
                description = "The key in this file; a new one is made there when it is missing.")
        private Path newKeyFile;

        @Option(names = "--new-passphrase-file", paramLabel = "FILE", description = "The passphrase in this file.")
        private Path newPassphraseFile;

        @Option(names = "--new-passphrase", description = "A passphrase that you type twice.")
        private boolean newPassphrase;
    }
}
