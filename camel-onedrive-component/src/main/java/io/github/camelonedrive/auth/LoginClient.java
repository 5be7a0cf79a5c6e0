package io.github.camelonedrive.auth;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

import com.nimbusds.oauth2.sdk.AccessTokenResponse;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import com.nimbusds.oauth2.sdk.token.Tokens;
import org.apache.hc.client5.http.classic.HttpClient;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.credentials.Secret;
import io.github.camelonedrive.transport.ClockSkew;
import io.github.camelonedrive.transport.RetryAfter;

/**
 * The token endpoint of the Microsoft identity platform ({@code graph-contract.md} §7.3, §7.5). Transient trouble is tried
 * again; what the service refuses is not (statements 99 and 100). Safe for use by many threads.
 */
public final class LoginClient {

    /** For answers without {@code expires_in}: the shortest life that Microsoft gives ({@code graph-contract.md} §7.3). */
    private static final Duration USUAL_LIFETIME = Duration.ofMinutes(60);

    /** Longer lives than Microsoft gives any token (28 hours) are not believed. */
    private static final Duration LONGEST_LIFETIME = Duration.ofHours(28);

    /** A guest network's answer (RFC 6585 §6), not the service's. */
    private static final int NETWORK_AUTHENTICATION_REQUIRED = 511;

    private final NimbusHttpSender http;
    private final LoginSettings settings;

    /**
     * @param http carries proxy, TLS, timeouts and User-Agent. It has to send each request once: automatic retries disabled
     */
    public LoginClient(HttpClient http, LoginSettings settings) {
        this.http = new NimbusHttpSender(Objects.requireNonNull(http));
        this.settings = Objects.requireNonNull(settings);
    }

    LoginSettings settings() {
        return settings;
    }

    /**
     * Trades a refresh token for an access token, and as a rule for a new refresh token.
     *
     * @param  claims                    JSON that a claims challenge demands of the access token
     * @throws AuthenticationException   when the service refuses
     * @throws LoginUnavailableException when the service can't be asked, also after trying again
     */
    TokenAnswer refresh(ClientIdentity client, Secret refreshToken, Optional<String> claims, LoginRetry retry)
            throws OneDriveException {
        LoginRetry.Budget budget = retry.begin();
        while (true) {
            try {
                return attempt(client, refreshToken, claims);
            } catch (LoginUnavailableException e) {
                if (!e.worthRetrying()) {
                    throw e;
                }
                budget.waitAfter(e);
            }
        }
    }

    private TokenAnswer attempt(ClientIdentity client, Secret refreshToken, Optional<String> claims)
            throws OneDriveException {
        HTTPRequest request = request(client, refreshToken, claims);
        Instant sent = settings.clock().instant();
        HTTPResponse response;
        try {
            response = request.send(http);
        } catch (IOException e) {
            throw noAnswer(request.getURI(), e);
        }
        if (response.getStatusCode() == HTTPResponse.SC_OK) {
            return answer(response, sent);
        }
        throw refusal(client, response);
    }

    private HTTPRequest request(ClientIdentity client, Secret refreshToken, Optional<String> claims) {
        URI endpoint = settings.tokenEndpoint(client.cloud(), client.tenant());
        RefreshTokenGrant grant = new RefreshTokenGrant(new RefreshToken(refreshToken.reveal()));
        ClientID id = new ClientID(client.clientId().reveal());
        TokenRequest.Builder builder = client.credential().secret().isPresent()
                ? new TokenRequest.Builder(endpoint, new ClientSecretPost(id,
                        new com.nimbusds.oauth2.sdk.auth.Secret(client.credential().secret().get().reveal())), grant)
                : new TokenRequest.Builder(endpoint, id, grant);
        claims.ifPresent(json -> builder.customParameter("claims", json));
        HTTPRequest request = builder.scope(Scope.parse(settings.scope())).build().toHTTPRequest();
        request.setAccept("application/json");
        return request;
    }

    private TokenAnswer answer(HTTPResponse response, Instant sent) throws LoginUnavailableException {
        Tokens tokens;
        try {
            tokens = AccessTokenResponse.parse(response).getTokens();
        } catch (ParseException | IllegalArgumentException e) {
            // The parser's message may quote the answer, tokens included.
            throw LoginUnavailableException.foreignAnswer(response);
        }
        Instant expires = sent.plus(lifetime(tokens.getAccessToken().getLifetime()));
        AccessToken accessToken = new AccessToken(Secret.of(tokens.getAccessToken().getValue()), expires);
        return new TokenAnswer(accessToken,
                Optional.ofNullable(tokens.getRefreshToken()).map(token -> Secret.of(token.getValue())));
    }

    private static Duration lifetime(long seconds) {
        return seconds <= 0 ? USUAL_LIFETIME : Duration.ofSeconds(Math.min(seconds, LONGEST_LIFETIME.toSeconds()));
    }

    private OneDriveException refusal(ClientIdentity client, HTTPResponse response) {
        int status = response.getStatusCode();
        Instant now = settings.clock().instant();
        Optional<TokenError> error = TokenError.parse(response);
        boolean busy = error.map(TokenError::error).filter("temporarily_unavailable"::equals).isPresent();
        if (busy || isTroubleOfTheService(status)) {
            return LoginUnavailableException.busy(status, error, RetryAfter.from(response::getHeaderValue, now));
        }
        return error.<OneDriveException>map(known -> AuthenticationException.refused(client, known,
                ClockSkew.between(response.getHeaderValue("Date"), now)))
                .orElseGet(() -> LoginUnavailableException.foreignAnswer(response));
    }

    private static boolean isTroubleOfTheService(int status) {
        return status == 408 || status == 429 || status >= 500 && status != NETWORK_AUTHENTICATION_REQUIRED;
    }

    private static LoginUnavailableException noAnswer(URI endpoint, IOException e) {
        return Thread.currentThread().isInterrupted() ? BackoffLoginRetry.interrupted(e)
                : LoginUnavailableException.noAnswer(endpoint, e);
    }
}
