package io.github.camelonedrive.auth;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;

import com.nimbusds.oauth2.sdk.AccessTokenResponse;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.AuthorizationRequest;
import com.nimbusds.oauth2.sdk.ClientCredentialsGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.ResponseMode;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.device.DeviceAuthorizationRequest;
import com.nimbusds.oauth2.sdk.device.DeviceCodeGrant;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import com.nimbusds.oauth2.sdk.token.Tokens;
import com.nimbusds.openid.connect.sdk.Prompt;
import org.apache.hc.client5.http.classic.HttpClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.auth.LoginUnavailableException.Detail;
import io.github.camelonedrive.credentials.ClientCredential;
import io.github.camelonedrive.credentials.Cloud;
import io.github.camelonedrive.credentials.Secret;
import io.github.camelonedrive.transport.ClockSkew;
import io.github.camelonedrive.transport.RetryAfter;

/**
 * The endpoints of the Microsoft identity platform ({@code graph-contract.md} §7.2 to §7.5). Transient trouble is tried
 * again; what the service refuses is not (statements 99 and 100). Safe for use by many threads.
 */
public final class LoginClient {

    /** For answers without {@code expires_in}: the shortest life that Microsoft gives ({@code graph-contract.md} §7.3). */
    private static final Duration USUAL_LIFETIME = Duration.ofMinutes(60);

    /** Longer lives than Microsoft gives any token (28 hours) are not believed. */
    private static final Duration LONGEST_LIFETIME = Duration.ofHours(28);

    /** A guest network's answer (RFC 6585 §6), not the service's. */
    private static final int NETWORK_AUTHENTICATION_REQUIRED = 511;

    private static final String JSON = "application/json";

    private static final Logger LOG = LoggerFactory.getLogger(LoginClient.class);

