package io.github.camelonedrive.upload;

/** How content travels: by one PUT, or in fragments by an upload session. */
public enum UploadMode {

    SIMPLE("simple"), SESSION("session");

    private final String label;

    UploadMode(String label) {
        this.label = label;
    }

    /** The value of the header {@code CamelOneDriveUploadMode}. */
    public String label() {
        return label;
    }
}
