package io.github.camelonedrive.graph;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("C106")
class ItemIdTest {

    @ParameterizedTest
    @CsvSource({
        "A1B2C3D4E5F60718!101, a1b2c3d4e5f60718!101",
        "A1B2C3D4E5F60718!sea8cc6beffdb43d7976fbc7da445c639, a1B2c3d4e5f60718!SEA8CC6BEFFDB43D7976FBC7DA445C639",
        "0a1b2c3d4e5f6071, A1B2C3D4E5F6071",
        "00a1b2c3d4e5f607, a1b2c3d4e5f607",
        "0A1B2C3D4E5F6071!101, a1b2c3d4e5f6071!101",
        "01ABCDEFABCDEFABCDEFABCDEFABCDEFAB, 01abcdefabcdefabcdefabcdefabcdefab",
        "b!Fake-Drive_0001, B!FAKE-DRIVE_0001"})
    void same_otherSpelling_isTheSame(String one, String other) {
        assertThat(ItemId.same(one, other)).isTrue();
        assertThat(ItemId.of(one)).isEqualTo(ItemId.of(other)).hasSameHashCodeAs(ItemId.of(other));
        assertThat(ItemId.of(one).key()).isEqualTo(ItemId.of(other).key());
    }

    @ParameterizedTest
    @CsvSource({
        "A1B2C3D4E5F60718!101, A1B2C3D4E5F60718!102",
        "A1B2C3D4E5F60718!101, A1B2C3D4E5F60718!0101",
        "a1b2c3d4e5f60718, a1b2c3d4e5f6071",
        "0a1b2c3d4e5f60718, a1b2c3d4e5f60718",
        "01ABCDEFABCDEFABCDEFABCDEFABCDEFAB, 1ABCDEFABCDEFABCDEFABCDEFABCDEFAB",
        "0!101, 00!102"})
    void same_otherId_isAnother(String one, String other) {
        assertThat(ItemId.same(one, other)).isFalse();
    }

    @Test
    void value_isAsItCame() {
        assertThat(ItemId.of("0a1B!x").value()).isEqualTo("0a1B!x");
        assertThat(ItemId.of("0a1B!x")).hasToString("0a1B!x");
    }

    @ParameterizedTest
    @CsvSource({"a1b2c3d4e5f6071, 0a1b2c3d4e5f6071", "a1b2c3d4e5f60718, a1b2c3d4e5f60718", "b!Fake, b!Fake",
            "1b2c3d4e5f60718, 01b2c3d4e5f60718",
        "b2c3d4e5f60718, 00b2c3d4e5f60718", "abc, abc"})
    void ofDrive_has16Digits(String id, String sent) {
        assertThat(ItemId.ofDrive(id)).isEqualTo(sent);
    }
}
