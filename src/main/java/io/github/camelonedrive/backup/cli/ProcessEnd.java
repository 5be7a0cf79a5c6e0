package io.github.camelonedrive.backup.cli;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;

/**
 * Decides once how the process ends. A command that fails because a signal is stopping it ends at the same moment as the
 * signal does, and Java lets either exit code win; here whoever came first decides.
 */
public final class ProcessEnd {

    private final AtomicReference<Integer> decided = new AtomicReference<>();
    private final IntConsumer exit;

    /** @param exit ends the process with a code, from any thread; the real one does not return */
    ProcessEnd(IntConsumer exit) {
        this.exit = exit;
    }

    /** Ctrl-C and SIGTERM end the process from now on: shutdown hooks run, and the exit code is 143. */
    public static ProcessEnd ofThisProcess() {
        ProcessEnd end = new ProcessEnd(System::exit);
        for (String name : List.of("INT", "TERM")) {
            // Java has no other API for signals. Not imported, since Javadoc then warns of the import.
            sun.misc.Signal.handle(new sun.misc.Signal(name), signal -> end.with(ExitCode.STOPPED));
        }
        return end;
    }

    /** Ends the process. @param code unless it is ending with another one already */
    public void with(int code) {
        decided.compareAndSet(null, code);
        exit.accept(decided.get());
    }
}
