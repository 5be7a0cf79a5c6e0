package io.github.camelonedrive.component;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out operations on threads of its own, so that a consumer that hands over several files has several of them uploaded
 * at a time. What an operation does is in the operations classes.
 */
public class OneDriveProducer extends DefaultAsyncProducer {

    private static final Logger LOG = LoggerFactory.getLogger(OneDriveProducer.class);

    /** Enough to cancel an upload session over a slow line, where no journal keeps it. */
    private static final Duration LONGEST_STOP = Duration.ofSeconds(10);

    private final DriveAccess access;
    private final UploadOperation upload;
    private final DownloadOperation download;
    private final ItemOperations items;
    private final ListOperations lists;
    private final TransferOperations transfers;
    private final LinkOperation links;
    private final VersionOperations versions;
    private ExecutorService executor;

    public OneDriveProducer(OneDriveEndpoint endpoint) {
        super(endpoint);
        this.access = new DriveAccess(endpoint);
        this.upload = new UploadOperation(endpoint);
        this.download = new DownloadOperation(endpoint);
        this.items = new ItemOperations(endpoint);
        this.lists = new ListOperations(endpoint);
        this.transfers = new TransferOperations(endpoint);
        this.links = new LinkOperation(endpoint);
        this.versions = new VersionOperations(endpoint);
    }

    @Override
    public OneDriveEndpoint getEndpoint() {
        return (OneDriveEndpoint) super.getEndpoint();
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        executor = getEndpoint().getCamelContext().getExecutorServiceManager().newFixedThreadPool(this,
                "OneDrive[" + getEndpoint().getDestination() + "]", getEndpoint().getConfiguration().getMaxConcurrentUploads());
        getEndpoint().getComponent().started(this);
    }

    @Override
    protected void doStop() throws Exception {
        stopOperations();
        getEndpoint().getComponent().stopped(this);
        super.doStop();
    }

    /**
     * Ends what is under way and what waits, each with an exception, and waits for it: by now Camel has waited for exchanges
     * in flight as long as it was told to, and sessions that no journal keeps must be cancelled while the HTTP client works.
     */
    void stopOperations() {
        for (Runnable waiting : executor.shutdownNow()) {
            ((Operation) waiting).abandon();
        }
        try {
            if (!executor.awaitTermination(LONGEST_STOP.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn("An operation on {} did not stop within {} s", getEndpoint(), LONGEST_STOP.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A transacted exchange must stay on its thread. */
    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        if (exchange.isTransacted()) {
            run(exchange);
            callback.done(true);
            return true;
        }
        try {
            executor.execute(new Operation(exchange, callback));
            return false;
        } catch (RejectedExecutionException stopping) {
            exchange.setException(stopped(stopping));
            callback.done(true);
            return true;
        }
    }

    /** One exchange on its way through a thread of ours. */
    private final class Operation implements Runnable {

        private final Exchange exchange;
        private final AsyncCallback callback;

        Operation(Exchange exchange, AsyncCallback callback) {
            this.exchange = exchange;
            this.callback = callback;
        }

        @Override
        public void run() {
            OneDriveProducer.this.run(exchange);
            callback.done(false);
        }

        void abandon() {
            exchange.setException(stopped(null));
            callback.done(false);
        }
    }

    private void run(Exchange exchange) {
        try {
            perform(exchange);
        } catch (InterruptedException interrupted) {
            exchange.setException(stopped(interrupted));
            Thread.currentThread().interrupt();
        } catch (Exception failure) {
            exchange.setException(HttpAnswers.aware(failure));
        }
    }

    private OperationStoppedException stopped(Throwable cause) {
        return new OperationStoppedException(getEndpoint().getDestination(), cause);
    }

    private void perform(Exchange exchange) throws Exception {
        OneDriveOperation operation = operation(exchange);
        if (operation == OneDriveOperation.checkConnection) {
            new ConnectionProbe(getEndpoint(), access, exchange).run();
            return;
        }
        OneDriveDrive drive = access.drive(exchange);
        switch (operation) {
            case upload -> upload.run(exchange, drive);
            case download -> download.run(exchange, drive);
            case list -> lists.list(exchange, drive);
            case search -> lists.search(exchange, drive);
            case getItem -> items.getItem(exchange, drive);
            case createFolder -> items.createFolder(exchange, drive);
            case delete -> items.delete(exchange, drive);
            case getDrive -> items.getDrive(exchange, drive);
            case move -> transfers.move(exchange, drive);
            case copy -> transfers.copy(exchange, drive);
            case createLink -> links.createLink(exchange, drive);
            case listVersions -> versions.listVersions(exchange, drive);
            case restoreVersion -> versions.restoreVersion(exchange, drive);
            default -> throw new IllegalStateException(operation.name());
        }
    }

    private OneDriveOperation operation(Exchange exchange) {
        Object header = exchange.getMessage().getHeader(OneDriveConstants.OPERATION);
        return header == null ? getEndpoint().getConfiguration().getOperation() : OneDriveOperation.of(header.toString());
    }
}
