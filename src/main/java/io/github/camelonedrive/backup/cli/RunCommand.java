package io.github.camelonedrive.backup.cli;

import java.time.InstantSource;
import java.util.Optional;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.auth.SignInKind;
import io.github.camelonedrive.backup.logging.Logging;
import io.github.camelonedrive.backup.runtime.BackupService;
import io.github.camelonedrive.backup.runtime.CredentialWatch;
import io.github.camelonedrive.backup.runtime.Credentials;
import io.github.camelonedrive.backup.runtime.RoutesFolder;
import io.github.camelonedrive.backup.runtime.RunLock;
import io.github.camelonedrive.backup.settings.SettingsScope;
import io.github.camelonedrive.backup.settings.WatchSettings;
import io.github.camelonedrive.backup.watch.Watch;
import io.github.camelonedrive.backup.web.BackupMeters;
import io.github.camelonedrive.backup.web.WebServer;
import io.github.camelonedrive.component.EncryptedCredentialProcessor;
import io.github.camelonedrive.credentials.Destination;
import io.github.camelonedrive.credentials.Vault;
import org.apache.camel.Processor;
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
    SettingsScope scope() {
        return SettingsScope.ROUTES;
    }

    @Override
    int run() throws Exception {
        requireVaultIsNotElsewhere();
        home().create();
        EncryptedCredentialProcessor credentials = credentials();
        RoutesFolder routes = RoutesFolder.locate(settings(), environment().installation(), trust());
        BackupLog log = new BackupLog(console());
        BackupMeters meters = meters();
        try (RunLock lock = RunLock.take(home());
             BackupService service = BackupService.start(settings(), home(), credentials, routes.files(), event -> {
                 log.on(event);
                 meters.on(event);
             }, log);
             OnStop stop = OnStop.run(() -> stop(service))) {
            announce(service, routes);
            lookAfter(service, credentials, meters);
        }
        return ExitCode.DONE;
    }

    private BackupMeters meters() {
        BackupMeters meters = new BackupMeters(InstantSource.system());
        settings().watches().forEach(watch -> meters.expect(watch.name()));
        return meters;
    }

    private void lookAfter(BackupService service, Processor credentials, BackupMeters meters) throws InterruptedException {
        CredentialWatch.start(service.context(), credentials);
        service.context().getRegistry().bind("meterRegistry", meters.registry());
        Optional<WebServer> web = WebServer.start(settings().console(), service.context(), meters);
        try {
            service.awaitStop();
        } finally {
            web.ifPresent(WebServer::close);
        }
    }

    private static void stop(BackupService service) {
        LOG.info("Stopping; uploads under way get a moment to finish.");
        service.close();
        LOG.info("Stopped.");
    }

    // Routes of the operator's own may need no vault, so only watches make it open now.
    private EncryptedCredentialProcessor credentials() throws OneDriveException {
        if (settings().watches().isEmpty()) {
            return Credentials.whenAsked(home(), keyFile());
        }
        Vault vault = vault();
        checkDestinations(vault);
        return new EncryptedCredentialProcessor(vault);
    }

    // So that a wrong key or a mistyped destination is known now, not when a dump appears.
    private void checkDestinations(Vault vault) throws OneDriveException {
        for (WatchSettings watch : settings().watches()) {
            Destination destination = vault.destination(watch.destination());
            if (SignInKind.of(destination) == SignInKind.NOT_AUTHORIZED) {
                LOG.warn("The destination {} of the watch {} is not authorized yet, so its dumps wait. Sign in with: "
                        + "onedrive-backup authorize {}", destination.name(), watch.name(), destination.name());
            }
        }
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
