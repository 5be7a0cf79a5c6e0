package io.github.camelonedrive.graph;

/**
 * A person with an account.
 *
 * @param displayName       as people write it; empty when not told
 * @param userPrincipalName what the person signs in as, mostly an e-mail address; empty when not told
 */
public record Person(String displayName, String userPrincipalName) {

    /** For people: {@code Ada Lovelace (ada@example.com)}, or what of it is known. */
    @Override
    public String toString() {
        if (displayName.isEmpty() || userPrincipalName.isEmpty()) {
            return displayName + userPrincipalName;
        }
        return displayName + " (" + userPrincipalName + ")";
    }
}
