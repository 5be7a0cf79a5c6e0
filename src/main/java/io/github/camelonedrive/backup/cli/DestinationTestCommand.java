package io.github.camelonedrive.backup.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.camelonedrive.backup.console.Sizes;
import io.github.camelonedrive.backup.failure.FailureReport;
import io.github.camelonedrive.backup.runtime.CamelRuntime;
import io.github.camelonedrive.backup.runtime.OneDriveCalls;
import io.github.camelonedrive.component.ConnectionCheck;
import io.github.camelonedrive.component.EncryptedCredentialProcessor;
import io.github.camelonedrive.credentials.Vault;
import io.github.camelonedrive.graph.Drive;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code destination test}: signs in and asks for the drive. */
@Command(name = "test", description = "Checks that destinations can be signed in to and their drive is there.")
final class DestinationTestCommand extends BackupCommand {

    @Parameters(arity = "1..*", paramLabel = "NAME", description = "Destinations of the vault.")
    private List<String> names;

    @Override
    int run() throws Exception {
        Vault vault = vault();
        for (String name : names) {
            vault.destination(name);
        }
        EncryptedCredentialProcessor credentials = new EncryptedCredentialProcessor(vault);
        List<Exception> failures = new ArrayList<>();
        List<Map<String, Object>> results = new ArrayList<>();
        try (CamelRuntime camel = CamelRuntime.start(settings(), home(), credentials, event -> { }, List.of());
             OnStop stop = OnStop.run(camel::close)) {
            OneDriveCalls calls = new OneDriveCalls(camel, credentials);
            for (String name : names) {
                results.add(test(calls, name, failures));
            }
        }
        console().printJson(Map.of("destinations", results));
        return failures.isEmpty() ? ExitCode.DONE : ExitCode.of(failures.get(0));
    }

    private Map<String, Object> test(OneDriveCalls calls, String name, List<Exception> failures) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("name", name);
        try {
            ConnectionCheck check = calls.checkConnection(name);
            result.put("ok", true);
            result.put("driveType", check.drive().driveType());
            result.put("owner", check.drive().owner());
            check.drive().quota().total().ifPresent(total -> result.put("total", total));
            check.drive().quota().remaining().ifPresent(remaining -> result.put("remaining", remaining));
            result.put("folder", check.folder());
            result.put("folderExists", check.folderExists());
            console().print(describe(name, check));
        } catch (Exception e) {
            failures.add(e);
            result.put("ok", false);
            result.put("error", FailureReport.of(e));
            complain(name, e);
        }
        return result;
    }

    private static String describe(String name, ConnectionCheck check) {
        Drive drive = check.drive();
        String owner = drive.owner().isEmpty() ? "" : " of " + drive.owner();
        String room = drive.quota().remaining().isEmpty() ? ""
                : ", with " + Sizes.text(drive.quota().remaining().getAsLong()) + " free";
        String folder = check.folderExists() ? "is there" : "is not there yet; the first upload makes it";
        return name + ": signed in to the " + drive.driveType() + " drive" + owner + room + ". The folder " + check.folder()
                + " " + folder + ".";
    }
}
