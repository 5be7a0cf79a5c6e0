package io.github.camelonedrive.backup.takeover;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import io.github.camelonedrive.simulator.AccountType;
import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.OneDriveSimulator;
import io.github.camelonedrive.simulator.Step;

/**
 * Makes {@code earlier-home.zip}: a home, its drop directory and its OneDrive as an earlier version of this program left them.
 * {@link TakeOverIT} starts the current version on it.
 *
 * <p>To make it again, check out the earlier version ({@code bd85083}), build it ({@code mvn -DskipTests package
 * test-compile}) and let its own classes run this file, so that nothing in the archive is written by newer code:
 *
 * <pre>
 * java -cp 'EARLIER/src/target/onedrive-backup.jar:EARLIER/src/target/lib/*' \
 *     src/test/java/io/github/camelonedrive/backup/takeover/EarlierHomeMaker.java EARLIER src/test/resources/earlier-home.zip
 * </pre>
 *
 * <p>The vault key is in the archive, and every secret in the vault is a plain English phrase that only the simulator accepts.
 * {@code made.properties} holds the directory and the port that the program saw.
 */
public final class EarlierHomeMaker implements AutoCloseable {

    private static final String KEY = "746869732d69732d612d7468726f772d617761792d6b65792d666f722d746573";
    private static final int LARGE = 400_000;
    private static final int SMALL = 5_000;
    private static final long LONGEST_SECONDS = 60;

    private final Path earlier;
    private final Path directory;
    private final OneDriveSimulator simulator;
    private final List<Path> journals = new ArrayList<>();

    private EarlierHomeMaker(Path earlier, Path directory) {
        this.earlier = earlier;
        this.directory = directory;
        this.simulator = OneDriveSimulator.builder().accountType(AccountType.PERSONAL)
                .clientId("client-of-the-simulator").clientSecret("a client secret that only the simulator accepts")
                .refreshToken("a refresh token that only the simulator accepts").rotateRefreshTokens(false)
                .stateDirectory(directory.resolve("onedrive")).start();
    }

    /** @param arguments the built earlier version, and the archive to write */
    public static void main(String[] arguments) throws Exception {
        Path directory = Files.createTempDirectory("earlier-home").toRealPath();
        try (EarlierHomeMaker maker = new EarlierHomeMaker(Path.of(arguments[0]).toRealPath(), directory)) {
            maker.make();
        }
        pack(directory, Path.of(arguments[1]));
        delete(directory);
    }

    private void make() throws Exception {
        Files.writeString(directory.resolve("made.properties"), "directory=" + directory + "\nport="
                + simulator.graphEndpoint().getPort() + "\nat=" + Instant.now().truncatedTo(ChronoUnit.SECONDS) + "\n");
        secret("throw-away-vault.key", KEY);
        Files.createDirectories(directory.resolve("drop"));
        Files.createDirectories(directory.resolve("elsewhere"));
        destination();
        full();
        killedInSession("resumed.sql", "drop", "run");
        killedInSession("gone.sql", "drop", "run");
        killedInSession("changed.sql", "drop", "run");
        killedInSession("pushed.sql", "elsewhere", "push", "offsite", directory.resolve("elsewhere/pushed.sql").toString());
        committed("committed.sql", LARGE);
        committed("small.sql", SMALL);
        merge();
    }

    private void destination() throws Exception {
        expectDone("vault", "init");
        expectDone("destination", "add", "offsite", "--client-id", simulator.clientId(),
                "--client-secret-file", secret("client-secret", simulator.clientSecret()).toString(),
                "--refresh-token-file", secret("refresh-token", simulator.refreshToken()).toString(), "--folder", "/Backups");
        Files.delete(directory.resolve("client-secret"));
        Files.delete(directory.resolve("refresh-token"));
    }

