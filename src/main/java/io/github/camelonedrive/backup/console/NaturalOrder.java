package io.github.camelonedrive.backup.console;

import java.util.Comparator;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names as people sort them: capital and small letters alike, and numbers by value, so that {@code 2} is before {@code 10}. */
public final class NaturalOrder implements Comparator<String> {

    private static final Pattern PART = Pattern.compile("[0-9]+|[^0-9]+");

    @Override
    public int compare(String one, String other) {
        Matcher left = PART.matcher(one.toLowerCase(Locale.ROOT));
        Matcher right = PART.matcher(other.toLowerCase(Locale.ROOT));
        while (true) {
            boolean more = left.find();
            boolean otherMore = right.find();
            if (!more || !otherMore) {
                return more ? 1 : otherMore ? -1 : one.compareTo(other);
            }
            int order = compareParts(left.group(), right.group());
            if (order != 0) {
                return order;
            }
        }
    }

    private static int compareParts(String one, String other) {
        if (!isNumber(one) || !isNumber(other)) {
            return one.compareTo(other);
        }
        String value = withoutZeros(one);
        String otherValue = withoutZeros(other);
        int order = Integer.compare(value.length(), otherValue.length());
        return order != 0 ? order : value.compareTo(otherValue);
    }

    private static boolean isNumber(String part) {
        return part.charAt(0) >= '0' && part.charAt(0) <= '9';
    }

    private static String withoutZeros(String number) {
        return number.replaceFirst("^0+(?=.)", "");
    }
}
