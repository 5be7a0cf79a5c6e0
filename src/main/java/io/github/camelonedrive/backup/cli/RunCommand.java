package io.github.camelonedrive.backup.cli;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.backup.logging.Logging;
import io.github.camelonedrive.backup.runtime.BackupService;
import io.github.camelonedrive.backup.runtime.CredentialWatch;
import io.github.camelonedrive.backup.runtime.Credentials;
import io.github.camelonedrive.backup.runtime.DestinationTroubles;
import io.github.camelonedrive.backup.runtime.HealthMonitor;
import io.github.camelonedrive.backup.runtime.RoutesFolder;
import io.github.camelonedrive.backup.runtime.RunLock;
import io.github.camelonedrive.backup.settings.SettingsScope;
import io.github.camelonedrive.backup.settings.WatchSettings;
import io.github.camelonedrive.backup.trouble.Troubles;
import io.github.camelonedrive.backup.watch.Watch;
import io.github.camelonedrive.backup.watch.WatchClock;
import io.github.camelonedrive.backup.watch.WatchStatus;
import io.github.camelonedrive.backup.web.BackupMeters;
import io.github.camelonedrive.backup.web.HealthChecks;
import io.github.camelonedrive.backup.web.WatchHealth;
import io.github.camelonedrive.backup.web.WebServer;
import io.github.camelonedrive.component.EncryptedCredentialProcessor;
import io.github.camelonedrive.credentials.Vault;
import io.github.camelonedrive.graph.ItemPath;
import io.github.camelonedrive.graph.NameFolding;
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
        Troubles troubles = new Troubles(WatchClock.system().steady());
        DestinationTroubles destinations = new DestinationTroubles(troubles, settings().watches());
        BackupMeters meters = meters(troubles);
        try (RunLock lock = RunLock.take(home());
             BackupService service = BackupService.start(settings(), home(), credentials, routes.files(), event -> {
                 log.on(event);
                 meters.on(event);
                 destinations.on(event);
             }, log, troubles);
             OnStop stop = OnStop.run(() -> stop(service))) {
            announce(service, routes);
            CredentialWatch.start(service.context(), credentials, destinations);
            HealthMonitor.start(service.context(), troubles, destinations, statuses(service));
            service.context().getRegistry().bind("meterRegistry", meters.registry());
            observe(service, troubles, meters);
        }
        return ExitCode.DONE;
    }

    private BackupMeters meters(Troubles troubles) {
        BackupMeters meters = new BackupMeters(troubles);
        settings().watches().forEach(watch -> meters.expect(watch.name()));
        return meters;
    }

    private static Map<String, Supplier<WatchStatus>> statuses(BackupService service) {
        return service.watches().stream().collect(Collectors.toMap(watch -> watch.settings().name(), watch -> watch::status));
    }

    private void observe(BackupService service, Troubles troubles, BackupMeters meters) throws InterruptedException {
        Duration after = settings().observe().healthAfter();
        List<WatchHealth> watches = service.watches().stream().map(watch -> new WatchHealth(watch.settings().name(),
                watch.settings().destination(), watch::status, troubles, after)).toList();
        HealthChecks.register(service.context(), watches, troubles, after);
        try (WebServer web = WebServer.start(settings().console(), settings().observe(), service.context(),
                () -> meters.scrape(watches))) {
            service.awaitStop();
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
        Map<String, String> watches = new HashMap<>();
        for (WatchSettings watch : settings().watches()) {
            String folder = watch.folder().orElse(vault.destination(watch.destination()).folderPath());
            String other = watches.putIfAbsent(watch.destination() + " " + NameFolding.fold(ItemPath.parse(folder)), watch.name());
            if (other != null) {
                LOG.warn("The watches {} and {} both send to {} of {}. Dumps of one name are held, so that none replaces"
                        + " another; give each its own folder.", other, watch.name(), folder, watch.destination());
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
