package io.github.camelonedrive.component;

import org.apache.camel.Exchange;
import org.apache.camel.Message;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.graph.IllegalNameException;
import io.github.camelonedrive.graph.ItemPath;

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
