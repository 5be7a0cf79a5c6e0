package io.github.camelonedrive.credentials;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Base64;
import java.util.Optional;

/** Keys and destinations for tests; every secret is random. */
final class TestVaults {

    private static final SecureRandom RANDOM = new SecureRandom();

    private TestVaults() {
    }

    static MasterKey randomKey() {
        byte[] bytes = new byte[MasterKey.LENGTH];
        RANDOM.nextBytes(bytes);
        return new MasterKey(bytes);
    }

    static String randomValue() {
        byte[] bytes = new byte[24];
        RANDOM.nextBytes(bytes);
        // With the characters that tend to break on the way.
        return "t+/=~&% ü" + Base64.getEncoder().encodeToString(bytes);
    }

    static Destination confidential(String name) {
        return new Destination(name, Secret.of(randomValue()), new ClientCredential.ClientSecret(Secret.of(randomValue())),
                Optional.of(Secret.of(randomValue())), "contoso.example", Cloud.USGOV, "/Backups/Füße 📦",
                new DriveSelector(DriveSelector.Kind.SITE, "contoso.example,1,2"), Optional.of(LocalDate.of(2027, 3, 1)),
                Optional.of(Instant.parse("2026-11-25T20:15:00Z")));
    }

    /** Signs in as an application, with a certificate. */
    static Destination certified(String name) {
        return publicClient(name).withTenant("contoso.example").withCredential(
                new ClientCredential.Certificate(TestCertificates.clientCertificate()));
    }

    /** Signs in with a token that somebody else puts into a file. */
    static Destination federated(String name) {
        return publicClient(name).withTenant("contoso.example").withCredential(
                new ClientCredential.FederatedToken(Path.of("/var/run/secrets/föderiert/token")));
    }

    static Destination publicClient(String name) {
        return new Destination(name, Secret.of(randomValue()), ClientCredential.NONE, Optional.empty(), "consumers",
                Cloud.GLOBAL, "/", DriveSelector.ME, Optional.empty(), Optional.empty());
    }
}
