package io.github.camelonedrive.simulator.internal.identity;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.camelonedrive.simulator.SignInOutcome;
import io.github.camelonedrive.simulator.internal.SimulatorSettings;
import io.github.camelonedrive.simulator.internal.http.Call;
import io.github.camelonedrive.simulator.internal.http.PercentCoding;
import io.github.camelonedrive.simulator.internal.http.Response;

/**
 * {@code /{tenant}/oauth2/v2.0/authorize}: GET shows the page, which posts the user's decision back.
 * What is wrong with the app or the redirect URI is shown to the user; all else is reported to the app.
 */
final class AuthorizationEndpoint {
    private static final String ANSWER = "answer";
    private static final String CHALLENGE = "[A-Za-z0-9._~-]{43,128}";
    private static final Set<String> PROMPTS = Set.of("login", "none", "consent", "select_account");
    private static final List<String> RESPONSE_MODES = List.of("query", "fragment", "form_post");

    private static final Pattern LOCALHOST = Pattern.compile("http://localhost(?::\\d{1,5})?(/[^?#]*)?");

    private final SimulatorSettings settings;
    private final Tenants tenants;
    private final ClientAuthentication clients;
    private final SignInUser user;

    AuthorizationEndpoint(SimulatorSettings settings, Tenants tenants, ClientAuthentication clients, SignInUser user) {
        this.settings = settings;
        this.tenants = tenants;
        this.clients = clients;
        this.user = user;
    }

    Response authorize(Call call) throws IOException {
        boolean answered = call.method().equals("POST");
        Map<String, String> asked = new LinkedHashMap<>(answered
                ? PercentCoding.parameters(new String(call.readSmallBody(), StandardCharsets.ISO_8859_1)) : call.query());
        String answer = asked.remove(ANSWER);
        tenants.check(call.rawPath());
        clients.checkId(asked.get("client_id"));
        checkRedirectUri(asked.get("redirect_uri"));
        if (!answered) {
            checkProtection(call, asked);
        }
        try {
            RequestedScopes scopes = check(asked);
            return decide(call, asked, scopes, answer);
        } catch (TokenErrorResponse e) {
            return redirect(asked, failure(call, e));
        }
    }

    private void checkRedirectUri(String redirectUri) {
        if (redirectUri == null || redirectUri.isEmpty()) {
            throw TokenErrorResponse.missing("redirect_uri");
        }
        if (!isRegistered(redirectUri)) {
            throw new TokenErrorResponse(400, "invalid_request", 50011, "The redirect URI '" + redirectUri
                    + "' specified in the"
                    + " request does not match the redirect URIs configured for the application. Make sure the redirect URI"
                    + " sent in the request matches one added to your application in the Azure portal.");
        }
    }

    /** Compares case-sensitively, except that any port goes for {@code http://localhost}. */
    private boolean isRegistered(String asked) {
        return settings.redirectUris.stream().anyMatch(one -> withoutPort(one).equals(withoutPort(asked)));
    }

    private static String withoutPort(String uri) {
        var localhost = LOCALHOST.matcher(uri);
        if (!localhost.matches()) {
            return uri;
        }
        return "http://localhost" + (localhost.group(1) == null ? "/" : localhost.group(1));
    }

    private void checkProtection(Call call, Map<String, String> asked) {
        if (asked.getOrDefault("state", "").isEmpty()) {
            call.violation("no 'state'; without it anyone can make the app take a code that it did not ask for");
        }
        if (!asked.containsKey("code_challenge")) {
            call.violation("no 'code_challenge'; without PKCE whoever sees the code can use it");
        }
    }

