package io.github.camelonedrive.transport;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EndpointsTest {

    @ParameterizedTest
    @CsvSource({
        "https://login.microsoftonline.com,    https://login.microsoftonline.com",
        "https://proxy.example:8443/graph/,    https://proxy.example:8443/graph",
        "HTTPS://login.example//,              HTTPS://login.example",
        "http://127.0.0.1:8089/v1.0,           http://127.0.0.1:8089/v1.0",
        "http://127.8.9.10,                    http://127.8.9.10",
        "http://localhost:8089,                http://localhost:8089",
        "http://[::1]:8089,                    http://[::1]:8089"})
    void httpsAnywhereAndHttpOnThisMachineAreAccepted(String address, String normalized) {
        assertThat(Endpoints.requireSafe("loginEndpoint", address)).hasToString(normalized);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "http://login.microsoftonline.com", "http://127.0.0.1.example.com", "http://127.0.0.1@evil.example",
        "http://localhost.example.com", "http://[::2]:1", "http://0.0.0.0:80", "http://10.0.0.1", "ftp://127.0.0.1",
        "http://127.1", "localhost:8089", "/v1.0", "https://", "", "https://user:canary@graph.example", "https://a.example?x=1",
        "https://a.example#f", "http://local host", "https://user@127.0.0.1"})
    void everythingElseIsRefusedNamingTheOption(String address) {
        assertThatThrownBy(() -> Endpoints.requireSafe("loginEndpoint", address))
                .isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith("loginEndpoint ")
                .hasMessageNotContaining("canary");
    }
}
