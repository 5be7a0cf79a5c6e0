package io.github.camelonedrive.backup.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.camelonedrive.backup.failure.BackupException;
import io.github.camelonedrive.backup.runtime.TemporaryDirectory;
import io.github.camelonedrive.simulator.AccountType;
import io.github.camelonedrive.simulator.OneDriveSimulator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code simulator}: OneDrive in a box, until stopped. */
@Command(name = "simulator", description = "Runs a simulated OneDrive on this machine, for trying routes, until it is stopped.")
final class SimulatorCommand extends BackupCommand {

    /** The kinds of account, named as people name them. */
    private enum Account {
        personal(AccountType.PERSONAL), business(AccountType.BUSINESS), library(AccountType.DOCUMENT_LIBRARY);

        private final AccountType type;

        Account(AccountType type) {
            this.type = type;
        }
    }

    @Option(names = "--port", paramLabel = "P", defaultValue = "8089",
            description = "On 127.0.0.1; 0 picks a free one. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(names = "--account", paramLabel = "KIND", defaultValue = "personal",
            description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Account account;

    @Override
    int run() throws Exception {
        try (TemporaryDirectory files = TemporaryDirectory.create("onedrive-simulator-");
             OneDriveSimulator simulator = start();
             OnStop stop = OnStop.run(() -> {
                 simulator.close();
                 files.close();
             })) {
            announce(simulator, files.path());
            Thread.currentThread().join();
        }
        return ExitCode.DONE;
    }

    private OneDriveSimulator start() throws BackupException {
        try {
            return OneDriveSimulator.builder().accountType(account.type).port(port).start();
        } catch (UncheckedIOException | IllegalArgumentException e) {
            throw BackupException.usage("The simulator can't listen on port " + port + " (" + e.getMessage() + ").",
                    "Choose another one with --port; 0 picks a free one.", e);
        }
    }

    // The credentials are worthless outside this process, but they are handled as real ones are: in files.
    private void announce(OneDriveSimulator simulator, Path files) throws IOException {
        Path secret = Files.writeString(files.resolve("client-secret"), simulator.clientSecret());
        Path token = Files.writeString(files.resolve("refresh-token"), simulator.refreshToken());
        console().print("A simulated OneDrive (" + account + ") listens on " + simulator.loginEndpoint() + "; Ctrl-C ends it.\n"
                + "\nTo use it, in another terminal:\n\n"
                + "  onedrive-backup destination add simulated --client-id " + simulator.clientId() + " \\\n"
                + "      --client-secret-file " + secret + " \\\n"
                + "      --refresh-token-file " + token + " --folder /Backups\n"
                + "\nand in application.properties, or with -D:\n\n"
                + "  camel.component.onedrive.graph-endpoint = " + simulator.graphEndpoint() + "\n"
                + "  camel.component.onedrive.login-endpoint = " + simulator.loginEndpoint());
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("graphEndpoint", simulator.graphEndpoint().toString());
        data.put("loginEndpoint", simulator.loginEndpoint().toString());
        data.put("clientId", simulator.clientId());
        data.put("clientSecretFile", secret.toString());
        data.put("refreshTokenFile", token.toString());
        console().printJson(data);
        environment().out().flush();
    }
}
