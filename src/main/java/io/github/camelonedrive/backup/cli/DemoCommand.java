package io.github.camelonedrive.backup.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import io.github.camelonedrive.backup.console.Sizes;
import io.github.camelonedrive.backup.console.Table;
import io.github.camelonedrive.backup.console.UploadRows;
import io.github.camelonedrive.backup.demo.Demo;
import io.github.camelonedrive.backup.demo.DemoRow;
import io.github.camelonedrive.backup.failure.BackupException;
import io.github.camelonedrive.backup.failure.FailureReport;
import io.github.camelonedrive.backup.runtime.RoutesFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code demo}: shows the program's main job without an account. */
@Command(name = "demo", description = "Shows it all on this machine, without an account: pushes FILEs, or sample dumps, to a "
                                      + "simulated OneDrive and proves that they arrived.")
final class DemoCommand extends BackupCommand {

    @Parameters(arity = "0..*", paramLabel = "FILE", description = "What to push. Without it: two sample dumps.")
    private List<Path> files = new ArrayList<>();

    @Override
    boolean usesEndpoints() {
        return false;
    }

    @Override
    int run() throws Exception {
        List<Path> dumps = dumps();
        RoutesFolder routes = RoutesFolder.locate(settings(), environment().installation(), trust());
        try (Demo demo = Demo.open(console(), overrides()); OnStop stop = OnStop.run(demo::close)) {
            List<DemoRow> rows = demo.run(dumps, routes);
            report(rows);
            boolean proven = rows.stream().allMatch(DemoRow::isProven);
            return proven ? ExitCode.DONE : ExitCode.FAILED;
        }
    }

    private List<Path> dumps() throws BackupException {
        List<Path> dumps = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Path given : files) {
            Path file = local(given);
            if (Files.isDirectory(file)) {
                throw BackupException.usage(file + " is a directory.", "Give the files in it.");
            }
            if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
                throw BackupException.usage("The file " + file + " is not there, or can't be read.", "Check its name.");
            }
            String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
            if (name.startsWith(".") || name.endsWith(".part") || name.endsWith(".tmp")) {
                throw BackupException.usage("A watched directory ignores " + file.getFileName() + ".",
                        "Hidden files, .part and .tmp count as unfinished; give it another name.");
            }
            if (!names.add(name)) {
                throw BackupException.usage("Two of the files are called " + file.getFileName() + ".",
                        "They would replace each other in OneDrive; give one of them.");
            }
            dumps.add(file);
        }
        return dumps;
    }

    private void report(List<DemoRow> rows) {
        Table table = new Table("FILE", ">SIZE", "SENT AS", "QUICKXORHASH HERE", "QUICKXORHASH IN ONEDRIVE", "VERDICT");
        for (DemoRow row : rows) {
            table.row(row.file(), Sizes.text(row.size()), row.result().map(UploadRows::mode).orElse("-"),
                    row.result().map(result -> result.quickXorHash()).orElse("-"), row.remoteHash().orElse("-"),
                    row.isProven() ? "proven" : "NOT PROVEN");
        }
        console().say("");
        console().print(table);
        console().print("");
        for (DemoRow row : rows) {
            row.failure().ifPresent(failure -> complain(row.file(), failure));
        }
        long proven = rows.stream().filter(DemoRow::isProven).count();
        console().print(proven + " of " + rows.size() + (rows.size() == 1 ? " dump is" : " dumps are")
                + " in the simulated OneDrive, proven to be the same bytes.");
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("files", rows.stream().map(DemoCommand::data).toList());
        result.put("proven", proven == rows.size());
        console().printJson(result);
    }

    private static Map<String, Object> data(DemoRow row) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("file", row.file());
        data.put("size", row.size());
        row.result().map(UploadRows::data).ifPresent(data::putAll);
        row.remoteHash().ifPresent(hash -> data.put("remoteQuickXorHash", hash));
        data.put("proven", row.isProven());
        row.failure().ifPresent(failure -> data.put("error", FailureReport.of(failure)));
        return data;
    }
}
