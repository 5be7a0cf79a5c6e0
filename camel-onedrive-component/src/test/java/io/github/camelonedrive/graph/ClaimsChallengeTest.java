package io.github.camelonedrive.graph;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.MissingNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ClaimsChallengeTest {

    private static final String CLAIMS = "{\"access_token\":{\"nbf\":{\"essential\":true,\"value\":\"1604106651\"}}}";
    /** Its base64 has characters in which the two alphabets differ. */
    private static final String TRICKY = "{\"a\":\"???>>>~~~\u00ff\"}";

    /** As Graph writes it ({@code graph-contract.md} §5). */
    static String header(String claims) {
        return header("insufficient_claims", base64(claims));
    }

    private static String header(String error, String claims) {
        return "Bearer realm=\"\", authorization_uri=\"https://login.microsoftonline.com/common/oauth2/authorize\","
                + " client_id=\"00000003-0000-0000-c000-000000000000\", error=\"" + error + "\", claims=\"" + claims + "\"";
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<String> in(int status, String header) {
        return ClaimsChallenge.in(new GraphAnswer(status, Map.of("www-authenticate", header), MissingNode.getInstance(),
                Optional.empty()));
    }

    @Test
    void theClaimsAreReadAsJson() {
        assertThat(in(401, header(CLAIMS))).contains(CLAIMS);
    }

    @Test
    void bothAlphabetsOfBase64AreReadWithAndWithoutPadding() {
        byte[] bytes = TRICKY.getBytes(StandardCharsets.UTF_8);
        assertThat(in(401, header("insufficient_claims", Base64.getEncoder().encodeToString(bytes)))).contains(TRICKY);
        assertThat(in(401, header("insufficient_claims", Base64.getUrlEncoder().encodeToString(bytes)))).contains(TRICKY);
        assertThat(in(401, header("insufficient_claims", Base64.getUrlEncoder().withoutPadding().encodeToString(bytes))))
                .contains(TRICKY);
    }

    @Test
    void namesAreReadInAnyCaseAndOrderAndAmongOtherChallenges() {
        assertThat(in(401, "Basic realm=\"claims=\", bearer CLAIMS=\"" + base64(CLAIMS)
                + "\" , Error=insufficient_claims")).contains(CLAIMS);
    }

    @Test
    void onlyA401Challenges() {
        assertThat(in(403, header(CLAIMS))).isEmpty();
        assertThat(ClaimsChallenge.in(new GraphAnswer(401, Map.of(), MissingNode.getInstance(), Optional.empty()))).isEmpty();
    }

    @Test
    void anotherErrorOrAnotherSchemeIsNoClaimsChallenge() {
        assertThat(in(401, header("invalid_token", base64(CLAIMS)))).isEmpty();
        assertThat(in(401, header(CLAIMS).replace("Bearer", "Basic"))).isEmpty();
        assertThat(in(401, "Bearer realm=\"\"")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "%%%", "e", "bm8ganNvbg==", "W10=", "bnVsbA==", "IiI=", "eyJhIjo=", "e3t7"})
    void claimsThatAreNoJsonObjectAreIgnored(String claims) {
        assertThat(in(401, header("insufficient_claims", claims))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ",", "=", "Bearer", "Bearer ,,,", "Bearer error", "Bearer error=insufficient_claims",
        "Bearer error=insufficient_claims, claims", "Bearer error=insufficient_claims, claims=", "Bearer \"", "\"\"\"",
        "Bearer =,=", "Bearer error=\"insufficient_claims\", claims=\"", "\u0000\u00ff"})
    void aMalformedHeaderIsIgnored(String header) {
        assertThat(in(401, header)).isEmpty();
    }

    @Test
    void anEndlessHeaderIsIgnored() {
        assertThat(in(401, header(CLAIMS) + ", x=\"" + "x".repeat(20_000) + "\"")).isEmpty();
    }
}
