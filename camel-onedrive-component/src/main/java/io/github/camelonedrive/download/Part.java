package io.github.camelonedrive.download;

import java.util.OptionalLong;

import io.github.camelonedrive.graph.ByteRange;
import io.github.camelonedrive.graph.OpenContent;
import io.github.camelonedrive.graph.UnexpectedAnswerException;

/**
 * Which bytes of an item come.
 *
 * @param first the first one
 * @param end   the one behind the last one; empty when only the end of the answer will tell
 * @param total how many the whole item has; empty when unknown
 */
record Part(long first, OptionalLong end, OptionalLong total) {

    /** All of an item of that many bytes. */
    static Part all(long size) {
        return new Part(0, OptionalLong.of(size), OptionalLong.of(size));
    }

    /**
     * What a request is about, now that there is a first answer. The answer may be all of the item where a range was asked for,
     * or less than that range, which further requests have to complete.
     *
     * @param total of the item
     */
    static Part of(DownloadRequest request, OpenContent answer, OptionalLong total)
            throws RangeNotSatisfiableException, UnexpectedAnswerException {
        ByteRange range = request.range();
        if (range.isWhole()) {
            return new Part(0, total, total);
        }
        if (total.isPresent()) {
            return of(request, answer, total.getAsLong());
        }
        if (answer.end().isPresent()) {
            return new Part(answer.first(), answer.end(), total);
        }
        throw new UnexpectedAnswerException(request.purpose() + " failed: the download host gave all of the item instead of "
                + range + ", without saying how much that is.");
    }

    private static Part of(DownloadRequest request, OpenContent answer, long total)
            throws RangeNotSatisfiableException, UnexpectedAnswerException {
        ByteRange range = request.range();
        if (!range.isSatisfiableBy(total)) {
            throw new RangeNotSatisfiableException(request);
        }
        if (answer.first() > range.start(total)) {
            throw new UnexpectedAnswerException(request.purpose() + " failed: asked for " + range
                    + " the download host begins at byte " + answer.first() + ".");
        }
        return new Part(range.start(total), OptionalLong.of(range.end(total)), OptionalLong.of(total));
    }

    boolean endsAt(long position) {
        return end.isPresent() && position >= end.getAsLong();
    }

    /** What is still to be asked for. */
    ByteRange from(long position, boolean whole) {
        OptionalLong last = whole || end.isEmpty() ? OptionalLong.empty() : OptionalLong.of(end.getAsLong() - 1);
        return new ByteRange(OptionalLong.of(position), last);
    }
}
