package io.github.camelonedrive.backup.catalogue;

import java.time.Instant;
import java.util.Objects;

/**
 * A dump that is held.
 *
 * @param file     relative to the watched directory, with {@code /} between names
 * @param size     in bytes, when it was held; a file of another size or time is another dump
 * @param modified its modification time then
 * @param problem  what happened, one sentence
 * @param remedy   what to do about it, one sentence; may be empty
 * @param since    when it was held
 * @param attempts how often it was uploaded
 */
public record HeldDump(String file, long size, Instant modified, HeldReason reason, String problem, String remedy,
                       Instant since, int attempts) {

    public HeldDump {
        Objects.requireNonNull(file);
        Objects.requireNonNull(modified);
        Objects.requireNonNull(reason);
        Objects.requireNonNull(problem);
        Objects.requireNonNull(remedy);
        Objects.requireNonNull(since);
    }

    /** Whether a file that looks so now is the dump that was held. Unless its record can be read, every file counts as it. */
    public boolean isSameContent(long sizeNow, Instant modifiedNow) {
        return reason == HeldReason.UNREADABLE_RECORD || size == sizeNow && modified.equals(modifiedNow);
    }
}
