package io.github.camelonedrive.component;

import java.io.File;
import java.util.List;
import java.util.Optional;

import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.Message;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.graph.DriveItem;
import io.github.camelonedrive.graph.IllegalNameException;
import io.github.camelonedrive.graph.ItemPath;
import io.github.camelonedrive.graph.ItemRef;
import io.github.camelonedrive.graph.ItemTransfers;
import io.github.camelonedrive.graph.NameRules;
import io.github.camelonedrive.graph.TransferTarget;

/**
 * Which item an exchange means. {@code CamelOneDriveItemId} or {@code CamelOneDrivePath} name it; without them
 * {@code CamelFileName} does, where the operation looks at it. Items are in the endpoint's folder unless that is switched off.
 */
final class ItemNames {

    private final boolean jailed;
    private final Optional<Expression> fileName;
    private final char separator;

    ItemNames(OneDriveEndpoint endpoint) {
        this(endpoint.getConfiguration().isJailStartingDirectory(), new FileExpressions(endpoint.getCamelContext())
                .expression(endpoint.getConfiguration().getFileName()), File.separatorChar);
    }

    /**
     * @param fileName  the option, which goes before {@code CamelFileName}
     * @param separator between the names of this machine's paths, as its {@code file:} consumers write them
     */
    ItemNames(boolean jailed, Optional<Expression> fileName, char separator) {
        this.jailed = jailed;
        this.fileName = fileName;
        this.separator = separator;
    }

    /** Where an upload goes: as named, else by the name that Camel's file component would write to. */
    ItemPath ofUpload(Exchange exchange, OneDriveDrive drive) throws OneDriveException, InterruptedException {
        Message message = exchange.getMessage();
        Optional<String> id = id(message);
        if (id.isPresent()) {
            return pathOf(byId(id.get(), drive));
        }
        Optional<String> path = path(message);
        Optional<String> name = path.isPresent() || fileName.isEmpty() ? path : Optional.of(ofOption(exchange));
        name = name.or(() -> HeaderOptions.text(message, Exchange.OVERRULE_FILE_NAME).map(this::withSlashes))
                .or(() -> HeaderOptions.text(message, Exchange.FILE_NAME).map(this::withSlashes));
        if (name.isEmpty() || !endsInAName(name.get())) {
            throw new IllegalNameException("The upload has no file name.");
        }
        return resolve(drive.folder(), name.get());
    }

    private String ofOption(Exchange exchange) throws IllegalRequestException {
        String name = FileExpressions.text(fileName.get(), exchange);
        if (name == null || name.isBlank()) {
            throw new IllegalRequestException("The option fileName gives no name for this message.",
                    "Correct its expression, or set what it reads.");
        }
        return name;
    }

    /** Where the separator is a backslash no name holds one, so it separates folders; elsewhere it is part of a name. */
    private String withSlashes(String name) {
        return name.replace(separator, '/');
    }

    /** {@code a/..} would name the folder itself, which is not in the folder. */
    private static boolean endsInAName(String path) {
        String last = ItemPath.parse(path).name();
        return !last.isEmpty() && !last.equals(".") && !last.equals("..");
    }

    private static ItemPath pathOf(DriveItem item) throws OneDriveException {
        if (item.folder()) {
            throw new IllegalRequestException("The item with the id '" + item.id() + "' is a folder, which has no content.",
                    "Name a file by " + OneDriveConstants.ITEM_ID + ", or a path by " + OneDriveConstants.PATH + ".");
        }
        return item.path().orElseThrow(() -> new IllegalRequestException(
                "OneDrive does not say in which folder the item with the id '" + item.id() + "' is.",
                "Name it by " + OneDriveConstants.PATH + "."));
    }

