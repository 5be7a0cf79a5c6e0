package io.github.camelonedrive.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;

import javax.net.ssl.SSLContext;

import io.github.camelonedrive.simulator.internal.SimulatorSettings;
import io.github.camelonedrive.simulator.internal.drive.ConflictRule;

/** Configures a simulator. Everything has a default. */
public final class OneDriveSimulatorBuilder {
    private final SimulatorSettings settings = new SimulatorSettings();

    OneDriveSimulatorBuilder() {
    }

    /** The kind of account; {@link AccountType#PERSONAL} by default. */
    public OneDriveSimulatorBuilder accountType(AccountType type) {
        settings.accountType = type;
        return this;
    }

    /** The port on 127.0.0.1; 0, the default, picks a free one. */
    public OneDriveSimulatorBuilder port(int port) {
        settings.port = port;
        return this;
    }

    /** Serves https, with a new key and a certificate for localhost, 127.0.0.1 and ::1 that it signed itself. */
    public OneDriveSimulatorBuilder tls() {
        settings.tls = true;
        return this;
    }

    /** Serves https with this key and certificate. */
    public OneDriveSimulatorBuilder tls(SSLContext context) {
        settings.tls = true;
        settings.sslContext = context;
        return this;
    }

    /**
     * As {@link #tls()}, and the certificate is also for these: for clients that are made to find the simulator under other
     * names, {@code graph.microsoft.com} for example. Without effect on a context that was given.
     *
     * @param hosts host names, {@code *.example.com}, or IP addresses
     * @throws IllegalArgumentException if one of them is none of these
     */
    public OneDriveSimulatorBuilder tlsHosts(String... hosts) {
        for (String host : hosts) {
            if (!host.matches("[A-Za-z0-9.:*_-]+")) {
                throw new IllegalArgumentException("'" + host + "' is neither a host name nor an IP address.");
            }
        }
        settings.tls = true;
        settings.tlsHosts = List.of(hosts);
        return this;
    }

    /**
     * What upload URLs, download URLs and next links start with, {@code https://onedrive.example:8443} for example. By default
     * it is the host and port to which the client sent its request, so that host names mapped to the simulator just work.
     */
    public OneDriveSimulatorBuilder publicUrl(URI base) {
        settings.publicUrl = base.toString().replaceAll("/+$", "");
        return this;
    }

    /**
     * What upload, download and monitor URLs start with, where that is another host than Graph's, as it is at Microsoft:
     * {@code https://fabrikam-my.sharepoint.com} for example. By default they are like all other URLs.
     */
    public OneDriveSimulatorBuilder contentUrl(URI base) {
        settings.contentUrl = base.toString().replaceAll("/+$", "");
        return this;
    }

    /**
     * Keeps everything in this directory, which is made where it is missing, so that a simulator started on it later is the
     * same OneDrive: files with their versions, ids and tags, delta links, sharing links, tokens and client, open upload
     * sessions (not with {@link #discardContent()}). The journal, fault rules and what they say about hashes, copies in
     * progress, the port, the certificate for https, what is registered for the app here (certificates, federated
     * credentials, redirect
     * URIs), and sign-ins that were begun are not kept. Ids and secrets that are given to the builder count more than those in
     * the directory. One simulator at a time. Default: a private directory that {@link OneDriveSimulator#close()} deletes.
     */
    public OneDriveSimulatorBuilder stateDirectory(Path directory) {
        settings.stateDirectory = directory;
        return this;
    }

    /** Keeps only sizes and hashes of content, for very large files. */
    public OneDriveSimulatorBuilder discardContent() {
        settings.discardContent = true;
        return this;
    }

    /** Computes SHA-256 while content arrives: for discarded content, and for {@code sha256Hash} of personal drives. */
    public OneDriveSimulatorBuilder computeSha256() {
        settings.streamSha256 = true;
        return this;
    }

    /** What the simulator takes for the time: expiry, time stamps, Retry-After. */
    public OneDriveSimulatorBuilder clock(Clock clock) {
        settings.clock = clock;
        return this;
    }

    /**
     * How far the header {@code Date} of all responses is ahead of this machine's clock (behind it, when negative), as it is
     * for a client whose own clock is wrong. With http only. What counts as the time for everything else is {@link #clock}.
     */
    public OneDriveSimulatorBuilder dateOffset(Duration ahead) {
        settings.dateOffset = ahead;
        return this;
    }

    /** The size of the drive in bytes; 1 TiB by default. */
    public OneDriveSimulatorBuilder quota(long bytes) {
        settings.quota = bytes;
        return this;
    }

    /** How long each request waits before anything happens. */
    public OneDriveSimulatorBuilder latency(Duration latency) {
        settings.latency = latency;
        return this;
    }

    /** 3599 s by default. */
    public OneDriveSimulatorBuilder accessTokenLifetime(Duration lifetime) {
        settings.accessTokenLifetime = lifetime;
        return this;
    }

    /** Whether each refresh brings a new refresh token; true by default. */
    public OneDriveSimulatorBuilder rotateRefreshTokens(boolean rotate) {
        settings.rotateRefreshTokens = rotate;
        return this;
    }

