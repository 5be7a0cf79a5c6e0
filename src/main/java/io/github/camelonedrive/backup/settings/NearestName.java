package io.github.camelonedrive.backup.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what somebody probably meant by a mistyped name. */
final class NearestName {

    private NearestName() {
    }

    /** The candidate with the fewest insertions, deletions and replacements of characters (Levenshtein distance). */
    static Optional<String> of(String name, Collection<String> candidates) {
        return candidates.stream().min(Comparator.comparingInt(candidate -> distance(name, candidate)));
    }

    private static int distance(String one, String other) {
        int[] previous = new int[other.length() + 1];
        for (int column = 0; column <= other.length(); column++) {
            previous[column] = column;
        }
        for (int row = 1; row <= one.length(); row++) {
            int[] current = new int[other.length() + 1];
            current[0] = row;
            for (int column = 1; column <= other.length(); column++) {
                int replaced = previous[column - 1] + (one.charAt(row - 1) == other.charAt(column - 1) ? 0 : 1);
                current[column] = Math.min(replaced, 1 + Math.min(previous[column], current[column - 1]));
            }
            previous = current;
        }
        return previous[other.length()];
    }
}
