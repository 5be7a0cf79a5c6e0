package io.github.camelonedrive.upload;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as people write them: {@code 4194304}, {@code 4MB}, {@code 320 kB}. kB, MB, GB and TB mean powers of 1024. */
public final class ByteSize {

    private static final Pattern FORM = Pattern.compile("(\\d{1,15})\\s*(b|kb?|kib|mb?|mib|gb?|gib|tb?|tib)?",
            Pattern.CASE_INSENSITIVE);
    private static final String UNITS = "bkmgt";

    private ByteSize() {
    }

    /** @throws IllegalArgumentException naming what was given and what is possible */
    public static long parse(String text) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a size. Write bytes, or a number with kB, MB or GB.");
        }
        long number = Long.parseLong(form.group(1));
        int power = form.group(2) == null ? 0 : UNITS.indexOf(form.group(2).toLowerCase(Locale.ROOT).charAt(0));
        try {
            return Math.multiplyExact(number, 1L << (10 * power));
        } catch (ArithmeticException tooLarge) {
            throw new IllegalArgumentException("'" + text + "' is too large a size.");
        }
    }

    /** For people: {@code 10 MB}, {@code 23.8 MB}, {@code 17 bytes}. */
    public static String format(long bytes) {
        if (bytes < 1024) {
            return bytes == 1 ? "1 byte" : bytes + " bytes";
        }
        int power = Math.min((63 - Long.numberOfLeadingZeros(bytes)) / 10, UNITS.length() - 1);
        double value = bytes / Math.pow(1024, power);
        if (Math.rint(value) == 1024 && power < UNITS.length() - 1) {
            value = 1;
            power++;
        }
        String number = value >= 100 || value == Math.rint(value)
                ? String.format(Locale.ROOT, "%.0f", value) : String.format(Locale.ROOT, "%.1f", value);
        return number + " " + (power == 1 ? "kB" : Character.toUpperCase(UNITS.charAt(power)) + "B");
    }
}
