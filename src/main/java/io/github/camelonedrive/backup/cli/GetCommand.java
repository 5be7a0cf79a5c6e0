package io.github.camelonedrive.backup.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.backup.console.DownloadRows;
import io.github.camelonedrive.backup.console.ProgressDisplay;
import io.github.camelonedrive.backup.console.PrintableStream;
import io.github.camelonedrive.backup.console.Sizes;
import io.github.camelonedrive.backup.console.Table;
import io.github.camelonedrive.backup.failure.BackupException;
import io.github.camelonedrive.backup.failure.FailureReport;
import io.github.camelonedrive.backup.runtime.CamelRuntime;
import io.github.camelonedrive.backup.runtime.OneDriveCalls;
import io.github.camelonedrive.backup.runtime.OneDriveCalls.Download;
import io.github.camelonedrive.backup.runtime.WatchRoutes;
import io.github.camelonedrive.component.EncryptedCredentialProcessor;
import io.github.camelonedrive.credentials.Vault;
import io.github.camelonedrive.graph.DriveItem;
import io.github.camelonedrive.graph.ItemPath;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code get}: brings files back and shows the proof. */
@Command(name = "get", description = {
        "Brings files back from a destination's drive and proves that they are the same bytes.",
        "A file appears under its name when all of it is here and proven; one that is there already is left alone, unless "
                + "--force is given. Broken off, it goes on when it is called again." })
final class GetCommand extends BackupCommand {

    private static final String STANDARD_OUTPUT = "-";

