package io.github.camelonedrive.graph;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The id of an item or a drive, equal to each other spelling of it: on personal drives, responses name the same item in upper
 * and in lower case, and leave out leading zeros of the drive's id. Requests use the spelling that came.
 */
public final class ItemId {

    /** A personal drive's id, alone or before the item's number; no other id has so few hexadecimal digits. */
    private static final Pattern LEADING_ZEROS = Pattern.compile("^(?=[0-9A-F]{2,16}(!|$))0+(?=[0-9A-F])");

    private final String value;
    private final String key;

    private ItemId(String value) {
        this.value = value;
        this.key = LEADING_ZEROS.matcher(value.toUpperCase(Locale.ROOT)).replaceFirst("");
    }

    public static ItemId of(String value) {
        return new ItemId(value);
    }

    /** Returns a drive's id as requests need it: with the leading zeros that a response may have left out. */
    static String ofDrive(String id) {
        return id.matches("[0-9A-Fa-f]{12,15}") ? "0".repeat(16 - id.length()) + id : id;
    }

    /** Returns whether both name the same item. */
    public static boolean same(String one, String other) {
        return of(one).equals(of(other));
    }

    /** Returns whether both name the same item; false when one of them is not known. */
    public static boolean same(Optional<String> one, String other) {
        return one.isPresent() && same(one.get(), other);
    }

    /** Returns the id as it came. */
    public String value() {
        return value;
    }

    /** Returns one text for all spellings, by which something can be stored. */
    public String key() {
        return key;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ItemId id && id.key.equals(key);
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }

    @Override
    public String toString() {
        return value;
    }
}
