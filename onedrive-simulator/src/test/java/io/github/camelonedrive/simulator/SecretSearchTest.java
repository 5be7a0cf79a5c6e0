package io.github.camelonedrive.simulator;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelonedrive.simulator.internal.drive.Ids;

import static org.assertj.core.api.Assertions.assertThat;

/** A search that finds nothing proves something only when it would find what is there. */
class SecretSearchTest {
    private static final String TRAPS = "+b/c=d~e&f%g*!$'(h) ü";

    private final String secret = Ids.token(20) + TRAPS;
    private final SecretSearch search = new SecretSearch().add("x", secret);

    @Test
    void aSecretIsFoundInEachFormWhereverItStands() {
        assertThat(SecretSearch.formsOf(secret)).hasSizeGreaterThan(14).allSatisfy(form -> {
            assertThat(search.in("before" + form + "after")).containsExactly("x");
            assertThat(search.in(form)).containsExactly("x");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "u", "us", "use", "user"})
    void asPartOfATextThatWasEncodedAsAWhole(String before) {
        byte[] whole = (before + secret + "after").getBytes(StandardCharsets.UTF_8);
        assertThat(search.in(Base64.getEncoder().encode(whole))).containsExactly("x");
        assertThat(search.in(Base64.getUrlEncoder().encode(whole))).containsExactly("x");
        assertThat(search.in(HexFormat.of().formatHex(whole))).containsExactly("x");
    }

    @Test
    void nothingIsFoundWhereNothingIs() {
        assertThat(search.in("")).isEmpty();
        assertThat(search.in("harmless")).isEmpty();
        assertThat(search.in(secret.substring(1))).isEmpty();
        assertThat(search.in(secret.substring(0, secret.length() - 1))).isEmpty();
        assertThat(new SecretSearch().in(secret)).isEmpty();
    }

    @Test
    void aKeyIsFoundAsBytesInHexadecimalAndInBase64() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        SecretSearch keys = new SecretSearch().add("key", key);
        assertThat(keys.in(key)).containsExactly("key");
        assertThat(keys.in(HexFormat.of().withUpperCase().formatHex(key))).containsExactly("key");
        assertThat(keys.in(Base64.getEncoder().encode(key))).containsExactly("key");
    }

    @Test
    void aNumberOfAPrivateKeyIsFoundInDecimalAndInAWrappedPem() {
        BigInteger number = new BigInteger(1024, new Random()).setBit(1023);
        SecretSearch keys = new SecretSearch().add("exponent", number);
        for (int before = 0; before < 48; before++) {
            byte[] bytes = number.toByteArray();
            byte[] der = new byte[before + bytes.length];
            System.arraycopy(bytes, 0, der, before, bytes.length);
            String wrapped = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
            assertThat(wrapped.lines().filter(line -> keys.in(line).equals(List.of("exponent")))).hasSizeGreaterThan(1);
        }
        assertThat(keys.in("= " + number)).containsExactly("exponent");
    }

    @Test
    void eachPartOfAUrlThatCarriesASecretIsFound() {
        String ticket = "v1." + Ids.token(30) + "%2B%3D";
        SecretSearch urls = new SecretSearch().addUrl("url", "/upload/1?dc=0&tempauth=" + ticket)
                .addUrl("legacy", "/rup/4m!" + Ids.token(30) + "%2B'x");
        assertThat(urls.kinds()).containsExactlyInAnyOrder("url", "url tempauth", "legacy");
        assertThat(urls.in("tempauth=" + ticket)).containsExactly("url tempauth");
        assertThat(urls.in(ticket.replace("%2B%3D", "+="))).containsExactly("url tempauth");
    }

    @Test
    void theSimulatorKnowsWhatItHasHandedOut() {
        try (OneDriveSimulator simulator = OneDriveSimulator.builder().port(0).start()) {
            assertThat(simulator.secrets().in("a " + simulator.clientSecret())).containsExactly("client_secret");
            assertThat(simulator.secrets().in("a " + simulator.refreshToken())).containsExactly("refresh_token");
        }
    }
}