    @Parameters(index = "0", paramLabel = "DESTINATION", description = "A destination of the vault.")
    private String destination;

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "PATH",
                description = "A file there, absolute from the drive's root.")
    private List<String> paths;

    @Option(names = {"-o", "--output"}, paramLabel = "FILE|-",
            description = "What the file is called here; or a directory, which has to be there; or '-' for standard output. "
                    + "Default: its own name, in the current directory.")
    private String output;

    @Option(names = "--force", description = "Replaces files that are there already.")
    private boolean force;

    @Override
    int run() throws Exception {
        WatchRoutes.requireProof(settings(), "get refuses");
        List<Target> targets = targets();
        Vault vault = vault();
        warnOfEnd(vault.destination(destination));
        List<Outcome> outcomes = get(targets, new EncryptedCredentialProcessor(vault));
        report(outcomes);
        return ExitCode.ofSeveral(outcomes.size(), outcomes.stream().flatMap(outcome -> outcome.failure().stream()).toList());
    }

    /** Whatever can be found wrong before anything is sent is found here. */
    private List<Target> targets() throws BackupException {
        if (STANDARD_OUTPUT.equals(output)) {
            return List.of(standardOutput());
        }
        Optional<Path> directory = directory();
        List<Target> targets = new ArrayList<>();
        Set<Path> taken = new HashSet<>();
        for (String path : paths) {
            ItemPath item = item(path);
            Path file = directory.isPresent() ? directory.get().resolve(localName(item)) : local(output);
            checkFile(file);
            if (!taken.add(file.normalize())) {
                throw BackupException.usage("Two of the files would become " + file + ".",
                        "Get them one by one, with -o. Nothing was downloaded.");
            }
            targets.add(new Target(item, Optional.of(file)));
        }
        return targets;
    }

    private Target standardOutput() throws BackupException {
        if (paths.size() > 1) {
            throw BackupException.usage("Standard output takes one file, but there are " + paths.size() + ".",
                    "Get them one by one, or into a directory: -o DIRECTORY.");
        }
        if (console().json()) {
            throw BackupException.usage("Standard output takes the file or the JSON, not both.",
                    "Leave --json out, or name a file: -o FILE.");
        }
        return new Target(item(paths.get(0)), Optional.empty());
    }

    /** The directory to put files into under their own names; empty when there is one file and its name was given. */
    private Optional<Path> directory() throws BackupException {
        if (output == null) {
            return Optional.of(environment().workingDirectory());
        }
        Path given = local(output);
        if (Files.isDirectory(given)) {
            return Optional.of(given);
        }
        if (output.endsWith("/")) {
            throw BackupException.usage("The directory " + output + " is not there.", "Make it. Nothing was downloaded.");
        }
        if (paths.size() > 1) {
            throw BackupException.usage("There are " + paths.size() + " files, but " + output + " is no directory.",
                    "Name a directory that is there. Nothing was downloaded.");
        }
        return Optional.empty();
    }

    private static ItemPath item(String path) throws BackupException {
        ItemPath item = ItemPath.parse(path);
        if (item.isRoot()) {
            throw BackupException.usage("'" + path + "' names no file.", "Name one, absolute from the drive's root.");
        }
        return item;
    }

    private static String localName(ItemPath item) throws BackupException {
        String name = item.name();
        if (name.equals(".") || name.equals("..") || name.indexOf('\0') >= 0) {
            throw BackupException.usage("'" + item + "' names no file.", "Name one, absolute from the drive's root.");
        }
        return name;
    }

    private void checkFile(Path file) throws BackupException {
        if (!Files.isDirectory(file.toAbsolutePath().getParent())) {
            throw BackupException.usage("The directory of " + file + " is not there.", "Make it. Nothing was downloaded.");
        }
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw BackupException.usage(file + " is there already and is not a file.", "Name another with -o.");
        }
        if (!force) {
            throw BackupException.usage("The file " + file + " is there already.",
                    "Name another with -o, or replace it with --force. Nothing was downloaded.");
        }
    }

    private List<Outcome> get(List<Target> targets, EncryptedCredentialProcessor credentials)
            throws BackupException, InterruptedException {
        try (CamelRuntime camel = CamelRuntime.start(settings(), home(), credentials, event -> { }, List.of());
             OnStop stop = OnStop.run(camel::close)) {
            OneDriveCalls calls = new OneDriveCalls(camel, credentials);
            calls.requireLegalOptions(destination);
            AtATime some = AtATime.of(settings());
            List<Found> found = some.each(targets, target -> find(calls, target));
            try (ProgressDisplay progress = ProgressDisplay.of(console(), "Downloading", targets.size(), bytes(found))) {
                camel.listenToDownloads(progress);
                return some.each(found, each -> get(calls, each));
            }
        }
    }

    private Found find(OneDriveCalls calls, Target target) {
        try {
            DriveItem item = calls.item(destination, target.item().toString());
            if (item.folder()) {
                throw new BackupException(FailureKind.CONFIGURATION, "'" + target.item() + "' is a folder.",
                        "Name the files in it; 'onedrive-backup list " + destination + " " + target.item() + "' shows them.");
            }
            return new Found(target, Optional.of(item), Optional.empty());
        } catch (Exception e) {
            return new Found(target, Optional.empty(), Optional.of(e));
        }
    }

    /** Negative when one of them does not tell. */
    private static long bytes(List<Found> found) {
        List<DriveItem> items = found.stream().flatMap(each -> each.item().stream()).toList();
        return items.stream().anyMatch(item -> item.size() < 0) ? -1 : items.stream().mapToLong(DriveItem::size).sum();
    }

    private Outcome get(OneDriveCalls calls, Found found) {
        if (found.failure().isPresent()) {
            return Outcome.failed(found, found.failure().get());
        }
        String path = found.target().item().toString();
        try {
            Optional<Path> file = found.target().file();
            return Outcome.of(found, file.isPresent() ? calls.download(destination, path, file.get(), force)
                    : toStandardOutput(calls, path));
        } catch (Exception e) {
            return Outcome.failed(found, e);
        }
    }

    private Download toStandardOutput(OneDriveCalls calls, String path) throws Exception {
        return calls.download(destination, path, new StandardOutput(PrintableStream.unfiltered(environment().out())));
    }

    /** A print stream keeps its troubles to itself; a reader that went away shall not have all the rest fetched for it. */
    private static final class StandardOutput extends FilterOutputStream {

        private final PrintStream stream;

        StandardOutput(PrintStream stream) {
            super(stream);
            this.stream = stream;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            stream.write(bytes, offset, length);
            if (stream.checkError()) {
                throw new BackupException(FailureKind.SERVICE, "Standard output takes no more.", "Check what reads it.");
            }
        }
    }

    private void report(List<Outcome> outcomes) {
        if (!STANDARD_OUTPUT.equals(output)) {
            console().print(table(outcomes));
        }
        for (Outcome outcome : outcomes) {
            outcome.failure().ifPresent(failure -> complain(outcome.found().target().item().toString(), failure));
        }
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("destination", destination);
        result.put("files", outcomes.stream().map(GetCommand::data).toList());
        console().printJson(result);
    }

    private static Table table(List<Outcome> outcomes) {
        Table table = new Table("FILE", ">SIZE", "QUICKXORHASH", "VERDICT", "IS NOW");
        for (Outcome outcome : outcomes) {
            String name = outcome.found().target().item().toString();
            String hash = outcome.found().item().flatMap(DriveItem::quickXorHash).orElse("");
            outcome.done().ifPresent(done -> table.row(name, Sizes.text(done.size()), hash, DownloadRows.verdict(done.verdict())
                    + (done.resumed() ? ", resumed" : ""), outcome.file()));
            outcome.failure().ifPresent(failure -> table.row(name, outcome.found().item().filter(item -> item.size() >= 0)
                    .map(item -> Sizes.text(item.size())).orElse(""), hash, "FAILED", ""));
        }
        return table;
    }

    private static Map<String, Object> data(Outcome outcome) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("path", outcome.found().target().item().toString());
        data.put("ok", outcome.failure().isEmpty());
        outcome.done().ifPresent(done -> {
            data.put("file", outcome.file());
            data.put("size", done.size());
            data.put("verdict", done.verdict().name().toLowerCase(Locale.ROOT));
            data.put("resumed", done.resumed());
        });
        outcome.found().item().ifPresent(item -> {
            data.put("itemId", item.id());
            item.quickXorHash().ifPresent(hash -> data.put("quickXorHash", hash));
            item.lastModified().ifPresent(time -> data.put("lastModified", time.toString()));
        });
        outcome.failure().ifPresent(failure -> data.put("error", FailureReport.of(failure)));
        return data;
    }

    /** @param file what it becomes here; empty for standard output */
    private record Target(ItemPath item, Optional<Path> file) {
    }

    /** Exactly one of item and failure is there. */
    private record Found(Target target, Optional<DriveItem> item, Optional<Exception> failure) {
    }

    /** Exactly one of done and failure is there. */
    private record Outcome(Found found, Optional<Download> done, Optional<Exception> failure) {

        /** What was not verified counts as failed. */
        static Outcome of(Found found, Download done) {
            if (DownloadRows.isProven(done.verdict())) {
                return new Outcome(found, Optional.of(done), Optional.empty());
            }
            return failed(found, new BackupException(FailureKind.SERVICE,
                    "It was downloaded but not verified, which counts as failed.",
                    "Set camel.component.onedrive.verify to hash or readback."));
        }

        static Outcome failed(Found found, Exception failure) {
            return new Outcome(found, Optional.empty(), Optional.of(failure));
        }

        String file() {
            return found.target().file().map(Path::toString).orElse(STANDARD_OUTPUT);
        }
    }
}
