package io.github.camelonedrive.auth;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.JWTAuthentication;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.util.URLUtils;

import io.github.camelonedrive.credentials.Secret;

/**
 * Sends an assertion that is signed already, beside the client ID, which Microsoft asks for ({@code graph-contract.md} §7.3).
 * Nimbus' own class wants to see the client ID as the assertion's issuer, which it is not when another identity provider has
 * issued it.
 */
final class AssertionAuthentication extends ClientAuthentication {

    private static final String TYPE = "client_assertion_type";
    private static final String ASSERTION = "client_assertion";
    private static final String CLIENT = "client_id";

    private final Secret assertion;

    AssertionAuthentication(ClientID client, Secret assertion) {
        super(ClientAuthenticationMethod.PRIVATE_KEY_JWT, client);
        this.assertion = assertion;
    }

    @Override
    public Set<String> getFormParameterNames() {
        return Set.of(TYPE, ASSERTION, CLIENT);
    }

    @Override
    public void applyTo(HTTPRequest request) {
        Map<String, List<String>> form = new LinkedHashMap<>(URLUtils.parseParameters(request.getBody()));
        form.put(CLIENT, List.of(getClientID().getValue()));
        form.put(TYPE, List.of(JWTAuthentication.CLIENT_ASSERTION_TYPE));
        form.put(ASSERTION, List.of(assertion.reveal()));
        request.setBody(URLUtils.serializeParameters(form));
    }
}
