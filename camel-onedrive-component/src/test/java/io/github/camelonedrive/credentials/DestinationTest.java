package io.github.camelonedrive.credentials;

import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DestinationTest {

    @ParameterizedTest
    @ValueSource(strings = {"common", "consumers", "contoso.onmicrosoft.com", "9188040d-6c67-4c5b-b112-36a304b66dad"})
    void tenantsOfEachFormArePossible(String tenant) {
        assertThatCode(() -> destination("offsite", tenant, "/")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../evil", "a/b", "a?b", "https://login.example", "a b", ".", "a#"})
    void tenantThatWouldChangeTheAddressIsRefused(String tenant) {
        assertThatThrownBy(() -> destination("offsite", tenant, "/")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tenant");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Backups", "/a\u0000b", "/a\nb", "/a\ud800"})
    void folderThatCantBeOneIsRefused(String folder) {
        assertThatThrownBy(() -> destination("offsite", "common", folder)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("folder");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "-a", "a/b", "ü"})
    void nameThatCantBeOneIsRefused(String name) {
        assertThatThrownBy(() -> destination(name, "common", "/")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("name");
    }

    @Test
    void emptySecretIsRefusedNamingWhich() {
        Destination offsite = destination("offsite", "common", "/");

        assertThatThrownBy(() -> offsite.withRefreshToken(Secret.of(" \n"))).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The refresh token is empty.");
        assertThatThrownBy(() -> new Destination("offsite", Secret.of(""), ClientCredential.NONE, Optional.empty(), "common",
                Cloud.GLOBAL, "/", DriveSelector.ME, Optional.empty(), Optional.empty())).hasMessage("The client ID is empty.");
    }

    private static Destination destination(String name, String tenant, String folder) {
        return new Destination(name, Secret.of("test-client-id"), ClientCredential.NONE, Optional.empty(), tenant, Cloud.GLOBAL,
                folder, DriveSelector.ME, Optional.empty(), Optional.empty());
    }
}
