package io.github.camelonedrive.backup.cli;

import java.io.IOException;
import java.nio.file.attribute.UserPrincipal;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.camelonedrive.backup.console.Table;
import io.github.camelonedrive.backup.failure.BackupException;
import io.github.camelonedrive.backup.runtime.CurrentUser;
import io.github.camelonedrive.backup.settings.WatchSettings;
import io.github.camelonedrive.backup.watch.DumpRetry;
import io.github.camelonedrive.backup.watch.DumpRetry.Outcome;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code retry}: held and set-aside dumps are tried again. */
@Command(name = "retry", description = {
        "Has held dumps, and dumps that were set aside in .failed, tried again. A held dump is released; one in .failed is"
                + " moved back under its name, if that is free.",
        "A 'run' notices both by itself; without one, the next 'run' takes them." })
final class RetryCommand extends BackupCommand {

    @Parameters(index = "0", arity = "0..1", paramLabel = "WATCH", description = "A watch of the settings. Default: all.")
    private String watch;

    @Parameters(index = "1", arity = "0..1", paramLabel = "NAME",
                description = "A dump of that watch, with or without its sub-directory. Default: all.")
    private String name;

    private final List<Outcome> outcomes = new ArrayList<>();
    private boolean failed;

    @Override
    int run() throws Exception {
        List<WatchSettings> watches = watches();
        home().create();
        UserPrincipal user = CurrentUser.principal(home().directory());
        for (WatchSettings settings : watches) {
            try {
                new DumpRetry(settings, home().heldDirectory(), user, InstantSource.system(), Optional.ofNullable(name))
                        .run(outcomes::add);
            } catch (IOException e) {
                failed = true;
                complain(settings.name(), e);
            }
        }
        if (name != null && outcomes.isEmpty() && !failed) {
            throw BackupException.usage("No dump " + name + " of the watch " + watch + " is held or set aside.",
                    "Without the name, 'retry " + watch + "' takes all that are.");
        }
        report();
        boolean all = outcomes.stream().allMatch(outcome -> outcome.problem().isEmpty());
        return all && !failed ? ExitCode.DONE : ExitCode.FAILED;
    }

    private List<WatchSettings> watches() throws BackupException {
        List<WatchSettings> watches = settings().watches();
        if (watch == null) {
            return watches;
        }
        return List.of(watches.stream().filter(settings -> settings.name().equals(watch)).findFirst()
                .orElseThrow(() -> BackupException.usage("There is no watch " + watch + ".", watches.isEmpty()
                        ? "The settings have none."
                        : "The settings have: " + String.join(", ", watches.stream().map(WatchSettings::name).toList()) + ".")));
    }

    private void report() {
        Table table = new Table("WATCH", "DUMP", "RESULT");
        for (Outcome outcome : outcomes) {
            table.row(outcome.watch(), outcome.file(), result(outcome));
        }
        if (!outcomes.isEmpty()) {
            console().print(table);
        } else if (!failed) {
            console().print("No dump is held or set aside.");
        }
        console().printJson(Map.of("dumps", outcomes.stream().map(RetryCommand::data).toList()));
    }

    private static String result(Outcome outcome) {
        return outcome.problem().map(problem -> "not moved back: " + problem)
                .orElse(outcome.setAside() ? "moved back, to be tried again" : "released, to be tried again");
    }

    private static Map<String, Object> data(Outcome outcome) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("watch", outcome.watch());
        data.put("file", outcome.file());
        data.put("state", outcome.setAside() ? "set-aside" : "held");
        data.put("ok", outcome.problem().isEmpty());
        outcome.problem().ifPresent(problem -> data.put("problem", problem));
        return data;
    }
}
