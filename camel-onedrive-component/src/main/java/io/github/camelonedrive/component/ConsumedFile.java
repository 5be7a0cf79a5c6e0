package io.github.camelonedrive.component;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;

import io.github.camelonedrive.feed.FeedFile;

/**
 * A file that an exchange holds: tells the consumer how the exchange ended, whichever thread ends it. What it needs is here and
 * not in headers, which a route can change.
 */
final class ConsumedFile extends SynchronizationAdapter {

    private final OneDriveConsumer consumer;
    private final OpenFolder folder;
    private final OneDriveFile file;
    private final Optional<FeedFile> marker;
    private final Optional<String> idempotentKey;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile boolean passedOn;

    /** @param folder where it was taken from */
    ConsumedFile(OneDriveConsumer consumer, OpenFolder folder, OneDriveFile file, Optional<FeedFile> marker,
                 Optional<String> idempotentKey) {
        this.consumer = consumer;
        this.folder = folder;
        this.file = file;
        this.marker = marker;
        this.idempotentKey = idempotentKey;
    }

    OpenFolder folder() {
        return folder;
    }

    OneDriveFile file() {
        return file;
    }

    Optional<FeedFile> marker() {
        return marker;
    }

    Optional<String> idempotentKey() {
        return idempotentKey;
    }

    /** Whether the exchange that held it has passed it on to another one. */
    boolean wasPassedOn() {
        return passedOn;
    }

    @Override
    public void beforeHandover(Exchange target) {
        passedOn = true;
    }

    @Override
    public void onComplete(Exchange exchange) {
        if (ended.compareAndSet(false, true)) {
            file.releaseConnections();
            consumer.completed(this, exchange);
        }
    }

    @Override
    public void onFailure(Exchange exchange) {
        if (ended.compareAndSet(false, true)) {
            file.releaseConnections();
            consumer.failed(this, exchange);
        }
    }

    /** Gives the file back as if it had not been taken. */
    void giveBack() {
        if (ended.compareAndSet(false, true)) {
            consumer.givenBack(this);
        }
    }
}
