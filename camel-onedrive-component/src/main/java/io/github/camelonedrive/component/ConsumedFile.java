package io.github.camelonedrive.component;

import java.util.Optional;

import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;

import io.github.camelonedrive.feed.FeedFile;

/**
 * A file whose exchange is under way: tells the consumer how it ended, whichever thread ends it. What it needs is here and not
 * in headers, which a route can change.
 */
final class ConsumedFile extends SynchronizationAdapter {

    private final OneDriveConsumer consumer;
    private final OneDriveFile file;
    private final Optional<FeedFile> marker;
    private final Optional<String> idempotentKey;

    ConsumedFile(OneDriveConsumer consumer, OneDriveFile file, Optional<FeedFile> marker, Optional<String> idempotentKey) {
        this.consumer = consumer;
        this.file = file;
        this.marker = marker;
        this.idempotentKey = idempotentKey;
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

    @Override
    public void onComplete(Exchange exchange) {
        consumer.completed(this, exchange);
    }

    @Override
    public void onFailure(Exchange exchange) {
        consumer.failed(this, exchange);
    }
}
