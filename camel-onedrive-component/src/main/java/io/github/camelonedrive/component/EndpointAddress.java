package io.github.camelonedrive.component;

import java.util.Optional;

import io.github.camelonedrive.graph.ItemPath;

/**
 * The path of an endpoint's URI: {@code destination/folder}.
 *
 * @param destination the name of a destination in the vault, or a label
 * @param folder      the folder from the drive's root, decoded; empty where the URI names none
 */
record EndpointAddress(String destination, Optional<String> folder) {

    private static final String FORM = "onedrive:destination/folder?options";

    /**
     * Returns the address that the path of a URI means. Leading, trailing and doubled slashes of the folder do not matter.
     *
     * @param  path                     decoded, as Camel gives it
     * @param  options                  of the same URI
     * @throws IllegalArgumentException if it has no destination, or if {@code folderPath} names a folder as well
     */
    static EndpointAddress parse(String path, GivenOptions options) {
        String text = path == null ? "" : path;
        int slash = text.indexOf('/');
        String destination = slash < 0 ? text : text.substring(0, slash);
        if (destination.isBlank()) {
            throw new IllegalArgumentException("An onedrive endpoint needs a destination: " + FORM);
        }
        ItemPath folder = ItemPath.parse(text.substring(destination.length()));
        if (folder.isRoot()) {
            return new EndpointAddress(destination, Optional.empty());
        }
        if (folder.segments().get(0).matches("RAW[({].*")) {
            throw new IllegalArgumentException("RAW() has no effect in the path of a URI. Write the folder '" + folder
                    + "' as it is, or as an option: folderPath=RAW(...).");
        }
        if (options.has("folderPath")) {
            throw new IllegalArgumentException("Name the folder in the path of the URI or by folderPath, not both: " + folder);
        }
        return new EndpointAddress(destination, Optional.of(folder.toString()));
    }
}
