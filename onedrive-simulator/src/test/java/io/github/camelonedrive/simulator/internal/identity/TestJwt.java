package io.github.camelonedrive.simulator.internal.identity;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A client assertion as a good client writes it, with room for mistakes. */
final class TestJwt {
    final ObjectNode header = new ObjectMapper().createObjectNode();
    final ObjectNode claims = new ObjectMapper().createObjectNode();

    static TestJwt of(TestKey key, String clientId, String audience, Instant now) {
        TestJwt jwt = new TestJwt();
        jwt.header.put("alg", "PS256").put("typ", "JWT").put("x5t#S256", key.thumbprint());
        jwt.claims.put("aud", audience).put("iss", clientId).put("sub", clientId).put("jti", UUID.randomUUID().toString())
                .put("nbf", now.getEpochSecond()).put("iat", now.getEpochSecond()).put("exp", now.getEpochSecond() + 300);
        return jwt;
    }

    public TestJwt header(String name, String value) {
        header.put(name, value);
        return this;
    }

    TestJwt claim(String name, String value) {
        claims.put(name, value);
        return this;
    }

    TestJwt claim(String name, Instant value) {
        claims.put(name, value.getEpochSecond());
        return this;
    }

    TestJwt without(String claim) {
        claims.remove(claim);
        return this;
    }

    String sign(PrivateKey key) {
        String input = encode(header.toString().getBytes(StandardCharsets.UTF_8)) + "."
                + encode(claims.toString().getBytes(StandardCharsets.UTF_8));
        try {
            Signature signature = signature(header.path("alg").asText());
            signature.initSign(key);
            signature.update(input.getBytes(StandardCharsets.US_ASCII));
            return input + "." + encode(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Signature signature(String algorithm) throws GeneralSecurityException {
        switch (algorithm) {
            case "RS256":
                return Signature.getInstance("SHA256withRSA");
            case "RS512":
                return Signature.getInstance("SHA512withRSA");
            case "ES256":
                return Signature.getInstance("SHA256withECDSAinP1363Format");
            default:
                Signature pss = Signature.getInstance("RSASSA-PSS");
                pss.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
                return pss;
        }
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
