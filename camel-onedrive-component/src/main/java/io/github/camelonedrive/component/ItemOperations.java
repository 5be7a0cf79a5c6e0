package io.github.camelonedrive.component;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

import org.apache.camel.Exchange;
import org.apache.camel.Message;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.graph.DriveItem;
import io.github.camelonedrive.graph.ItemPath;
import io.github.camelonedrive.graph.NameRules;

/** Operations on items that carry no content. Each puts its result into the body. */
final class ItemOperations {

    private final ItemNames names;
    private final boolean recursive;

    ItemOperations(OneDriveEndpoint endpoint) {
        this.names = new ItemNames(endpoint.getConfiguration().isJailStartingDirectory());
        this.recursive = endpoint.getConfiguration().isRecursive();
    }

    void getItem(Exchange exchange, OneDriveDrive drive) throws OneDriveException, InterruptedException {
        Message message = exchange.getMessage();
        String id = message.getHeader(OneDriveConstants.ITEM_ID, String.class);
        DriveItem item = id != null ? drive.items().get(id) : drive.items().get(names.ofItem(message, drive.folder()));
        ItemHeaders.set(message, item);
        message.setBody(item);
    }

    void list(Exchange exchange, OneDriveDrive drive) throws OneDriveException, InterruptedException {
        Message message = exchange.getMessage();
        ItemPath folder = names.ofItem(message, drive.folder());
        NameRules.check(folder);
        boolean deep = message.getHeader(OneDriveConstants.RECURSIVE, recursive, Boolean.class);
        Predicate<DriveItem> wanted = message.getHeader(OneDriveConstants.FOLDERS_ONLY, false, Boolean.class)
                ? DriveItem::folder : item -> true;
        message.setBody(deep ? tree(drive, folder, wanted) : drive.items().children(folder, wanted));
    }

    private static List<DriveItem> tree(OneDriveDrive drive, ItemPath top, Predicate<DriveItem> wanted)
            throws OneDriveException, InterruptedException {
        List<DriveItem> found = new ArrayList<>();
        Deque<ItemPath> folders = new ArrayDeque<>(List.of(top));
        while (!folders.isEmpty()) {
            ItemPath folder = folders.remove();
            for (DriveItem item : drive.items().children(folder, wanted.or(DriveItem::folder))) {
                if (wanted.test(item)) {
                    found.add(item);
                }
                if (item.folder()) {
                    folders.add(folder.resolve(item.name()));
                }
            }
        }
        return found;
    }

    void createFolder(Exchange exchange, OneDriveDrive drive) throws OneDriveException, InterruptedException {
        ItemPath folder = names.ofItem(exchange.getMessage(), drive.folder());
        NameRules.check(folder);
        DriveItem item = drive.items().get(drive.folders().ensure(folder));
        ItemHeaders.set(exchange.getMessage(), item);
        exchange.getMessage().setBody(item);
    }

    void getDrive(Exchange exchange, OneDriveDrive drive) throws OneDriveException, InterruptedException {
        exchange.getMessage().setBody(drive.items().drive());
    }
}
