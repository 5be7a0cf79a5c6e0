package io.github.camelonedrive.graph;

import java.io.Closeable;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.camelonedrive.OneDriveException;

/**
 * Content of an item as one answer brings it, to be read and closed. What it claims to be has been compared with what was asked
 * for; whether all of it comes is for the reader to see. One thread reads; any may close it.
 */
public final class OpenContent implements Closeable {

    private static final Pattern CONTENT_RANGE =
            Pattern.compile("bytes\\s+(\\d{1,18})-(\\d{1,18})/(\\d{1,18}|\\*)", Pattern.CASE_INSENSITIVE);

    private final OpenAnswer answer;
    private final String purpose;
    private final long first;
    private final OptionalLong end;
    private final OptionalLong total;
    private boolean read;

    private OpenContent(OpenAnswer answer, String purpose, long first, OptionalLong end, OptionalLong total) {
        this.answer = answer;
        this.purpose = purpose;
        this.first = first;
        this.end = end;
        this.total = total;
    }

    /** @throws UnexpectedAnswerException when it is not an answer to this request; it is closed then */
    static OpenContent of(OpenAnswer answer, ByteRange asked, String purpose) throws OneDriveException {
        try {
            return checked(answer, asked, purpose);
        } catch (OneDriveException nonsense) {
            closeQuietly(answer);
            throw nonsense;
        }
    }

    private static OpenContent checked(OpenAnswer answer, ByteRange asked, String purpose) throws OneDriveException {
        String encoding = answer.head().header("content-encoding").orElse("identity");
        if (!encoding.equalsIgnoreCase("identity")) {
            throw new UnexpectedAnswerException(purpose + " failed: the content came " + printable(encoding)
                    + "-encoded, which nobody had asked for.");
        }
        return switch (answer.head().status()) {
            case 200 -> whole(answer, purpose);
            case 206 -> part(answer, asked, purpose);
            default -> throw new UnexpectedAnswerException(purpose + " failed: the download host answered "
                    + answer.head().status() + ".");
        };
    }

    /** Also where a range was asked for: a server may ignore that (RFC 9110 §14.2). */
    private static OpenContent whole(OpenAnswer answer, String purpose) {
        OptionalLong length = answer.length() < 0 ? OptionalLong.empty() : OptionalLong.of(answer.length());
        return new OpenContent(answer, purpose, 0, length, length);
    }

    private static OpenContent part(OpenAnswer answer, ByteRange asked, String purpose) throws UnexpectedAnswerException {
        String range = answer.head().header("content-range").orElse("");
        Matcher parts = CONTENT_RANGE.matcher(range.strip());
        if (!parts.matches()) {
            throw nonsense(purpose, asked, range);
        }
        long first = Long.parseLong(parts.group(1));
        long last = Long.parseLong(parts.group(2));
        OptionalLong total = parts.group(3).equals("*") ? OptionalLong.empty()
                : OptionalLong.of(Long.parseLong(parts.group(3)));
        boolean inItself = first <= last && last < total.orElse(Long.MAX_VALUE)
                && (answer.length() < 0 || answer.length() == last - first + 1);
        if (!inItself || !answers(asked, first, last, total)) {
            throw nonsense(purpose, asked, range);
        }
        return new OpenContent(answer, purpose, first, OptionalLong.of(last + 1), total);
    }

    private static boolean answers(ByteRange asked, long first, long last, OptionalLong total) {
        if (asked.first().isPresent()) {
            return first == asked.first().getAsLong() && last <= asked.last().orElse(Long.MAX_VALUE);
        }
        return asked.last().isPresent() && last - first < asked.last().getAsLong() && last == total.orElse(last + 1) - 1;
    }

    private static UnexpectedAnswerException nonsense(String purpose, ByteRange asked, String range) {
        return new UnexpectedAnswerException(purpose + " failed: asked for " + asked + " the download host gave "
                + (range.isEmpty() ? "a part without saying which." : "'" + printable(range) + "'."));
    }

    private static String printable(String header) {
        String text = header.replaceAll("[^\\x20-\\x7e]", "?");
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }

    /** The position in the item of the first byte that comes; 0 where a range was asked for and all of it comes. */
    public long first() {
        return first;
    }

    /** The position behind the last byte that comes; empty when the answer did not say. */
    public OptionalLong end() {
        return end;
    }

    /** How many bytes the whole item has; empty when the answer did not say. */
    public OptionalLong total() {
        return total;
    }

    /** What kind of content it is said to be, in lower case and without parameters. */
    public Optional<String> mediaType() {
        return answer.head().header("content-type")
                .map(type -> type.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT));
    }

    /**
     * Reads some bytes.
     *
     * @return how many; negative at the end
     * @throws ConnectionFailedException when the connection broke or stood still
     * @throws InterruptedException      when the thread was told to stop; the connection is of no further use then
     */
    public int read(byte[] buffer, int offset, int length) throws OneDriveException, InterruptedException {
        try {
            int count = answer.body().read(buffer, offset, length);
            read = read || count < 0;
            return count;
        } catch (IOException e) {
            if (Thread.interrupted()) {
                InterruptedException interrupted = new InterruptedException("Interrupted while reading from OneDrive");
                interrupted.initCause(e);
                throw interrupted;
            }
            throw new ConnectionFailedException(purpose, answer.host(), e);
        }
    }

    /** Gives the connection back; what was not read is not waited for. */
    @Override
    public void close() {
        if (!read) {
            answer.abort().run();
        }
        closeQuietly(answer);
    }

    private static void closeQuietly(OpenAnswer answer) {
        try {
            answer.close();
        } catch (IOException e) {
            // It was broken off, or broke by itself: there is nothing left to close.
        }
    }
}
