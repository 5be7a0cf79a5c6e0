package io.github.camelonedrive.backup.watch;

import java.io.File;
import java.util.Optional;

import org.apache.camel.Exchange;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileEndpoint;
import org.apache.camel.component.file.GenericFileOperations;
import org.apache.camel.component.file.GenericFileProcessStrategy;

/**
 * Connects a watch with Camel's {@code file:} consumer, as its {@code processStrategy}. Camel calls {@link #begin} on the
 * thread of the poll and {@link #commit} or {@link #rollback} on the thread that ends the exchange.
 */
final class DumpProcessStrategy implements GenericFileProcessStrategy<File> {

    /** Where the component adds what became of each upload. */
    static final String UPLOAD_RECEIPT = "CamelOneDriveUploadReceipt";

    private final Watch watch;
    private final DumpCompletion completion;
    private volatile int uploads;

    DumpProcessStrategy(Watch watch, DumpCompletion completion) {
        this.watch = watch;
        this.completion = completion;
    }

    /** Returns the watch whose dumps these are. */
    Watch watch() {
        return watch;
    }

    void setUploads(int uploads) {
        this.uploads = uploads;
    }

    @Override
    public void prepareOnStartup(GenericFileOperations<File> operations, GenericFileEndpoint<File> endpoint) {
        // nothing is left over from before
    }

    @Override
    public boolean begin(GenericFileOperations<File> operations, GenericFileEndpoint<File> endpoint, Exchange exchange,
                         GenericFile<File> file) {
        DumpFile dump = (DumpFile) file;
        exchange.setProperty(UPLOAD_RECEIPT, dump.receipts());
        // Camel's own form of the name turns a backslash into a slash.
        exchange.getIn().setHeader(Exchange.FILE_NAME, dump.path().remote());
        exchange.getIn().setHeader(Exchange.FILE_NAME_CONSUMED, dump.path().remote());
        watch.taken(dump);
        return true;
    }

    @Override
    public void abort(GenericFileOperations<File> operations, GenericFileEndpoint<File> endpoint, Exchange exchange,
                      GenericFile<File> file) {
        watch.release((DumpFile) file);
    }

    @Override
    public void commit(GenericFileOperations<File> operations, GenericFileEndpoint<File> endpoint, Exchange exchange,
                       GenericFile<File> file) {
        completed(exchange, (DumpFile) file, Optional.empty());
    }

    @Override
    public void rollback(GenericFileOperations<File> operations, GenericFileEndpoint<File> endpoint, Exchange exchange,
                         GenericFile<File> file) {
        Throwable failure = exchange.getException();
        if (failure == null) {
            failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        }
        completed(exchange, (DumpFile) file,
                Optional.of(failure != null ? failure : new IllegalStateException("The exchange was rolled back.")));
    }

    private void completed(Exchange exchange, DumpFile dump, Optional<Throwable> failure) {
        try (DumpGuard guard = dump.guard()) {
            completion.completed(dump, failure, dump.receipts().attempts().size() < uploads);
        }
    }
}
