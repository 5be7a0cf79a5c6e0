package io.github.camelonedrive.auth;

import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;

import io.github.camelonedrive.credentials.Cloud;
import io.github.camelonedrive.credentials.Permission;
import io.github.camelonedrive.transport.Endpoints;
import io.github.camelonedrive.transport.TimeSource;

/**
 * How to talk to the sign-in service.
 *
 * @param loginEndpoint instead of the cloud's own one: scheme, host and port, without tenant
 * @param scope         the permissions to ask for, separated by spaces; the default one leaves the choice to the destination
 * @param time          decides when a token is too old, and how long to wait
 * @param random        spreads the waits between attempts
 */
public record LoginSettings(
        Optional<URI> loginEndpoint, String scope, TimeSource time, RandomGenerator random) {

    /** Asked for where neither settings nor a destination say otherwise. */
    public static final String DEFAULT_SCOPE = Permission.ALL.scope();

    public LoginSettings {
        Objects.requireNonNull(loginEndpoint);
        Objects.requireNonNull(scope);
        Objects.requireNonNull(time);
        Objects.requireNonNull(random);
    }

    /** The cloud's own endpoint, the default scope, this machine's time. */
    public static LoginSettings defaults() {
        return new LoginSettings(Optional.empty(), DEFAULT_SCOPE, TimeSource.SYSTEM, RandomGenerator.getDefault());
    }

    /** The same with another time, for tests. */
    public LoginSettings withTime(TimeSource other) {
        return new LoginSettings(loginEndpoint, scope, other, random);
    }

    /** Returns a new account's attempts at signing in. */
    LoginRetry retry() {
        return new LoginRetry(time, random);
    }

    /**
     * The same with another sign-in host, for tests and proxies.
     *
     * @throws IllegalArgumentException when it is neither https nor http on this machine
     */
    public LoginSettings withLoginEndpoint(String address) {
        return new LoginSettings(Optional.of(Endpoints.requireSafe("loginEndpoint", address)), scope, time, random);
    }

    /** The same with other permissions. */
    public LoginSettings withScope(String other) {
        return new LoginSettings(loginEndpoint, other, time, random);
    }

    /** The permissions to ask for: those that were granted, else those that are configured, else the destination's. */
    String scope(ClientIdentity client) {
        return client.granted().orElseGet(() -> scope.equals(DEFAULT_SCOPE) ? client.permission().scope() : scope);
    }

    /** Where tokens are given ({@code graph-contract.md} §7.3). */
    URI tokenEndpoint(Cloud cloud, String tenant) {
        return endpoint(cloud, tenant, "token");
    }

    /** The page where a person signs in ({@code graph-contract.md} §7.2). */
    URI authorizeEndpoint(Cloud cloud, String tenant) {
        return endpoint(cloud, tenant, "authorize");
    }

    /** Where device codes are given ({@code graph-contract.md} §7.4). */
    URI deviceCodeEndpoint(Cloud cloud, String tenant) {
        return endpoint(cloud, tenant, "devicecode");
    }

    /** {@code {loginEndpoint}/{tenant}/oauth2/v2.0/{name}} ({@code graph-contract.md} §7). */
    private URI endpoint(Cloud cloud, String tenant, String name) {
        String host = loginEndpoint.map(URI::toString).orElse(cloud.loginEndpoint());
        return Endpoints.requireSafe("loginEndpoint", host + "/" + tenant + "/oauth2/v2.0/" + name);
    }
}
