package io.github.camelonedrive.backup.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import ch.qos.logback.classic.LoggerContext;
import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.backup.console.Console;
import io.github.camelonedrive.backup.failure.BackupException;
import io.github.camelonedrive.backup.failure.Failures;
import io.github.camelonedrive.backup.failure.RemedyCommands;
import io.github.camelonedrive.backup.logging.Logging;
import io.github.camelonedrive.backup.runtime.Credentials;
import io.github.camelonedrive.backup.runtime.Home;
import io.github.camelonedrive.backup.settings.Settings;
import io.github.camelonedrive.backup.settings.SettingsFile;
import io.github.camelonedrive.backup.settings.SettingsScope;
import io.github.camelonedrive.backup.trust.TrustCheck;
import io.github.camelonedrive.credentials.CredentialEnd;
import io.github.camelonedrive.credentials.Destination;
import io.github.camelonedrive.credentials.ExpiryLevel;
import io.github.camelonedrive.credentials.KeySources;
import io.github.camelonedrive.credentials.Redactor;
import io.github.camelonedrive.credentials.Vault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What all commands share: settings, home, vault and console, each made from the global options when it is asked for. */
abstract class BackupCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    private static final Logger LOG = LoggerFactory.getLogger(BackupCommand.class);

    private Settings settings;
    private TrustCheck trust;

    /** Does the command's work; failures are thrown and become message and exit code elsewhere. */
    abstract int run() throws Exception;

    @Override
    public final Integer call() throws Exception {
        trust = TrustCheck.of(environment().installation());
        settings = settingsFile().read(scope(), overrides(), trust);
        Logging.Volume volume = options().verbose ? Logging.Volume.VERBOSE : volume();
        Logging.configure((LoggerContext) LoggerFactory.getILoggerFactory(), volume, settings.logLevels(), environment().err());
        OtherInstallation.in(environment().workingDirectory(), settingsFile().path(), home()).note().ifPresent(console()::say);
        warnOfPlainEndpoints();
        return run();
    }

    /** Which settings the command reads from the file. */
    SettingsScope scope() {
        return SettingsScope.CALLS;
    }

    // Where tokens and dumps go is worth a line, also when whoever set it has forgotten.
    private void warnOfPlainEndpoints() {
        List<String> plain = Stream.of("graph-endpoint", "login-endpoint").map(settings::componentOption)
                .flatMap(Optional::stream).filter(text -> text.toLowerCase(Locale.ROOT).startsWith("http://")).toList();
        if (!plain.isEmpty() && usesEndpoints()) {
            LOG.warn("Everything goes unencrypted to {} on this machine instead of to Microsoft, as "
                    + "camel.component.onedrive.graph-endpoint and login-endpoint say.", String.join(" and ", plain));
        }
    }

    /** Whether the endpoints of the settings are where it sends to. */
    boolean usesEndpoints() {
        return true;
    }

    /** Refuses to work without a vault beside one that was probably meant: that of the working directory. */
    final void requireVaultIsNotElsewhere() throws BackupException {
        OtherInstallation.in(environment().workingDirectory(), settingsFile().path(), home()).refuseItsVault();
    }

    /** Decides who could have written what steers the program. */
    final TrustCheck trust() {
        return trust;
    }

    /** How much the command's log says without {@code -v}. */
    Logging.Volume volume() {
        return Logging.Volume.QUIET;
    }

    final Console console() {
        return new Console(environment().out(), environment().err(), environment().terminal(), options().json);
    }

    /** A failure that does not end the command: what happened, on {@code -v} with everything known. */
    final void complain(String about, Throwable failure) {
        console().say(about + ": " + Redactor.redact(Failures.message(failure)));
        trace(failure);
    }

    /** On {@code -v} everything that is known of a failure. */
    final void trace(Throwable failure) {
        if (options().verbose) {
            console().say(Redactor.redact(Failures.stackTrace(failure)));
        }
    }

    final Settings settings() {
        return settings;
    }

    final SettingsFile settingsFile() {
        return SettingsFile.locate(Optional.ofNullable(options().config).map(this::local), environment().variables(),
                environment().installation());
    }

    final Map<String, String> overrides() {
        return options().overrides;
    }

    final Home home() {
        return Home.locate(Optional.ofNullable(options().home).map(this::local), environment().variables(),
                settingsFile().directory());
    }

    final Optional<Path> keyFile() {
        return Optional.ofNullable(options().keyFile).map(this::local);
    }

    /** Where the key lies that no option or variable names. */
    final Path defaultKeyFile() {
        return Credentials.defaultKeyFile(environment().variables());
    }

    /** Where the vault's key comes from; on a terminal a passphrase is asked for. */
    final KeySources keySources() {
        KeySources sources = KeySources.of(environment().variables(), keyFile())
                .withDefaultKeyFile(defaultKeyFile());
        return TypedPassphrase.at(environment()).map(sources::withPrompt).orElse(sources);
    }

    final Vault vault() throws OneDriveException {
        return Credentials.open(home(), keySources());
    }

    /** Says on standard error when what the destination signs in with ends within 30 days. */
    final void warnOfEnd(Destination destination) {
        Instant now = Instant.now();
        CredentialEnd.of(destination).filter(end -> end.level(now).isAtLeast(ExpiryLevel.DAYS_30))
                .ifPresent(end -> console().say("Warning: " + end.text(now, RemedyCommands.WORDS)));
    }

    final Environment environment() {
        return options().environment();
    }

    /**
     * Returns a local file, as it was typed.
     *
     * @throws BackupException if it is empty, which would stand for the current directory
     */
    final Path local(String text) throws BackupException {
        if (text.isEmpty()) {
            throw BackupException.usage("'' names no file or directory.", "Check the command line.");
        }
        return local(Path.of(text));
    }

    /** A local file, as somebody typed it. */
    final Path local(Path path) {
        return environment().workingDirectory().resolve(path);
    }

    private OnedriveBackup options() {
        return (OnedriveBackup) spec.root().userObject();
    }
}
