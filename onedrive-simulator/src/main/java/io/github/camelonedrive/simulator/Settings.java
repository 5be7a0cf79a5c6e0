package io.github.camelonedrive.simulator;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import javax.net.ssl.SSLContext;

/** What {@link OneDriveSimulatorBuilder} collects; not changed after the start. */
final class Settings {
    static final long DEFAULT_QUOTA = 1L << 40;
    static final int DEFAULT_PAGE_SIZE = 200;

    AccountType accountType = AccountType.PERSONAL;
    int port;
    boolean tls;
    /** Null to make a certificate. */
    SSLContext sslContext;
    List<String> tlsHosts = List.of();
    /** Null to take the host that each request came to. */
    String publicUrl;
    /** Null to take the same as for everything else. */
    String contentUrl;
    Path stateDirectory;
    boolean discardContent;
    boolean streamSha256;
    Clock clock = Clock.systemUTC();
    long quota = DEFAULT_QUOTA;
    Duration latency = Duration.ZERO;
    Duration dateOffset = Duration.ZERO;

    Duration accessTokenLifetime = Duration.ofSeconds(3599);
    boolean rotateRefreshTokens = true;
    boolean invalidateOldRefreshTokens;
    boolean publicClient;
    String clientId;
    String clientSecret;
    String refreshToken;
    String tenantId;
    Set<String> grantedScopes = new LinkedHashSet<>(List.of("Files.ReadWrite.All", "Files.ReadWrite", "Sites.ReadWrite.All",
            "User.Read", "openid", "profile", "email", "offline_access"));

    boolean publicClientFlows;
    boolean clientSecretExpired;
    final List<X509Certificate> certificates = new ArrayList<>();
    final List<FederatedCredential> federatedCredentials = new ArrayList<>();
    List<String> redirectUris = RedirectUris.DEFAULT;
    SignInOutcome signInOutcome = SignInOutcome.ask();
    Duration refreshTokenIdleLifetime = Duration.ofDays(90);
    Duration deviceCodeLifetime = Duration.ofMinutes(15);
    Duration deviceCodeInterval = Duration.ofSeconds(5);

    String userName;
    String driveId;
    String userId;
    String siteId;
    String groupId;

    ConflictBehavior sessionConflictDefault = ConflictBehavior.REPLACE;
    boolean conflictsAtCommit;
    boolean sessionsCreateMissingParents;
    boolean closedRanges;
    boolean rewriteOfficeFiles;
    int requestBudget;
    boolean downloadUrlsFollowChanges;
    boolean authorizationTolerated;
    int finishedCopyStatus = 202;
    boolean anonymousLinksForbidden;
    /** Null for ever. */
    Duration deltaTokenLifetime;
    boolean deltaWithoutPaths;
    boolean withoutParentPaths;
    boolean busyNamesRefused;
    boolean mixedCaseIds;
    boolean leadingZerosDropped;
}
