package io.github.camelonedrive.simulator.internal.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

import io.github.camelonedrive.simulator.internal.drive.Ids;
import io.github.camelonedrive.simulator.internal.http.IssuedSecrets;

/** Authorization codes: 10 minutes, once, for a client that knows the verifier (statement 93). */
final class AuthorizationCodes {
    private static final Duration LIFETIME = Duration.ofMinutes(10);
    private static final Duration REMEMBERED = Duration.ofHours(1);
    private static final String VERIFIER = "[A-Za-z0-9._~-]{43,128}";

    private final Clock clock;
    private final IssuedSecrets secrets;
    private final Map<String, Entry> codes = new HashMap<>();

    /**
     * What a code stands for.
     *
     * @param redirectUri where it was sent
     * @param challenge the PKCE challenge, or null
     * @param s256 whether the challenge is the verifier's hash, not the verifier itself
     * @param scopes what the user consented to
     */
    record Approval(String redirectUri, String challenge, boolean s256, RequestedScopes scopes) {
    }

    private static final class Entry {
        final Approval approval;
        final Instant issued;
        boolean redeemed;

        Entry(Approval approval, Instant issued) {
            this.approval = approval;
            this.issued = issued;
        }
    }

    AuthorizationCodes(Clock clock, IssuedSecrets secrets) {
        this.clock = clock;
        this.secrets = secrets;
    }

    /** With characters that break when a client does not form-encode them. */
    synchronized String issue(Approval approval) {
        Instant now = clock.instant();
        codes.values().removeIf(entry -> entry.issued.plus(REMEMBERED).isBefore(now));
        String code = "M.C532_BAY.2.U." + Ids.token(60) + "*!+$";
        secrets.add("code", code);
        codes.put(code, new Entry(approval, now));
        return code;
    }

    /** @throws TokenErrorResponse {@code invalid_grant} if the code is not good for this call */
    synchronized Approval redeem(String code, String redirectUri, String verifier) {
        Entry entry = codes.get(code);
        if (entry == null) {
            throw invalidGrant(70000, "The provided value for the 'code' parameter is not valid.");
        }
        if (entry.redeemed) {
            throw invalidGrant(54005, "OAuth2 Authorization code was already redeemed, please retry with a new valid code.");
        }
        if (!clock.instant().isBefore(entry.issued.plus(LIFETIME))) {
            throw invalidGrant(70008, "The provided authorization code has expired.");
        }
        if (!entry.approval.redirectUri().equals(redirectUri)) {
            throw invalidGrant(500112, "The reply address '" + redirectUri
                    + "' does not match the one that was provided when requesting the authorization code.");
        }
        if (!matches(entry.approval, verifier)) {
            throw invalidGrant(501481, "The Code_Verifier does not match the code_challenge supplied in the authorization"
                    + " request.");
        }
        entry.redeemed = true;
        return entry.approval;
    }

    private static boolean matches(Approval approval, String verifier) {
        if (approval.challenge() == null || verifier == null) {
            return approval.challenge() == null && verifier == null;
        }
        String derived = approval.s256() ? hash(verifier) : verifier;
        return verifier.matches(VERIFIER) && derived.equals(approval.challenge());
    }

    private static String hash(String verifier) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }

    private static TokenErrorResponse invalidGrant(int number, String message) {
        return new TokenErrorResponse(400, "invalid_grant", number, message);
    }
}
