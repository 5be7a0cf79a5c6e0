package io.github.camelonedrive.simulator.internal.graph;

import java.util.List;

import io.github.camelonedrive.simulator.internal.drive.Drive;
import io.github.camelonedrive.simulator.internal.drive.Item;
import io.github.camelonedrive.simulator.internal.drive.Names;
import io.github.camelonedrive.simulator.internal.http.GraphException;

/** Finds what an address points to. */
public final class Locator {
    private static final List<String> APP_ROOT = List.of("Apps", "OneDrive Simulator");

    private final Drive drive;

    public Locator(Drive drive) {
        this.drive = drive;
    }

    /** The path from the drive's root, whether or not there is anything; empty when even the base is unknown. */
    public String path(Address address) {
        if (address.base() == Address.Base.DRIVE) {
            return "";
        }
        synchronized (drive) {
            if (address.base() == Address.Base.SPECIAL) {
                return join("/" + String.join("/", specialFolder(address)), address.names());
            }
            Item base = base(address);
            return base == null ? "" : join(base.path(), address.names());
        }
    }

    /** @throws GraphException 404 when there is nothing */
    Item find(Address address) {
        Names.checkLength(path(address));
        synchronized (drive) {
            boolean makesAppRoot = address.base() == Address.Base.SPECIAL && !address.hasNames();
            Item base = makesAppRoot ? drive.createFolders(drive.root(), specialFolder(address)) : base(address);
            Item item = base == null ? null : drive.below(base, address.names());
            if (item == null) {
                throw GraphException.itemNotFound();
            }
            return item;
        }
    }

    /** @throws GraphException 404 when there is no such folder, 400 when it is a file */
    Item findFolder(Address address) {
        Item item = find(address);
        if (!item.folder) {
            throw GraphException.invalidRequest("The item is not a folder.");
        }
        return item;
    }

    /** @throws GraphException 404 when there is no such file, 400 when it is a folder */
    Item findFile(Address address) {
        Item item = find(address);
        if (item.folder) {
            throw GraphException.invalidRequest("The item is not a file.");
        }
        return item;
    }

    /**
     * The folder that a request names as a new parent.
     *
     * @throws GraphException 400 for {@code root}, which is no id (statement 74), and for a file; 404 when there is none
     */
    Item folder(String id) {
        if (id.equals("root")) {
            throw GraphException.invalidRequest("'root' is not an id. Use the real id of the root folder.");
        }
        Item folder = drive.byId(id);
        if (folder == null) {
            throw GraphException.itemNotFound();
        }
        if (!folder.folder) {
            throw GraphException.invalidRequest("The new parent is not a folder.");
        }
        return folder;
    }

    /**
     * Where an upload to this address goes.
     *
     * @param createParents whether missing folders are created on the way; otherwise they are a 404
     */
    Drive.Target target(Address address, boolean createParents) {
        Names.checkLength(path(address));
        synchronized (drive) {
            if (!address.hasNames()) {
                Item item = find(address);
                if (item.isRoot()) {
                    throw GraphException.invalidRequest("The root folder has no content.");
                }
                return new Drive.Target(item.parent, item.name, item);
            }
            List<String> parents = address.names().subList(0, address.names().size() - 1);
            Item base = base(address);
            if (base == null) {
                boolean beforeAppRoot = address.base() == Address.Base.SPECIAL;
                throw beforeAppRoot ? new GraphException(403, "accessDenied", "Access denied") : GraphException.itemNotFound();
            }
            Item parent = createParents ? drive.createFolders(base, parents) : drive.below(base, parents);
            if (parent == null || !parent.folder) {
                throw GraphException.itemNotFound();
            }
            return new Drive.Target(parent, address.lastName(), drive.below(parent, List.of(address.lastName())));
        }
    }

    private Item base(Address address) {
        return switch (address.base()) {
            case DRIVE, ROOT -> drive.root();
            case ITEM -> drive.byId(address.baseName());
            case SPECIAL -> drive.below(drive.root(), specialFolder(address));
        };
    }

    private static List<String> specialFolder(Address address) {
        return switch (address.baseName()) {
            case "approot" -> APP_ROOT;
            case "documents" -> List.of("Documents");
            case "photos" -> List.of("Pictures");
            case "cameraroll" -> List.of("Pictures", "Camera Roll");
            case "music" -> List.of("Music");
            default -> throw GraphException.invalidRequest("'" + address.baseName() + "' is not a special folder.");
        };
    }

    private static String join(String base, List<String> names) {
        String below = String.join("/", names);
        if (below.isEmpty()) {
            return base;
        }
        return base.equals("/") ? "/" + below : base + "/" + below;
    }
}
