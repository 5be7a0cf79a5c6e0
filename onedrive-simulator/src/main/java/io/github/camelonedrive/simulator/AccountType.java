package io.github.camelonedrive.simulator;

/** The kinds of drive that behave differently on the wire. */
public enum AccountType {
    /** A personal account on today's infrastructure: {@code CID!s…} item ids, eTags without braces, 15-minute sessions. */
    PERSONAL("personal"),
    /**
     * A personal account that has not been moved: {@code CID!number} item ids, sessions of 7 days with upload URLs of another
     * form, SHA-1 and SHA-256 beside the QuickXorHash.
     */
    PERSONAL_LEGACY("personal"),
    /** OneDrive for work or school: {@code 01…} item ids, {@code "{GUID},n"} eTags, one open session per file name. */
    BUSINESS("business"),
    /** A SharePoint document library: as {@link #BUSINESS}, and it may rewrite Office, PDF and HTML files. */
    DOCUMENT_LIBRARY("documentLibrary");

    private final String driveType;

    AccountType(String driveType) {
        this.driveType = driveType;
    }

    /** The value of {@code driveType} in drives and item references. */
    public String driveType() {
        return driveType;
    }

    public boolean isPersonal() {
        return this == PERSONAL || this == PERSONAL_LEGACY;
    }
}
