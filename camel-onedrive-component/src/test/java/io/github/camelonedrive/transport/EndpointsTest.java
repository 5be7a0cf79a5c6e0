package io.github.camelonedrive.transport;

import java.net.URI;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class EndpointsTest {

    @ParameterizedTest
    @CsvSource({
        "https://graph.microsoft.com/v1.0, https://graph.microsoft.com/v1.0",
        "https://graph.microsoft.com/v1.0/, https://graph.microsoft.com/v1.0",
        "' https://graph.example:8443// ', https://graph.example:8443",
        "http://127.0.0.1:8089/v1.0, http://127.0.0.1:8089/v1.0",
        "http://127.255.255.254, http://127.255.255.254",
        "http://[::1]:8089, http://[::1]:8089",
        "http://[0:0:0:0:0:0:0:1]:8089, http://[0:0:0:0:0:0:0:1]:8089",
        "http://LocalHost:8089, http://LocalHost:8089"})
    @Tag("C102")
    void httpsAndThisMachineAreSafe(String address, String kept) {
        assertThat(Endpoints.requireSafe("graphEndpoint", address)).isEqualTo(URI.create(kept));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "http://graph.microsoft.com/v1.0", "http://10.0.0.1", "http://128.0.0.1", "http://127.0.0.1.example.com",
        "http://localhost.example.com", "http://127.1", "http://127.0.0.256", "http://127.0.0.999", "http://0.0.0.0",
        "http://[::2]", "http://[::ffff:127.0.0.1]", "http://2130706433", "ftp://127.0.0.1", "file:///etc/passwd",
        "//127.0.0.1", "graph.microsoft.com", "https://", "https:///v1.0", ""})
    @Tag("C102")
    @Tag("C103")
    void everythingElseIsRefusedAndNamed(String address) {
        assertThatIllegalArgumentException().isThrownBy(() -> Endpoints.requireSafe("graphEndpoint", address))
                .withMessageStartingWith("graphEndpoint ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://user:canary@graph.example", "http://127.0.0.1@evil.example",
        "https://graph.example/?canary",
        "https://graph.example/#canary"})
    void userInfoQueryAndFragmentAreRefusedWithoutRepeatingThem(String address) {
        assertThatIllegalArgumentException().isThrownBy(() -> Endpoints.requireSafe("loginEndpoint", address))
                .withMessageStartingWith("loginEndpoint must not hold").withMessageNotContaining("canary");
    }

    @Test
    void anAddressThatIsNoneIsNotRepeated() {
        assertThatIllegalArgumentException().isThrownBy(() -> Endpoints.requireSafe("loginEndpoint", "https://a b/canary"))
                .withMessage("loginEndpoint is no valid address.");
    }

    @Test
    void theSchemeIsComparedWithoutRegardToCase() {
        assertThat(Endpoints.isHttps(URI.create("HTTPS://graph.example"))).isTrue();
        assertThat(Endpoints.isHttpOnLoopback(URI.create("HTTP://127.0.0.1"))).isTrue();
        assertThat(Endpoints.isHttpOnLoopback(URI.create("https://127.0.0.1"))).isFalse();
        assertThat(Endpoints.isHttpOnLoopback(URI.create("http:opaque"))).isFalse();
    }
}
