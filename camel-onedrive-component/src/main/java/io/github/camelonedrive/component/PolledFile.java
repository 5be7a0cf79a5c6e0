package io.github.camelonedrive.component;

import java.util.Set;

import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * A file that an exchange asked for. Camel hands the file over to that exchange once both are aggregated; where that fails, the
 * file would be held for ever. So it ends with the exchange that asked, at the latest.
 */
final class PolledFile extends SynchronizationAdapter {

    private final Exchange asking;
    private final ConsumedFile file;
    private final Set<PolledFile> held;

    /** @param held where it is listed until it ends */
    private PolledFile(Exchange asking, ConsumedFile file, Set<PolledFile> held) {
        this.asking = asking;
        this.file = file;
        this.held = held;
    }

    static void follow(Exchange asking, ConsumedFile file, Set<PolledFile> held) {
        PolledFile polled = new PolledFile(asking, file, held);
        held.add(polled);
        asking.getExchangeExtension().addOnCompletion(polled);
    }

    /** Gives back the files that an exchange asked for earlier and was not given, because it failed in between. */
    static void giveBack(Exchange asking, Set<PolledFile> held) {
        for (PolledFile polled : held) {
            if (polled.asking == asking && !polled.wasGiven()) {
                held.remove(polled);
                polled.file.giveBack();
            }
        }
    }

    private boolean wasGiven() {
        return file.wasPassedOn() || asking.getExchangeExtension().containsOnCompletion(file);
    }

    @Override
    public void onComplete(Exchange exchange) {
        held.remove(this);
        file.onComplete(exchange);
    }

    @Override
    public void onFailure(Exchange exchange) {
        held.remove(this);
        file.onFailure(exchange);
    }
}
