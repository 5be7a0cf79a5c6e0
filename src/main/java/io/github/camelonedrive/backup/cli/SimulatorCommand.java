package io.github.camelonedrive.backup.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.camelonedrive.backup.failure.BackupException;
import io.github.camelonedrive.backup.runtime.TemporaryDirectory;
import io.github.camelonedrive.files.OwnerOnlyFiles;
import io.github.camelonedrive.simulator.AccountType;
import io.github.camelonedrive.simulator.OneDriveSimulator;
import io.github.camelonedrive.simulator.OneDriveSimulatorBuilder;
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

    @Option(names = "--user-name", paramLabel = "NAME", defaultValue = "Ada",
            description = "The name of the account's owner. Default: ${DEFAULT-VALUE}.")
    private String userName;

    @Option(names = "--public-client",
            description = "The app has no secret; 'authorize --device' works with such apps only.")
    private boolean publicClient;

    @Option(names = "--auto-consent",
            description = "Whoever signs in is taken to accept, without being shown a page.")
    private boolean autoConsent;

    @Override
    boolean usesEndpoints() {
        return false;
    }

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
            OneDriveSimulatorBuilder builder =
                    OneDriveSimulator.builder().accountType(account.type).port(port).userName(userName);
            if (publicClient) {
                builder.publicClient();
            }
            if (autoConsent) {
                builder.autoConsent();
            }
            return builder.start();
        } catch (UncheckedIOException | IllegalArgumentException e) {
            throw BackupException.usage("The simulator can't listen on port " + port + " (" + e.getMessage() + ").",
                    "Choose another one with --port; 0 picks a free one.", e);
        }
    }

    // The credentials are worthless outside this process, but they are handled as real ones are: in files.
    private void announce(OneDriveSimulator simulator, Path files) throws IOException {
        Path secret = publicClient ? null : secretFile(files.resolve("client-secret"), simulator.clientSecret());
        Path token = secretFile(files.resolve("refresh-token"), simulator.refreshToken());
        String add = "  onedrive-backup destination add simulated --client-id " + simulator.clientId()
                + (secret == null ? "" : " \\\n      --client-secret-file " + secret);
        String text = "A simulated OneDrive (" + account + ", of " + userName + ") listens on " + simulator.loginEndpoint()
                + "; Ctrl-C ends it.\n"
                + "\nTo use it, in another terminal:\n\n"
                + add + " \\\n      --refresh-token-file " + token + " --folder /Backups\n"
                + "\nand in application.properties, or with -D:\n\n"
                + "  camel.component.onedrive.graph-endpoint = " + simulator.graphEndpoint() + "\n"
                + "  camel.component.onedrive.login-endpoint = " + simulator.loginEndpoint() + "\n"
                + "\nTo try signing in, add the destination without --refresh-token-file, then:\n\n"
                + "  onedrive-backup authorize simulated\n\n" + signInHint(simulator);
        text.lines().forEach(console()::print);
        console().printJson(data(simulator, secret, token));
        environment().out().flush();
    }

    private static Path secretFile(Path file, String secret) throws IOException {
        OwnerOnlyFiles.writeNew(file, secret.getBytes(StandardCharsets.UTF_8));
        return file;
    }

    private String signInHint(OneDriveSimulator simulator) {
        String page = autoConsent ? "Signing in needs no answer (--auto-consent)."
                : "The page that asks for your consent in the browser is the simulator's own.";
        return page + (publicClient
                ? "\nThe code of 'authorize simulated --device' is typed at " + simulator.deviceLoginPage() + " ."
                : "\nTo try 'authorize simulated --device', start the simulator with --public-client.");
    }

    private static Map<String, Object> data(OneDriveSimulator simulator, Path secret, Path token) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("graphEndpoint", simulator.graphEndpoint().toString());
        data.put("loginEndpoint", simulator.loginEndpoint().toString());
        data.put("deviceLoginPage", simulator.deviceLoginPage().toString());
        data.put("tenantId", simulator.tenantId());
        data.put("driveId", simulator.driveId());
        data.put("clientId", simulator.clientId());
        if (secret != null) {
            data.put("clientSecretFile", secret.toString());
        }
        data.put("refreshTokenFile", token.toString());
        return data;
    }
}
