package io.github.camelonedrive.component;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;

import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;

import io.github.camelonedrive.OneDriveException;

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
        executor = Executors.forUploads(getEndpoint(), this);
    }

    @Override
    protected void doStop() throws Exception {
        getEndpoint().getCamelContext().getExecutorServiceManager().shutdownGraceful(executor);
        executor = null;
        super.doStop();
    }

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
            Thread.currentThread().interrupt();
            exchange.setException(stopped);
        } catch (Exception failure) {
            if (failure instanceof OneDriveException) {
                log(failure);
            }
            exchange.setException(failure);
        }
    }
}
