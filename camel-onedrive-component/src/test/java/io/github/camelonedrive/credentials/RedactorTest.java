package io.github.camelonedrive.credentials;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

class RedactorTest {

    private final String value = TestVaults.randomValue();

    @Test
    void secretsAreReplacedInEachForm() {
        Secret.of(value);
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        String percent = URLEncoder.encode(value, StandardCharsets.UTF_8);
        String base64 = Base64.getEncoder().encodeToString(bytes);
        String base64Url = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);

        String redacted = Redactor.redact("a=" + value + " b=" + percent + " c=" + percent.replace("+", "%20") + " d=" + base64
                + " e=" + base64Url + " f=" + lowerCaseCodes(percent) + ".");

        assertThat(redacted).matches(
                "a=\\(secret\\) b=\\(secret\\) c=\\(secret\\) d=\\(secret\\)=* e=\\(secret\\) f=\\(secret\\)\\.");
    }

    @Test
    void severalSecretsInOneTextAreReplaced() {
        String other = TestVaults.randomValue();
        Secret.of(value);
        Secret.of(other);

        assertThat(Redactor.redact(value + other + "-" + value)).isEqualTo("(secret)(secret)-(secret)");
    }

    @Test
    void textWithoutSecretsIsReturnedAsItIs() {
        Secret.of(value);
        String text = "PUT /v1.0/me/drive/root:/Backups/" + value.substring(0, 12);

        assertThat(Redactor.redact(text)).isSameAs(text);
        assertThat(Redactor.redact("")).isEmpty();
        assertThat(Redactor.redact(null)).isNull();
    }

    @Test
    void longerSecretWinsOverOneThatItStartsWith() {
        Redactor.Registry registry = new Redactor.Registry(10, 10_000);
        registry.register("abcdefgh");
        registry.register("abcdefghijkl");

        assertThat(registry.redact("<abcdefghijkl>")).isEqualTo("<(secret)>");
    }

    @Test
    void shorterSecretIsFoundWhereALongerOneOnlyBegins() {
        Redactor.Registry registry = new Redactor.Registry(10, 10_000);
        registry.register("abcdefgh");
        registry.register("abcdefghijkl");
        registry.register("abcdefghiaaa");
        registry.register("abcdefghijaa");

        assertThat(registry.redact("<abcdefghijk>")).isEqualTo("<(secret)ijk>");
        assertThat(registry.redact("<abcdefgz>")).isEqualTo("<abcdefgz>");
        assertThat(registry.redact("abcdefg")).isEqualTo("abcdefg");
    }

    @Test
    void anySetOfSecretsIsRedactedAsByComparingEachOne() {
        Random random = new Random(7);
        for (int run = 0; run < 500; run++) {
            Redactor.Registry registry = new Redactor.Registry(100, 100_000);
            List<String> secrets = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                secrets.add(letters(random, 6 + random.nextInt(5)));
                registry.register(secrets.get(i));
            }
            String text = letters(random, 200);
            secrets.sort(Comparator.comparing(String::length).reversed());
            String alternatives = String.join("|", secrets);

            assertThat(registry.redact(text)).isEqualTo(text.replaceAll(alternatives, "(secret)"));
        }
    }

    private static String letters(Random random, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(random.nextBoolean() ? 'a' : 'b');
        }
        return text.toString();
    }

    @Test
    void valuesTooShortToBeSecretsAreLeftAlone() {
        Redactor.Registry registry = new Redactor.Registry(10, 10_000);
        registry.register("abcde");
        registry.register("");

        assertThat(registry.redact("abcde abcdef")).isEqualTo("abcde abcdef");
    }

    @Test
    void onlyTheMostRecentlyUsedAreRemembered() {
        Redactor.Registry registry = new Redactor.Registry(2, 10_000);
        registry.register("secret-a");
        registry.register("secret-b");
        registry.register("secret-a");
        registry.register("secret-c");

        assertThat(registry.redact("secret-a secret-b secret-c")).isEqualTo("(secret) secret-b (secret)");
    }

    @Test
    void memoryStaysBoundedHoweverLongSecretsAre() {
        Redactor.Registry registry = new Redactor.Registry(100, 150);
        registry.register("first-" + "x".repeat(30));
        registry.register("second-" + "x".repeat(30));

        assertThat(registry.redact("first-" + "x".repeat(30))).startsWith("first-");
        assertThat(registry.redact("second-" + "x".repeat(30))).isEqualTo("(secret)");
    }

    @Test
    void manySecretsDontSlowDownLogging() {
        Redactor.Registry registry = new Redactor.Registry(Redactor.MAX_SECRETS, Redactor.MAX_CHARACTERS);
        for (int i = 0; i < Redactor.MAX_SECRETS; i++) {
            registry.register("https://contoso.example/personal/me/uploadSession?tempauth=" + TestVaults.randomValue());
        }
        String event = "INFO uploaded https://contoso.example/personal/me/uploadSession?tempauth is a secret. ".repeat(3);

        // Looking for each secret in each form would take minutes; the real cost is some microseconds per event.
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            for (int i = 0; i < 5_000; i++) {
                assertThat(registry.redact(event)).isSameAs(event);
            }
        });
    }

    private static String lowerCaseCodes(String percent) {
        StringBuilder lower = new StringBuilder(percent);
        for (int i = 0; i < lower.length(); i++) {
            if (lower.charAt(i) == '%') {
                lower.replace(i, i + 3, lower.substring(i, i + 3).toLowerCase(Locale.ROOT));
            }
        }
        return lower.toString();
    }
}
