package io.github.camelonedrive.backup.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.camelonedrive.backup.failure.RemedyCommands;
import io.github.camelonedrive.credentials.Argon2id;
import io.github.camelonedrive.credentials.CredentialEnd;
import io.github.camelonedrive.credentials.Destination;
import io.github.camelonedrive.credentials.KeyRotation;
import io.github.camelonedrive.credentials.Vault;
import io.github.camelonedrive.credentials.VaultInfo;
import picocli.CommandLine.Command;

/** {@code vault check}: whether the key opens the vault and everything in it is whole, and what should be looked after. */
@Command(name = "check", description = "Checks that the key opens the vault and that the vault is whole.")
final class VaultCheckCommand extends BackupCommand {

    @Override
    int run() throws Exception {
        Vault vault = vault();
        VaultInfo info = vault.info();
        List<Destination> destinations = vault.destinations();
        List<Path> otherKeys = KeyRotation.otherKeys(keySources());
        List<String> warnings = warnings(info, destinations);
        print(info, destinations.size(), otherKeys, warnings);
        console().printJson(data(info, destinations, otherKeys, warnings));
        return ExitCode.DONE;
    }

    private void print(VaultInfo info, int count, List<Path> otherKeys, List<String> warnings) {
        console().print("The vault " + home().vaultFile() + " is whole and its key fits. It holds " + count
                + (count == 1 ? " destination." : " destinations."));
        console().print("Key: " + info.keyId() + info.passphrase().map(argon2id -> ", from a passphrase (" + argon2id + ")")
                .orElse("") + ". Written " + info.generation() + (info.generation() == 1 ? " time." : " times.")
                + info.permissions().map(permissions -> " Permissions: " + permissions + ".").orElse(""));
        if (!otherKeys.isEmpty()) {
            console().print("Beside the key file lie keys of earlier (.old) or interrupted (.new) rotations. They do not open "
                    + "this vault as it is now; copies of it from before, or other vaults, may need them:");
            otherKeys.forEach(file -> console().print("  " + file));
        }
        warnings.forEach(warning -> console().print("Warning: " + warning));
    }

    private Map<String, Object> data(VaultInfo info, List<Destination> destinations, List<Path> otherKeys,
            List<String> warnings) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("vault", home().vaultFile().toString());
        result.put("ok", true);
        result.put("keyId", info.keyId());
        result.put("keyDerivation", info.passphrase().map(VaultCheckCommand::data).orElse(Map.of("kind", "raw")));
        result.put("generation", info.generation());
        info.permissions().ifPresent(permissions -> result.put("permissions", permissions));
        result.put("destinations", destinations.stream().map(Destination::name).toList());
        result.put("otherKeyFiles", otherKeys.stream().map(Path::toString).toList());
        result.put("warnings", warnings);
        return result;
    }

    private static Map<String, Object> data(Argon2id argon2id) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("kind", "argon2id");
        data.put("memoryKiB", argon2id.memoryKiB());
        data.put("iterations", argon2id.iterations());
        data.put("parallelism", argon2id.parallelism());
        data.put("weak", argon2id.isWeak());
        return data;
    }

    private List<String> warnings(VaultInfo info, List<Destination> destinations) {
        List<String> warnings = new ArrayList<>();
        if (info.passphrase().filter(Argon2id::isWeak).isPresent()) {
            warnings.add("The key comes from the passphrase by weaker parameters than a vault gets today. Run: onedrive-backup "
                    + "vault rotate");
        }
        Instant now = Instant.now();
        destinations.stream().flatMap(destination -> CredentialEnd.of(destination).stream())
                .filter(end -> end.level(now).isWarning()).forEach(end -> warnings.add(end.text(now, RemedyCommands.WORDS)));
        return warnings;
    }
}
