package io.github.camelonedrive.backup.runtime;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.github.camelonedrive.backup.failure.Failures;
import io.github.camelonedrive.backup.watch.Watch;
import io.github.camelonedrive.component.OneDriveEndpoint;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultExchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cancels upload sessions of dumps that were removed or changed after their upload was broken off: nobody will go on with them.
 * In the background, at the start and then each hour; what fails is tried again the next time.
 */
final class AbandonedUploads {

    private static final Logger LOG = LoggerFactory.getLogger(AbandonedUploads.class);
    private static final long HOURS_BETWEEN = 1;

    private final CamelContext context;
    private final Processor credentials;
    private final Set<String> destinations;

    private AbandonedUploads(CamelContext context, Processor credentials, Set<String> destinations) {
        this.context = context;
        this.credentials = credentials;
        this.destinations = destinations;
    }

    static void lookAfter(CamelRuntime camel, Processor credentials, List<Watch> watches) {
        if (watches.isEmpty()) {
            return;
        }
        Set<String> destinations = watches.stream().map(watch -> watch.settings().destination()).collect(Collectors.toSet());
        AbandonedUploads uploads = new AbandonedUploads(camel.context(), credentials, destinations);
        ScheduledExecutorService timer = camel.context().getExecutorServiceManager()
                .newSingleThreadScheduledExecutor(uploads, "abandoned-uploads");
        timer.scheduleWithFixedDelay(uploads::cancel, 0, HOURS_BETWEEN, TimeUnit.HOURS);
    }

    // The routes' own endpoints, since a route may name another drive than the destination's.
    private void cancel() {
        for (var endpoint : context.getEndpoints()) {
            if (endpoint instanceof OneDriveEndpoint onedrive && destinations.contains(onedrive.getDestination())
                    && !Thread.currentThread().isInterrupted()) {
                cancel(onedrive);
            }
        }
    }

    private void cancel(OneDriveEndpoint endpoint) {
        try {
            Exchange exchange = new DefaultExchange(context);
            credentials.process(exchange);
            endpoint.cancelAbandonedUploads(exchange);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOG.debug("Broken-off uploads to {} can't be looked after: {}", endpoint.getDestination(), Failures.message(e));
        }
    }
}