    /** Dumps that were pushed and put away, and files that a consumer has delivered. */
    private void full() throws Exception {
        simulator.putFile("/Inbox/order-1.xml", content("order-1.xml", SMALL));
        simulator.putFile("/Inbox/deeper/order-2.xml", content("order-2.xml", SMALL));
        dump("drop", "monday.sql", SMALL);
        dump("drop", "tuesday.sql", SMALL);
        try (Running run = start(Map.of(), "run")) {
            run.await(() -> Files.exists(directory.resolve("drop/.done/monday.sql"))
                    && Files.exists(directory.resolve("drop/.done/tuesday.sql")) && run.printed("deeper/order-2.xml"));
            run.stop();
        }
    }

    /** Killed when the first fragment is there and the second arrives. */
    private void killedInSession(String name, String folder, String... command) throws Exception {
        dump(folder, name, LARGE);
        simulator.clearJournal();
        Running[] running = new Running[1];
        simulator.fault(Fault.on(Step.FRAGMENT).nth(2).run(() -> running[0].kill()).cutBefore());
        running[0] = start(Map.of(), command);
        running[0].await(() -> !running[0].process.isAlive());
        putAside(folder, name);
    }

    /** Killed when OneDrive has the dump, that is on record, and it is not moved yet. */
    private void committed(String name, int size) throws Exception {
        dump("drop", name, size);
        Running run = start(Map.of("camel.beans.crash.file", name, "camel.beans.crash.moment", "COMPLETED"), "run");
        run.await(() -> !run.process.isAlive());
        putAside("drop", name);
    }

    /** So that the next process does not find it. */
    private void putAside(String folder, String name) throws IOException {
        Path aside = Files.createDirectories(directory.resolve("aside").resolve(folder));
        Files.move(directory.resolve(folder).resolve(name), aside.resolve(name));
        Path journal = directory.resolve("journal-of-" + name);
        Files.move(directory.resolve("home/journal"), journal);
        journals.add(journal);
    }

    private void merge() throws IOException {
        Path journal = directory.resolve("home/journal");
        Files.createDirectory(journal, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        for (Path one : journals) {
            for (Path file : files(one)) {
                Files.move(file, journal.resolve(file.getFileName()));
            }
            Files.delete(one);
        }
        for (Path file : files(directory.resolve("aside"))) {
            Files.move(file, directory.resolve(directory.resolve("aside").relativize(file)));
        }
        Files.delete(directory.resolve("drop/gone.sql"));
        delete(directory.resolve("aside"));
        delete(directory.resolve("routes"));
        Files.delete(directory.resolve("settings.properties"));
        Path changed = Files.write(directory.resolve("drop/changed.sql"), content("changed later", LARGE));
        Files.setLastModifiedTime(changed, wholeSecond());
    }

    private void dump(String folder, String name, int size) throws IOException {
        Path hidden = Files.write(directory.resolve(folder).resolve("." + name), content(name, size));
        Files.setLastModifiedTime(hidden, wholeSecond());
        Files.move(hidden, directory.resolve(folder).resolve(name));
    }

    /** The archive keeps no fractions. */
    private static FileTime wholeSecond() {
        return FileTime.from(Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofMinutes(1)));
    }

    /** Different for each name, by its hash too, and small once it is packed. */
    private static byte[] content(String name, int size) {
        byte[] block = new byte[1000];
        new Random(name.hashCode()).nextBytes(block);
        byte[] content = new byte[size];
        for (int at = 0; at < size; at++) {
            content[at] = block[at % block.length];
        }
        for (int at = 0; at < size; at += block.length) {
            content[at] = (byte) (at / block.length);
        }
        byte[] end = name.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(end, 0, content, size - end.length, end.length);
        return content;
    }

    // --- the earlier program ---