    /** Whether a new refresh token makes the old ones invalid; false by default, as at Microsoft. */
    public OneDriveSimulatorBuilder invalidateOldRefreshTokens(boolean invalidate) {
        settings.invalidateOldRefreshTokens = invalidate;
        return this;
    }

    /** The app is a public client: sending a secret is an error (AADSTS700025). */
    public OneDriveSimulatorBuilder publicClient() {
        settings.publicClient = true;
        return this;
    }

    /**
     * The app is a confidential client, and its registration also allows public client flows: the device flow works, and for it
     * and for what comes of it the secret may be left out.
     */
    public OneDriveSimulatorBuilder allowPublicClientFlows() {
        settings.publicClientFlows = true;
        return this;
    }

    /** The app's secret has expired: AADSTS7000222. */
    public OneDriveSimulatorBuilder expiredClientSecret() {
        settings.clientSecretExpired = true;
        return this;
    }

    /**
     * Registers a certificate with which the app may prove itself, beside its secret; may be called several times. Client
     * assertions must be signed by PS256 or RS256 and name it in {@code x5t#S256}.
     */
    public OneDriveSimulatorBuilder certificate(X509Certificate certificate) {
        settings.certificates.add(Objects.requireNonNull(certificate));
        return this;
    }

    /**
     * Lets another issuer's tokens stand for the app; may be called several times. Issuer, subject and audience are compared
     * case-sensitively.
     *
     * @param audience {@code api://AzureADTokenExchange} as a rule
     * @param key what the issuer's signatures are checked with: RSA (RS256, PS256) or EC P-256 (ES256)
     */
    public OneDriveSimulatorBuilder federatedCredential(String issuer, String subject, String audience, PublicKey key) {
        settings.federatedCredentials.add(
                new SimulatorSettings.FederatedCredential(issuer, subject, audience, Objects.requireNonNull(key)));
        return this;
    }

    /**
     * The app's redirect URIs. Any port matches {@code http://localhost}. By default {@code http://localhost} and the backup
     * console's {@code http://localhost/api/adapters/onedrive/callback}.
     */
    public OneDriveSimulatorBuilder redirectUris(String... uris) {
        settings.redirectUris = List.of(uris);
        return this;
    }

    /** The user accepts at once, without a page, in the browser and for devices; see {@link #onSignIn}. */
    public OneDriveSimulatorBuilder autoConsent() {
        return onSignIn(SignInOutcome.accept());
    }

    /** What the user does when asked to sign in; {@link OneDriveSimulator#onSignIn} changes it later. */
    public OneDriveSimulatorBuilder onSignIn(SignInOutcome outcome) {
        settings.signInOutcome = outcome;
        return this;
    }

    /** How long a refresh token lives that is not used; 90 days by default. */
    public OneDriveSimulatorBuilder refreshTokenIdleLifetime(Duration lifetime) {
        settings.refreshTokenIdleLifetime = lifetime;
        return this;
    }

    /** How long device codes are good, and how long a client has to wait between polls; whole seconds; 900 s and 5 s. */
    public OneDriveSimulatorBuilder deviceCodes(Duration lifetime, Duration interval) {
        settings.deviceCodeLifetime = lifetime;
        settings.deviceCodeInterval = interval;
        return this;
    }

    /** The name of the account's owner, from which the address is made; {@code Ada} by default. */
    public OneDriveSimulatorBuilder userName(String name) {
        settings.userName = name;
        return this;
    }

    /** The app's client id; random by default. */
    public OneDriveSimulatorBuilder clientId(String clientId) {
        settings.clientId = clientId;
        return this;
    }

    /** The app's secret; by default random, with characters that show whether it is form-encoded. */
    public OneDriveSimulatorBuilder clientSecret(String clientSecret) {
        settings.clientSecret = clientSecret;
        return this;
    }

    /** The first refresh token; random by default. */
    public OneDriveSimulatorBuilder refreshToken(String refreshToken) {
        settings.refreshToken = refreshToken;
        return this;
    }

    /** The tenant; a random GUID by default. */
    public OneDriveSimulatorBuilder tenantId(String tenantId) {
        settings.tenantId = tenantId;
        return this;
    }

    /**
     * What the user consented to before: for the first refresh token, and for {@code .default}. Without {@code offline_access}
     * no refresh token is returned.
     */
    public OneDriveSimulatorBuilder grantedScopes(String... scopes) {
        settings.grantedScopes = new LinkedHashSet<>(List.of(scopes));
        return this;
    }

    /** The id below {@code /drives}; random by default. */
    public OneDriveSimulatorBuilder driveId(String driveId) {
        settings.driveId = driveId;
        return this;
    }

    /** The id below {@code /users}; random by default. */
    public OneDriveSimulatorBuilder userId(String userId) {
        settings.userId = userId;
        return this;
    }

    /** The id below {@code /sites}; random by default. */
    public OneDriveSimulatorBuilder siteId(String siteId) {
        settings.siteId = siteId;
        return this;
    }

