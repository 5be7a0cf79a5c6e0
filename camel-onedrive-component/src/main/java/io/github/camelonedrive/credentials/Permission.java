package io.github.camelonedrive.credentials;

import java.util.Arrays;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a person is asked to let this program do with files. An application gets what an administrator granted it instead. */
public enum Permission {

    /** Read and write the signed-in person's own drive. */
    OWN("own", "Files.ReadWrite"),

    /** Read and write every drive that the person can: shared folders, sites, other people's drives. */
    ALL("all", "Files.ReadWrite.All"),

    /** Read and write the app's own folder below {@code Apps} only. */
    APP_FOLDER("app-folder", "Files.ReadWrite.AppFolder");

    private final String label;
    private final String fileScope;

    Permission(String label, String fileScope) {
        this.label = label;
        this.fileScope = fileScope;
    }

    /** Returns what options and the vault call it. */
    public String label() {
        return label;
    }

    /** Returns the name of Microsoft Graph's permission for files. */
    public String fileScope() {
        return fileScope;
    }

    /** Returns all that is asked for: files, who is signed in, and a refresh token. */
    public SortedSet<String> scopes() {
        return new TreeSet<>(Set.of(fileScope, "User.Read", "offline_access"));
    }

    /** Returns {@link #scopes()} as a request names them. */
    public String scope() {
        return fileScope + " User.Read offline_access";
    }

    /** Returns whether a drive can be reached with it. */
    public boolean covers(DriveSelector drive) {
        return this == ALL || drive.kind() == DriveSelector.Kind.ME;
    }

    /** Returns the permission of a destination of which nothing else is said. */
    public static Permission usual(DriveSelector drive) {
        return OWN.covers(drive) ? OWN : ALL;
    }

    /** @throws IllegalArgumentException if there is none of that name; names the possible ones */
    public static Permission parse(String label) {
        return Arrays.stream(values()).filter(permission -> permission.label.equals(label)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + label + "' is no permission. The permissions are: "
                        + Arrays.stream(values()).map(Permission::label).collect(Collectors.joining(", ")) + "."));
    }

    @Override
    public String toString() {
        return label;
    }
}
