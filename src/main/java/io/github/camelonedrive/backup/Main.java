package io.github.camelonedrive.backup;

import io.github.camelonedrive.backup.cli.CommandLineProgram;

/** The entry of the program; see {@link CommandLineProgram}. */
public final class Main {

    private Main() {
    }

    public static void main(String[] args) {
        System.exit(CommandLineProgram.ofThisProcess().run(args));
    }
}
