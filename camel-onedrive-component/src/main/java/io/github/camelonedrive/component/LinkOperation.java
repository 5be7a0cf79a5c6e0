package io.github.camelonedrive.component;

import java.util.Optional;

import org.apache.camel.Exchange;
import org.apache.camel.Message;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.credentials.Secret;
import io.github.camelonedrive.graph.LinkRequest;
import io.github.camelonedrive.graph.SharingLink;

/** Makes a link under which an item can be reached. */
final class LinkOperation {

    private final ItemNames names;
    private final OneDriveConfiguration options;

    LinkOperation(OneDriveEndpoint endpoint) {
        this.options = endpoint.getConfiguration();
        this.names = new ItemNames(endpoint);
    }

    void createLink(Exchange exchange, OneDriveDrive drive) throws OneDriveException, InterruptedException {
        Message message = exchange.getMessage();
        LinkRequest request = new LinkRequest(
                HeaderOptions.choice(message, OneDriveConstants.LINK_TYPE, LinkRequest.Type.class)
                        .orElse(options.getLinkType()),
                HeaderOptions.choice(message, OneDriveConstants.LINK_SCOPE, LinkRequest.Scope.class)
                        .or(() -> Optional.ofNullable(options.getLinkScope())),
                HeaderOptions.time(message, OneDriveConstants.LINK_EXPIRY),
                HeaderOptions.text(message, OneDriveConstants.LINK_PASSWORD).map(Secret::of));
        SharingLink link = drive.links().create(
                names.itemBelowRoot(exchange, drive, OneDriveOperation.createLink), request);
        message.setBody(link);
        message.setHeader(OneDriveConstants.LINK_URL, link.webUrl());
    }
}
