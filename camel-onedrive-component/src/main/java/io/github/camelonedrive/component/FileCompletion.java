package io.github.camelonedrive.component;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Predicate;

import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.feed.FeedFile;
import io.github.camelonedrive.feed.FolderFeed;
import io.github.camelonedrive.graph.ItemPath;

/**
 * What becomes of a file once its exchange is over, whether that went well or not. It is written down before it is done, so
 * what can't be done now is done with a later poll, and the file is not processed once more because of it. The exchange has no
 * say in that any more: trouble goes to {@code onCompletionExceptionHandler} or to the log.
 */
final class FileCompletion {

    private static final Logger LOG = LoggerFactory.getLogger(FileCompletion.class);

    private final OneDriveEndpoint endpoint;
    private final OneDriveConsumerConfiguration options;
    private final IdempotentKeys keys;
    private final Optional<DoneMarker> marker;
    private final Optional<Expression> move;
    private final Optional<Expression> moveFailed;

    FileCompletion(OneDriveEndpoint endpoint, FileExpressions expressions, IdempotentKeys keys, Optional<DoneMarker> marker) {
        this.endpoint = endpoint;
        this.options = endpoint.getConsumerConfiguration();
        this.keys = keys;
        this.marker = marker;
        this.move = expressions.target(options.getMove());
        this.moveFailed = expressions.target(options.getMoveFailed());
    }

    /**
     * The file was processed.
     *
     * @param folder empty when it was closed meanwhile
     */
    void complete(Optional<OpenFolder> folder, ConsumedFile consumed, Exchange exchange) throws InterruptedException {
        attempt(consumed, exchange, () -> {
            OpenFolder now = opened(folder, consumed);
            keys.confirm(consumed.idempotentKey());
            done(now, consumed, exchange, taskAfterSuccess(consumed, exchange, now));
        });
    }

    /**
     * The file was not processed.
     *
     * @param folder empty when it was closed meanwhile
     */
    void rollBack(Optional<OpenFolder> folder, ConsumedFile consumed, Exchange exchange) throws InterruptedException {
        attempt(consumed, exchange, () -> {
            OpenFolder now = opened(folder, consumed);
            keys.release(consumed.idempotentKey());
            if (moveFailed.isPresent()) {
                done(now, consumed, exchange, Optional.of(moveTo(moveFailed.get(), consumed, exchange, now)));
                return;
            }
            now.feed().failed(consumed.file().feedFile());
            LOG.warn("'{}' of {} was not processed and is emitted again with a later poll: {}", consumed.file().getFileName(),
                    endpoint.getDestination(), String.valueOf(exchange.getException()));
        });
    }

    /**
     * Does what could not be done after earlier exchanges.
     *
     * @param isInProgress files that are being processed, and so are not looked at
     */
    void settle(OpenFolder now, Predicate<FeedFile> isInProgress) throws IOException, InterruptedException {
        for (FolderFeed.Owed owed : now.feed().owing()) {
            if (!isInProgress.test(owed.file())) {
                perform(now, owed.file(), FileTask.parse(owed.task()), null);
            }
        }
    }

    @FunctionalInterface
    private interface Ending {
        void run() throws Exception;
    }

    private void attempt(ConsumedFile consumed, Exchange exchange, Ending ending) throws InterruptedException {
        try {
            ending.run();
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            tell(consumed.file(), exchange, e);
        }
    }

    private static OpenFolder opened(Optional<OpenFolder> folder, ConsumedFile consumed) throws IOException {
        return folder.orElseThrow(() -> new IOException("The consumer was stopped before '" + consumed.file().getFileName()
                + "' was done with, so it is emitted again after the next start."));
    }

    private Optional<FileTask> taskAfterSuccess(ConsumedFile consumed, Exchange exchange, OpenFolder now) throws IOException {
        if (move.isPresent()) {
            return Optional.of(moveTo(move.get(), consumed, exchange, now));
        }
        return options.isDelete() ? Optional.of(FileTask.delete(markerOf(consumed))) : Optional.empty();
    }

    /** An expression that fails must not have the file processed once more, for ever. */
    private FileTask moveTo(Expression target, ConsumedFile consumed, Exchange exchange, OpenFolder now) throws IOException {
        OneDriveFile file = consumed.file();
        try {
            ItemPath path = FileExpressions.targetPath(target, FileExpressions.about(file, exchange), file.folder());
            return FileTask.move(path, markerOf(consumed));
        } catch (RuntimeException e) {
            now.feed().done(file.feedFile());
            throw e;
        }
    }

    private Optional<String> markerOf(ConsumedFile consumed) {
        return consumed.marker().filter(file -> marker.isPresent() && marker.get().isOfOneFile()).map(FeedFile::id);
    }

    private void done(OpenFolder now, ConsumedFile consumed, Exchange exchange, Optional<FileTask> task)
            throws IOException, InterruptedException {
        FeedFile file = consumed.file().feedFile();
        if (task.isEmpty()) {
            now.feed().done(file);
            return;
        }
        now.feed().done(file, task.get().text());
        perform(now, file, task.get(), exchange);
    }

    /** @param exchange null with a later poll */
    private void perform(OpenFolder now, FeedFile file, FileTask task, Exchange exchange)
            throws IOException, InterruptedException {
        try {
            now.tasks().perform(file, task);
        } catch (OneDriveException e) {
            tell(endpoint.file(now.drive(), file), exchange, e);
            return;
        }
        now.feed().settled(file);
    }

    private void tell(OneDriveFile file, Exchange exchange, Exception trouble) {
        if (options.getOnCompletionExceptionHandler() != null) {
            options.getOnCompletionExceptionHandler()
                    .handleException("Error after processing " + file.getAbsoluteFilePath(), exchange, trouble);
        } else {
            LOG.warn("After '{}' of {} was processed: {}", file.getFileName(), endpoint.getDestination(),
                    trouble.getMessage(), LOG.isDebugEnabled() ? trouble : null);
        }
    }
}
