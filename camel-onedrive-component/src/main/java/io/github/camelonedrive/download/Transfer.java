package io.github.camelonedrive.download;

import java.io.Closeable;
import java.util.OptionalLong;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.graph.ByteRange;
import io.github.camelonedrive.graph.ConnectionFailedException;
import io.github.camelonedrive.graph.DriveItem;
import io.github.camelonedrive.graph.GraphException;
import io.github.camelonedrive.graph.LibraryRewrites;
import io.github.camelonedrive.graph.OpenContent;
import io.github.camelonedrive.graph.PreauthenticatedUrl;
import io.github.camelonedrive.graph.UnexpectedAnswerException;
import io.github.camelonedrive.hash.ContentDigest;

/**
 * The bytes of an item, in order, however often the connection breaks. One thread reads; another may close it meanwhile.
 *
 * <p>A request that fails is tried again from the first byte that is missing, with pauses and a budget that each byte forward
 * fills up again. An address that the download host refuses is asked for anew. Before it goes on, the item is looked up: it has
 * to be the one that it was.
 */
final class Transfer implements Closeable {

    /** One for an address that expired; a second for one that expired on its way. */
    private static final int MOST_RENEWALS = 2;
    private static final int SKIP_BUFFER = 64 * 1024;

    private final DownloadContext download;
    private final ContentDigest.Builder digest;
    private PreauthenticatedUrl place;
    private Part part;
    private long position;
    private int answers;
    private int renewals;
    private volatile boolean started;
    private OneDriveException failure;
    private DownloadVerdict verdict;
    private volatile OpenContent content;
    private volatile boolean closed;

    Transfer(DownloadContext download) {
        this(download, new ContentDigest.Builder(false));
    }

    /** @param here of the beginning of the item, which is here already; then no range was asked for */
    Transfer(DownloadContext download, ContentDigest.Builder here) {
        this.download = download;
        this.digest = here;
        this.position = here.length();
        long size = download.item().size();
        if (position > 0 && position == size) {
            part = Part.all(size);
        }
    }

    /**
     * Returns whether reading has begun, can still prove the content, and has at most so many bytes to go, as far as is known.
     */
    boolean isProofWithin(long bytes) {
        return started && failure == null && verdict == null && digest.length() > 0 && part != null
                && download.request().range().isWhole()
                && (part.end().isEmpty() || part.end().getAsLong() - position <= bytes);
    }

    /** Makes the first request, unless it was made. */
    void connect() throws OneDriveException, InterruptedException {
        begin();
        while (part == null) {
            try {
                open();
            } catch (OneDriveException trouble) {
                recover(trouble);
            }
        }
    }

    /** What comes; known once it is connected. */
    Part part() {
        return part;
    }

    /** How it was proven; null before the end. */
    DownloadVerdict verdict() {
        return verdict;
    }

    /**
     * Reads some bytes.
     *
     * @param length at least 1
     * @return how many; negative at the end, once all is proven
     */
    int read(byte[] buffer, int offset, int length) throws OneDriveException, InterruptedException {
        begin();
        while (part == null || !part.endsAt(position)) {
            try {
                OpenContent open = connected();
                if (part.endsAt(position)) {
                    break;
                }
                int count = open.read(buffer, offset, atMost(length));
                if (count > 0) {
                    take(buffer, offset, count);
                    return count;
                }
                ended();
            } catch (OneDriveException trouble) {
                recover(trouble);
            }
        }
        prove();
        return -1;
    }

    private void begin() throws OneDriveException {
        if (failure != null) {
            throw failure;
        }
        if (!started) {
            started = true;
            DownloadRequest request = download.request();
            download.tell(new DownloadEvent.Started(download.id(), request.destination(), request.path(), request.length()));
            if (digest.length() > 0) {
                download.tell(new DownloadEvent.Resumed(download.id(), digest.length()));
            }
        }
    }

    private int atMost(int length) {
        return part.end().isEmpty() ? length : (int) Math.min(length, part.end().getAsLong() - position);
    }

    private void take(byte[] buffer, int offset, int count) {
        digest.update(buffer, offset, count);
        position += count;
        renewals = 0;
        download.patience().progressed();
        download.tell(new DownloadEvent.Progressed(download.id(), digest.length()));
    }

    private OpenContent connected() throws OneDriveException, InterruptedException {
        OpenContent open = content;
        return open == null ? open() : open;
    }

    private OpenContent open() throws OneDriveException, InterruptedException {
        if (part != null) {
            requireUnchanged();
        } else {
            checkRange();
        }
        if (place == null) {
            place = download.downloads().locate(download.item().id(), download.purpose());
        }
        OpenContent opened = request();
        keep(opened);
        OptionalLong total = total(opened);
        if (part == null) {
            part = Part.of(download.request(), opened, total);
            position = digest.length() > 0 ? position : part.first();
        }
        skip(opened, position - opened.first());
        answers++;
        return opened;
    }

    /** Who finds out has been patient already, so that it is not for us to try again. */
    private void requireUnchanged() throws OneDriveException, InterruptedException {
        try {
            download.requireUnchanged();
        } catch (OneDriveException changed) {
            throw fail(changed);
        }
    }

    private void checkRange() throws RangeNotSatisfiableException {
        if (isSizeReliable() && !download.request().range().isSatisfiableBy(download.item().size())) {
            throw new RangeNotSatisfiableException(download.request());
        }
    }

