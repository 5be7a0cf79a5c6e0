package io.github.camelonedrive.component;

import java.util.function.Predicate;

import org.apache.camel.Exchange;
import org.apache.camel.Message;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.graph.DriveItem;
import io.github.camelonedrive.graph.DriveItemStream;
import io.github.camelonedrive.graph.ItemRef;
import io.github.camelonedrive.graph.NameRules;
import io.github.camelonedrive.graph.ResultList;

/** Operations that give many items, as a list or one after another. */
final class ListOperations {

    private final ItemNames names;
    private final OneDriveConfiguration options;

    ListOperations(OneDriveEndpoint endpoint) {
        this.options = endpoint.getConfiguration();
        this.names = new ItemNames(endpoint);
    }

    void list(Exchange exchange, OneDriveDrive drive) throws OneDriveException, InterruptedException {
        Message message = exchange.getMessage();
        ItemRef folder = names.ofFolder(message, drive);
        if (folder instanceof ItemRef.ByPath named) {
            NameRules.check(named.path());
        }
        boolean deep = message.getHeader(OneDriveConstants.RECURSIVE, options.isRecursive(), Boolean.class);
        Predicate<DriveItem> wanted = message.getHeader(OneDriveConstants.FOLDERS_ONLY, false, Boolean.class)
                ? DriveItem::folder : item -> true;
        tell(message, drive.items().stream(folder, deep, wanted));
    }

    void search(Exchange exchange, OneDriveDrive drive) throws OneDriveException, InterruptedException {
        Message message = exchange.getMessage();
        String query = message.getHeader(OneDriveConstants.QUERY, options.getQuery(), String.class);
        if (query == null || query.isBlank()) {
            throw IllegalRequestException.missing(OneDriveOperation.search, "what to look for", OneDriveConstants.QUERY);
        }
        tell(message, drive.items().search(names.ofFolder(message, drive), query));
    }

    private void tell(Message message, DriveItemStream items) throws OneDriveException, InterruptedException {
        boolean streamed = message.getHeader(OneDriveConstants.STREAM_LIST, options.isStreamList(), Boolean.class);
        message.setBody(streamed ? items : new ResultList<>(items.toList()));
    }
}
