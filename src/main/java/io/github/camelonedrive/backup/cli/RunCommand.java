package io.github.camelonedrive.backup.cli;

import java.nio.file.Files;
import java.util.List;

import io.github.camelonedrive.backup.logging.Logging;
import io.github.camelonedrive.backup.runtime.BackupService;
import io.github.camelonedrive.backup.runtime.RoutesFolder;
import io.github.camelonedrive.backup.runtime.RunLock;
import io.github.camelonedrive.backup.settings.WatchSettings;
import io.github.camelonedrive.backup.watch.Watch;
import io.github.camelonedrive.component.EncryptedCredentialProcessor;
import io.github.camelonedrive.credentials.Destination;
import io.github.camelonedrive.credentials.Vault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;

/** {@code run}: routes and watched directories, until stopped. */
@Command(name = "run", description = "Watches directories and pushes the dumps that appear in them, until it is stopped.")
final class RunCommand extends BackupCommand {

    private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

    @Override
    Logging.Volume volume() {
        return Logging.Volume.NORMAL;
    }

    @Override
    int run() throws Exception {
        home().create();
        RoutesFolder routes = RoutesFolder.locate(settings(), environment().installation(), environment().workingDirectory());
        BackupLog log = new BackupLog(console());
        try (RunLock lock = RunLock.take(home());
             BackupService service = BackupService.start(settings(), home(), credentials(), routes.files(), log, log);
             OnStop stop = OnStop.run(() -> stop(service))) {
            announce(service, routes);
            service.awaitStop();
        }
        return ExitCode.DONE;
    }

    private static void stop(BackupService service) {
        LOG.info("Stopping; uploads under way get a moment to finish.");
        service.close();
        LOG.info("Stopped.");
    }

    // Watches need the vault at once, so that a wrong key or a mistyped destination is known now, not when a dump appears.
    private EncryptedCredentialProcessor credentials() throws Exception {
        List<WatchSettings> watches = settings().watches();
        if (watches.isEmpty() && !Files.exists(home().vaultFile())) {
            EncryptedCredentialProcessor later = new EncryptedCredentialProcessor();
            later.setVaultFile(home().vaultFile());
            keyFile().ifPresent(later::setKeyFile);
            return later;
        }
        Vault vault = vault();
        for (WatchSettings watch : watches) {
            Destination destination = vault.destination(watch.destination());
            if (destination.refreshToken().isEmpty()) {
                LOG.warn("The destination {} of the watch {} is not authorized yet; its dumps wait. "
                        + "Add it with a refresh token.", destination.name(), watch.name());
            }
        }
        return new EncryptedCredentialProcessor(vault);
    }

    private void announce(BackupService service, RoutesFolder routes) {
        LOG.info("OneDrive Backup is running: home {}, settings {}, routes {}.", home(), settingsFile().path(),
                routes.directory());
        for (Watch watch : service.watches()) {
            WatchSettings settings = watch.settings();
            LOG.info("{}: watching {}{}, to {} {}, when a dump stood still for {} s.", settings.name(), watch.directory(),
                    settings.recursive() ? " and below" : "", settings.destination(),
                    settings.folder().map(folder -> "in " + folder).orElse("in its own folder"),
                    settings.quietPeriod().toMillis() / 1000.0);
        }
        if (service.watches().isEmpty()) {
            LOG.warn("No directory is watched. Set backup.watch.NAME.directory and backup.watch.NAME.destination in {}.",
                    settingsFile().path());
        }
    }
}
