package io.github.camelonedrive.upload;

import java.io.IOException;
import java.io.InputStream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.graph.DriveItem;
import io.github.camelonedrive.graph.DriveItems;
import io.github.camelonedrive.graph.LateHash;
import io.github.camelonedrive.graph.LibraryRewrites;
import io.github.camelonedrive.graph.UnexpectedAnswerException;
import io.github.camelonedrive.hash.ContentDigest;
import io.github.camelonedrive.transport.TimeSource;

/**
 * Compares the committed item with what was read. It never deletes anything, and never sends content: when
 * a comparison can't be made, only the comparison is tried again.
 */
final class Verifier {

    private static final Logger LOG = LoggerFactory.getLogger(Verifier.class);

    private final DriveItems items;
    private final ItemHistory history;
    private final TimeSource time;

    Verifier(DriveItems items, ItemHistory history, TimeSource time) {
        this.items = items;
        this.history = history;
        this.time = time;
    }

    /** An item and how it was proven. */
    record Proof(DriveItem item, Verdict verdict) {
    }

    Proof prove(UploadContext upload, DriveItem committed) throws OneDriveException, InterruptedException {
        try {
            return switch (upload.options().verification()) {
                case none -> new Proof(committed, Verdict.NONE);
                case size -> bySize(upload, withSize(committed));
                case hash -> byHash(upload, committed);
                case readback -> byReadingBack(upload, withSize(committed));
            };
        } catch (VerificationFailedException failure) {
            throw failure;
        } catch (OneDriveException failure) {
            throw VerificationFailedException.unproven(upload.request(), committed, failure);
        }
    }

    private Proof bySize(UploadContext upload, DriveItem item) throws VerificationFailedException, InterruptedException {
        if (item.size() == upload.content().size()) {
            return new Proof(item, Verdict.SIZE);
        }
        return mismatch(upload, item, "size", Long.toString(upload.content().size()), Long.toString(item.size()));
    }

    private Proof byHash(UploadContext upload, DriveItem committed) throws OneDriveException, InterruptedException {
        DriveItem item;
        try {
            item = withHash(upload, committed);
        } catch (OneDriveException unanswered) {
            LOG.info("{}: OneDrive does not tell the hash of the item, reading it back. {}", upload.purpose(),
                    unanswered.problem());
            return byReadingBack(upload, committed);
        }
        return byHashOf(upload, item);
    }

    private Proof byHashOf(UploadContext upload, DriveItem item) throws OneDriveException, InterruptedException {
        HashedContent content = upload.content();
        if (item.size() != content.size()) {
            return mismatch(upload, item, "size", Long.toString(content.size()), Long.toString(item.size()));
        }
        if (item.quickXorHash().isEmpty()) {
            LOG.info("{}: OneDrive gave no hash of the item in {} s, reading it back", upload.purpose(),
                    upload.options().verifyTimeout().toSeconds());
            return byReadingBack(upload, item);
        }
        String there = item.quickXorHash().get();
        return there.equals(content.quickXorHash())
                ? new Proof(item, Verdict.HASH)
                : mismatch(upload, item, "QuickXorHash", content.quickXorHash(), there);
    }

    private Proof byReadingBack(UploadContext upload, DriveItem item) throws OneDriveException, InterruptedException {
        ContentDigest there = readBack(upload, item);
        ContentDigest here = upload.content().digest();
        return there.equals(here)
                ? new Proof(item, Verdict.READBACK)
                : mismatch(upload, item, "content", here.toString(), there.toString());
    }

    private ContentDigest readBack(UploadContext upload, DriveItem item) throws OneDriveException, InterruptedException {
        while (true) {
            try {
                return readBackOnce(upload, item);
            } catch (OneDriveException failure) {
                upload.pauseOrFail(failure);
            }
        }
    }

    /** What has another length than the item is not the item, but the page of some proxy: no reason to call it damaged. */
    private ContentDigest readBackOnce(UploadContext upload, DriveItem item) throws OneDriveException, InterruptedException {
        ContentDigest.Builder digest = new ContentDigest.Builder(upload.content().hasSha256());
        items.readContent(item.id(), content -> drain(content, digest));
        if (digest.length() != item.size()) {
            throw new UnexpectedAnswerException("Reading the item back gave " + digest.length() + " bytes, but it has "
                    + item.size() + ".");
        }
        return digest.build();
    }

    private static void drain(InputStream content, ContentDigest.Builder digest) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
            digest.update(buffer, 0, count);
        }
    }

    private DriveItem withSize(DriveItem item) throws OneDriveException, InterruptedException {
        return item.size() == DriveItem.UNKNOWN_SIZE ? items.get(item.id()) : item;
    }

    private DriveItem withHash(UploadContext upload, DriveItem committed) throws OneDriveException, InterruptedException {
        return new LateHash(items, time, upload.options().verifyTimeout()).await(withSize(committed), upload.content().size());
    }

    private Proof mismatch(UploadContext upload, DriveItem item, String what, String here, String there)
            throws VerificationFailedException, InterruptedException {
        String problem = upload.purpose() + " is not proven: the item's " + what + " is " + there
                + ", but what was read has " + here + ". The item (id " + item.id() + ") was kept.";
        if (!LibraryRewrites.concern(item)) {
            throw VerificationFailedException.mismatch(problem, item, history.previous(item));
        }
        LOG.warn("{} This document library rewrites such files when it stores them, so it counts as uploaded.", problem);
        return new Proof(item, Verdict.REWRITTEN_BY_LIBRARY);
    }
}
