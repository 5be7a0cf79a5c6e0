package io.github.camelonedrive.credentials;

import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A named place that backups go to: an account, how to sign in to it, and a folder there.
 *
 * @param name          what people and routes call it: letters, digits, {@code .}, {@code _}, {@code -}; at most 64
 * @param clientId      the Application (client) ID of the app registration
 * @param clientSecret  the secret's value; absent for a public client
 * @param refreshToken  absent until the destination is authorized
 * @param tenant        {@code common}, {@code organizations}, {@code consumers}, a tenant id or a domain
 * @param cloud         which Microsoft cloud
 * @param folderPath    target folder from the drive's root, with a leading slash; {@code /} is the root
 * @param drive         which drive
 * @param secretExpires when the client secret expires, if the operator said so
 */
public record Destination(
        String name,
        Secret clientId,
        Optional<Secret> clientSecret,
        Optional<Secret> refreshToken,
        String tenant,
        Cloud cloud,
        String folderPath,
        DriveSelector drive,
        Optional<LocalDate> secretExpires) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    public Destination {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("'" + name + "' can't be a destination's name. It starts with a letter or "
                    + "digit and has at most 64 letters, digits, '.', '_' or '-'.");
        }
        Objects.requireNonNull(clientId);
        Objects.requireNonNull(clientSecret);
        Objects.requireNonNull(refreshToken);
        Objects.requireNonNull(tenant);
        Objects.requireNonNull(cloud);
        Objects.requireNonNull(folderPath);
        Objects.requireNonNull(drive);
        Objects.requireNonNull(secretExpires);
    }

    /** The same destination with another refresh token. */
    public Destination withRefreshToken(Secret newRefreshToken) {
        return new Destination(name, clientId, clientSecret, Optional.of(newRefreshToken), tenant, cloud, folderPath, drive,
                secretExpires);
    }
}