    /** The id below {@code /groups}; random by default. */
    public OneDriveSimulatorBuilder groupId(String groupId) {
        settings.groupId = groupId;
        return this;
    }

    /** What a session without conflict behavior does: {@code replace} (the default), {@code fail} or {@code rename}. */
    public OneDriveSimulatorBuilder sessionConflictDefault(String conflictBehavior) {
        ConflictRule.parse(conflictBehavior, null);
        settings.sessionConflictDefault = conflictBehavior;
        return this;
    }

    /** No response says by {@code parentReference.path} where an item is; only the id of its folder is there. */
    public OneDriveSimulatorBuilder withoutParentPaths() {
        settings.withoutParentPaths = true;
        return this;
    }

    /**
     * A single PUT is refused with 409 {@code nameAlreadyExists}, whatever its conflict behavior, while an upload session for
     * the name is open or another PUT to it is in progress.
     */
    public OneDriveSimulatorBuilder refuseBusyNames() {
        settings.busyNamesRefused = true;
        return this;
    }

    /** A session with {@code fail} meets its conflict at the last fragment, not when it is created. */
    public OneDriveSimulatorBuilder conflictsAtCommit() {
        settings.conflictsAtCommit = true;
        return this;
    }

    /** Sessions create missing folders; by default they are a 404. */
    public OneDriveSimulatorBuilder sessionsCreateMissingFolders() {
        settings.sessionsCreateMissingParents = true;
        return this;
    }

    /** Expected ranges are closed, {@code 10485760-31457279}, instead of open. */
    public OneDriveSimulatorBuilder closedRanges() {
        settings.closedRanges = true;
        return this;
    }

    /**
     * The status of a copy's monitor when the copy is finished: 202 (the default), 200, or 303 with the new item in
     * {@code Location}.
     *
     * @throws IllegalArgumentException for any other status
     */
    public OneDriveSimulatorBuilder finishedCopyStatus(int status) {
        if (status != 200 && status != 202 && status != 303) {
            throw new IllegalArgumentException("A finished copy is answered with 200, 202 or 303, not " + status + ".");
        }
        settings.finishedCopyStatus = status;
        return this;
    }

    /**
     * A download URL brings what the file holds when it is used, not what it held when the URL was handed out; {@code ETag} and
     * {@code If-Range} tell the two apart.
     */
    public OneDriveSimulatorBuilder downloadUrlsFollowChanges() {
        settings.downloadUrlsFollowChanges = true;
        return this;
    }

    /**
     * An {@code Authorization} header on an upload, download or monitor URL is in {@link OneDriveSimulator#violations()} and
     * nothing more, as it was before 2023. By default the response is 401, as it is since then.
     */
    public OneDriveSimulatorBuilder tolerateAuthorization() {
        settings.authorizationTolerated = true;
        return this;
    }

    /** The administrator forbids links that anyone can use: 400. */
    public OneDriveSimulatorBuilder forbidAnonymousLinks() {
        settings.anonymousLinksForbidden = true;
        return this;
    }

    /** A document library rewrites Office, PDF and HTML files, so that size and hash differ from what was sent. */
    public OneDriveSimulatorBuilder rewriteOfficeFiles() {
        settings.rewriteOfficeFiles = true;
        return this;
    }

    /**
     * A personal drive spells the ids of items and of the drive in upper, in lower or in mixed case, each time in another one,
     * as the service does. They are taken back in any case.
     */
    public OneDriveSimulatorBuilder mixedCaseIds() {
        settings.mixedCaseIds = true;
        return this;
    }

    /**
     * The id of a personal drive starts with a zero, and now and then it is sent without it, with 15 digits. Requests need
     * all 16, as they do at the service.
     */
    public OneDriveSimulatorBuilder dropLeadingZeros() {
        settings.leadingZerosDropped = true;
        return this;
    }

    /**
     * Delta responses have no {@code parentReference.path}, as Microsoft documents them. By default they have it, as the
     * service sends it.
     */
    public OneDriveSimulatorBuilder deltaWithoutPaths() {
        settings.deltaWithoutPaths = true;
        return this;
    }

    /** How long a delta link is good after it was handed out; for ever by default. */
    public OneDriveSimulatorBuilder deltaTokenLifetime(Duration lifetime) {
        settings.deltaTokenLifetime = lifetime;
        return this;
    }

    /** Units that clients may use per minute; unlimited by default. */
    public OneDriveSimulatorBuilder requestBudget(int unitsPerMinute) {
        settings.requestBudget = unitsPerMinute;
        return this;
    }

    /**
     * Starts the server.
     *
     * @throws UncheckedIOException if the port is taken, the state directory is in use by another simulator or
     *         holds an account of another kind, or no certificate could be made
     * @throws IllegalStateException if https and a wrong Date header are asked for together
     */
    public OneDriveSimulator start() {
        if (settings.tls && !settings.dateOffset.isZero()) {
            throw new IllegalStateException("The Date header can be wrong with http only.");
        }
        try {
            return new OneDriveSimulator(settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
