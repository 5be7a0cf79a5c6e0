package io.github.camelonedrive.component;

import java.util.Optional;

import org.apache.camel.Message;

import io.github.camelonedrive.graph.DriveItem;

/** Tells in headers what an operation learned of an item. What it did not learn is removed, so that nothing stale stays. */
final class ItemHeaders {

    private ItemHeaders() {
    }

    static void set(Message message, DriveItem item) {
        message.setHeader(OneDriveConstants.ITEM_ID, item.id());
        set(message, OneDriveConstants.ETAG, item.eTag());
        set(message, OneDriveConstants.WEB_URL, item.webUrl());
        set(message, OneDriveConstants.QUICK_XOR_HASH, item.quickXorHash());
        set(message, OneDriveConstants.SIZE, Optional.of(item.size()).filter(size -> size != DriveItem.UNKNOWN_SIZE));
        set(message, OneDriveConstants.REQUEST_ID, item.requestId());
    }

    /** What was known of an item that is gone is no longer true; its id stays, as its name. */
    static void forget(Message message) {
        message.removeHeader(OneDriveConstants.ETAG);
        message.removeHeader(OneDriveConstants.WEB_URL);
        message.removeHeader(OneDriveConstants.QUICK_XOR_HASH);
        message.removeHeader(OneDriveConstants.SIZE);
        message.removeHeader(OneDriveConstants.REQUEST_ID);
    }

    /** Removes headers that ask for something, once it is done, so that they ask nothing of what comes next. */
    static void spend(Message message, String... names) {
        for (String name : names) {
            message.removeHeader(name);
        }
    }

    static void set(Message message, String name, Optional<?> value) {
        if (value.isPresent()) {
            message.setHeader(name, value.get());
        } else {
            message.removeHeader(name);
        }
    }
}
