package io.github.camelonedrive.download;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.graph.DriveItem;
import io.github.camelonedrive.graph.LateHash;
import io.github.camelonedrive.graph.LibraryRewrites;
import io.github.camelonedrive.hash.ContentDigest;

/** Compares what came with the item (DESIGN §3, law 1). */
final class ContentProof {

    private static final Logger LOG = LoggerFactory.getLogger(ContentProof.class);

    private final DownloadContext download;

    ContentProof(DownloadContext download) {
        this.download = download;
    }

    /**
     * @param came     all of it
     * @param inPieces whether more than one answer brought it
     * @throws ItemChangedException          when the item is not what it was when the download began
     * @throws DownloadVerificationException when it is, and what came differs or can't be compared
     */
    DownloadVerdict prove(ContentDigest came, boolean inPieces) throws OneDriveException, InterruptedException {
        if (!download.request().range().isWhole()) {
            if (inPieces) {
                download.requireUnchanged();
            }
            return DownloadVerdict.PART;
        }
        return switch (download.request().options().check()) {
            case NONE -> DownloadVerdict.NONE;
            case SIZE -> bySize(came);
            case HASH -> byHash(came);
        };
    }

    private DownloadVerdict bySize(ContentDigest came) throws OneDriveException, InterruptedException {
        DriveItem item = withSize();
        return item.size() == came.length() ? DownloadVerdict.SIZE : sizesDiffer(item, came);
    }

    private DownloadVerdict byHash(ContentDigest came) throws OneDriveException, InterruptedException {
        DriveItem item = new LateHash(download.items(), download.time(), download.request().options().verifyTimeout())
                .await(withSize(), came.length());
        if (item.size() != came.length()) {
            return sizesDiffer(item, came);
        }
        if (item.quickXorHash().isEmpty()) {
            throw DownloadVerificationException.noHash(download.request());
        }
        String there = item.quickXorHash().get();
        return there.equals(came.quickXorHash()) ? DownloadVerdict.HASH
                : mismatch("QuickXorHash", came.quickXorHash(), there);
    }

    private DownloadVerdict sizesDiffer(DriveItem item, ContentDigest came) throws OneDriveException, InterruptedException {
        return mismatch("size", Long.toString(came.length()), Long.toString(item.size()));
    }

    private DriveItem withSize() throws OneDriveException, InterruptedException {
        DriveItem item = download.item();
        if (item.size() == DriveItem.UNKNOWN_SIZE) {
            item = download.items().get(item.id());
        }
        if (item.size() == DriveItem.UNKNOWN_SIZE) {
            throw DownloadVerificationException.noSize(download.request());
        }
        return item;
    }

    private DownloadVerdict mismatch(String what, String here, String there) throws OneDriveException, InterruptedException {
        DownloadVerificationException failure =
                DownloadVerificationException.mismatch(download.request(), what, here, there);
        if (!LibraryRewrites.concern(download.item())) {
            download.requireUnchanged();
            throw failure;
        }
        LOG.warn("{} This document library rewrites such files, so it counts as downloaded.", failure.problem());
        return DownloadVerdict.REWRITTEN_BY_LIBRARY;
    }
}
