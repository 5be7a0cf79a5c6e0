package io.github.camelonedrive.backup.console;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Progress for logs and pipes: a line at the start, at each quarter or half minute of a large file, and at the end. */
final class ProgressLines extends TransferDisplay {

    private static final long LARGE = 8L * 1024 * 1024;
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);

    private record Transfer(String name, long size, int quarter, Instant spoken) {
    }

    private final Console console;
    private final Map<Long, Transfer> transfers = new ConcurrentHashMap<>();

    ProgressLines(Console console, InstantSource clock) {
        super(clock);
        this.console = console;
    }

    @Override
    void started(long id, String name, long size, String doing) {
        transfers.put(id, new Transfer(name, size, 0, now()));
        console.say(name + ": " + doing);
    }

    @Override
    void resumed(long id, long offset) {
        transfers.computeIfPresent(id, (same, transfer) -> resumed(transfer, offset));
    }

    private Transfer resumed(Transfer transfer, long offset) {
        if (offset == 0 || offset >= transfer.size) {
            return transfer;
        }
        console.say(transfer.name + ": resumed at " + Sizes.text(offset) + " of " + Sizes.text(transfer.size));
        return new Transfer(transfer.name, transfer.size, (int) (offset * 4 / transfer.size), now());
    }

    @Override
    void anew(long id, String reason) {
        say(id, "starting anew, because " + reason);
    }

    @Override
    void progressed(long id, long bytes) {
        transfers.computeIfPresent(id, (same, transfer) -> progressed(transfer, bytes));
    }

    private Transfer progressed(Transfer transfer, long bytes) {
        if (transfer.size < LARGE || bytes >= transfer.size) {
            return transfer;
        }
        int quarter = (int) (bytes * 4 / transfer.size);
        if (quarter <= transfer.quarter && now().isBefore(transfer.spoken.plus(LONGEST_SILENCE))) {
            return transfer;
        }
        console.say(transfer.name + ": " + bytes * 100 / transfer.size + " % (" + Sizes.text(bytes) + " of "
                + Sizes.text(transfer.size) + ")");
        return new Transfer(transfer.name, transfer.size, Math.max(quarter, transfer.quarter), now());
    }

    @Override
    void waiting(long id, Duration pause, String reason) {
        say(id, "waiting " + Math.max(1, pause.toSeconds()) + " s: " + reason);
    }

    @Override
    void completed(long id, long size, String end) {
        say(id, end);
        transfers.remove(id);
    }

    @Override
    void failed(long id) {
        transfers.remove(id);
    }

    private void say(long id, String text) {
        Transfer transfer = transfers.get(id);
        if (transfer != null) {
            console.say(transfer.name + ": " + text);
        }
    }

    @Override
    public void close() {
        transfers.clear();
    }
}
