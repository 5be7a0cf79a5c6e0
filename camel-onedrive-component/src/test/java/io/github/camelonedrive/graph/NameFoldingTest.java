package io.github.camelonedrive.graph;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("C108")
class NameFoldingTest {

    @ParameterizedTest
    @CsvSource({
        "Sales.sql, sales.SQL",
        "caf\u00e9.sql, cafe\u0301.sql",
        "CAF\u00c9.sql, cafe\u0301.sql",
        "M\u00e6rsk, MAERSK",
        "\u00c6, ae",
        "\u01fd, \u00e6\u0301",
        "\u732a, \ufa16",
        "\u03c3, \u03c2",
        "\ud801\udc00, \ud801\udc28"})
    void same(String one, String other) {
        assertThat(NameFolding.isSame(one, other)).isTrue();
        assertThat(NameFolding.fold(ItemPath.ROOT.child(one))).isEqualTo(NameFolding.fold(ItemPath.ROOT.child(other)));
    }

    @ParameterizedTest
    @CsvSource({"a.sql, b.sql", "cafe.sql, caf\u00e9.sql", "a, \u00e4", "'a b', a_b"})
    void other(String one, String other) {
        assertThat(NameFolding.isSame(one, other)).isFalse();
    }

    @Test
    void pathsFoldNameByName() {
        assertThat(NameFolding.fold(ItemPath.parse("/A/B"))).isEqualTo("/a/b");
        assertThat(NameFolding.fold(ItemPath.ROOT)).isEqualTo("/");
        assertThat(NameFolding.fold(ItemPath.parse("/a/b"))).isNotEqualTo(NameFolding.fold(ItemPath.parse("/ab")));
    }
}