    private final NimbusHttpSender http;
    private final LoginSettings settings;
    private final AtomicBoolean saidThatOfflineAccessIsAdded = new AtomicBoolean();

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
        Form form = new Form(new RefreshTokenGrant(new RefreshToken(refreshToken.reveal())), delegatedScope(client), claims);
        return retry.run(() -> tokens(client, form));
    }

    /**
     * Signs in as the application itself. There is never a refresh token ({@code graph-contract.md} statement 83).
     *
     * @param  claims                    JSON that a claims challenge demands of the access token
     * @throws SignInException           when client, tenant or cloud can't sign in like that
     * @throws AuthenticationException   when the service refuses
     * @throws LoginUnavailableException when the service can't be asked, also after trying again
     */
    TokenAnswer application(ClientIdentity client, Optional<String> claims, LoginRetry retry) throws OneDriveException {
        if (client.credential() instanceof ClientCredential.None || !SignInKind.isCertain(client.tenant())) {
            throw SignInException.misconfigured("'" + client.label() + "' can't sign in as an application: that takes a client"
                    + " secret, certificate or federated token, and a certain tenant, which '" + client.tenant() + "' "
                    + (SignInKind.isCertain(client.tenant()) ? "is." : "is not."),
                    "Give what is missing; the tenant is the 'Directory (tenant) ID' of the app registration.");
        }
        Form form = new Form(new ClientCredentialsGrant(), Scopes.application(client.cloud()), claims);
        return retry.run(() -> tokens(client, form));
    }

    /** Trades the code that the browser brought for tokens ({@code graph-contract.md} §7.3). */
    TokenAnswer code(ClientIdentity client, Secret code, URI redirectUri, CodeVerifier verifier) throws OneDriveException {
        Secret.of(verifier.getValue());
        Form form = new Form(new AuthorizationCodeGrant(new AuthorizationCode(code.reveal()), redirectUri, verifier),
                delegatedScope(client), Optional.empty());
        return settings.retry().run(() -> tokens(client, form)).grantedOf(settings.scope(client));
    }

    /** Asks once whether the device code was confirmed ({@code graph-contract.md} §7.4). Not yet is a refusal too. */
    TokenAnswer device(ClientIdentity client, DeviceCode code) throws OneDriveException {
        return tokens(client, new Form(new DeviceCodeGrant(new com.nimbusds.oauth2.sdk.device.DeviceCode(
                code.value().reveal())), new Scope(), Optional.empty())).grantedOf(settings.scope(client));
    }

    /** Asks for a code that a person confirms on any device ({@code graph-contract.md} §7.4). */
    DeviceCode deviceCode(ClientIdentity client) throws OneDriveException {
        requireFittingCloud(client);
        URI endpoint = settings.deviceCodeEndpoint(client.cloud(), client.tenant());
        HTTPRequest request = new DeviceAuthorizationRequest(endpoint, id(client), delegatedScope(client)).toHTTPRequest();
        request.setAccept(JSON);
        return settings.retry().run(() -> DeviceCode.parse(send(client, request)).orElseThrow(
                () -> new LoginUnavailableException("The sign-in service's answer is no device code.",
                        "Check 'loginEndpoint' and the proxy settings.", Detail.FINAL, null)));
    }

    /** The address of the page where a person signs in ({@code graph-contract.md} §7.2). */
    URI authorizeAddress(ClientIdentity client, URI redirectUri, State state, CodeVerifier verifier) throws SignInException {
        requireFittingCloud(client);
        return new AuthorizationRequest.Builder(ResponseType.CODE, id(client))
                .endpointURI(settings.authorizeEndpoint(client.cloud(), client.tenant()))
                .redirectionURI(redirectUri).scope(delegatedScope(client)).state(state)
                .codeChallenge(verifier, CodeChallengeMethod.S256).responseMode(ResponseMode.QUERY)
                .prompt(Prompt.Type.SELECT_ACCOUNT).build().toURI();
    }

    private Scope delegatedScope(ClientIdentity client) {
        String scope = settings.scope(client);
        if (!Scopes.hasOfflineAccess(scope) && saidThatOfflineAccessIsAdded.compareAndSet(false, true)) {
            LOG.warn("The scope '{}' lacks offline_access, without which a sign-in ends within the hour. It is asked for"
                    + " as well; add it to 'scope'.", scope);
        }
        return Scopes.delegated(scope, client.cloud());
    }

    private TokenAnswer tokens(ClientIdentity client, Form form) throws OneDriveException {
        requireFittingCloud(client);
        HTTPRequest request = request(client, form);
        Instant sent = settings.time().now();
        return answer(send(client, request), sent);
    }

    private HTTPResponse send(ClientIdentity client, HTTPRequest request) throws OneDriveException {
        HTTPResponse response;
        try {
            response = request.send(http);
        } catch (IOException e) {
            throw noAnswer(request.getURI(), e);
        } catch (CancellationException e) {
            // So the HTTP client says it when the thread was interrupted before there was a connection.
            Thread.currentThread().interrupt();
            throw LoginRetry.interrupted(e);
        }
        if (response.getStatusCode() == HTTPResponse.SC_OK) {
            return response;
        }
        throw refusal(client, response);
    }

    /** All personal accounts live in the global cloud ({@code graph-contract.md} statement 101). */
    private static void requireFittingCloud(ClientIdentity client) throws SignInException {
        if (client.cloud() != Cloud.GLOBAL && SignInKind.isPersonal(client.tenant())) {
            throw SignInException.misconfigured("'" + client.label() + "' can't sign in: personal accounts (tenant '"
                    + client.tenant() + "') live in the global cloud only, not in '" + client.cloud() + "'.",
                    "Set the cloud to global; or, for a work account of '" + client.cloud() + "', set the tenant to its"
                            + " 'Directory (tenant) ID'.");
        }
    }

    private HTTPRequest request(ClientIdentity client, Form form) throws OneDriveException {
        URI endpoint = settings.tokenEndpoint(client.cloud(), client.tenant());
        Optional<ClientAuthentication> proof = proof(client, endpoint);
        TokenRequest.Builder builder = proof.isPresent()
                ? new TokenRequest.Builder(endpoint, proof.get(), form.grant)
                : new TokenRequest.Builder(endpoint, id(client), form.grant);
        form.claims.ifPresent(json -> builder.customParameter("claims", json));
        if (!form.scope.isEmpty()) {
            builder.scope(form.scope);
        }
        HTTPRequest request = builder.build().toHTTPRequest();
        request.setAccept(JSON);
        return request;
    }

    /** Made anew for each request; empty for public clients, which must send nothing (statements 90 to 92). */
    private Optional<ClientAuthentication> proof(ClientIdentity client, URI endpoint) throws OneDriveException {
        ClientCredential credential = client.credential();
        if (credential instanceof ClientCredential.ClientSecret secret) {
            return Optional.of(new ClientSecretPost(id(client),
                    new com.nimbusds.oauth2.sdk.auth.Secret(secret.value().reveal())));
        }
        if (credential instanceof ClientCredential.Certificate certificate) {
            return Optional.of(new AssertionAuthentication(id(client), ClientAssertion.signed(client.label(), id(client),
                    certificate.certificate(), endpoint, settings.time().now())));
        }
        if (credential instanceof ClientCredential.FederatedToken token) {
            return Optional.of(new AssertionAuthentication(id(client),
                    ClientAssertion.federated(client.label(), token.file())));
        }
        return Optional.empty();
    }

    private static ClientID id(ClientIdentity client) {
        return new ClientID(client.clientId().reveal());
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
        Set<String> granted = Optional.ofNullable(tokens.getAccessToken().getScope()).map(Scopes::shortNames).orElse(Set.of());
        return new TokenAnswer(accessToken,
                Optional.ofNullable(tokens.getRefreshToken()).map(token -> Secret.of(token.getValue())), granted);
    }

    private static Duration lifetime(long seconds) {
        return seconds <= 0 ? USUAL_LIFETIME : Duration.ofSeconds(Math.min(seconds, LONGEST_LIFETIME.toSeconds()));
    }

    private OneDriveException refusal(ClientIdentity client, HTTPResponse response) {
        int status = response.getStatusCode();
        Instant now = settings.time().now();
        Optional<TokenError> error = TokenError.parse(response);
        boolean busy = error.map(TokenError::error).filter("temporarily_unavailable"::equals).isPresent();
        if (busy || isTroubleOfTheService(status)) {
            return LoginUnavailableException.busy(status, error, RetryAfter.from(response::getHeaderValue, now));
        }
        return error.<OneDriveException>map(known -> AuthenticationException.refused(client, status, known,
                ClockSkew.between(response.getHeaderValue("Date"), now)))
                .orElseGet(() -> LoginUnavailableException.foreignAnswer(response));
    }

    private static boolean isTroubleOfTheService(int status) {
        return status == 408 || status == 429 || status >= 500 && status != NETWORK_AUTHENTICATION_REQUIRED;
    }

    private static LoginUnavailableException noAnswer(URI endpoint, IOException e) {
        return Thread.currentThread().isInterrupted() ? LoginRetry.interrupted(e)
                : LoginUnavailableException.noAnswer(endpoint, e);
    }

    /** What is asked of the token endpoint, beside who asks. @param scope empty sends none */
    private record Form(AuthorizationGrant grant, Scope scope, Optional<String> claims) {
    }
}
