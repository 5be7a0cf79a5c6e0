package io.github.camelonedrive.backup.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.backup.failure.BackupException;
import io.github.camelonedrive.backup.failure.Failures;
import io.github.camelonedrive.backup.failure.RemedyCommands;
import io.github.camelonedrive.backup.settings.Settings;
import io.github.camelonedrive.backup.watch.WatchFileComponent;
import io.github.camelonedrive.component.OneDriveComponent;
import io.github.camelonedrive.component.OneDriveConfiguration;
import io.github.camelonedrive.download.DownloadListener;
import io.github.camelonedrive.upload.UploadListener;
import org.apache.camel.CamelContext;
import org.apache.camel.Processor;
import org.apache.camel.PropertyBindingException;
import org.apache.camel.main.Main;
import org.apache.camel.main.SimpleMainShutdownStrategy;
import org.apache.camel.spi.ShutdownStrategy;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/**
 * Camel as all commands use it: camel-main with the settings applied, the credentials bound as {@code onedriveCredentials},
 * and, for commands that want them, route files.
 */
public final class CamelRuntime implements AutoCloseable {

    /** The name that routes know the credentials by. */
    public static final String CREDENTIALS = "onedriveCredentials";

    // Default of camel.main.shutdown-timeout: how long uploads under way may go on when the program is told to stop.
    private static final int GRACE_SECONDS = 3;

    // For breaking them off after that.
    private static final int SECONDS_TO_BREAK_OFF = 15;

    // Large streams in routes go through a file instead of the heap. Camel removes this directory, but not one above it.
    private static final String SPOOL_DIRECTORY = "${java.io.tmpdir}/onedrive-backup-spool-#uuid#";

    // Camel's first and last log line put its own version behind the name.
    private static final String NAME_BEFORE_CAMELS_VERSION = "OneDrive Backup "
            + Objects.toString(CamelRuntime.class.getPackage().getImplementationVersion(), "(not built)") + ", Apache Camel";

    private final Main main = new Main();
    private final CountDownLatch stopped = new CountDownLatch(1);

    private CamelRuntime() {
    }

    /**
     * Starts Camel.
     *
     * @param  home     holds the upload journal, unless the settings name another place
     * @param  listener told about uploads, beside one that the settings name
     * @param  routes   files to load; none for commands that only send
     * @throws BackupException naming the file or setting that Camel can't accept
     */
    public static CamelRuntime start(Settings settings, Home home, Processor credentials, UploadListener listener,
                                     List<Path> routes)
            throws BackupException {
        CamelRuntime runtime = new CamelRuntime();
        try {
            runtime.configure(settings, !routes.isEmpty());
            runtime.main.bind(CREDENTIALS, credentials);
            runtime.main.bind("remedyWords", RemedyCommands.WORDS);
            runtime.main.bind("file-component", new WatchFileComponent());
            runtime.main.init();
            runtime.configureUploads(settings.journalDirectory().orElseGet(home::journalDirectory), listener);
            for (Path file : routes) {
                runtime.load(file);
            }
            runtime.main.start();
            return runtime;
        } catch (Exception e) {
            runtime.close();
            throw startFailure(e);
        }
    }

    private void configure(Settings settings, boolean routes) {
        Properties properties = new Properties();
        properties.putAll(settings.forCamel());
        main.setInitialProperties(properties);
        main.setPropertyPlaceholderLocations("false");
        main.setAppName(NAME_BEFORE_CAMELS_VERSION);
        // Signals are the command line's business; what Camel does by itself would end the process under our hands.
        main.setShutdownStrategy(new SimpleMainShutdownStrategy());
        main.configure().withName("onedrive-backup").withShutdownTimeout(GRACE_SECONDS)
                .withShutdownLogInflightExchangesOnTimeout(false)
                .withAutoConfigurationLogSummary(false)
                .withStreamCachingSpoolEnabled(routes).withStreamCachingSpoolDirectory(SPOOL_DIRECTORY);
    }

    private void configureUploads(Path journal, UploadListener listener) {
        OneDriveConfiguration options = context().getComponent("onedrive", OneDriveComponent.class).getConfiguration();
        options.setJournalDirectory(journal.toString());
        UploadListener ofTheSettings = options.getUploadListener();
        options.setUploadListener(ofTheSettings == null ? listener : event -> {
            listener.on(event);
            ofTheSettings.on(event);
        });
    }

    /** Has the listener told about downloads of endpoints that are made from now on, beside one that the settings name. */
    public void listenToDownloads(DownloadListener listener) {
        OneDriveConfiguration options = context().getComponent("onedrive", OneDriveComponent.class).getConfiguration();
        DownloadListener ofTheSettings = options.getDownloadListener();
        options.setDownloadListener(ofTheSettings == null ? listener : event -> {
            listener.on(event);
            ofTheSettings.on(event);
        });
    }

    private void load(Path file) throws BackupException {
        try {
            byte[] text = Files.readAllBytes(file);
            PluginHelper.getRoutesLoader(context()).loadRoutes(ResourceHelper.fromBytes(file.toString(), text));
        } catch (IOException e) {
            throw BackupException.usage("The route file " + file + " can't be read.", "Check backup.routes.", e);
        } catch (Exception e) {
            throw BackupException.usage("The route file " + file + " is not valid: " + Failures.message(e), "Correct it.", e);
        }
    }

    private static BackupException startFailure(Exception e) {
        if (e instanceof BackupException ours) {
            return ours;
        }
        if (e instanceof PropertyBindingException option) {
            String prefix = option.getOptionPrefix().replaceAll("\\.+$", "");
            return BackupException.usage("The setting " + prefix + "." + option.getOptionKey()
                    + " can't be applied: there is no such option, or its value does not fit.", "Correct or remove it.", e);
        }
        FailureKind kind = Failures.typed(e).map(typed -> typed.kind()).orElse(FailureKind.CONFIGURATION);
        return new BackupException(kind, "Camel can't start: " + Failures.message(e),
                Failures.typed(e).isPresent() ? "" : "Check the settings and the route files; -v shows more.", e);
    }

    public CamelContext context() {
        return main.getCamelContext();
    }

    private void stopRoutes(ShutdownStrategy strategy) {
        long grace = strategy.getTimeUnit().toMillis(strategy.getTimeout());
        strategy.setTimeUnit(TimeUnit.MILLISECONDS);
        strategy.setTimeout(grace + TimeUnit.SECONDS.toMillis(SECONDS_TO_BREAK_OFF));
        ScheduledExecutorService patience = Executors.newSingleThreadScheduledExecutor();
        patience.schedule(this::stopOperations, grace, TimeUnit.MILLISECONDS);
        main.stop();
        patience.shutdownNow();
    }

    private void stopOperations() {
        if (context() != null && context().hasComponent("onedrive") instanceof OneDriveComponent onedrive) {
            onedrive.stopOperations();
        }
    }

    /** Blocks until {@link #close()} is called from elsewhere. */
    public void awaitStop() throws InterruptedException {
        stopped.await();
    }

    /**
     * Stops. Routes get some seconds to finish what is under way, what was sent without a route gets none; then uploads are
     * broken off; their sessions stay in the journal, so that the next attempt goes on with them. May be called twice.
     */
    @Override
    public void close() {
        if (context() == null || context().getRoutes().isEmpty()) {
            stopOperations();
            main.stop();
        } else {
            stopRoutes(context().getShutdownStrategy());
        }
        main.shutdown();
        stopped.countDown();
    }
}
