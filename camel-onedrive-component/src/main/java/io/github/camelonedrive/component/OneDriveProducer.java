package io.github.camelonedrive.component;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.support.DefaultAsyncProducer;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;
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

    private static final long IDLE_SECONDS = 5;

    private final DriveAccess access;
    private final UploadOperation upload;
    private final DownloadOperation download;
    private final ItemOperations items;
    private final ListOperations lists;
    private final TransferOperations transfers;
    private final LinkOperation links;
    private final VersionOperations versions;
    private final Set<Operation> held = ConcurrentHashMap.newKeySet();
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
        executor = newThreadPool(getEndpoint().getConfiguration().getMaxConcurrentUploads());
        getEndpoint().getComponent().started(this);
    }

    /**
     * Camel's own default would have the caller do what is too much, and forget what comes after the end. Idle threads go, so
     * that many dynamic endpoints don't leave as many behind.
     */
    private ExecutorService newThreadPool(int threads) {
        ThreadPoolProfile profile = new ThreadPoolProfile("onedrive");
        profile.setPoolSize(threads);
        profile.setMaxPoolSize(threads);
        profile.setMaxQueueSize(Integer.MAX_VALUE);
        profile.setKeepAliveTime(IDLE_SECONDS);
        profile.setTimeUnit(TimeUnit.SECONDS);
        profile.setAllowCoreThreadTimeOut(true);
        profile.setRejectedPolicy(ThreadPoolRejectedPolicy.Abort);
        return getEndpoint().getCamelContext().getExecutorServiceManager().newThreadPool(this,
                "OneDrive[" + getEndpoint().getDestination() + "]", profile);
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
        held.stream().filter(Operation::withdraw).forEach(Operation::abandon);
    }

    /** A transacted exchange must stay on its thread. */
    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        try {
            OneDriveOperation kind = operation(exchange);
            if (kind == OneDriveOperation.upload) {
                upload.reached(exchange);
            }
            if (!exchange.isTransacted()) {
                executor.execute(new Operation(exchange, callback, kind));
                return false;
            }
            runHere(exchange, kind);
        } catch (RejectedExecutionException stopping) {
            exchange.setException(stopped(stopping));
        } catch (IllegalArgumentException noSuchOperation) {
            exchange.setException(noSuchOperation);
        }
        callback.done(true);
        return true;
    }

    /** One exchange on its way through a thread of ours. */
    private final class Operation implements Runnable {

        private final Exchange exchange;
        private final AsyncCallback callback;
        private final OneDriveOperation kind;
        private final Runnable afterPause = this::goOn;

        Operation(Exchange exchange, AsyncCallback callback, OneDriveOperation kind) {
            this.exchange = exchange;
            this.callback = callback;
            this.kind = kind;
        }

        @Override
        public void run() {
            if (!isHeld()) {
                OneDriveProducer.this.run(exchange, kind);
                callback.done(false);
            }
        }

        /** It is on the list before it is held, so that a stop finds it; and leaves it with whoever takes it from the pause. */
        private boolean isHeld() {
            if (kind != OneDriveOperation.upload) {
                return false;
            }
            held.add(this);
            boolean isHeld = pauses().anyMatch(pause -> pause.hold(afterPause));
            if (!isHeld) {
                held.remove(this);
            }
            return isHeld;
        }

        private void goOn() {
            held.remove(this);
            try {
                executor.execute(this);
            } catch (RejectedExecutionException stopping) {
                abandon();
            }
        }

        boolean withdraw() {
            held.remove(this);
            return pauses().anyMatch(pause -> pause.withdraw(afterPause));
        }

        void abandon() {
            exchange.setException(stopped(null));
            callback.done(false);
        }
    }

    private Stream<UploadPause> pauses() {
        return Stream.of(getEndpoint().getComponent().uploadPause(), getEndpoint().uploadPause());
    }

    private void runHere(Exchange exchange, OneDriveOperation kind) {
        if (kind == OneDriveOperation.upload) {
            try {
                for (UploadPause pause : pauses().toList()) {
                    pause.await(executor::isShutdown);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (executor.isShutdown()) {
                exchange.setException(stopped(null));
                return;
            }
        }
        run(exchange, kind);
    }

    private void run(Exchange exchange, OneDriveOperation kind) {
        try {
            perform(exchange, kind);
        } catch (InterruptedException interrupted) {
            exchange.setException(stopped(interrupted));
            Thread.currentThread().interrupt();
        } catch (Exception failure) {
            exchange.setException(HttpAnswers.aware(failure));
        } catch (Throwable error) {
            // Or whoever waits for the exchange would wait for ever.
            exchange.setException(error);
        }
    }

    private OperationStoppedException stopped(Throwable cause) {
        return new OperationStoppedException(getEndpoint().getDestination(), cause);
    }

    private void perform(Exchange exchange, OneDriveOperation operation) throws Exception {
        if (operation == OneDriveOperation.checkConnection) {
            new ConnectionProbe(getEndpoint(), access, exchange).run();
            return;
        }
        if (operation == OneDriveOperation.upload) {
            upload.run(exchange, access);
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

    private OneDriveOperation operation(Exchange exchange) {
        Object header = exchange.getMessage().getHeader(OneDriveConstants.OPERATION);
        return header == null ? getEndpoint().getConfiguration().getOperation() : OneDriveOperation.of(header.toString());
    }
}
