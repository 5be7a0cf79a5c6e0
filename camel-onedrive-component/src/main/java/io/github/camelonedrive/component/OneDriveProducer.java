package io.github.camelonedrive.component;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;

import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;

/**
 * Carries out operations on threads of its own, so that a consumer that hands over several files has several of them uploaded
 * at a time. What an operation does is in the operations classes.
 */
public class OneDriveProducer extends DefaultAsyncProducer {

    private final DriveAccess access;
    private final UploadOperation upload;
    private final ItemOperations items;
    private ExecutorService executor;

    public OneDriveProducer(OneDriveEndpoint endpoint) {
        super(endpoint);
        this.access = new DriveAccess(endpoint);
        this.upload = new UploadOperation(endpoint);
        this.items = new ItemOperations(endpoint);
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
    }

    @Override
    protected void doStop() throws Exception {
        // Interrupts what is under way: by now Camel has waited for exchanges in flight as long as it was told to.
        getEndpoint().getCamelContext().getExecutorServiceManager().shutdownNow(executor);
        super.doStop();
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
            executor.execute(() -> {
                run(exchange);
                callback.done(false);
            });
            return false;
        } catch (RejectedExecutionException stopping) {
            exchange.setException(stopping);
            callback.done(true);
            return true;
        }
    }

    private void run(Exchange exchange) {
        try {
            perform(exchange);
        } catch (InterruptedException stopped) {
            exchange.setException(stopped);
            Thread.currentThread().interrupt();
        } catch (Exception failure) {
            exchange.setException(failure);
        }
    }

    private void perform(Exchange exchange) throws Exception {
        OneDriveDrive drive = access.drive(exchange);
        switch (operation(exchange)) {
            case upload -> upload.run(exchange, drive);
            case list -> items.list(exchange, drive);
            case getItem -> items.getItem(exchange, drive);
            case createFolder -> items.createFolder(exchange, drive);
            case getDrive -> items.getDrive(exchange, drive);
            case checkConnection -> items.checkConnection(exchange, drive);
        }
    }

    private OneDriveOperation operation(Exchange exchange) {
        return exchange.getMessage().getHeader(OneDriveConstants.OPERATION,
                getEndpoint().getConfiguration().getOperation(), OneDriveOperation.class);
    }
}
