package io.github.camelonedrive.backup.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.backup.console.Sizes;
import io.github.camelonedrive.backup.console.Table;
import io.github.camelonedrive.backup.failure.BackupException;
import io.github.camelonedrive.backup.failure.FailureReport;
import io.github.camelonedrive.backup.runtime.CamelRuntime;
import io.github.camelonedrive.backup.runtime.OneDriveCalls;
import io.github.camelonedrive.component.EncryptedCredentialProcessor;
import io.github.camelonedrive.credentials.Vault;
import io.github.camelonedrive.graph.DriveItem;
import io.github.camelonedrive.graph.GraphException;
import io.github.camelonedrive.graph.ItemPath;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code delete}: files and folders of a destination's drive go to its recycle bin. */
@Command(name = "delete", description = {
        "Deletes files and folders of a destination's drive: they go to its recycle bin, a folder with all that is in it.",
        "On a terminal it shows what it found and asks; elsewhere it needs --yes. What is gone already counts as done." })
final class DeleteCommand extends BackupCommand {

    @Option(names = {"-y", "--yes"}, description = "Without asking.")
    private boolean yes;

    @Option(names = "--permanent",
            description = "For good, past the recycle bin. A personal OneDrive can't; then nothing is deleted.")
    private boolean permanent;

    @Parameters(index = "0", paramLabel = "DESTINATION", description = "A destination of the vault.")
    private String destination;

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "PATH",
                description = "A file or folder, absolute from the drive's root. The root itself is refused.")
    private List<String> given;

    private OneDriveCalls calls;

    @Override
    int run() throws Exception {
        List<ItemPath> paths = paths();
        Optional<Questions> terminal = yes ? Optional.empty() : Optional.of(Questions.at(environment())
                .orElseThrow(() -> BackupException.usage("Nobody can be asked here whether that is meant; nothing was deleted.",
                        "Add --yes.")));
        Vault vault = vault();
        warnOfEnd(vault.destination(destination));
        EncryptedCredentialProcessor credentials = new EncryptedCredentialProcessor(vault);
        try (CamelRuntime camel = CamelRuntime.start(settings(), home(), credentials, event -> { }, List.of());
             OnStop stop = OnStop.run(camel::close)) {
            calls = new OneDriveCalls(camel, credentials);
            List<Target> targets = terminal.isPresent() ? confirmed(terminal.get(), paths)
                    : paths.stream().map(path -> new Target(path, Optional.empty())).toList();
            List<Outcome> outcomes = new ArrayList<>();
            for (Target target : targets) {
                outcomes.add(delete(target));
            }
            report(outcomes);
            return ExitCode.ofSeveral(outcomes.size(),
                    outcomes.stream().flatMap(outcome -> outcome.failure().stream()).toList());
        }
    }

    /** All of them are looked at before the first one is touched. */
    private List<ItemPath> paths() throws BackupException {
        List<ItemPath> paths = new ArrayList<>();
        for (String path : given) {
            ItemPath absolute = ItemPath.ROOT.resolve(path);
            if (absolute.isRoot()) {
                throw BackupException.usage("'" + path + "' is the drive's root, which can't be deleted; nothing was deleted.",
                        "Name files or folders in it.");
            }
            paths.add(absolute);
        }
        return paths;
    }

    /** @param found what was shown to the person who said yes to it; empty when there was nothing, or nobody was asked */
    private record Target(ItemPath path, Optional<DriveItem> found) {
    }

    /** @param deleted whether there was something; exactly then, or when it was gone, there is no failure */
    private record Outcome(ItemPath path, boolean deleted, Optional<Exception> failure) {
    }

    private List<Target> confirmed(Questions questions, List<ItemPath> paths) throws Exception {
        List<Target> targets = new ArrayList<>();
        for (ItemPath path : paths) {
            Target target = new Target(path, find(path));
            questions.say(path + ": "
                    + target.found().map(DeleteCommand::described).orElse("not there"));
            targets.add(target);
        }
        String question = permanent ? "Delete for good, past the recycle bin" : "Delete, to the recycle bin";
        if (targets.stream().anyMatch(target -> target.found().isPresent())
                && !questions.ask(question + "? (yes/no)", "no", DeleteCommand::isYes)) {
            throw new BackupException(FailureKind.SERVICE, "Nothing was deleted.", "");
        }
        return targets;
    }

    private Optional<DriveItem> find(ItemPath path) throws Exception {
        try {
            return Optional.of(calls.item(destination, path.toString()));
        } catch (GraphException.NotFound nothing) {
            return Optional.empty();
        }
    }

    private static String described(DriveItem item) {
        if (!item.folder()) {
            return "a file of " + Sizes.text(item.size())
                    + item.lastModified().map(time -> ", last changed " + time).orElse("");
        }
        if (item.childCount().isEmpty()) {
            return "a folder, with all that is in it";
        }
        long count = item.childCount().getAsLong();
        return count == 0 ? "an empty folder" : "a folder with " + count + (count == 1 ? " item" : " items") + " in it"
                + (item.size() > 0 ? ", " + Sizes.text(item.size()) + " in all" : "");
    }

    private static boolean isYes(String answer) {
        return switch (answer.toLowerCase(Locale.ROOT)) {
            case "y", "yes" -> true;
            case "n", "no" -> false;
            default -> throw new IllegalArgumentException("Please answer yes or no.");
        };
    }

    /** A file that changed since it was shown is another one than the person said yes to. */
    private Outcome delete(Target target) {
        Optional<String> eTag = target.found().filter(item -> !item.folder()).flatMap(DriveItem::eTag);
        try {
            return new Outcome(target.path(), calls.delete(destination, target.path().toString(), permanent, eTag),
                    Optional.empty());
        } catch (Exception e) {
            return new Outcome(target.path(), false, Optional.of(e));
        }
    }

    private void report(List<Outcome> outcomes) {
        Table table = new Table("PATH", "RESULT");
        for (Outcome outcome : outcomes) {
            table.row(outcome.path().toString(), result(outcome));
        }
        console().print(table);
        long binned = outcomes.stream().filter(Outcome::deleted).count();
        if (binned > 0 && !permanent) {
            console().print((binned == 1 ? "It is" : "They are") + " in the drive's recycle bin, and can be restored there in a"
                    + " browser until OneDrive empties it.");
        }
        for (Outcome outcome : outcomes) {
            outcome.failure().ifPresent(failure -> complain(outcome.path().toString(), failure));
        }
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("destination", destination);
        result.put("items", outcomes.stream().map(this::data).toList());
        console().printJson(result);
    }

    private String result(Outcome outcome) {
        if (outcome.failure().isPresent()) {
            return "FAILED";
        }
        if (!outcome.deleted()) {
            return "was not there";
        }
        return permanent ? "deleted for good" : "moved to the recycle bin";
    }

    private Map<String, Object> data(Outcome outcome) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("path", outcome.path().toString());
        data.put("ok", outcome.failure().isEmpty());
        data.put("deleted", outcome.deleted());
        data.put("recycleBin", outcome.deleted() && !permanent);
        outcome.failure().ifPresent(failure -> data.put("error", FailureReport.of(failure)));
        return data;
    }
}
