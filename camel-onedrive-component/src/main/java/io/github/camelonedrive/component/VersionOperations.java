package io.github.camelonedrive.component;

import org.apache.camel.Exchange;
import org.apache.camel.Message;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.graph.DriveItem;
import io.github.camelonedrive.graph.ItemRef;
import io.github.camelonedrive.graph.ResultList;

/** Operations on the versions that OneDrive keeps of a file. */
final class VersionOperations {

    private final ItemNames names;

    VersionOperations(OneDriveEndpoint endpoint) {
        this.names = new ItemNames(endpoint);
    }

    void listVersions(Exchange exchange, OneDriveDrive drive) throws OneDriveException, InterruptedException {
        ItemRef file = names.itemIn(exchange, drive, OneDriveOperation.listVersions);
        exchange.getMessage().setBody(new ResultList<>(drive.versions().list(file)));
    }

    void restoreVersion(Exchange exchange, OneDriveDrive drive) throws OneDriveException, InterruptedException {
        Message message = exchange.getMessage();
        String version = HeaderOptions.text(message, OneDriveConstants.VERSION_ID).orElseThrow(() -> IllegalRequestException
                .missing(OneDriveOperation.restoreVersion, "which version", OneDriveConstants.VERSION_ID));
        ItemRef file = names.itemIn(exchange, drive, OneDriveOperation.restoreVersion);
        drive.versions().restore(file, version);
        DriveItem item = drive.items().get(file instanceof ItemRef.Seen seen ? ItemRef.of(seen.item().id()) : file);
        ItemHeaders.produced(message, item);
        message.setBody(item);
    }
}
