package io.github.camelonedrive.simulator.internal.identity;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * A signed JSON Web Token as it arrived (RFC 7515 §3.1, RFC 7519), not yet verified.
 *
 * @param header the JOSE header
 * @param claims the payload
 * @param signingInput what the signature is over
 * @param signature the raw signature
 */
record Jwt(JsonNode header, JsonNode claims, byte[] signingInput, byte[] signature) {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final PSSParameterSpec PS256 = new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1);

    /** Empty when the text is no signed JWT. */
    static Optional<Jwt> parse(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            JsonNode header = MAPPER.readTree(Base64.getUrlDecoder().decode(parts[0]));
            JsonNode claims = MAPPER.readTree(Base64.getUrlDecoder().decode(parts[1]));
            byte[] input = (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII);
            return header.isObject() && claims.isObject()
                    ? Optional.of(new Jwt(header, claims, input, Base64.getUrlDecoder().decode(parts[2])))
                    : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    String algorithm() {
        return header.path("alg").asText();
    }

    /** Empty when the claim is missing. */
    String claim(String name) {
        return claims.path(name).asText();
    }

    /** Returns whether the token is for this audience; RFC 7519 §4.1.3 allows one or several. */
    boolean isFor(String audience) {
        JsonNode named = claims.path("aud");
        if (!named.isArray()) {
            return named.asText().equals(audience);
        }
        for (JsonNode one : named) {
            if (one.asText().equals(audience)) {
                return true;
            }
        }
        return false;
    }

    /** A time claim; empty when it is missing or no number. */
    Optional<Instant> time(String name) {
        JsonNode seconds = claims.path(name);
        return seconds.isNumber() ? Optional.of(Instant.ofEpochSecond(seconds.asLong())) : Optional.empty();
    }

    /** Returns whether the signature is this key's, by one of the algorithms PS256, RS256 and ES256. */
    boolean isSignedBy(PublicKey key) {
        try {
            Optional<Signature> verifier = verifier(key);
            if (verifier.isEmpty()) {
                return false;
            }
            verifier.get().initVerify(key);
            verifier.get().update(signingInput);
            return verifier.get().verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private Optional<Signature> verifier(PublicKey key) throws GeneralSecurityException {
        return switch (key.getAlgorithm() + " " + algorithm()) {
            case "RSA PS256" -> {
                Signature pss = Signature.getInstance("RSASSA-PSS");
                pss.setParameter(PS256);
                yield Optional.of(pss);
            }
            case "RSA RS256" -> Optional.of(Signature.getInstance("SHA256withRSA"));
            case "EC ES256" -> Optional.of(Signature.getInstance("SHA256withECDSAinP1363Format"));
            default -> Optional.empty();
        };
    }

    /** Without the claims. */
    @Override
    public String toString() {
        return "Jwt " + algorithm();
    }
}
