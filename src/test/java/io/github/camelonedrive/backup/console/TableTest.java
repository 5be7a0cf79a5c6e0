package io.github.camelonedrive.backup.console;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class TableTest {

    @Test
    void columnsAreAlignedAlsoWithWideNames() {
        String text = new Table("FILE", ">SIZE", "VERDICT").row("a.sql", "12 B", "proven").row("数据🎉.sql", "1.5 kB", "proven")
                .toString();
        assertThat(text).isEqualTo("""
                FILE          SIZE  VERDICT
                a.sql         12 B  proven
                数据🎉.sql  1.5 kB  proven
                """);
    }

    @Test
    void controlCharactersInNamesCannotForgeOutput() {
        assertThat(new Table("FILE").row("a\nPROVEN\u001b[2J").toString()).isEqualTo("FILE\na?PROVEN?[2J\n");
    }

    @ParameterizedTest
    @CsvSource({"0, 0 B", "1023, 1023 B", "1024, 1.0 kB", "1536, 1.5 kB", "4194304, 4.0 MB", "1048575, 1.0 MB",
            "21474836480, 20.0 GB"})
    void sizesCountInPowersOf1024(long bytes, String text) {
        assertThat(Sizes.text(bytes)).isEqualTo(text);
    }
}
