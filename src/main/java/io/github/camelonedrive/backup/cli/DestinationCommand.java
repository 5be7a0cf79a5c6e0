package io.github.camelonedrive.backup.cli;

import picocli.CommandLine.Command;

/** {@code destination}: what the vault knows. */
@Command(name = "destination", description = "Adds, changes, shows, tests and removes destinations in the vault.",
         subcommands = {
                 DestinationAddCommand.class, DestinationUpdateCommand.class, DestinationListCommand.class,
                 DestinationShowCommand.class, DestinationRemoveCommand.class, DestinationTestCommand.class })
final class DestinationCommand {
}
