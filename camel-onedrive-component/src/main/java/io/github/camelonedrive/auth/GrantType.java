package io.github.camelonedrive.auth;

/** How to get tokens ({@code graph-contract.md} §7.3, §7.4). */
public enum GrantType {

    /** With a refresh token of somebody who signed in before. */
    refresh_token,

    /** As the application itself, with a secret, certificate or federated token. */
    client_credentials,

    /** A person signs in with a browser on this machine. */
    authorization_code,

    /** A person signs in with a browser on any device, by entering a code; public clients only. */
    device_code
}
