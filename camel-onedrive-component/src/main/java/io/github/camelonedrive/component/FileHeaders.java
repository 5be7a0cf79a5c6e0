package io.github.camelonedrive.component;

import java.util.ArrayList;
import java.util.List;

import org.apache.camel.Exchange;
import org.apache.camel.Message;

import io.github.camelonedrive.graph.DriveItem;
import io.github.camelonedrive.graph.ItemPath;

/** The headers that say which file a message is, as the file component sets them, and ours. */
final class FileHeaders {

    private FileHeaders() {
    }

    static void set(Message message, OneDriveFile file) {
        DriveItem item = file.getItem();
        message.setHeader(OneDriveConstants.FILE_NAME, file.getFileName());
        message.setHeader(OneDriveConstants.FILE_NAME_ONLY, file.getFileNameOnly());
        message.setHeader(OneDriveConstants.FILE_NAME_CONSUMED, file.getFileName());
        message.setHeader(OneDriveConstants.FILE_PARENT, file.absolutePath().parent().toString());
        message.setHeader(OneDriveConstants.FILE_PATH, file.getAbsoluteFilePath());
        message.setHeader(OneDriveConstants.FILE_ABSOLUTE, false);
        message.setHeader(OneDriveConstants.FILE_ABSOLUTE_PATH, file.getAbsoluteFilePath());
        message.setHeader(OneDriveConstants.FILE_RELATIVE_PATH, file.getFileName());
        if (item.size() != DriveItem.UNKNOWN_SIZE) {
            message.setHeader(OneDriveConstants.FILE_LENGTH, item.size());
        }
        file.getMimeType().ifPresent(type -> message.setHeader(OneDriveConstants.FILE_CONTENT_TYPE, type));
        file.getLastModified().ifPresent(time -> {
            message.setHeader(OneDriveConstants.FILE_LAST_MODIFIED, time.toEpochMilli());
            message.setHeader(Exchange.MESSAGE_TIMESTAMP, time.toEpochMilli());
        });
        ItemHeaders.consumed(message, item);
    }

    /** One path after another, taken as it is: a name in OneDrive that is a dot or two is a name. */
    static ItemPath below(ItemPath folder, ItemPath path) {
        List<String> segments = new ArrayList<>(folder.segments());
        segments.addAll(path.segments());
        return new ItemPath(segments);
    }
}
