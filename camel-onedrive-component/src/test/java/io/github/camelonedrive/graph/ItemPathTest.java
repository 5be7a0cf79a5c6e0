package io.github.camelonedrive.graph;

import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ItemPathTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
        "dump.sql            | dump.sql",
        "a b.txt             | a%20b.txt",
        "a+b.txt             | a%2Bb.txt",
        "#1.sql              | %231.sql",
        "100%.txt            | 100%25.txt",
        "100%20.txt          | 100%2520.txt",
        "R&D.txt             | R&D.txt",
        "it's.txt            | it's.txt",
        "[1].txt             | %5B1%5D.txt",
        "{a}^`.txt           | %7Ba%7D%5E%60.txt",
        "ü.txt               | %C3%BC.txt",
        "備份.sql              | %E5%82%99%E4%BB%BD.sql",
        "🐬.sql               | %F0%9F%90%AC.sql",
        "a?b                 | a%3Fb",
        "a:b                 | a%3Ab",
        "a\\b                | a%5Cb",
        "!$(),;=@~_-         | !$(),;=@~_-",
        "a b#%ü'[1].txt      | a%20b%23%25%C3%BC'%5B1%5D.txt"})
    @Tag("C1")
    @Tag("C2")
    void aNameIsEncodedOnceInUtf8(String name, String encoded) {
        assertThat(ItemPath.encode(name)).isEqualTo(encoded);
    }

    @Test
    void everyByteIsEitherItselfOrEncoded() {
        for (char c = 0; c < 0x80; c++) {
            String encoded = ItemPath.encode(String.valueOf(c));
            assertThat(encoded).matches("[A-Za-z0-9._~!$&'(),;=@-]|%[0-9A-F]{2}");
            if (encoded.length() == 3) {
                assertThat(Integer.parseInt(encoded.substring(1), 16)).isEqualTo(c);
            } else {
                assertThat(encoded).isEqualTo(String.valueOf(c));
            }
        }
    }

    @Test
    void aSlashBetweenNamesStaysASlashAndOneInANameDoesNot() {
        assertThat(ItemPath.parse("/my files/a b").encoded()).isEqualTo("my%20files/a%20b");
        assertThat(ItemPath.encode("a/b")).isEqualTo("a%2Fb");
    }

    @ParameterizedTest
    @CsvSource({"'', /", "/, /", "//, /", "a, /a", "/a, /a", "/a/, /a", "//a///b//, /a/b", "/Backups/mysql, /Backups/mysql"})
    void slashesThatSayNothingDoNotMatter(String text, String path) {
        assertThat(ItemPath.parse(text)).hasToString(path);
    }

    @ParameterizedTest
    @CsvSource({
        "/a, b, /a/b", "/a, b/c, /a/b/c", "/a, /b, /a/b", "/a, ./b, /a/b", "/a, b/../c, /a/c", "/a, ../b, /b",
        "/a, ../../../b, /b", "/a, .., /", "/a, '', /a", "/a/b, ..., /a/b/...", "/a, b/., /a/b"})
    void aRelativePathIsTakenAsAFileSystemTakesIt(String folder, String relative, String path) {
        assertThat(ItemPath.parse(folder).resolve(relative)).hasToString(path);
    }

    @ParameterizedTest
    @CsvSource({
        "/a/b, /a, true", "/a, /a, true", "/A/b, /a, true", "/a, /, true", "/, /, true", "/ab, /a, false", "/, /a, false",
        "/b/a, /a, false", "/Ü, /ü, true"})
    void belowIsDecidedByWholeNamesWithoutRegardToCase(String path, String other, boolean below) {
        assertThat(ItemPath.parse(path).startsWith(ItemPath.parse(other))).isEqualTo(below);
    }

    @Test
    void nameAndParent() {
        ItemPath path = ItemPath.parse("/a/b/c.txt");
        assertThat(path.name()).isEqualTo("c.txt");
        assertThat(path.parent()).hasToString("/a/b");
        assertThat(ItemPath.ROOT.isRoot()).isTrue();
        assertThat(ItemPath.ROOT.name()).isEmpty();
        assertThat(ItemPath.ROOT.parent()).isSameAs(ItemPath.ROOT);
    }

    @Test
    void aPathDoesNotChangeWithTheListItWasMadeOf() {
        List<String> names = new java.util.ArrayList<>(List.of("a"));
        ItemPath path = new ItemPath(names);
        names.add("b");
        assertThat(path).hasToString("/a");
    }

    @ParameterizedTest
    @CsvSource({ "/drive/root:/backup, /backup", "/drives/b!x/root:/a%20b/100%25, /a b/100%", "/drive/root:, /",
                 "/drive/root:/a+b, /a+b", "/drive/root:/100%, /100%" })
    void aReferenceIsDecoded(String reference, String path) {
        assertThat(ItemPath.ofReference(reference)).hasValueSatisfying(folder -> assertThat(folder).hasToString(path));
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "/drive/items/1", "/drive/root:/..", "/drive/root:/a/%2E%2E/b", "/drive/root:/a%2Fb",
                             "/drive/root:/a%5Cb" })
    void aReferenceThatNamesNoFolderOrLeadsElsewhereIsNone(String reference) {
        assertThat(ItemPath.ofReference(reference)).isEmpty();
    }
}