    /** What is downloaded: as named, else by any {@code CamelFileName}. */
    ItemRef ofDownload(Exchange exchange, OneDriveDrive drive) throws OneDriveException, InterruptedException {
        Optional<ItemRef> named = named(exchange.getMessage(), drive);
        if (named.isPresent()) {
            return named.get();
        }
        if (fileName.isPresent()) {
            return ItemRef.of(resolve(drive.folder(), ofOption(exchange)));
        }
        Optional<String> name = HeaderOptions.text(exchange.getMessage(), Exchange.FILE_NAME);
        return ItemRef.of(name.isEmpty() ? drive.folder() : resolve(drive.folder(), withSlashes(name.get())));
    }

    /** Whether an item is named by a {@code CamelFileName} that the route set. */
    boolean isNamedByRoute(Exchange exchange) {
        Message message = exchange.getMessage();
        return fileName.isEmpty() && !message.getHeaders().containsKey(OneDriveConstants.PATH)
                && HeaderOptions.text(message, Exchange.FILE_NAME).filter(name -> !LeftNames.contains(exchange, name))
                        .isPresent();
    }

    /** The folder that is listed or searched: as named, else the endpoint's. */
    ItemRef ofFolder(Message message, OneDriveDrive drive) throws OneDriveException, InterruptedException {
        return named(message, drive).orElse(ItemRef.of(drive.folder()));
    }

    /** The folder that is made: by its path, else the endpoint's. */
    ItemPath ofNewFolder(Message message, ItemPath folder) throws OneDriveException {
        if (id(message).isPresent()) {
            throw new IllegalRequestException("The operation createFolder takes no id.",
                    "Remove the header " + OneDriveConstants.ITEM_ID + "; name the folder by " + OneDriveConstants.PATH + ".");
        }
        Optional<String> path = path(message);
        return path.isEmpty() ? folder : resolve(folder, path.get());
    }

    /**
     * What an operation on one item is about: as the option {@code fileName} says, and then no header may name one; else as
     * named, else by a {@code CamelFileName} that the route set, else the endpoint's folder.
     */
    ItemRef item(Exchange exchange, OneDriveDrive drive, OneDriveOperation operation)
            throws OneDriveException, InterruptedException {
        if (fileName.isPresent()) {
            requireNoOtherName(exchange.getMessage(), operation);
            return ItemRef.of(resolve(drive.folder(), ofOption(exchange)));
        }
        Optional<ItemRef> named = named(exchange.getMessage(), drive);
        if (named.isPresent()) {
            return named.get();
        }
        Optional<String> name = HeaderOptions.text(exchange.getMessage(), Exchange.FILE_NAME);
        if (name.isEmpty()) {
            return ItemRef.of(drive.folder());
        }
        if (LeftNames.contains(exchange, name.get())) {
            throw new IllegalRequestException("The operation " + operation + " was not told which item is meant: the route did "
                    + "not set " + Exchange.FILE_NAME + " to '" + NameRules.printable(name.get())
                    + "', a consumer or an earlier operation did.", sayWhich());
        }
        return ItemRef.of(resolve(drive.folder(), withSlashes(name.get())));
    }

    /** A header left from an earlier step would have the operation change another item than the endpoint's URI shows. */
    private static void requireNoOtherName(Message message, OneDriveOperation operation) throws IllegalRequestException {
        for (String header : List.of(OneDriveConstants.ITEM_ID, OneDriveConstants.PATH)) {
            if (message.getHeaders().containsKey(header)) {
                throw new IllegalRequestException("The header " + header + " and the option fileName of the endpoint both name "
                        + "the item of the operation " + operation + ".",
                        "Remove the header before the endpoint, or leave fileName out of its URI.");
            }
        }
    }

