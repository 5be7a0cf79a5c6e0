package io.github.camelonedrive.component;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Route;
import org.apache.camel.spi.SynchronizationRouteAware;
import org.apache.camel.support.SynchronizationAdapter;
import org.apache.camel.util.ObjectHelper;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.feed.FeedFile;

/**
 * A file that an exchange holds: tells the consumer how the exchange ended, whichever thread ends it. What it needs is here and
 * not in headers, which a route can change.
 */
final class ConsumedFile extends SynchronizationAdapter implements SynchronizationRouteAware {

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
    public void onBeforeRoute(Route route, Exchange exchange) {
        // Nothing was read yet.
    }

    /** A library that swallows what reading or closing throws must not have the exchange succeed. */
    @Override
    public void onAfterRoute(Route route, Exchange exchange) {
        if (!exchange.isFailed()) {
            hiddenFailure(exchange).ifPresent(exchange::setException);
        }
    }

    /** Returns why reading the content failed, unless the route has seen and handled that. */
    private Optional<OneDriveException> hiddenFailure(Exchange exchange) {
        return file.failure().filter(failure -> !isCaught(failure, exchange));
    }

    private static boolean isCaught(OneDriveException failure, Exchange exchange) {
        Throwable caught = exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Throwable.class);
        if (caught == null) {
            return false;
        }
        for (Throwable cause : ObjectHelper.createExceptionIterable(caught)) {
            if (cause == failure) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void onComplete(Exchange exchange) {
        Optional<OneDriveException> hidden = hiddenFailure(exchange);
        if (hidden.isPresent()) {
            exchange.setException(hidden.get());
            onFailure(exchange);
        } else if (ended.compareAndSet(false, true)) {
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
