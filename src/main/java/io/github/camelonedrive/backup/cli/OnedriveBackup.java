package io.github.camelonedrive.backup.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The program's root command: the options that every command takes, before or after its name. */
@Command(name = "onedrive-backup",
         description = "Pushes backup dumps to Microsoft OneDrive and proves that they arrived.",
         subcommands = {
                 DemoCommand.class, RunCommand.class, PushCommand.class, RetryCommand.class, ListCommand.class,
                 GetCommand.class, DeleteCommand.class, BrowseCommand.class,
                 DestinationCommand.class, AuthorizeCommand.class, VaultCommand.class, SimulatorCommand.class },
         scope = ScopeType.INHERIT,
         versionProvider = Version.class,
         sortOptions = false,
         usageHelpAutoWidth = true,
         synopsisSubcommandLabel = "COMMAND",
         exitCodeListHeading = "%nExit codes:%n",
         exitCodeList = {
                 "0:done",
                 "1:vault, network, a refused upload, no such item, anything else; not verified counts as failed",
                 "2:wrong usage, unknown destination, missing local file, illegal option",
                 "3:no, expired or revoked grant, or client credentials refused",
                 "4:some, not all, files of a command failed (all failed: the cause's own code)",
                 "143:stopped by Ctrl-C or SIGTERM, cleanly" },
         footerHeading = "%nEnvironment:%n",
         footer = {
                 "  ONEDRIVE_BACKUP_HOME      the home, unless --home names it",
                 "  ONEDRIVE_BACKUP_CONFIG    the settings file, unless --config names it",
                 "  ONEDRIVE_VAULT_KEY        the vault's key, 32 bytes as base64 or hex",
                 "  ONEDRIVE_VAULT_KEY_FILE   a file with the vault's key",
                 "  ONEDRIVE_VAULT_PASSPHRASE_FILE",
                 "                            a file with the passphrase that the vault is sealed with",
                 "  JAVA_HOME, JAVA_OPTS      which Java, and options for it" })
final class OnedriveBackup {

    @Option(names = "--home", paramLabel = "DIR", scope = ScopeType.INHERIT,
            description = "State: vault, upload journal, record of proven dumps, lock. Default: .onedrive-backup beside the settings file.")
    Path home;

    @Option(names = "--config", paramLabel = "FILE", scope = ScopeType.INHERIT,
            description = "The settings. Default: application.properties beside the launcher, which need not be "
                          + "there.")
    Path config;

    @Option(names = "--key-file", paramLabel = "FILE", scope = ScopeType.INHERIT,
            description = "A file with the vault's key.")
    Path keyFile;

    final Map<String, String> overrides = new LinkedHashMap<>();

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Results as JSON on standard output.")
    boolean json;

    @Option(names = {"-v", "--verbose"}, scope = ScopeType.INHERIT, description = "More log, and stack traces.")
    boolean verbose;

    @Option(names = {"-h", "--help"}, usageHelp = true, scope = ScopeType.INHERIT, description = "This text.")
    private boolean help;

    @Option(names = {"-V", "--version"}, versionHelp = true, scope = ScopeType.INHERIT, description = "The version.")
    private boolean version;

    @Spec
    private CommandSpec spec;

    private final Environment environment;

    OnedriveBackup(Environment environment) {
        this.environment = environment;
    }

    // A method, not a field: picocli starts a field's map anew for each command on the line.
    @Option(names = "-D", paramLabel = "KEY=VALUE", scope = ScopeType.INHERIT, mapFallbackValue = Option.NULL_VALUE,
            description = "A setting, instead of what the settings file says. May be repeated.")
    void override(Map<String, String> given) {
        if (given != null) {
            given.forEach(this::override);
        }
    }

    private void override(String key, String value) {
        if (key.isBlank() || value == null) {
            throw new ParameterException(spec.commandLine(), "'-D " + key + "' is no setting. Write it as -D KEY=VALUE.");
        }
        overrides.put(key, value);
    }

    Environment environment() {
        return environment;
    }
}
