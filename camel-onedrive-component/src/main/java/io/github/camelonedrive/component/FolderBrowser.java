package io.github.camelonedrive.component;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

import org.apache.camel.Exchange;

import io.github.camelonedrive.feed.FeedFile;
import io.github.camelonedrive.graph.DriveItem;
import io.github.camelonedrive.graph.DriveItemStream;
import io.github.camelonedrive.graph.GraphException;
import io.github.camelonedrive.graph.ItemChange;
import io.github.camelonedrive.graph.ItemPath;
import io.github.camelonedrive.graph.ItemRef;

/**
 * Lists the files of an endpoint's folder for Camel's browsing, as its consumer would choose them. It only lists, a page at a
 * time: no content is read, and nothing is remembered, moved or created.
 */
final class FolderBrowser {

    /** The most items to look at, so that a filter that few files pass does not list a whole drive. */
    private static final int MOST_ITEMS = 2_000;

    private final OneDriveEndpoint endpoint;
    private final OneDriveConsumerConfiguration options;
    private final Optional<DoneMarker> marker;
    private final FileFilters filters;

    FolderBrowser(OneDriveEndpoint endpoint) {
        this.endpoint = endpoint;
        this.options = endpoint.getConsumerConfiguration();
        OneDriveConfiguration common = endpoint.getConfiguration();
        FileExpressions expressions = new FileExpressions(endpoint.getCamelContext());
        this.marker = DoneMarker.of(common.getDoneFileName());
        this.filters = new FileFilters(options, expressions.expression(common.getFileName()), expressions, marker);
    }

    /**
     * Returns exchanges with the files, none if there is no such folder.
     *
     * @param limit  the most exchanges
     * @param filter which exchanges are wanted; null for all
     */
    List<Exchange> browse(int limit, Predicate<? super Exchange> filter) throws IOException, InterruptedException {
        OneDriveDrive drive = new DriveAccess(endpoint).driveOfConsumer();
        List<Exchange> browsed = new ArrayList<>();
        List<FeedFile> beforeMarkers = new ArrayList<>();
        try (DriveItemStream items = items(drive)) {
            for (int seen = 0; seen < MOST_ITEMS && browsed.size() < limit && items.hasNext(); seen++) {
                Optional<FeedFile> file = file(drive, items.next());
                if (marker.isPresent()) {
                    file.ifPresent(beforeMarkers::add);
                } else if (file.isPresent()) {
                    add(browsed, drive, file.get(), filter);
                }
            }
        } catch (GraphException.NotFound noFolder) {
            return List.of();
        }
        Set<FeedFile> marked = marker.isPresent() ? marker.get().marked(beforeMarkers).keySet() : Set.of();
        for (FeedFile file : marked) {
            if (browsed.size() < limit) {
                add(browsed, drive, file, filter);
            }
        }
        return browsed;
    }

    private DriveItemStream items(OneDriveDrive drive) throws IOException, InterruptedException {
        return drive.items().stream(ItemRef.of(drive.folder()), endpoint.getConfiguration().isRecursive(), item -> true);
    }

    private Optional<FeedFile> file(OneDriveDrive drive, DriveItem item) {
        if (item.folder()) {
            return Optional.empty();
        }
        ItemPath path = item.path().filter(known -> known.startsWith(drive.folder()))
                .map(known -> new ItemPath(known.segments().subList(drive.folder().segments().size(), known.segments().size())))
                .orElseGet(() -> ItemPath.ROOT.child(item.name()));
        int depth = endpoint.getConfiguration().isRecursive() ? options.getMaxDepth() : 1;
        boolean hidden = path.parent().segments().stream().anyMatch(name -> name.startsWith("."));
        if (path.segments().size() > depth || hidden && !options.isIncludeHiddenDirs() || !filters.fits(path)) {
            return Optional.empty();
        }
        ItemChange change = new ItemChange(ItemChange.Kind.FILE, item, Optional.empty(), item.mimeType());
        return Optional.of(new FeedFile(change, path, Instant.EPOCH, 0));
    }

    private void add(List<Exchange> browsed, OneDriveDrive drive, FeedFile found, Predicate<? super Exchange> filter) {
        OneDriveFile file = endpoint.file(drive, found);
        if (!filters.hasName(file, null) || !filters.isReady(file, endpoint.getComponent().timeSource().now())) {
            return;
        }
        Exchange exchange = endpoint.createExchange();
        FileHeaders.set(exchange.getMessage(), file);
        exchange.getMessage().setBody(options.isIncludeBody() ? file : file.getItem());
        if (filter == null || filter.test(exchange)) {
            browsed.add(exchange);
        }
    }
}
