package io.github.camelonedrive.component;

import java.util.List;

import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * The headers that tell an operation what to do. They are removed when it is done, so that they tell nothing to the next one;
 * {@code CamelFileName} alone stays. When it fails they stay too, so that a redelivery does the same.
 */
final class OperationInputs {

    private OperationInputs() {
    }

    /** Removes the headers that were for this operation. */
    static void remove(Message message, OneDriveOperation operation) {
        message.removeHeader(OneDriveConstants.OPERATION);
        if (operation != OneDriveOperation.getDrive && operation != OneDriveOperation.checkConnection) {
            message.removeHeader(OneDriveConstants.ITEM_ID);
            message.removeHeader(OneDriveConstants.PATH);
        }
        of(operation).forEach(message::removeHeader);
    }

    private static List<String> of(OneDriveOperation operation) {
        return switch (operation) {
            case upload -> List.of(Exchange.OVERRULE_FILE_NAME, OneDriveConstants.CONFLICT_BEHAVIOR,
                    OneDriveConstants.CONTENT_LENGTH);
            case download -> List.of(OneDriveConstants.RANGE, OneDriveConstants.LOCAL_FILE);
            case list -> List.of(OneDriveConstants.RECURSIVE, OneDriveConstants.FOLDERS_ONLY, OneDriveConstants.STREAM_LIST);
            case search -> List.of(OneDriveConstants.QUERY, OneDriveConstants.STREAM_LIST);
            case delete -> List.of(OneDriveConstants.IF_MATCH, OneDriveConstants.PERMANENT_DELETE);
            case move -> List.of(OneDriveConstants.TARGET_PATH, OneDriveConstants.CONFLICT_BEHAVIOR,
                    OneDriveConstants.IF_MATCH);
            case copy -> List.of(OneDriveConstants.TARGET_PATH, OneDriveConstants.CONFLICT_BEHAVIOR);
            case createLink -> List.of(OneDriveConstants.LINK_TYPE, OneDriveConstants.LINK_SCOPE,
                    OneDriveConstants.LINK_EXPIRY, OneDriveConstants.LINK_PASSWORD);
            case restoreVersion -> List.of(OneDriveConstants.VERSION_ID);
            case getItem, createFolder, listVersions, getDrive, checkConnection -> List.of();
        };
    }
}
