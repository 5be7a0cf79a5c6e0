package io.github.camelonedrive.backup.cli;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Which exit code a process gets that ends for two reasons at once. */
class ProcessEndTest {

    private final List<Integer> exits = new ArrayList<>();
    private final ProcessEnd end = new ProcessEnd(exits::add);

    @Test
    void aCommandThatFailsBecauseASignalIsStoppingItDoesNotTakeTheSignalsPlace() {
        end.with(ExitCode.STOPPED);
        end.with(ExitCode.FAILED);

        assertThat(exits).containsExactly(ExitCode.STOPPED, ExitCode.STOPPED);
    }

    @Test
    void aSignalThatComesAfterTheEndChangesNothing() {
        end.with(ExitCode.DONE);
        end.with(ExitCode.STOPPED);

        assertThat(exits).containsExactly(ExitCode.DONE, ExitCode.DONE);
    }
}
