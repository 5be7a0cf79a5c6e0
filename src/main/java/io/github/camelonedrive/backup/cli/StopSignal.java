package io.github.camelonedrive.backup.cli;

import sun.misc.Signal;

/** Makes Ctrl-C end the process as SIGTERM does: shutdown hooks run, and the exit code is 143. */
final class StopSignal {

    private StopSignal() {
    }

    static void install() {
        Signal.handle(new Signal("INT"), signal -> System.exit(ExitCode.STOPPED));
    }
}
