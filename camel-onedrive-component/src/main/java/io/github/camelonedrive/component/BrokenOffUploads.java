package io.github.camelonedrive.component;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.apache.camel.Exchange;
import org.apache.camel.Ordered;
import org.apache.camel.support.SynchronizationAdapter;

import io.github.camelonedrive.graph.ItemPath;
import io.github.camelonedrive.upload.UploadRequest;
import io.github.camelonedrive.upload.Uploader;

/**
 * The uploads of an exchange that failed where only this process knows of their sessions. Camel may deliver the exchange again,
 * which goes on with them; when the exchange is complete nobody does, so those that are still there are ended.
 */
final class BrokenOffUploads extends SynchronizationAdapter {

    /** Exchange property: the one of these that is among the exchange's completions. */
    private static final String PROPERTY = "CamelOneDriveBrokenOffUploads";

    private final Map<Target, Left> uploads = new LinkedHashMap<>();

    private record Target(Uploader uploader, ItemPath path) {
    }

    private record Left(Uploader uploader, UploadRequest request) {
    }

    private BrokenOffUploads() {
    }

    /** An upload of this exchange has failed and may be tried again. */
    static void endWhenDone(Exchange exchange, Uploader uploader, UploadRequest request) {
        BrokenOffUploads known = exchange.getProperty(PROPERTY, BrokenOffUploads.class);
        if (known == null || !known.isOf(exchange)) {
            known = new BrokenOffUploads();
            exchange.setProperty(PROPERTY, known);
            exchange.getExchangeExtension().addOnCompletion(known);
        }
        known.add(uploader, request);
    }

    /** A copy of an exchange, as multicast and wireTap make them, has the property but not the completion. */
    private boolean isOf(Exchange exchange) {
        return exchange.getExchangeExtension().containsOnCompletion(this);
    }

    private synchronized void add(Uploader uploader, UploadRequest request) {
        uploads.put(new Target(uploader, request.target()), new Left(uploader, request));
    }

    private synchronized List<Left> take() {
        List<Left> taken = List.copyOf(uploads.values());
        uploads.clear();
        return taken;
    }

    /** Before anybody looks at the exchange as done. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST;
    }

    /** An interrupt that is pending is for what comes next; ending a session takes some seconds at most. */
    @Override
    public void onDone(Exchange exchange) {
        boolean interrupted = Thread.interrupted();
        try {
            for (Left left : take()) {
                left.uploader().endBrokenOff(left.request());
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
