package io.github.camelonedrive.auth;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.nimbusds.oauth2.sdk.util.URLUtils;

import io.github.camelonedrive.credentials.Secret;

/**
 * What the browser brings back from the sign-in page: a code or an error, and the {@code state} that says which sign-in it
 * belongs to ({@code graph-contract.md} §7.2). Its text form shows nothing of it.
 */
public final class AuthorizationAnswer {

    /** Codes of personal accounts have some hundred characters, those of work accounts up to two thousand. */
    private static final int LONGEST = 16 * 1024;

    private final Map<String, String> parameters;

    private AuthorizationAnswer(Map<String, String> parameters) {
        this.parameters = parameters;
    }

    /**
     * From the query of the redirect.
     *
     * @param  rawQuery                 as it was sent, still encoded; null is as good as empty
     * @throws IllegalArgumentException when a parameter comes twice or the query is too long: Microsoft sends no such answer
     */
    public static AuthorizationAnswer ofQuery(String rawQuery) {
        String query = rawQuery == null ? "" : rawQuery;
        if (query.length() > LONGEST) {
            throw new IllegalArgumentException("It is too long.");
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        for (Map.Entry<String, List<String>> parameter : URLUtils.parseParameters(query).entrySet()) {
            if (parameter.getValue().size() != 1) {
                throw new IllegalArgumentException("It holds a parameter twice.");
            }
            parameters.put(parameter.getKey(), parameter.getValue().get(0));
        }
        AuthorizationAnswer answer = new AuthorizationAnswer(parameters);
        // Known to the redactor from here on, whatever becomes of the answer.
        answer.code();
        return answer;
    }

    /**
     * From the address in the browser's address bar.
     *
     * @throws IllegalArgumentException saying what is wrong with it, without quoting it
     */
    public static AuthorizationAnswer ofAddress(String address) {
        URI uri;
        try {
            uri = new URI(address.strip());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("It is no address.");
        }
        if (uri.getScheme() == null || uri.getRawQuery() == null) {
            throw new IllegalArgumentException("It is not the whole address: that starts with http and has '?code=' in it.");
        }
        return ofQuery(uri.getRawQuery());
    }

    /** Which sign-in it belongs to; empty when it does not say so. */
    public String state() {
        return parameters.getOrDefault("state", "");
    }

    /** To be traded for tokens, once. */
    Optional<Secret> code() {
        return Optional.ofNullable(parameters.get("code")).filter(code -> !code.isBlank()).map(Secret::of);
    }

    /** Whether it says that the sign-in failed. */
    public boolean isError() {
        return !parameters.getOrDefault("error", "").isBlank();
    }

    /** Whether it says anything: brings a code or an error. */
    boolean isComplete() {
        return isError() || code().isPresent();
    }

    /** As they came, decoded; they hold the code. */
    Map<String, String> parameters() {
        return Map.copyOf(parameters);
    }

    @Override
    public String toString() {
        return "AuthorizationAnswer(" + (isError() ? "error" : code().isPresent() ? "code" : "nothing") + ")";
    }
}
