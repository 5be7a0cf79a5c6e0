package io.github.camelonedrive.component;

import java.util.Optional;

import org.apache.camel.Exchange;
import org.apache.camel.Message;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.graph.DriveItem;
import io.github.camelonedrive.graph.DriveItems;
import io.github.camelonedrive.graph.GraphException;
import io.github.camelonedrive.graph.ItemPath;
import io.github.camelonedrive.graph.ItemRef;
import io.github.camelonedrive.graph.NameRules;

/** Operations on one item, or the drive, that carry no content. */
final class ItemOperations {

    private final ItemNames names;
    private final boolean permanentDelete;

    ItemOperations(OneDriveEndpoint endpoint) {
        this.names = new ItemNames(endpoint);
        this.permanentDelete = endpoint.getConfiguration().isPermanentDelete();
    }

    void getItem(Exchange exchange, OneDriveDrive drive) throws OneDriveException, InterruptedException {
        Message message = exchange.getMessage();
        tell(message, drive.items().get(names.item(exchange, drive, OneDriveOperation.getItem)));
    }

    void createFolder(Exchange exchange, OneDriveDrive drive) throws OneDriveException, InterruptedException {
        Message message = exchange.getMessage();
        ItemPath folder = names.ofNewFolder(message, drive.folder());
        NameRules.check(folder);
        tell(message, drive.items().get(ItemRef.of(drive.folders().ensureNow(folder))));
    }

    /** The item is the body and in headers. */
    private static void tell(Message message, DriveItem item) {
        ItemHeaders.produced(message, item);
        ItemHeaders.set(message, OneDriveConstants.FILE_CONTENT_TYPE, item.mimeType());
        message.setBody(item);
    }

    /** The body stays as it is: what was processed is often what is then deleted. */
    void delete(Exchange exchange, OneDriveDrive drive) throws OneDriveException, InterruptedException {
        Message message = exchange.getMessage();
        DriveItems.Deletion done = deletion(exchange, drive);
        ItemHeaders.forget(message);
        message.setHeader(OneDriveConstants.DELETED, done.deleted());
        ItemHeaders.set(message, OneDriveConstants.REQUEST_ID, done.requestId());
    }

    private DriveItems.Deletion deletion(Exchange exchange, OneDriveDrive drive)
            throws OneDriveException, InterruptedException {
        Message message = exchange.getMessage();
        ItemRef item;
        try {
            item = names.itemBelowRoot(exchange, drive, OneDriveOperation.delete);
        } catch (GraphException.NotFound gone) {
            return DriveItems.Deletion.of(gone);
        }
        Optional<String> ifMatch = HeaderOptions.text(message, OneDriveConstants.IF_MATCH);
        boolean forGood = message.getHeader(OneDriveConstants.PERMANENT_DELETE, permanentDelete, Boolean.class);
        DriveItems.Deletion done = forGood ? drive.items().deletePermanently(item, ifMatch)
                : drive.items().delete(item, ifMatch);
        forgetFolder(drive, item);
        return done;
    }

    private static void forgetFolder(OneDriveDrive drive, ItemRef item) {
        if (item instanceof ItemRef.ByPath named) {
            drive.folders().forget(named.path());
        } else {
            drive.folders().forget(item instanceof ItemRef.Seen seen ? seen.item().id() : ((ItemRef.ById) item).id());
        }
    }

    void getDrive(Exchange exchange, OneDriveDrive drive) throws OneDriveException, InterruptedException {
        exchange.getMessage().setBody(drive.items().drive());
    }
}
