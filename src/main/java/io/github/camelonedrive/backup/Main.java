package io.github.camelonedrive.backup;

import io.github.camelonedrive.backup.cli.CommandLineProgram;
import io.github.camelonedrive.backup.cli.ProcessEnd;

/** The entry of the program; see {@link CommandLineProgram}. */
public final class Main {

    private Main() {
    }

    public static void main(String[] args) {
        ProcessEnd end = ProcessEnd.ofThisProcess();
        end.with(CommandLineProgram.ofThisProcess().run(args));
    }
}
