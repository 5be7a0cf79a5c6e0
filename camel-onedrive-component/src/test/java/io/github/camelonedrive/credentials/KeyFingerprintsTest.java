package io.github.camelonedrive.credentials;

import java.lang.reflect.Field;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class KeyFingerprintsTest {

    private final byte[] key = TestVaults.randomKey().derive("key of a test");
    private final String hex = HexFormat.of().formatHex(key);
    private final String base64 = Base64.getEncoder().encodeToString(key);

    @ParameterizedTest
    @ValueSource(strings = {"%s", "key: %s.", "xx%syy", "%s%s", "0%sf", "a/%s+"})
    void keyThatWasRead_isReplacedInEveryForm(String around) throws VaultException {
        KeyText.parse(base64 + "\n", "The key");

        for (String form : List.of(hex, hex.toUpperCase(Locale.ROOT), base64, base64.substring(0, 43),
                Base64.getUrlEncoder().withoutPadding().encodeToString(key))) {
            String text = around.replace("%s", form);

            assertThat(Redactor.redact(text)).doesNotContain(form).contains("(secret)").hasSizeLessThan(text.length());
        }
    }

    @Test
    void otherTexts_stay() {
        KeyFingerprints keys = new KeyFingerprints();
        keys.add(key);

        assertThat(keys.find("")).isEmpty();
        assertThat(keys.find("x".repeat(1_000))).isEmpty();
        assertThat(keys.find(HexFormat.of().formatHex(TestVaults.randomKey().derive("another")))).isEmpty();
        assertThat(keys.find(hex.substring(1))).isEmpty();
        assertThat(keys.find("é" + hex)).hasSize(1);
    }

    @Test
    void textOfTheKey_isKeptByNobody() throws Exception {
        KeyText.parse(hex, "The key");

        Field registry = Redactor.class.getDeclaredField("REGISTRY");
        registry.setAccessible(true);
        Field forms = registry.getType().getDeclaredField("forms");
        forms.setAccessible(true);

        assertThat(forms.get(registry.get(null)).toString()).doesNotContainIgnoringCase(hex).doesNotContain(base64);
    }
}
