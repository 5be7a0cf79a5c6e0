package io.github.camelonedrive.upload;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

import io.github.camelonedrive.credentials.Secret;
import io.github.camelonedrive.hash.PrefixDigest;

/**
 * What is on record of an upload.
 *
 * @param identity     what it uploads, and how
 * @param folderId     the folder that the session or file was meant for
 * @param thereBefore  ids of items that had a name like ours before
 * @param openingSince when a session, or file, was about to be created of which nothing more is known
 * @param uploadUrl    of the session that is open as far as we know
 * @param expires      when the service will drop that session if nothing happens
 * @param read         how far the source was read, and may have been sent
 * @param itemId       of the item that was committed
 */
public record JournalTrace(
        UploadIdentity identity,
        Optional<String> folderId,
        Set<String> thereBefore,
        Optional<Instant> openingSince,
        Optional<Secret> uploadUrl,
        Optional<Instant> expires,
        Optional<PrefixDigest> read,
        Optional<String> itemId) {

    /** Nothing yet but the wish. */
    public static JournalTrace begun(UploadIdentity identity) {
        return new JournalTrace(identity, Optional.empty(), Set.of(), Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty());
    }

    public JournalTrace opening(String folder, Set<String> itemsThereBefore, Instant since) {
        return new JournalTrace(identity, Optional.of(folder), Set.copyOf(itemsThereBefore), Optional.of(since),
                Optional.empty(), Optional.empty(), read, Optional.empty());
    }

    public JournalTrace opened(Secret url, Optional<Instant> expiry) {
        return new JournalTrace(identity, folderId, thereBefore, Optional.empty(), Optional.of(url), expiry, read,
                Optional.empty());
    }

    public JournalTrace reading(PrefixDigest prefix) {
        return new JournalTrace(identity, folderId, thereBefore, openingSince, uploadUrl, expires, Optional.of(prefix), itemId);
    }

    public JournalTrace ended() {
        return new JournalTrace(identity, folderId, thereBefore, Optional.empty(), Optional.empty(), Optional.empty(), read,
                Optional.empty());
    }

    public JournalTrace committed(String item) {
        return new JournalTrace(identity, folderId, thereBefore, Optional.empty(), Optional.empty(), Optional.empty(), read,
                Optional.of(item));
    }

    /** Whether anybody could make use of it: something is, or may be, at the service. */
    public boolean isUseful() {
        return openingSince.isPresent() || uploadUrl.isPresent() || itemId.isPresent();
    }
}
