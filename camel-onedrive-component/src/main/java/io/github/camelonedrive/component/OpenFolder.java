package io.github.camelonedrive.component;

import io.github.camelonedrive.feed.FolderFeed;

/** A drive and the folder in it that a consumer reads, once credentials and state are at hand. */
record OpenFolder(OneDriveDrive drive, FolderFeed feed, FileTasks tasks) {
}
