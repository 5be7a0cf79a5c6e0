package io.github.camelonedrive.backup.cli;

import picocli.CommandLine.Command;

/** {@code vault}: the file that holds destinations and their secrets. */
@Command(name = "vault", description = "Makes and checks the vault, the encrypted file of destinations.",
         subcommands = { VaultInitCommand.class, VaultCheckCommand.class })
final class VaultCommand {
}
