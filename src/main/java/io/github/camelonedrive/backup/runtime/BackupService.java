package io.github.camelonedrive.backup.runtime;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.backup.catalogue.Catalogue;
import io.github.camelonedrive.backup.catalogue.DriveIds;
import io.github.camelonedrive.backup.failure.BackupException;
import io.github.camelonedrive.backup.settings.Settings;
import io.github.camelonedrive.backup.settings.WatchSettings;
import io.github.camelonedrive.backup.trouble.Troubles;
import io.github.camelonedrive.backup.watch.DumpListener;
import io.github.camelonedrive.backup.watch.Watch;
import io.github.camelonedrive.backup.watch.WatchClock;
import io.github.camelonedrive.backup.watch.WatchEnvironment;
import io.github.camelonedrive.upload.UploadListener;
import org.apache.camel.CamelContext;
import org.apache.camel.Processor;

/** Routes and watched directories at work: what {@code run} does until it is stopped, and {@code demo} for a while. */
public final class BackupService implements AutoCloseable {

    private final CamelRuntime camel;
    private final List<Watch> watches;
    private final Optional<Catalogue> catalogue;
    private final ExecutorService putAway;

    private BackupService(CamelRuntime camel, List<Watch> watches, Optional<Catalogue> catalogue, ExecutorService putAway) {
        this.camel = camel;
        this.watches = watches;
        this.catalogue = catalogue;
        this.putAway = putAway;
    }

    /**
     * Checks every watch before anything starts.
     *
     * @param  routes   the route files to load
     * @param  troubles where watches report what does not work
     * @throws OneDriveException naming what is wrong with a setting, a directory, a route or the record of proven dumps
     */
    public static BackupService start(Settings settings, Home home, Processor credentials, List<Path> routes,
                                      DumpListener dumps, UploadListener uploads, Troubles troubles)
            throws OneDriveException {
        Optional<Catalogue> catalogue = settings.watches().isEmpty() ? Optional.empty()
                : Optional.of(Catalogue.open(home.catalogueDirectory(), InstantSource.system()));
        ExecutorService putAway = Executors.newSingleThreadExecutor(work -> new Thread(work, "put-away"));
        try {
            List<Watch> watches = catalogue.isEmpty() ? List.of()
                    : open(settings, home, catalogue.get(), troubles, dumps, putAway);
            return new BackupService(start(settings, home, credentials, routes, uploads, watches), watches, catalogue, putAway);
        } catch (BackupException e) {
            putAway.shutdownNow();
            catalogue.ifPresent(Catalogue::close);
            throw e;
        }
    }

    private static CamelRuntime start(Settings settings, Home home, Processor credentials, List<Path> routes,
                                      UploadListener uploads, List<Watch> watches)
            throws BackupException {
        CamelRuntime camel = CamelRuntime.start(settings, home, credentials, uploads, routes);
        try {
            for (Watch watch : watches) {
                WatchRoutes.add(camel, watch);
            }
            AbandonedUploads.lookAfter(camel, credentials, watches);
            return camel;
        } catch (BackupException e) {
            camel.close();
            throw e;
        }
    }

    private static List<Watch> open(Settings settings, Home home, Catalogue catalogue, Troubles troubles, DumpListener dumps,
                                    Executor putAway)
            throws BackupException {
        WatchRoutes.requireProof(settings, "Watched directories refuse");
        try {
            UserPrincipal us = CurrentUser.principal(home.directory());
            WatchEnvironment environment = new WatchEnvironment(
                    settings.watches().stream().map(WatchSettings::name).collect(Collectors.toSet()), catalogue,
                    new DriveIds(catalogue, settings.watches().stream().map(WatchSettings::destination)
                            .collect(Collectors.toSet())), home.heldDirectory(), troubles, dumps, WatchClock.system(), putAway);
            List<Watch> watches = new ArrayList<>();
            for (WatchSettings watch : settings.watches()) {
                watches.add(Watch.open(watch, us, environment));
            }
            refuseOverlaps(watches);
            return watches;
        } catch (BackupException e) {
            throw e;
        } catch (IOException e) {
            throw BackupException.usage("The home " + home + " can't be written: " + e.getMessage() + ".", "Check its rights.",
                    e);
        }
    }

    private static void refuseOverlaps(List<Watch> watches) throws BackupException {
        for (Watch outer : watches) {
            for (Watch inner : watches) {
                boolean same = outer.directory().equals(inner.directory());
                boolean nested = outer.settings().recursive() && inner.directory().startsWith(outer.directory());
                if (outer != inner && (same || nested)) {
                    throw BackupException.usage("The watches " + outer.settings().name() + " and " + inner.settings().name()
                            + " would both take the dumps in " + inner.directory() + ".",
                            "Give each its own directory, or switch off recursive.");
                }
            }
        }
    }

    public List<Watch> watches() {
        return watches;
    }

    /** Camel at work, for those who look after it. */
    public CamelContext context() {
        return camel.context();
    }

    /** How many routes run, those of the watches included. */
    public int routes() {
        return camel.context().getRoutesSize();
    }

    /** Blocks until {@link #close()} is called from elsewhere. */
    public void awaitStop() throws InterruptedException {
        camel.awaitStop();
    }

    @Override
    public void close() {
        watches.forEach(Watch::stop);
        camel.close();
        putAway.shutdownNow();
        catalogue.ifPresent(Catalogue::close);
    }
}