    /** As {@link #item}, but never the endpoint's folder itself, which nobody means who forgot a header. */
    ItemRef itemIn(Exchange exchange, OneDriveDrive drive, OneDriveOperation operation)
            throws OneDriveException, InterruptedException {
        ItemRef item = item(exchange, drive, operation);
        if (item instanceof ItemRef.ByPath named && named.path().isRoot()) {
            throw new ItemTransfers.RootException(operation.done());
        }
        if (item instanceof ItemRef.ByPath named && drive.folder().startsWith(named.path())
                || item instanceof ItemRef.Seen seen && jailed && drive.scope().isFolder(seen.item())) {
            throw new IllegalRequestException("The operation " + operation + " was not told which item in '" + drive.folder()
                    + "' is meant.", sayWhich() + " For the folder itself set folderPath to the one above.");
        }
        return item;
    }

    /** As {@link #itemIn}, and not the drive's root, by whatever id. Costs a request the first time an id is given. */
    ItemRef itemBelowRoot(Exchange exchange, OneDriveDrive drive, OneDriveOperation operation)
            throws OneDriveException, InterruptedException {
        ItemRef item = itemIn(exchange, drive, operation);
        if (item instanceof ItemRef.ById known && drive.folders().isRoot(known.id())) {
            throw new ItemTransfers.RootException(operation.done());
        }
        return item;
    }

    private static String sayWhich() {
        return "Set the header " + OneDriveConstants.PATH + " to its path in the endpoint's folder, or "
                + OneDriveConstants.ITEM_ID + " to its id.";
    }

    /** Where {@code move} and {@code copy} put an item: {@code CamelOneDriveTargetPath}. */
    TransferTarget target(Message message, ItemPath folder, OneDriveOperation operation) throws OneDriveException {
        String name = HeaderOptions.text(message, OneDriveConstants.TARGET_PATH).orElseThrow(
                () -> IllegalRequestException.missing(operation, "where to", OneDriveConstants.TARGET_PATH));
        ItemPath target = resolve(folder, name);
        NameRules.check(target);
        return name.endsWith("/") || !endsInAName(name) || target.isRoot() ? new TransferTarget(target, Optional.empty())
                : new TransferTarget(target.parent(), Optional.of(target.name()));
    }

    private Optional<ItemRef> named(Message message, OneDriveDrive drive) throws OneDriveException, InterruptedException {
        Optional<String> id = id(message);
        if (id.isPresent()) {
            return Optional.of(isChecked(drive) ? ItemRef.of(byId(id.get(), drive)) : ItemRef.of(id.get()));
        }
        Optional<String> path = path(message);
        return path.isEmpty() ? Optional.empty() : Optional.of(ItemRef.of(resolve(drive.folder(), path.get())));
    }

    private boolean isChecked(OneDriveDrive drive) {
        return jailed && !drive.folder().isRoot();
    }

    private DriveItem byId(String id, OneDriveDrive drive) throws OneDriveException, InterruptedException {
        return isChecked(drive) ? drive.scope().require(id) : drive.items().get(id);
    }

    /** @throws IllegalRequestException when the route names two items, or none although it means to */
    private static Optional<String> id(Message message) throws IllegalRequestException {
        Optional<String> id = given(message, OneDriveConstants.ITEM_ID);
        if (id.isPresent() && given(message, OneDriveConstants.PATH).isPresent()) {
            throw new IllegalRequestException("The headers " + OneDriveConstants.ITEM_ID + " and " + OneDriveConstants.PATH
                    + " both name an item.", "Remove one of them.");
        }
        return id;
    }

    private static Optional<String> path(Message message) throws IllegalRequestException {
        return given(message, OneDriveConstants.PATH);
    }

    /** An empty one comes of an expression that found nothing: no other name is taken in its place. */
    private static Optional<String> given(Message message, String header) throws IllegalRequestException {
        if (!message.getHeaders().containsKey(header)) {
            return Optional.empty();
        }
        String value = HeaderOptions.text(message, header).orElse("");
        if (value.isBlank()) {
            throw new IllegalRequestException("The header " + header + " is empty.",
                    "Set it to the item that is meant, or remove it.");
        }
        return Optional.of(value);
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
}
