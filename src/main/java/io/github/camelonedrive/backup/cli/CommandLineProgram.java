package io.github.camelonedrive.backup.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.camelonedrive.backup.console.Console;
import io.github.camelonedrive.backup.failure.BackupException;
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
        Environment environment = Environment.ofThisProcess();
        // What libraries and dying threads print is made printable too.
        System.setOut(environment.out());
        System.setErr(environment.err());
        return new CommandLineProgram(environment);
    }

    /** @return the exit code; output that got lost is a failure, whatever the command says */
    public int run(String... args) {
        int code = execute(args);
        if (!environment.out().checkError()) {
            return code;
        }
        environment.err().println("The output can't be written, so part of it is lost. Check where it goes: a full disk?");
        return code == ExitCode.DONE ? ExitCode.FAILED : code;
    }

    private int execute(String... args) {
        if (!environment.fileNames().equals(StandardCharsets.UTF_8)) {
            environment.err().println("This system's file names are not UTF-8 for Java (" + environment.fileNames()
                    + "), so dumps with other names can't be opened. Start with a UTF-8 locale, for example "
                    + "LC_ALL=C.UTF-8, or use the launcher, which sets it.");
            return ExitCode.FAILED;
        }
        OnedriveBackup root = new OnedriveBackup(environment);
        CommandLine commandLine = new CommandLine(root)
                // A dump may be called '@z'; what is in a file of that name are no arguments.
                .setExpandAtFiles(false)
                .setOut(writer(environment.out()))
                .setErr(writer(environment.err()))
                .setExecutionStrategy(CommandLineProgram::execute)
                .setParameterExceptionHandler(this::wrongUsage)
                .setExecutionExceptionHandler((failure, command, parsed) -> failed(root, failure));
        OptionTexts.register(commandLine);
        return commandLine.execute(args);
    }

    // A command group without a command, such as plain 'vault', has nothing to run.
    private static int execute(ParseResult parsed) {
        parsed.asCommandLineList().forEach(CommandLineProgram::refuseUnmatched);
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

    // picocli lets them pass when help is asked for: a mistyped command would look like one that did its work.
    private static void refuseUnmatched(CommandLine command) {
        if (!command.getUnmatchedArguments().isEmpty()) {
            throw new CommandLine.UnmatchedArgumentException(command, command.getUnmatchedArguments());
        }
    }

    private int wrongUsage(ParameterException failure, String[] args) {
        String remedy = "See '" + failure.getCommandLine().getCommandSpec().qualifiedName() + " --help'.";
        console(false).say(Redactor.redact(failure.getMessage()));
        if (!CommandLine.UnmatchedArgumentException.printSuggestions(failure, writer(environment.err()))) {
            environment.err().println(remedy);
        }
        // What was parsed may end before --json.
        boolean json = List.of(args).contains("--json");
        report(json, BackupException.usage(failure.getMessage(), remedy), ExitCode.USAGE);
        return ExitCode.USAGE;
    }

    private int failed(OnedriveBackup root, Exception failure) {
        Console console = console(root.json);
        console.say(Redactor.redact(Failures.message(failure)));
        if (root.verbose) {
            console.say(Redactor.redact(Failures.stackTrace(failure)));
        }
        int code = ExitCode.of(failure);
        report(root.json, failure, code);
        return code;
    }

    private void report(boolean json, Exception failure, int code) {
        Map<String, Object> report = new LinkedHashMap<>(FailureReport.of(failure));
        report.put("exitCode", code);
        console(json).printJson(Map.of("error", report));
    }

    private Console console(boolean json) {
        return new Console(environment.out(), environment.err(), environment.terminal(), json);
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }
}
