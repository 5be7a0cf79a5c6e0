package io.github.camelonedrive.backup.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.camelonedrive.backup.console.Console;
import io.github.camelonedrive.backup.failure.FailureReport;
import io.github.camelonedrive.backup.failure.Failures;
import io.github.camelonedrive.credentials.Redactor;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Runs one command line: parses it, runs its command, turns failures into a message and an exit code. */
public final class CommandLineProgram {

    private final Environment environment;

    CommandLineProgram(Environment environment) {
        this.environment = environment;
    }

    /** The program as its process starts it. */
    public static CommandLineProgram ofThisProcess() {
        StopSignal.install();
        return new CommandLineProgram(Environment.ofThisProcess());
    }

    /** @return the exit code */
    public int run(String... args) {
        if (!environment.fileNames().equals(StandardCharsets.UTF_8)) {
            environment.err().println("This system's file names are not UTF-8 for Java (" + environment.fileNames()
                    + "), so dumps with other names can't be opened. Start with a UTF-8 locale, for example "
                    + "LC_ALL=C.UTF-8, or use the launcher, which sets it.");
            return ExitCode.FAILED;
        }
        OnedriveBackup root = new OnedriveBackup(environment);
        CommandLine commandLine = new CommandLine(root)
                .setOut(new PrintWriter(environment.out(), true))
                .setErr(new PrintWriter(environment.err(), true))
                .setExecutionStrategy(CommandLineProgram::execute)
                .setParameterExceptionHandler(this::wrongUsage)
                .setExecutionExceptionHandler((failure, command, parsed) -> failed(root, failure));
        return commandLine.execute(args);
    }

    // A command group without a command, such as plain 'vault', has nothing to run.
    private static int execute(ParseResult parsed) {
        Integer helped = CommandLine.executeHelpRequest(parsed);
        if (helped != null) {
            return helped;
        }
        CommandLine last = parsed.asCommandLineList().get(parsed.asCommandLineList().size() - 1);
        if (!(last.getCommand() instanceof BackupCommand)) {
            throw new ParameterException(last, "A command is missing.");
        }
        return new CommandLine.RunLast().execute(parsed);
    }

    private int wrongUsage(ParameterException failure, String[] args) {
        environment.err().println(Redactor.redact(failure.getMessage()));
        if (!CommandLine.UnmatchedArgumentException.printSuggestions(failure, new PrintWriter(environment.err(), true))) {
            environment.err().println("See '" + failure.getCommandLine().getCommandSpec().qualifiedName() + " --help'.");
        }
        return ExitCode.USAGE;
    }

    private int failed(OnedriveBackup root, Exception failure) {
        Console console = new Console(environment.out(), environment.err(), environment.terminal(), root.json);
        console.say(Redactor.redact(Failures.message(failure)));
        if (root.verbose) {
            console.say(Redactor.redact(Failures.stackTrace(failure)));
        }
        int code = ExitCode.of(failure);
        Map<String, Object> report = new LinkedHashMap<>(FailureReport.of(failure));
        report.put("exitCode", code);
        console.printJson(Map.of("error", report));
        return code;
    }
}
