package io.github.camelonedrive.component;

import java.util.Optional;

import org.apache.camel.Message;

import io.github.camelonedrive.graph.DriveItem;

/** Sets the headers that describe an item. What is not known of it is removed, so that nothing stale stays. */
final class ItemHeaders {

    private ItemHeaders() {
    }

    /** Of the item that an operation had to do with. */
    static void produced(Message message, DriveItem item) {
        message.setHeader(OneDriveConstants.PRODUCED_ITEM_ID, item.id());
        describe(message, item);
    }

    /** Of a consumed file. */
    static void consumed(Message message, DriveItem item) {
        message.setHeader(OneDriveConstants.CONSUMED_ITEM_ID, item.id());
        describe(message, item);
    }

    private static void describe(Message message, DriveItem item) {
        set(message, OneDriveConstants.ETAG, item.eTag());
        set(message, OneDriveConstants.WEB_URL, item.webUrl());
        set(message, OneDriveConstants.QUICK_XOR_HASH, item.quickXorHash());
        set(message, OneDriveConstants.SIZE, Optional.of(item.size()).filter(size -> size != DriveItem.UNKNOWN_SIZE));
        set(message, OneDriveConstants.REQUEST_ID, item.requestId());
    }

    /** Removes what was known of an item that is gone. */
    static void forget(Message message) {
        message.removeHeader(OneDriveConstants.PRODUCED_ITEM_ID);
        message.removeHeader(OneDriveConstants.ETAG);
        message.removeHeader(OneDriveConstants.WEB_URL);
        message.removeHeader(OneDriveConstants.QUICK_XOR_HASH);
        message.removeHeader(OneDriveConstants.SIZE);
        message.removeHeader(OneDriveConstants.REQUEST_ID);
    }

    static void set(Message message, String name, Optional<?> value) {
        if (value.isPresent()) {
            message.setHeader(name, value.get());
        } else {
            message.removeHeader(name);
        }
    }
}
