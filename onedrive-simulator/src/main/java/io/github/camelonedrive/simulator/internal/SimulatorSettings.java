package io.github.camelonedrive.simulator.internal;

import java.nio.file.Path;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import javax.net.ssl.SSLContext;

import io.github.camelonedrive.simulator.AccountType;
import io.github.camelonedrive.simulator.SignInOutcome;

/** What the builder collects. Does not change after the start. */
public final class SimulatorSettings {
    static final long DEFAULT_QUOTA = 1L << 40;

    public AccountType accountType = AccountType.PERSONAL;
    public int port;
    public boolean tls;
    /** Null to make a certificate. */
    public SSLContext sslContext;
    public List<String> tlsHosts = List.of();
    /** Null to take the host that each request came to. */
    public String publicUrl;
    /** Null to take the same as for everything else. */
    public String contentUrl;
    public Path stateDirectory;
    public boolean discardContent;
    public boolean streamSha256;
    public Clock clock = Clock.systemUTC();
    public long quota = DEFAULT_QUOTA;
    public Duration latency = Duration.ZERO;
    public Duration dateOffset = Duration.ZERO;

    public Duration accessTokenLifetime = Duration.ofSeconds(3599);
    public boolean rotateRefreshTokens = true;
    public boolean invalidateOldRefreshTokens;
    public boolean publicClient;
    public String clientId;
    public String clientSecret;
    public String refreshToken;
    public String tenantId;
    public Set<String> grantedScopes = new LinkedHashSet<>(List.of("Files.ReadWrite.All", "Files.ReadWrite",
            "Sites.ReadWrite.All",
            "User.Read", "openid", "profile", "email", "offline_access"));

    public boolean publicClientFlows;
    public boolean clientSecretExpired;
    public final List<X509Certificate> certificates = new ArrayList<>();
    public final List<FederatedCredential> federatedCredentials = new ArrayList<>();
    public List<String> redirectUris = List.of("http://localhost", "http://localhost/api/adapters/onedrive/callback");
    public SignInOutcome signInOutcome = SignInOutcome.ask();
    public Duration refreshTokenIdleLifetime = Duration.ofDays(90);
    public Duration deviceCodeLifetime = Duration.ofMinutes(15);
    public Duration deviceCodeInterval = Duration.ofSeconds(5);

    public String userName;
    public String driveId;
    public String userId;
    public String siteId;
    public String groupId;

    public String sessionConflictDefault = "replace";
    public boolean conflictsAtCommit;
    public boolean sessionsCreateMissingParents;
    public boolean closedRanges;
    public boolean rewriteOfficeFiles;
    public int requestBudget;
    public boolean downloadUrlsFollowChanges;
    public boolean authorizationTolerated;
    public int finishedCopyStatus = 202;
    public boolean anonymousLinksForbidden;
    /** Null for ever. */
    public Duration deltaTokenLifetime;
    public boolean deltaWithoutPaths;
    public boolean withoutParentPaths;
    public boolean busyNamesRefused;
    public boolean mixedCaseIds;
    public boolean leadingZerosDropped;

    /**
     * Another issuer's tokens that stand for the app. All three texts are compared case-sensitively.
     *
     * @param issuer the claim {@code iss}
     * @param subject the claim {@code sub}
     * @param audience the claim {@code aud}, {@code api://AzureADTokenExchange} as a rule
     * @param key what the issuer's signatures are checked with: RSA or EC P-256
     */
    public record FederatedCredential(String issuer, String subject, String audience, PublicKey key) {
    }
}
