package io.github.camelonedrive.graph;

import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.hc.client5.http.auth.AuthChallenge;
import org.apache.hc.client5.http.auth.ChallengeType;
import org.apache.hc.client5.http.impl.auth.AuthChallengeParser;
import org.apache.hc.core5.http.NameValuePair;
import org.apache.hc.core5.http.ParseException;
import org.apache.hc.core5.http.message.ParserCursor;

/**
 * Graph's demand for an access token that meets further conditions, such as being newer than a change of password
 * ({@code graph-contract.md} §5, statement 69). What can't be understood is no challenge but a plain 401.
 */
final class ClaimsChallenge {

    /** Real ones have some hundred characters. */
    private static final int LONGEST = 16 * 1024;

    private static final ObjectMapper JSON = new ObjectMapper();

    private ClaimsChallenge() {
    }

    /** The claims that a 401 demands, as JSON text for the token call; empty when it demands none. */
    static Optional<String> in(GraphAnswer answer) {
        return Optional.of(answer).filter(refusal -> refusal.status() == 401)
                .flatMap(refusal -> refusal.header("www-authenticate"))
                .filter(header -> header.length() <= LONGEST)
                .flatMap(ClaimsChallenge::claims);
    }

    private static Optional<String> claims(String header) {
        return header.lines().flatMap(line -> challenges(line).stream())
                .filter(challenge -> "bearer".equalsIgnoreCase(challenge.getSchemeName()))
                .filter(challenge -> parameter(challenge, "error").filter("insufficient_claims"::equals).isPresent())
                .flatMap(challenge -> parameter(challenge, "claims").stream())
                .flatMap(base64 -> decode(base64).stream())
                .findFirst();
    }

    private static List<AuthChallenge> challenges(String header) {
        try {
            return AuthChallengeParser.INSTANCE.parse(ChallengeType.TARGET, header, new ParserCursor(0, header.length()));
        } catch (ParseException malformed) {
            return List.of();
        }
    }

    private static Optional<String> parameter(AuthChallenge challenge, String name) {
        return Optional.ofNullable(challenge.getParams()).orElse(List.of()).stream()
                .filter(parameter -> name.equalsIgnoreCase(parameter.getName()) && parameter.getValue() != null)
                .map(NameValuePair::getValue).findFirst();
    }

    /** Both alphabets of base64 are seen, with and without padding. */
    private static Optional<String> decode(String base64) {
        try {
            byte[] bytes = Base64.getDecoder().decode(base64.strip().replace('-', '+').replace('_', '/'));
            JsonNode claims = JSON.readTree(bytes);
            return Optional.ofNullable(claims).filter(JsonNode::isObject).map(JsonNode::toString);
        } catch (IllegalArgumentException | IOException malformed) {
            return Optional.empty();
        }
    }
}
