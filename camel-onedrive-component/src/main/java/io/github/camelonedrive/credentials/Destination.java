package io.github.camelonedrive.credentials;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A named place that backups go to: an account, how to sign in to it, and a folder there.
 *
 * @param name          what people and routes call it: letters, digits, {@code .}, {@code _}, {@code -}; at most 64
 * @param clientId      the Application (client) ID of the app registration
 * @param credential    how the app registration proves itself
 * @param refreshToken  absent until the destination is authorized
 * @param tenant        {@code common}, {@code organizations}, {@code consumers}, a tenant id or a domain
 * @param cloud         which Microsoft cloud
 * @param folderPath    target folder from the drive's root, with a leading slash; {@code /} is the root
 * @param drive         which drive
 * @param secretExpires when the client secret expires, if the operator said so
 * @param signedIn      when its refresh token was last stored or used, as far as is known: an unused one dies of idleness
 * @param permission    what a person who signs in is asked for; covers the drive
 * @param grant         what the last sign-in gave; empty if not known
 */
public record Destination(
        String name,
        Secret clientId,
        ClientCredential credential,
        Optional<Secret> refreshToken,
        String tenant,
        Cloud cloud,
        String folderPath,
        DriveSelector drive,
        Optional<LocalDate> secretExpires,
        Optional<Instant> signedIn,
        Permission permission,
        Optional<Grant> grant) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Pattern TENANT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]{0,254}");
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cs}]");

    /** @throws IllegalArgumentException when one of them can't be what it is for */
    public Destination {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("'" + name + "' can't be a destination's name. It starts with a letter or "
                    + "digit and has at most 64 letters, digits, '.', '_' or '-'.");
        }
        Objects.requireNonNull(clientId);
        Objects.requireNonNull(credential);
        Objects.requireNonNull(refreshToken);
        Objects.requireNonNull(tenant);
        Objects.requireNonNull(cloud);
        Objects.requireNonNull(folderPath);
        Objects.requireNonNull(drive);
        Objects.requireNonNull(secretExpires);
        Objects.requireNonNull(signedIn);
        Objects.requireNonNull(permission);
        Objects.requireNonNull(grant);
        if (!permission.covers(drive)) {
            throw new IllegalArgumentException("The permission " + permission + " is for the own drive of the person who signs"
                    + " in; " + drive + " takes the permission all.");
        }
        requireTenant(tenant);
        requireValue("client ID", clientId);
        refreshToken.ifPresent(token -> requireValue("refresh token", token));
        if (!folderPath.startsWith("/") || UNPRINTABLE.matcher(folderPath).find()) {
            throw new IllegalArgumentException("'" + folderPath + "' can't be a folder. It starts with '/' and holds no "
                    + "control characters.");
        }
        if (UNPRINTABLE.matcher(drive.id()).find()) {
            throw new IllegalArgumentException("A drive's id holds no control characters.");
        }
        if (credential instanceof ClientCredential.FederatedToken token
                && UNPRINTABLE.matcher(token.file().toString()).find()) {
            throw new IllegalArgumentException("The name of the federated token's file holds no control characters.");
        }
    }

    /** A destination with the usual permission for its drive, and a grant that is not known. */
    public Destination(String name, Secret clientId, ClientCredential credential, Optional<Secret> refreshToken, String tenant,
            Cloud cloud, String folderPath, DriveSelector drive, Optional<LocalDate> secretExpires,
            Optional<Instant> signedIn) {
        this(name, clientId, credential, refreshToken, tenant, cloud, folderPath, drive, secretExpires, signedIn,
                Permission.usual(drive), Optional.empty());
    }

    /**
     * Checks a tenant, which becomes part of an address.
     *
     * @return the tenant
     * @throws IllegalArgumentException when it can't be one, naming the possible forms
     */
    public static String requireTenant(String tenant) {
        if (!TENANT.matcher(tenant).matches()) {
            throw new IllegalArgumentException("'" + tenant + "' can't be a tenant. It is common, organizations, consumers, "
                    + "the Directory (tenant) ID of the app registration, or a domain.");
        }
        return tenant;
    }

    private static void requireValue(String what, Secret secret) {
        if (secret.reveal().isBlank()) {
            throw new IllegalArgumentException("The " + what + " is empty.");
        }
    }

    /** A destination with all defaults: a public client, not authorized yet, the root of the signed-in person's own drive. */
    public static Destination of(String name, Secret clientId) {
        return new Destination(name, clientId, ClientCredential.NONE, Optional.empty(), "common", Cloud.GLOBAL, "/",
                DriveSelector.ME, Optional.empty(), Optional.empty());
    }

    /** The same destination with another client ID. */
    public Destination withClientId(Secret other) {
        return new Destination(name, other, credential, refreshToken, tenant, cloud, folderPath, drive, secretExpires, signedIn,
                permission, grant);
    }

    /** The same destination with another way to prove the app registration. */
    public Destination withCredential(ClientCredential other) {
        return new Destination(name, clientId, other, refreshToken, tenant, cloud, folderPath, drive, secretExpires, signedIn,
                permission, grant);
    }

    /** The same destination with another refresh token, of which nothing is known but its value. */
    public Destination withRefreshToken(Secret other) {
        return withRefreshToken(other, Optional.empty());
    }

    /** The same destination with the refresh token that came with a grant. */
    public Destination withRefreshToken(Secret other, Optional<Grant> itsGrant) {
        return new Destination(name, clientId, credential, Optional.of(other), tenant, cloud, folderPath, drive, secretExpires,
                signedIn, permission, itsGrant);
    }

    /** The same destination in another tenant. */
    public Destination withTenant(String other) {
        return new Destination(name, clientId, credential, refreshToken, other, cloud, folderPath, drive, secretExpires,
                signedIn, permission, grant);
    }

    /** The same destination in another cloud. */
    public Destination withCloud(Cloud other) {
        return new Destination(name, clientId, credential, refreshToken, tenant, other, folderPath, drive, secretExpires,
                signedIn, permission, grant);
    }

    /** The same destination with another target folder. */
    public Destination withFolderPath(String other) {
        return new Destination(name, clientId, credential, refreshToken, tenant, cloud, other, drive, secretExpires, signedIn,
                permission, grant);
    }

    /** The same destination on another drive; with the permission {@code all} if that takes it. */
    public Destination withDrive(DriveSelector other) {
        return new Destination(name, clientId, credential, refreshToken, tenant, cloud, folderPath, other, secretExpires,
                signedIn, permission.covers(other) ? permission : Permission.ALL, grant);
    }

    /** The same destination with a client secret that expires on that day, or on an unknown one. */
    public Destination withSecretExpires(Optional<LocalDate> day) {
        return new Destination(name, clientId, credential, refreshToken, tenant, cloud, folderPath, drive, day, signedIn,
                permission, grant);
    }

    /** The same destination with a client secret that expires on that day. */
    public Destination withSecretExpires(LocalDate day) {
        return withSecretExpires(Optional.of(day));
    }

    /** The same destination whose refresh token was used or stored at that time. */
    public Destination withSignedIn(Instant time) {
        return new Destination(name, clientId, credential, refreshToken, tenant, cloud, folderPath, drive, secretExpires,
                Optional.of(time), permission, grant);
    }

    /**
     * The same destination with another permission, which counts from the next sign-in. Until then a refresh asks for what was
     * granted, or, where that is not known, for what was asked for.
     *
     * @throws IllegalArgumentException if it does not cover the drive
     */
    public Destination withPermission(Permission other) {
        Optional<Grant> kept = grant.or(() -> refreshToken.map(token -> Grant.of(permission.scopes())));
        return new Destination(name, clientId, credential, refreshToken, tenant, cloud, folderPath, drive, secretExpires,
                signedIn, other, other == permission ? grant : kept);
    }

    /** The same destination, whose grant is of that account. */
    public Destination withAccount(Optional<String> account, Optional<String> driveId) {
        return new Destination(name, clientId, credential, refreshToken, tenant, cloud, folderPath, drive, secretExpires,
                signedIn, permission, grant.map(known -> known.withAccount(account, driveId)));
    }

    /** Returns whether a person has to sign in again, so that the permission counts. */
    public boolean awaitsPermission() {
        return refreshToken.isPresent() && grant.filter(known -> !known.includes(permission)).isPresent();
    }
}
