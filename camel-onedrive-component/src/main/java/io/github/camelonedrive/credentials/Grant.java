package io.github.camelonedrive.credentials;

import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What a person's sign-in gave.
 *
 * @param scopes  Microsoft Graph's permissions that were granted, by their short names, with {@code offline_access}: a refresh
 *                asks for these again
 * @param account who signed in, for people; empty if not known
 * @param driveId the account's own drive; empty if not known
 */
public record Grant(SortedSet<String> scopes, Optional<String> account, Optional<String> driveId) {

    private static final Pattern SCOPE = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]{1,256}");
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cs}]");
    private static final int LONGEST = 500;

    /** @throws IllegalArgumentException if one of the scopes cannot be one */
    public Grant {
        scopes = Collections.unmodifiableSortedSet(new TreeSet<>(scopes));
        if (scopes.isEmpty() || !scopes.stream().allMatch(scope -> SCOPE.matcher(scope).matches())) {
            throw new IllegalArgumentException("These are no scopes.");
        }
        account = account.map(Grant::printable).filter(text -> !text.isBlank());
        driveId = driveId.map(Grant::printable).filter(text -> !text.isBlank());
    }

    /** Those scopes, of an account that is not known. */
    public static Grant of(Set<String> scopes) {
        return new Grant(new TreeSet<>(scopes), Optional.empty(), Optional.empty());
    }

    /** The same grant of that account. */
    public Grant withAccount(Optional<String> otherAccount, Optional<String> otherDriveId) {
        return new Grant(scopes, otherAccount, otherDriveId);
    }

    /** Returns whether the files that a permission is about may be read and written. */
    public boolean includes(Permission permission) {
        return scopes.stream().anyMatch(scope -> scope.toLowerCase(Locale.ROOT)
                .equals(permission.fileScope().toLowerCase(Locale.ROOT)));
    }

    private static String printable(String text) {
        String clean = UNPRINTABLE.matcher(text).replaceAll("");
        return clean.substring(0, clean.offsetByCodePoints(0, Math.min(LONGEST, clean.codePointCount(0, clean.length()))));
    }
}
