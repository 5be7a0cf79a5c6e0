package io.github.camelonedrive.component;

import java.time.Duration;

import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultAsyncProducer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelonedrive.graph.JsonResult;

/**
 * Carries out operations on the component's threads, so that a consumer that hands over several files has several of them
 * uploaded at a time. What an operation does is in the operations classes, when it is its turn in {@link Operations}.
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
    private final Operations operations;

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
        OneDriveConfiguration options = endpoint.getConfiguration();
        this.operations = new Operations(options.getMaxConcurrentUploads(), options.getMaxQueuedUploads(),
                endpoint::isUploadsPaused, endpoint.getComponent().executor(), new ProducerWork());
    }

    @Override
    public OneDriveEndpoint getEndpoint() {
        return (OneDriveEndpoint) super.getEndpoint();
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        operations.start();
        getEndpoint().getComponent().started(this);
    }

    @Override
    protected void doStop() throws Exception {
        beginStop();
        awaitStop();
        getEndpoint().getComponent().stopped(this);
        super.doStop();
    }

    /** Ends what is in progress and what waits, each with an exception. */
    void beginStop() {
        operations.beginStop();
    }

    /**
     * Waits for what {@link #beginStop} has ended: by now Camel has waited for exchanges in flight as long as it was told to,
     * and sessions that no journal keeps must be cancelled while the HTTP client works.
     */
    void awaitStop() {
        if (!operations.awaitStop(LONGEST_STOP)) {
            LOG.warn("An operation on {} did not stop within {} s", getEndpoint(), LONGEST_STOP.toSeconds());
        }
        if (access.isUsed() && !operations.runWhileStopped(access::endTransientUploads, LONGEST_STOP)) {
            LOG.warn("Upload sessions of {} that are of no use any more could not be ended within {} s. OneDrive ends them by "
                     + "itself.", getEndpoint(), LONGEST_STOP.toSeconds());
        }
    }

    /** Begins uploads that a pause held back. */
    void resumeUploads() {
        operations.resume();
    }

    int waitingUploads() {
        return operations.waiting();
    }

    /** The route of a transacted exchange must stay on its thread. */
    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        OneDriveOperation kind;
        try {
            kind = getEndpoint().operation(exchange);
            if (kind == OneDriveOperation.upload) {
                upload.reached(exchange);
            }
        } catch (IllegalArgumentException noSuchOperation) {
            exchange.setException(noSuchOperation);
            callback.done(true);
            return true;
        }
        boolean callerWaits = exchange.isTransacted() || getEndpoint().getConfiguration().isSynchronous();
        return operations.process(exchange, kind, callerWaits, callback);
    }

    private final class ProducerWork implements Operations.Work {

        @Override
        public void run(Exchange exchange, OneDriveOperation kind, Interruption interruption) {
            try {
                perform(exchange, kind, interruption);
                OperationInputs.remove(exchange.getMessage(), kind);
                describeBody(exchange.getMessage(), kind);
            } catch (InterruptedException interrupted) {
                stopped(exchange, interrupted);
            } catch (Exception failure) {
                exchange.setException(HttpAnswers.aware(failure));
            } catch (Throwable error) {
                // Or the caller would wait for the exchange for ever.
                exchange.setException(error);
            }
        }

        @Override
        public void stopped(Exchange exchange, Throwable cause) {
            exchange.setException(new OperationStoppedException(getEndpoint().getDestination(), cause));
        }
    }

    /** So that an HTTP route responds with the type of what the operation gave, and not with that of the request. */
    private static void describeBody(Message message, OneDriveOperation kind) {
        boolean leavesBody = kind == OneDriveOperation.upload || kind == OneDriveOperation.delete;
        if (!leavesBody && message.getBody() instanceof JsonResult) {
            message.setHeader(Exchange.CONTENT_TYPE, "application/json");
        }
    }

    private void perform(Exchange exchange, OneDriveOperation operation, Interruption interruption) throws Exception {
        if (operation == OneDriveOperation.checkConnection) {
            new ConnectionProbe(getEndpoint(), access, exchange).run();
            return;
        }
        if (operation == OneDriveOperation.upload) {
            upload.run(exchange, access, interruption);
            return;
        }
        OneDriveDrive drive = access.drive(exchange);
        switch (operation) {
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
}