    /** @throws TokenErrorResponse for what is reported to the app */
    private static RequestedScopes check(Map<String, String> asked) {
        String type = asked.get("response_type");
        if (type == null) {
            throw TokenErrorResponse.missing("response_type");
        }
        if (!type.equals("code")) {
            throw new TokenErrorResponse(400, "unsupported_response_type", 70005,
                    "The response_type '" + type + "' is not enabled for the application.");
        }
        if (asked.containsKey("response_mode") && !RESPONSE_MODES.contains(asked.get("response_mode"))) {
            throw malformed("response_mode");
        }
        if (asked.containsKey("prompt") && !PROMPTS.contains(asked.get("prompt"))) {
            throw malformed("prompt");
        }
        checkChallenge(asked.get("code_challenge"), asked.getOrDefault("code_challenge_method", "plain"));
        Claims.check(asked.get("claims"));
        if (asked.getOrDefault("scope", "").isBlank()) {
            throw TokenErrorResponse.missing("scope");
        }
        return RequestedScopes.parse(asked.get("scope")).checkKnown();
    }

    private static void checkChallenge(String challenge, String method) {
        if (challenge != null && !challenge.matches(CHALLENGE)) {
            throw new TokenErrorResponse(400, "invalid_request", 501491, "Invalid size of Code_Challenge parameter.");
        }
        if (!Set.of("S256", "plain").contains(method)) {
            throw malformed("code_challenge_method");
        }
    }

    private static TokenErrorResponse malformed(String parameter) {
        return new TokenErrorResponse(400, "invalid_request", 9002313, "Invalid request. The parameter '" + parameter
                + "' is malformed or invalid.");
    }

    private Response decide(Call call, Map<String, String> asked, RequestedScopes scopes, String answer) {
        SignInOutcome outcome = answer == null ? user.outcome() : outcome(answer);
        if (outcome instanceof SignInOutcome.Refuse refusal) {
            throw new TokenErrorResponse(400, refusal.error(), refusal.aadsts(), refusal.text());
        }
        if (outcome instanceof SignInOutcome.Ask) {
            if ("none".equals(asked.get("prompt"))) {
                throw new TokenErrorResponse(400, "login_required", 50058,
                        "A silent sign-in request was sent but no user is signed in.");
            }
            return Pages.consent(call.rawPath(), asked, user.name(), scopes.names());
        }
        Map<String, String> success = new LinkedHashMap<>();
        success.put("code", user.codes().issue(new AuthorizationCodes.Approval(asked.get("redirect_uri"),
                asked.get("code_challenge"),
                "S256".equals(asked.get("code_challenge_method")), scopes)));
        return redirect(asked, success);
    }

    private static SignInOutcome outcome(String answer) {
        return answer.equals("accept") ? SignInOutcome.accept() : SignInOutcome.decline();
    }

    private static Map<String, String> failure(Call call, TokenErrorResponse e) {
        ObjectNode body = TokenErrorResponse.body(call, e.error(), e.number(), e.getMessage(), null);
        Map<String, String> failure = new LinkedHashMap<>();
        failure.put("error", e.error());
        failure.put("error_description", body.path("error_description").asText());
        failure.put("error_uri", body.path("error_uri").asText());
        return failure;
    }

    /** Sends the browser back to the app, with the state exactly as the app sent it. */
    private static Response redirect(Map<String, String> asked, Map<String, String> result) {
        if (asked.containsKey("state")) {
            result.put("state", asked.get("state"));
        }
        if (result.containsKey("code")) {
            result.put("session_state", UUID.randomUUID().toString());
        }
        String target = asked.get("redirect_uri");
        String mode = asked.getOrDefault("response_mode", "query");
        if (mode.equals("form_post")) {
            return Pages.formPost(target, result);
        }
        char separator = mode.equals("fragment") ? '#' : target.indexOf('?') < 0 ? '?' : '&';
        StringBuilder location = new StringBuilder(target);
        for (Map.Entry<String, String> parameter : result.entrySet()) {
            location.append(separator).append(parameter.getKey()).append('=')
                    .append(PercentCoding.encodeSegment(parameter.getValue()));
            separator = '&';
        }
        return Response.empty(302).header("Location", location.toString()).header("Cache-Control", "no-store")
                .header("Referrer-Policy", "no-referrer");
    }
}
