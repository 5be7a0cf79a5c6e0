package io.github.camelonedrive.component;

import java.util.Optional;

import org.apache.camel.Exchange;
import org.apache.camel.Message;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.graph.IllegalNameException;
import io.github.camelonedrive.graph.ItemPath;
import io.github.camelonedrive.graph.ItemRef;
import io.github.camelonedrive.graph.ItemTransfers;
import io.github.camelonedrive.graph.NameRules;
import io.github.camelonedrive.graph.TransferTarget;

/** Which item an exchange means: names come from headers, start at the folder, and stay in it unless that is switched off. */
final class ItemNames {

    private final boolean jailed;

    ItemNames(boolean jailed) {
        this.jailed = jailed;
    }

    /** Where an upload goes: {@code CamelOneDrivePath}, else the name that Camel's file component would write to. */
    ItemPath ofUpload(Message message, ItemPath folder) throws OneDriveException {
        String name = header(message, OneDriveConstants.PATH);
        if (name == null) {
            name = header(message, Exchange.OVERRULE_FILE_NAME);
        }
        if (name == null) {
            name = header(message, Exchange.FILE_NAME);
        }
        if (name == null || !endsInAName(name)) {
            throw new IllegalNameException("The upload has no file name.");
        }
        return resolve(folder, name);
    }

    /** {@code a/..} would name the folder itself, which is not in the folder. */
    private static boolean endsInAName(String path) {
        String last = ItemPath.parse(path).name();
        return !last.isEmpty() && !last.equals(".") && !last.equals("..");
    }

    /** What another operation is about: {@code CamelOneDrivePath}, else {@code CamelFileName}, else the folder itself. */
    ItemPath ofItem(Message message, ItemPath folder) throws OneDriveException {
        String path = header(message, OneDriveConstants.PATH);
        String name = path != null ? path : header(message, Exchange.FILE_NAME);
        return name == null ? folder : resolve(folder, name);
    }

    /** What another operation is about: {@code CamelOneDriveItemId}, else as {@link #ofItem}. */
    ItemRef item(Message message, ItemPath folder) throws OneDriveException {
        String id = header(message, OneDriveConstants.ITEM_ID);
        return id != null ? ItemRef.of(id) : ItemRef.of(ofItem(message, folder));
    }

    /**
     * What an operation is about that takes the item away, copies or shares it: as {@link #item}, but never the folder itself,
     * which nobody means who forgot a header.
     */
    ItemRef itemIn(Message message, ItemPath folder, OneDriveOperation operation) throws OneDriveException {
        ItemRef item = item(message, folder);
        if (item instanceof ItemRef.ByPath named && named.path().isRoot()) {
            throw new ItemTransfers.RootException(operation.done());
        }
        if (item instanceof ItemRef.ByPath named && folder.startsWith(named.path())) {
            throw new IllegalRequestException("The operation " + operation + " was not told which item in '" + folder
                    + "' is meant.", "Set the header " + OneDriveConstants.PATH + " to its path in that folder, or "
                            + OneDriveConstants.ITEM_ID + " to its id. For the folder itself set folderPath to the one above.");
        }
        return item;
    }

    /** Where {@code move} and {@code copy} put an item: {@code CamelOneDriveTargetPath}. */
    TransferTarget target(Message message, ItemPath folder, OneDriveOperation operation) throws OneDriveException {
        String name = header(message, OneDriveConstants.TARGET_PATH);
        if (name == null) {
            throw IllegalRequestException.missing(operation, "where to", OneDriveConstants.TARGET_PATH);
        }
        ItemPath target = resolve(folder, name);
        NameRules.check(target);
        return name.endsWith("/") || !endsInAName(name) || target.isRoot() ? new TransferTarget(target, Optional.empty())
                : new TransferTarget(target.parent(), Optional.of(target.name()));
    }

    private ItemPath resolve(ItemPath folder, String name) throws OneDriveException {
        if (name.indexOf('\0') >= 0 || leavesFolder(folder, name) && jailed) {
            throw new IllegalNameException(name, folder);
        }
        return folder.resolve(name);
    }

    /** Steps up count wherever they stand, also where the root would stop them or where the way leads back in. */
    private static boolean leavesFolder(ItemPath folder, String name) {
        int depth = 0;
        for (String segment : ItemPath.parse(name).segments()) {
            depth += segment.equals("..") ? -1 : segment.equals(".") ? 0 : 1;
            if (depth < 0) {
                return true;
            }
        }
        return !folder.resolve(name).startsWith(folder);
    }

    private static String header(Message message, String name) {
        String value = message.getHeader(name, String.class);
        return value == null || value.isEmpty() ? null : value;
    }
}
