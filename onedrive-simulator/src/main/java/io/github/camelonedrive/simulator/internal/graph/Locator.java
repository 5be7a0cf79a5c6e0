package io.github.camelonedrive.simulator.internal.graph;

import java.util.List;

import io.github.camelonedrive.simulator.internal.drive.DriveTree;
import io.github.camelonedrive.simulator.internal.drive.Item;
import io.github.camelonedrive.simulator.internal.drive.Names;
import io.github.camelonedrive.simulator.internal.http.GraphErrorResponse;

/** Finds what an address points to. */
public final class Locator {
    private static final List<String> APP_ROOT = List.of("Apps", "OneDrive Simulator");

    private final DriveTree drive;

    public Locator(DriveTree drive) {
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

    /** @throws GraphErrorResponse 404 if there is nothing */
    Item find(Address address) {
        Names.checkLength(path(address));
        synchronized (drive) {
            boolean makesAppRoot = address.base() == Address.Base.SPECIAL && !address.hasNames();
            Item base = makesAppRoot ? drive.createFolders(drive.root(), specialFolder(address)) : base(address);
            Item item = base == null ? null : drive.below(base, address.names());
            if (item == null) {
                throw GraphErrorResponse.itemNotFound();
            }
            return item;
        }
    }

    /** @throws GraphErrorResponse 404 if there is no such folder, 400 when it is a file */
    Item findFolder(Address address) {
        Item item = find(address);
        if (!item.folder) {
            throw GraphErrorResponse.invalidRequest("The item is not a folder.");
        }
        return item;
    }

    /** @throws GraphErrorResponse 404 if there is no such file, 400 when it is a folder */
    Item findFile(Address address) {
        Item item = find(address);
        if (item.folder) {
            throw GraphErrorResponse.invalidRequest("The item is not a file.");
        }
        return item;
    }

    /**
     * The folder that a request names as a new parent.
     *
     * @throws GraphErrorResponse 400 for {@code root}, which is no id (statement 74), and for a file; 404 if there is none
     */
    Item folder(String id) {
        if (id.equals("root")) {
            throw GraphErrorResponse.invalidRequest("'root' is not an id. Use the real id of the root folder.");
        }
        Item folder = drive.byId(id);
        if (folder == null) {
            throw GraphErrorResponse.itemNotFound();
        }
        if (!folder.folder) {
            throw GraphErrorResponse.invalidRequest("The new parent is not a folder.");
        }
        return folder;
    }

    /**
     * Where an upload to this address goes.
     *
     * @param createParents whether missing folders are created on the way; otherwise they are a 404
     */
    DriveTree.Target target(Address address, boolean createParents) {
        Names.checkLength(path(address));
        synchronized (drive) {
            if (!address.hasNames()) {
                Item item = find(address);
                if (item.isRoot()) {
                    throw GraphErrorResponse.invalidRequest("The root folder has no content.");
                }
                return new DriveTree.Target(item.parent, item.name, item);
            }
            List<String> parents = address.names().subList(0, address.names().size() - 1);
            Item base = base(address);
            if (base == null) {
                boolean beforeAppRoot = address.base() == Address.Base.SPECIAL;
                throw beforeAppRoot ? new GraphErrorResponse(403, "accessDenied", "Access denied")
                        : GraphErrorResponse.itemNotFound();
            }
            Item parent = createParents ? drive.createFolders(base, parents) : drive.below(base, parents);
            if (parent == null || !parent.folder) {
                throw GraphErrorResponse.itemNotFound();
            }
            return new DriveTree.Target(parent, address.lastName(), drive.below(parent, List.of(address.lastName())));
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
            default -> throw GraphErrorResponse.invalidRequest("'" + address.baseName() + "' is not a special folder.");
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