    private boolean isSizeReliable() {
        return download.item().size() != DriveItem.UNKNOWN_SIZE && !LibraryRewrites.concern(download.item());
    }

    private OpenContent request() throws OneDriveException, InterruptedException {
        try {
            return download.downloads().open(place, wanted(), download.purpose());
        } catch (GraphException.RangeRefused refused) {
            if (part == null && !isSizeReliable() && !download.request().range().isWhole()) {
                throw new RangeNotSatisfiableException(download.request());
            }
            requireUnchanged();
            throw new UnexpectedAnswerException(download.purpose() + " failed: the download host has no byte " + position
                    + " of the item. " + refused.problem());
        } catch (GraphException.Unauthenticated | GraphException.AccessDenied | GraphException.NotFound refused) {
            place = null;
            throw new DownloadRefusedException(download.request(), refused);
        }
    }

    private ByteRange wanted() {
        if (part == null) {
            return position == 0 ? download.request().range() : ByteRange.from(position);
        }
        if (position == 0 && download.request().range().isWhole()) {
            return ByteRange.WHOLE;
        }
        return part.from(position, download.request().range().isWhole());
    }

    /** A close that comes in between must not leave the connection open. */
    private void keep(OpenContent opened) {
        content = opened;
        if (closed) {
            disconnect();
        }
    }

    /** How many bytes the item has, after a look at whether this answer can be the item at all; empty when nobody tells. */
    private OptionalLong total(OpenContent opened) throws OneDriveException, InterruptedException {
        long size = download.item().size();
        if (part != null && part.total().isPresent() && opened.total().isPresent() && !part.total().equals(opened.total())) {
            throw otherLength(opened.total().getAsLong(), part.total().getAsLong());
        }
        if (opened.total().isPresent() && size != DriveItem.UNKNOWN_SIZE && opened.total().getAsLong() != size) {
            checkOtherSize(opened);
        }
        return opened.total().isEmpty() && isSizeReliable() ? OptionalLong.of(size) : opened.total();
    }

    /** Another size than the item's: a library that rewrites, a change just now, or the page of some proxy. */
    private void checkOtherSize(OpenContent opened) throws OneDriveException, InterruptedException {
        if (!LibraryRewrites.concern(download.item())) {
            requireUnchanged();
            throw otherLength(opened.total().getAsLong(), download.item().size());
        }
        if (!LibraryRewrites.mayBe(download.item(), opened.mediaType())) {
            throw otherLength(opened.total().getAsLong(), download.item().size());
        }
    }

    private UnexpectedAnswerException otherLength(long there, long size) {
        return new UnexpectedAnswerException(download.purpose() + " failed: the download host offers " + there
                + " bytes, but the item has " + size + ".");
    }

    /** Where the answer begins before what is wanted, because the server ignored the range. */
    private static void skip(OpenContent content, long bytes) throws OneDriveException, InterruptedException {
        long left = bytes;
        byte[] buffer = new byte[(int) Math.min(SKIP_BUFFER, Math.max(left, 0))];
        while (left > 0) {
            int count = content.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (count < 0) {
                return;
            }
            left -= count;
        }
    }

    private void ended() throws OneDriveException {
        if (part.end().isPresent()) {
            throw endedEarly();
        }
        part = new Part(part.first(), OptionalLong.of(position), OptionalLong.of(position));
    }

    private UnexpectedAnswerException endedEarly() {
        return new UnexpectedAnswerException(download.purpose() + " failed: the content ended after " + position + " bytes.");
    }

    private void recover(OneDriveException trouble) throws OneDriveException, InterruptedException {
        disconnect();
        if (closed || trouble == failure) {
            throw trouble;
        }
        if (trouble instanceof DownloadRefusedException && renewals < MOST_RENEWALS) {
            renewals++;
            return;
        }
        try {
            download.patience().pauseOrFail(trouble);
        } catch (OneDriveException last) {
            throw fail(last);
        }
    }

    private OneDriveException fail(OneDriveException last) {
        failure = last;
        download.tell(new DownloadEvent.Failed(download.id(), last));
        return last;
    }

    private void prove() throws OneDriveException, InterruptedException {
        if (verdict != null) {
            return;
        }
        try {
            expectNoMore();
            disconnect();
            verdict = new ContentProof(download).prove(digest.build(), answers > 1);
        } catch (OneDriveException unproven) {
            disconnect();
            throw fail(unproven);
        }
        download.tell(new DownloadEvent.Completed(download.id(), digest.length(), verdict));
    }

    /** Also lets the connection be used again, which has to be read to its end for that. */
    private void expectNoMore() throws OneDriveException, InterruptedException {
        OpenContent last = content;
        if (last == null || last.end().isPresent() && !last.end().equals(part.end())) {
            return;
        }
        int more;
        try {
            more = last.read(new byte[1], 0, 1);
        } catch (ConnectionFailedException broken) {
            more = -1;
        }
        if (more > 0) {
            download.requireUnchanged();
            throw DownloadVerificationException.mismatch(download.request(), "size", "more than " + position,
                    Long.toString(position));
        }
    }

    private void disconnect() {
        OpenContent open = content;
        content = null;
        if (open != null) {
            open.close();
        }
    }

    /** Gives the connection back. Who reads on goes on where it was, on another one. */
    void release() {
        disconnect();
        if (started && verdict == null && failure == null) {
            started = false;
            download.tell(new DownloadEvent.BrokenOff(download.id()));
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            release();
        }
    }
}
