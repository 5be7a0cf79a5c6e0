package io.github.camelonedrive.backup.cli;

import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.camelonedrive.backup.failure.BackupException;
import io.github.camelonedrive.credentials.ClientCredential;
import io.github.camelonedrive.credentials.Destination;
import io.github.camelonedrive.credentials.Permission;
import io.github.camelonedrive.credentials.Secret;
import io.github.camelonedrive.credentials.Vault;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code destination update}: a new secret or certificate in time, without signing in anew. */
@Command(name = "update", description = {
        "Stores a new client secret, certificate, refresh token or permission for a destination that is there; the rest stays.",
        "A new client secret forgets when the old one ended: say when the new one does with --secret-expires." })
final class DestinationUpdateCommand extends BackupCommand {

    @Parameters(index = "0", paramLabel = "NAME", description = "A destination of the vault.")
    private String name;

    @Mixin
    private CredentialOptions credentials;

    @Option(names = "--permission", paramLabel = "P", description = "What the person who signs in is asked for: own, all or"
            + " app-folder. Counts from the next 'authorize'.")
    private String permission;

    @Override
    int run() throws Exception {
        Vault vault = vault();
        vault.destination(name);
        ClientCredential credential = credentials.credential(this::local);
        Optional<Secret> token = credentials.refreshToken(this::local);
        if (!credentials.isGiven() && token.isEmpty() && credentials.secretExpires().isEmpty() && permission == null) {
            throw BackupException.usage("Nothing was given to change.", "See 'onedrive-backup destination update --help'.");
        }
        try {
            vault.update(name, old -> changed(old, credential, token));
        } catch (IllegalArgumentException e) {
            throw BackupException.usage(e.getMessage(), "", e);
        }
        report(vault.destination(name));
        return ExitCode.DONE;
    }

    private Destination changed(Destination old, ClientCredential credential, Optional<Secret> token) {
        Optional<LocalDate> expires = credentials.secretExpires()
                .or(() -> credentials.isGiven() ? Optional.empty() : old.secretExpires());
        Destination changed = permission == null ? old : old.withPermission(Permission.parse(permission));
        changed = token.map(changed::withRefreshToken).orElse(changed);
        return changed.withCredential(credentials.isGiven() ? credential : old.credential()).withSecretExpires(expires);
    }

    private void report(Destination destination) {
        List<String> warnings = DestinationWarnings.of(destination, Instant.now());
        warnings.forEach(warning -> console().say("Warning: " + warning));
        console().print("Destination " + name + " is changed in the vault " + home().vaultFile() + ".");
        NextStep.of(destination).forEach(console()::print);
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("updated", DestinationData.of(destination, Instant.now()));
        result.put("warnings", warnings);
        console().printJson(result);
    }
}
