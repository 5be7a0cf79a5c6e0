package io.github.camelonedrive.backup.cli;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.camelonedrive.auth.AccessToken;
import io.github.camelonedrive.auth.BrowserSignIn;
import io.github.camelonedrive.auth.DeviceSignIn;
import io.github.camelonedrive.auth.LoginSettings;
import io.github.camelonedrive.auth.SignInInvitation;
import io.github.camelonedrive.auth.SignInKind;
import io.github.camelonedrive.auth.SignedIn;
import io.github.camelonedrive.auth.VaultTokenProvider;
import io.github.camelonedrive.backup.console.TerminalText;
import io.github.camelonedrive.backup.failure.BackupException;
import io.github.camelonedrive.backup.runtime.Browser;
import io.github.camelonedrive.backup.runtime.CamelRuntime;
import io.github.camelonedrive.backup.runtime.IdentityCalls;
import io.github.camelonedrive.component.EncryptedCredentialProcessor;
import io.github.camelonedrive.credentials.Destination;
import io.github.camelonedrive.credentials.Permission;
import io.github.camelonedrive.credentials.Vault;
import io.github.camelonedrive.transport.TimeSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code authorize}: a person signs in for a destination, and the vault keeps the refresh token (DESIGN §5). */
@Command(name = "authorize",
         description = "Signs you in for a destination and keeps the sign-in in the vault. Opens a browser; the app"
                 + " registration has to list the redirect address http://localhost. A destination that signs in as an"
                 + " application needs nobody: its sign-in is only tried.")
final class AuthorizeCommand extends BackupCommand {

    private static final int HIGHEST_PORT = 65_535;

    @Parameters(index = "0", paramLabel = "NAME", description = "A destination of the vault.")
    private String name;

    @Option(names = "--device", description = "Shows a code to enter in a browser on any device, for machines without one. For"
            + " app registrations without a secret that allow public client flows.")
    private boolean device;

    @Option(names = "--person", description = "Signs a person in although the destination could sign in as an application:"
            + " from then on backups go in that person's name.")
    private boolean person;

    @Option(names = "--no-browser", description = "Only prints the address, and also takes the address that the browser ends up"
            + " at, pasted here: for a browser on another machine.")
    private boolean noBrowser;

    @Option(names = "--port", paramLabel = "P", defaultValue = "0",
            description = "Where the browser brings the answer: http://localhost:P/. Default: a free one.")
    private int port;

    @Option(names = "--permission", paramLabel = "P", description = "Asks for another permission than the destination has, and"
            + " keeps it: own, all or app-folder.")
    private String permission;

    @Override
    int run() throws Exception {
        requireFitting();
        Vault vault = vault();
        Destination destination = asked(vault.destination(name));
        EncryptedCredentialProcessor credentials = new EncryptedCredentialProcessor(vault);
        try (CamelRuntime camel = CamelRuntime.start(settings(), home(), credentials, event -> { }, List.of());
             OnStop stop = OnStop.run(camel::close)) {
            IdentityCalls calls = new IdentityCalls(camel);
            if (SignInKind.of(destination) == SignInKind.APPLICATION && !person) {
                new VaultTokenProvider(vault, name, calls.login()).accessToken();
                report("application", "Destination " + name + " signs in as an application: nobody has to authorize it. The"
                        + " sign-in was tried and works. (To sign a person in instead: --person.)", Optional.empty());
                return ExitCode.DONE;
            }
            SignedIn signedIn = device ? withDevice(calls, destination) : withBrowser(calls, destination);
            vault.update(name, now -> now.withPermission(destination.permission())
                    .withRefreshToken(signedIn.refreshToken(), Optional.of(signedIn.grant())).withSignedIn(Instant.now()
                            .truncatedTo(ChronoUnit.SECONDS)));
            Optional<String> account = account(calls, signedIn.accessToken(), destination);
            vault.noteAccount(name, signedIn.refreshToken(), account,
                    calls.driveId(signedIn.accessToken(), destination.cloud()));
            Destination authorized = vault.destination(name);
            if (authorized.awaitsPermission()) {
                console().say("Warning: Microsoft granted " + String.join(" ", signedIn.grant().scopes()) + ", and not what the"
                        + " permission " + authorized.permission() + " stands for.");
            }
            report("person", "Destination " + name + " is authorized" + account.map(who -> " as " + who).orElse("")
                    + ". Its permission is " + authorized.permission() + ". The sign-in is in the vault " + home().vaultFile()
                    + ".", account);
        }
        return ExitCode.DONE;
    }

    /** The destination, with the permission that is to be asked for. */
    private Destination asked(Destination stored) throws BackupException {
        if (permission == null) {
            return stored;
        }
        if (settings().componentOption("scope").filter(scope -> !scope.equals(LoginSettings.DEFAULT_SCOPE)).isPresent()) {
            throw BackupException.usage("The setting camel.component.onedrive.scope says what is asked for, and --permission says"
                    + " it too.", "Remove the setting: a destination keeps its permission.");
        }
        try {
            return stored.withPermission(Permission.parse(permission));
        } catch (IllegalArgumentException e) {
            throw BackupException.usage(e.getMessage(), "", e);
        }
    }

    private void requireFitting() throws BackupException {
        if (port < 0 || port > HIGHEST_PORT) {
            throw BackupException.usage(port + " is no port.", "Choose one from 1 to " + HIGHEST_PORT + ", or leave it out.");
        }
        if (device && port != 0) {
            throw BackupException.usage("--port is for the browser's answer, and with --device there is none.",
                    "Leave one of them out.");
        }
    }

    private SignedIn withDevice(IdentityCalls calls, Destination destination) throws Exception {
        return new DeviceSignIn(calls.login(), TimeSource.SYSTEM).signIn(destination, this::showCode);
    }

    private void showCode(SignInInvitation invitation) {
        console().say("Open " + invitation.address() + " in a browser on any device, enter the code "
                + invitation.userCode().orElse("") + " and sign in. Waiting; Ctrl-C gives up.");
    }

    private SignedIn withBrowser(IdentityCalls calls, Destination destination) throws Exception {
        try (BrowserSignIn signIn = BrowserSignIn.begin(calls.login(), destination, port)) {
            show(signIn.invitation());
            if (noBrowser) {
                PastedAnswers.read(environment().in(), signIn, console());
            }
            return signIn.await(BrowserSignIn.LIFE);
        }
    }

    private void show(SignInInvitation invitation) {
        boolean opened = !noBrowser && new Browser(System.getProperty("os.name"), environment().variables())
                .open(invitation.address());
        console().say(opened ? "Sign in in the browser. If none shows, open this address on this machine:"
                : "Open this address in a browser and sign in:");
        console().say(invitation.address().toString());
        if (noBrowser) {
            console().say("On another machine, the browser then ends at a page that it can't show, with an address that starts"
                    + " with http://localhost. Copy that whole address and paste it here.");
        }
        console().say("Waiting for " + BrowserSignIn.LIFE.toMinutes() + " minutes; Ctrl-C gives up.");
    }

    // Only for the message: that it is not known is no failure.
    private Optional<String> account(IdentityCalls calls, AccessToken token, Destination destination)
            throws InterruptedException {
        return calls.account(token, destination.cloud()).map(TerminalText::printable);
    }

    private void report(String signsInAs, String text, Optional<String> account) {
        console().print(text + " Next: onedrive-backup destination test " + name);
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("destination", name);
        result.put("authorized", true);
        result.put("signsInAs", signsInAs);
        account.ifPresent(who -> result.put("account", who));
        console().printJson(result);
    }
}
