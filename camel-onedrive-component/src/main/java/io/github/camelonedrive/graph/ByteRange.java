package io.github.camelonedrive.graph;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which bytes of an item are wanted: one range as in RFC 9110 §14.1.2, or all of it.
 *
 * @param first the first one, counted from 0; absent for the last ones of the item
 * @param last  the last one, itself included; absent for all that follow. Without {@code first}: how many of the last ones
 */
public record ByteRange(OptionalLong first, OptionalLong last) {

    /** All of an item, which is asked for without a {@code Range} header. */
    public static final ByteRange WHOLE = new ByteRange(OptionalLong.empty(), OptionalLong.empty());

    private static final Pattern FORM = Pattern.compile("\\s*bytes\\s*=\\s*(\\d{0,18})\\s*-\\s*(\\d{0,18})\\s*",
            Pattern.CASE_INSENSITIVE);

    public ByteRange {
        if (first.isPresent() && last.isPresent() && first.getAsLong() > last.getAsLong()) {
            throw new IllegalArgumentException("the first byte is behind the last one");
        }
    }

    /**
     * Reads the value of a {@code Range} header: {@code bytes=0-99}, {@code bytes=100-} or {@code bytes=-100}.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    public static ByteRange parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (text.indexOf(',') >= 0) {
            throw new IllegalArgumentException("it names several ranges; give one");
        }
        if (!parts.matches() || parts.group(1).isEmpty() && parts.group(2).isEmpty()) {
            throw new IllegalArgumentException("it has to look like bytes=0-99, bytes=100- or bytes=-100");
        }
        return new ByteRange(number(parts.group(1)), number(parts.group(2)));
    }

    /** From a position to the end. */
    public static ByteRange from(long first) {
        return new ByteRange(OptionalLong.of(first), OptionalLong.empty());
    }

    private static OptionalLong number(String digits) {
        return digits.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(digits));
    }

    public boolean isWhole() {
        return first.isEmpty() && last.isEmpty();
    }

    /** Whether an item of so many bytes has any of them (RFC 9110 §14.1.2); the whole of it always is there. */
    public boolean isSatisfiableBy(long size) {
        if (isWhole()) {
            return true;
        }
        return size > 0 && (first.isPresent() ? first.getAsLong() < size : last.getAsLong() > 0);
    }

    /** Where it starts in an item of so many bytes. */
    public long start(long size) {
        return first.orElseGet(() -> isWhole() ? 0 : Math.max(0, size - last.getAsLong()));
    }

    /** Where it ends in an item of so many bytes: the first byte that is not wanted. */
    public long end(long size) {
        return first.isPresent() && last.isPresent() ? Math.min(size, last.getAsLong() + 1) : size;
    }

    /** The header's value; of the whole it has none. */
    String header() {
        return "bytes=" + text(first) + "-" + text(last);
    }

    private static String text(OptionalLong number) {
        return number.isPresent() ? Long.toString(number.getAsLong()) : "";
    }

    @Override
    public String toString() {
        return isWhole() ? "all bytes" : header();
    }
}
