package io.github.camelonedrive.backup.cli;

import picocli.CommandLine.Command;

/** {@code vault}: the file that holds destinations and their secrets. */
@Command(name = "vault", description = "Makes, checks and rekeys the vault, the encrypted file of destinations.",
         subcommands = { VaultInitCommand.class, VaultRotateCommand.class, VaultCheckCommand.class })
final class VaultCommand {
}