    private Running start(Map<String, String> once, String... command) throws IOException {
        Map<String, String> settings = new HashMap<>(once);
        settings.put("camel.component.onedrive.graph-endpoint", simulator.graphEndpoint().toString());
        settings.put("camel.component.onedrive.login-endpoint", simulator.loginEndpoint().toString());
        settings.put("camel.component.onedrive.simple-upload-limit", "307200");
        settings.put("camel.component.onedrive.chunk-size", "327680");
        settings.put("camel.beans.crash", "#class:io.github.camelonedrive.backup.crash.CrashBean");
        settings.put("camel.component.onedrive.upload-listener", "#bean:crash");
        settings.put("backup.console.enabled", "false");
        settings.put("backup.routes", routes().toString());
        settings.put("backup.watch.dumps.directory", directory.resolve("drop").toString());
        settings.put("backup.watch.dumps.destination", "offsite");
        settings.put("backup.watch.dumps.folder", "/Backups");
        settings.put("backup.watch.dumps.quiet-period", "200ms");
        Path file = Files.write(directory.resolve("settings.properties"),
                settings.entrySet().stream().map(entry -> entry.getKey() + " = " + entry.getValue()).toList());
        List<String> line = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Donedrive.backup.installation=" + earlier, "-cp", earlier.resolve("src/target/onedrive-backup.jar") + ":"
                + earlier.resolve("src/target/test-classes"), "io.github.camelonedrive.backup.Main",
                "--home", directory.resolve("home").toString(), "--config", file.toString()));
        line.addAll(Arrays.asList(command));
        return new Running(line, directory);
    }

    private Path routes() throws IOException {
        Path routes = Files.createDirectories(directory.resolve("routes"));
        Files.writeString(routes.resolve("watch.camel.yaml"), Files.readString(earlier.resolve("routes/watch.camel.yaml")));
        Files.writeString(routes.resolve("inbox.camel.yaml"), String.join("\n",
                "- route:",
                "    id: inbox",
                "    from:",
                "      uri: onedrive:offsite",
                "      parameters:",
                "        folderPath: /Inbox",
                "        recursive: true",
                "        stateDirectory: " + directory.resolve("feeds"),
                "        delay: 200",
                "      steps:",
                "        - log:",
                "            message: \"delivered ${header.CamelFileName}\"",
                "            loggingLevel: WARN",
                ""));
        return routes;
    }

    private void expectDone(String... command) throws Exception {
        try (Running running = start(Map.of(), command)) {
            running.await(() -> !running.process.isAlive());
            if (running.process.exitValue() != 0) {
                throw new IllegalStateException(running.output());
            }
        }
    }

    private Path secret(String name, String value) throws IOException {
        Path file = Files.writeString(directory.resolve(name), value + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private static final class Running implements AutoCloseable {

        private final Process process;
        private final Path output;

        Running(List<String> line, Path directory) throws IOException {
            output = Files.createTempFile("earlier-program", ".txt");
            ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(output.toFile());
            builder.environment().put("ONEDRIVE_VAULT_KEY_FILE", directory.resolve("throw-away-vault.key").toString());
            process = builder.start();
        }

        boolean printed(String text) {
            return output().contains(text);
        }

        String output() {
            try {
                return Files.readString(output, StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        void await(BooleanSupplier condition) throws InterruptedException {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
            while (!condition.getAsBoolean()) {
                if (System.nanoTime() > end) {
                    throw new IllegalStateException(output());
                }
                Thread.sleep(50);
            }
        }

        void kill() {
            process.destroyForcibly();
        }

        void stop() throws InterruptedException {
            process.destroy();
            await(() -> !process.isAlive());
        }

        @Override
        public void close() throws IOException {
            process.destroyForcibly();
            Files.deleteIfExists(output);
        }
    }

    // --- the archive ---

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static void delete(Path tree) throws IOException {
        try (Stream<Path> all = Files.walk(tree)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static void pack(Path directory, Path archive) throws IOException {
        try (OutputStream out = Files.newOutputStream(archive); ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Path file : files(directory)) {
                ZipEntry entry = new ZipEntry(directory.relativize(file).toString());
                entry.setLastModifiedTime(Files.getLastModifiedTime(file));
                zip.putNextEntry(entry);
                Files.copy(file, zip);
                zip.closeEntry();
            }
        }
    }

    @Override
    public void close() {
        simulator.close();
    }
}
