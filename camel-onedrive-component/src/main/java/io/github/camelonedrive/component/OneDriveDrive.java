package io.github.camelonedrive.component;

import java.util.Optional;

import io.github.camelonedrive.auth.TokenProvider;
import io.github.camelonedrive.download.Downloader;
import io.github.camelonedrive.graph.DriveItems;
import io.github.camelonedrive.graph.FolderScope;
import io.github.camelonedrive.graph.Folders;
import io.github.camelonedrive.graph.ItemPath;
import io.github.camelonedrive.graph.ItemTransfers;
import io.github.camelonedrive.graph.ItemVersions;
import io.github.camelonedrive.graph.People;
import io.github.camelonedrive.graph.SharingLinks;
import io.github.camelonedrive.upload.UploadSlots;
import io.github.camelonedrive.upload.Uploader;

/**
 * One drive of one account, ready for use.
 *
 * @param tokens   of the account
 * @param folder   where names from headers start
 * @param scope    which items are in that folder
 * @param source   what consumers read from
 * @param noResume why uploads that a crash or a stop broke off can't be continued although nobody switched that off;
 *                 redeliveries go on with theirs all the same
 */
record OneDriveDrive(TokenProvider tokens, People people, DriveItems items, ItemTransfers transfers, SharingLinks links,
                     ItemVersions versions, Folders folders, Uploader uploader, Downloader downloader, UploadSlots slots,
                     ItemPath folder, FolderScope scope, FolderSource source, Optional<String> noResume) {
}
