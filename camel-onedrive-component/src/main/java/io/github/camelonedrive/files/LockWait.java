package io.github.camelonedrive.files;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A lock that threads of this process have been waiting for, for more than ten seconds.
 *
 * @param file   the lock's file
 * @param holder the process that has it, as far as the system shows it; this process's own id when another thread has it
 * @param since  when the first of them began to wait
 */
public record LockWait(Path file, Optional<Long> holder, Instant since) {

    public LockWait {
        Objects.requireNonNull(file);
        Objects.requireNonNull(holder);
        Objects.requireNonNull(since);
    }

    /** Names the holder, for messages. */
    public String holderText() {
        return holder.map(process -> process == ProcessHandle.current().pid() ? "another thread of this process"
                : "process " + process).orElse("another process");
    }
}
