package io.github.camelonedrive.backup.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.camelonedrive.backup.console.Console;
import io.github.camelonedrive.backup.console.ProgressDisplay;
import io.github.camelonedrive.backup.console.Sizes;
import io.github.camelonedrive.backup.runtime.BackupService;
import io.github.camelonedrive.backup.runtime.Home;
import io.github.camelonedrive.backup.runtime.RoutesFolder;
import io.github.camelonedrive.backup.runtime.TemporaryDirectory;
import io.github.camelonedrive.backup.settings.Settings;
import io.github.camelonedrive.backup.trouble.Troubles;
import io.github.camelonedrive.component.EncryptedCredentialProcessor;
import io.github.camelonedrive.credentials.ClientCredential;
import io.github.camelonedrive.credentials.Cloud;
import io.github.camelonedrive.credentials.Destination;
import io.github.camelonedrive.credentials.DriveSelector;
import io.github.camelonedrive.credentials.MasterKey;
import io.github.camelonedrive.credentials.Secret;
import io.github.camelonedrive.credentials.Vault;
import io.github.camelonedrive.simulator.AccountType;
import io.github.camelonedrive.simulator.OneDriveSimulator;
import io.github.camelonedrive.simulator.StoredFile;

/**
 * The whole way of a dump on one machine: a simulated OneDrive, a vault with a destination, and the same route as {@code run}
 * over a drop directory. Everything lies in one temporary directory that is gone afterwards.
 */
public final class Demo implements AutoCloseable {

    private static final String NAME = "demo";
    private static final String FOLDER = "/Backups";

    private final Console console;
    private final Map<String, String> overrides;
    private final TemporaryDirectory directory;
    private final OneDriveSimulator simulator;
    private final DemoOutcomes outcomes = new DemoOutcomes();
    private volatile BackupService service;
    private int step;

    private Demo(Console console, Map<String, String> overrides, TemporaryDirectory directory, OneDriveSimulator simulator) {
        this.console = console;
        this.overrides = overrides;
        this.directory = directory;
        this.simulator = simulator;
    }

    /** @param overrides settings from the command line; of them only Camel's apply here */
    public static Demo open(Console console, Map<String, String> overrides) throws IOException {
        TemporaryDirectory directory = TemporaryDirectory.create("onedrive-backup-demo-");
        try {
            return new Demo(console, overrides, directory,
                    OneDriveSimulator.builder().accountType(AccountType.PERSONAL).port(0)
                            .stateDirectory(Files.createDirectory(directory.path().resolve("onedrive"))).start());
        } catch (IOException | RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    /**
     * Drops the files, or samples when there are none, and waits until each is in the simulated OneDrive or has failed.
     *
     * @param routes the folder with the template of a watched directory
     */
    public List<DemoRow> run(List<Path> files, RoutesFolder routes) throws IOException, InterruptedException {
        console.say("OneDrive Backup, demonstrated on this machine only. Everything is in");
        console.say(directory.path() + " and is removed at the end.");
        console.say("");
        tell("A simulated OneDrive (a personal account) listens on " + simulator.loginEndpoint() + ".");

        Home home = Home.locate(Optional.of(directory.path().resolve("home")), Map.of(), directory.path());
        home.create();
        EncryptedCredentialProcessor credentials = vault(home);
        tell("The vault holds one destination, \"" + NAME + "\"; its secrets are sealed with AES-256-GCM.");

        List<Path> dumps = files.isEmpty() ? samples() : files;
        long bytes = size(dumps);
        Path drop = Files.createDirectory(directory.path().resolve("drop"));
        try (ProgressDisplay progress = ProgressDisplay.of(console, "Uploading", dumps.size(), bytes);
             BackupService started = BackupService.start(settings(drop), home, credentials, routes.watchFile(), outcomes,
                     progress, new Troubles(InstantSource.system()))) {
            service = started;
            return dropAndWait(dumps, drop);
        }
    }

    private List<DemoRow> dropAndWait(List<Path> dumps, Path drop) throws IOException, InterruptedException {
        tell("The route of 'onedrive-backup run' watches " + drop + ".");
        tell("Dropped: " + names(dumps) + ". Each counts as complete when it stood still for 1 s.");
        console.say("");
        outcomes.expect(dumps.size());
        for (Path dump : dumps) {
            drop(dump, drop);
        }
        outcomes.await();
        List<DemoRow> rows = new ArrayList<>();
        for (Path dump : dumps) {
            rows.add(row(dump));
        }
        return rows;
    }

    // A key of its own, whatever key the environment names: a demo must not touch, nor fail by, what belongs to real vaults.
    private EncryptedCredentialProcessor vault(Home home) throws IOException {
        MasterKey key = MasterKey.generate(directory.path().resolve("vault.key"));
        Vault vault = Vault.create(home.vaultFile(), key);
        vault.add(new Destination(NAME, Secret.of(simulator.clientId()),
                new ClientCredential.ClientSecret(Secret.of(simulator.clientSecret())),
                Optional.of(Secret.of(simulator.refreshToken())), "common", Cloud.GLOBAL, FOLDER, DriveSelector.ME,
                Optional.empty(), Optional.empty()));
        return new EncryptedCredentialProcessor(vault);
    }

    private Settings settings(Path drop) throws IOException {
        Map<String, String> values = new LinkedHashMap<>();
        overrides.forEach((name, value) -> {
            if (name.startsWith("camel.")) {
                values.put(name, value);
            }
        });
        values.put("camel.component.onedrive.graph-endpoint", simulator.graphEndpoint().toString());
        values.put("camel.component.onedrive.login-endpoint", simulator.loginEndpoint().toString());
        values.put("backup.watch.demo.directory", drop.toString());
        values.put("backup.watch.demo.destination", NAME);
        values.put("backup.watch.demo.quiet-period", "1s");
        return Settings.of(directory.path(), values);
    }

    private List<Path> samples() throws IOException {
        Path samples = Files.createDirectory(directory.path().resolve("samples"));
        List<Path> files = new ArrayList<>();
        for (SampleDump sample : SampleDump.values()) {
            files.add(sample.write(samples));
        }
        return files;
    }

    // As a careful backup script does it: under a name that is not watched first, then renamed at once.
    private static void drop(Path dump, Path directory) throws IOException {
        Path part = directory.resolve(dump.getFileName() + ".part");
        Files.copy(dump, part, StandardCopyOption.COPY_ATTRIBUTES);
        Files.move(part, directory.resolve(dump.getFileName().toString()));
    }

    private DemoRow row(Path dump) throws IOException {
        String name = dump.getFileName().toString();
        Optional<StoredFile> stored = simulator.file(FOLDER + "/" + name);
        return new DemoRow(name, Files.size(dump), outcomes.result(name), stored.map(StoredFile::quickXorHash),
                stored.map(StoredFile::size).orElse(-1L), outcomes.failure(name));
    }

    private static String names(List<Path> dumps) throws IOException {
        List<String> names = new ArrayList<>();
        for (Path dump : dumps) {
            names.add(dump.getFileName() + " (" + Sizes.text(Files.size(dump)) + ")");
        }
        return String.join(", ", names);
    }

    private static long size(List<Path> dumps) throws IOException {
        long bytes = 0;
        for (Path dump : dumps) {
            bytes += Files.size(dump);
        }
        return bytes;
    }

    private void tell(String what) {
        step++;
        console.say(" " + step + "  " + what);
    }

    @Override
    public void close() {
        if (service != null) {
            service.close();
        }
        simulator.close();
        directory.close();
    }
}
