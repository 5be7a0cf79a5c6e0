package io.github.camelonedrive.component;

import java.time.Duration;
import java.util.Optional;

import org.apache.camel.Exchange;
import org.apache.camel.Message;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.graph.ConflictBehavior;
import io.github.camelonedrive.graph.DriveItem;
import io.github.camelonedrive.graph.ItemPath;
import io.github.camelonedrive.graph.ItemRef;
import io.github.camelonedrive.graph.TransferTarget;

/** Operations that take an item somewhere else in its drive. */
final class TransferOperations {

    private final ItemNames names;
    private final OneDriveConfiguration options;

    TransferOperations(OneDriveEndpoint endpoint) {
        this.options = endpoint.getConfiguration();
        this.names = new ItemNames(endpoint);
    }

    void move(Exchange exchange, OneDriveDrive drive) throws OneDriveException, InterruptedException {
        Message message = exchange.getMessage();
        ItemRef item = names.itemBelowRoot(exchange, drive, OneDriveOperation.move);
        TransferTarget target = target(message, drive.folder(), item, OneDriveOperation.move);
        Optional<String> ifMatch = HeaderOptions.text(message, OneDriveConstants.IF_MATCH);
        tell(message, drive.transfers().move(item, target, conflictBehavior(message), ifMatch));
    }

    void copy(Exchange exchange, OneDriveDrive drive) throws OneDriveException, InterruptedException {
        Message message = exchange.getMessage();
        ItemRef item = names.itemBelowRoot(exchange, drive, OneDriveOperation.copy);
        TransferTarget target = target(message, drive.folder(), item, OneDriveOperation.copy);
        tell(message, drive.transfers().copy(item, target, conflictBehavior(message),
                Duration.ofMillis(options.getCopyTimeout())));
    }

    /** Refused here, before a folder is made for it within the very folder that is to go there. */
    private TransferTarget target(Message message, ItemPath folder, ItemRef item, OneDriveOperation operation)
            throws OneDriveException {
        TransferTarget target = names.target(message, folder, operation);
        Optional<ItemPath> path = path(item);
        if (path.isPresent() && target.folder().startsWith(path.get())) {
            throw new IllegalRequestException("'" + path.get() + "' can't be " + operation.done() + " into itself.",
                    "Choose another " + OneDriveConstants.TARGET_PATH + ".");
        }
        return target;
    }

    private static Optional<ItemPath> path(ItemRef item) {
        return item instanceof ItemRef.ByPath named ? Optional.of(named.path())
                : item instanceof ItemRef.Seen seen ? seen.item().path() : Optional.empty();
    }

    /** Unlike an upload, which brings new content for a name, these never take what is there away unasked. */
    private ConflictBehavior conflictBehavior(Message message) throws IllegalRequestException {
        return HeaderOptions.conflictBehavior(message).or(() -> Optional.ofNullable(options.getConflictBehavior()))
                .orElse(ConflictBehavior.fail);
    }

    private static void tell(Message message, DriveItem item) {
        ItemHeaders.produced(message, item);
        message.setBody(item);
    }
}
