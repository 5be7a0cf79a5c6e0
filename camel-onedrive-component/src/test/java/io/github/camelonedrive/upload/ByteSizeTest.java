package io.github.camelonedrive.upload;

import java.util.Locale;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ByteSizeTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0", "1, 1", "4194304, 4194304", "17b, 17", "1k, 1024", "320 kB, 327680", "320KiB, 327680", "4MB, 4194304",
        "10mb, 10485760", "10 MiB, 10485760", "' 60 MB ', 62914560", "1g, 1073741824", "250GB, 268435456000",
        "1TB, 1099511627776", "2TiB, 2199023255552"})
    void sizesAreReadInPowersOf1024(String text, long bytes) {
        assertThat(ByteSize.parse(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "-1", "1.5MB", "4 PB", "MB", "4MBB", "0x10", "1e6", "4,194,304", "9999999999999999"})
    void whatIsNoSizeIsRefusedWithItsText(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> ByteSize.parse(text)).withMessageContaining("'" + text + "'");
    }

    @Test
    void aSizeThatOverflowsIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> ByteSize.parse("999999999999999TB"))
                .withMessageContaining("too large");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 bytes", "1, 1 byte", "17, 17 bytes", "1023, 1023 bytes", "1024, 1 kB", "1536, 1.5 kB", "327680, 320 kB",
        "1048575, 1 MB", "10485760, 10 MB", "24956109, 23.8 MB", "107374182400, 100 GB", "1125899906842624, 1024 TB"})
    void sizesAreShownAsPeopleWriteThem(long bytes, String text) {
        assertThat(ByteSize.format(bytes)).isEqualTo(text);
    }

    @Test
    void theCountrysDecimalCommaDoesNotShowUp() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            assertThat(ByteSize.format(1536)).isEqualTo("1.5 kB");
        } finally {
            Locale.setDefault(before);
        }
    }
}
