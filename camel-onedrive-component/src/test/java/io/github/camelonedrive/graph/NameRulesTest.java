package io.github.camelonedrive.graph;

import java.util.List;
import java.util.stream.Stream;

import io.github.camelonedrive.FailureKind;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class NameRulesTest {

    @ParameterizedTest
    @ValueSource(strings = {"\"", "*", ":", "<", ">", "?", "/", "\\", "|"})
    @Tag("C3")
    void eachForbiddenCharacterIsRefusedWhereverItStands(String character) {
        for (String name : List.of(character, "a" + character, character + "b", "a" + character + "b.sql")) {
            assertThatExceptionOfType(IllegalNameException.class).isThrownBy(() -> check(name))
                    .withMessageContaining("contains one of");
        }
    }

    static Stream<List<String>> refused() {
        return Stream.of(
                List.of(" a.sql", "begins or ends with a space"), List.of("a.sql ", "begins or ends with a space"),
                List.of("\u00a0a", "begins or ends with a space"), List.of("a\u3000", "begins or ends with a space"),
                List.of(" ", "begins or ends with a space"),
                List.of("a.", "ends with a dot"), List.of("a..", "ends with a dot"), List.of("...", "ends with a dot"),
                List.of(".", "relative step"), List.of("..", "relative step"),
                List.of("~a", "tilde"), List.of("~$a.docx", "tilde"),
                List.of("a_vti_b", "_vti_"), List.of("_VTI_", "_vti_"),
                List.of(".lock", "reserved"), List.of(".LOCK", "reserved"), List.of("CON", "reserved"),
                List.of("con.txt", "reserved"), List.of("Prn", "reserved"), List.of("AUX.tar.gz", "reserved"),
                List.of("NUL", "reserved"), List.of("nul.sql", "reserved"), List.of("COM0", "reserved"),
                List.of("com9.log", "reserved"), List.of("LPT0", "reserved"), List.of("lpt9", "reserved"),
                List.of("desktop.ini", "reserved"), List.of("Desktop.INI", "reserved"),
                List.of("a\nb", "control character"), List.of("a\tb", "control character"),
                List.of("\u0000", "control character"),
                List.of("a\u007f", "control character"),
                List.of("a&#39;b", "HTML entity"), List.of("a&#x27;b", "HTML entity"),
                List.of("a\ud83d", "lone surrogate"), List.of("\udc2c", "lone surrogate"),
                List.of("", "is empty"));
    }

    @ParameterizedTest
    @MethodSource
    @Tag("C3")
    void refused(List<String> nameAndReason) {
        assertThatExceptionOfType(IllegalNameException.class).isThrownBy(() -> check(nameAndReason.get(0)))
                .withMessageContaining(nameAndReason.get(1))
                .satisfies(refusal -> assertThat(refusal.kind()).isEqualTo(FailureKind.SOURCE));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "dump.sql", "a b.txt", "#1.sql", "100%.txt", "a+b", "R&D", "R&amp;D", "it's", "[1]", "ü.txt", "備份.sql", "🐬.sql",
        ".hidden", "..a", "a..b", "a~", "CONSOLE", "con1", "com10", "COM",
        "lpt", "lockfile", "a.lock", "vti_", "forms", "desktop.ini.bak",
        "{x}", "`^", "a;b", "a,b", "a=b", "a@b", "$a", "!a", "(a)", "-", "_", "&#x;", "&#;"})
    void nastyButLegalNamesPass(String name) {
        assertThatCode(() -> check(name)).doesNotThrowAnyException();
    }

    @Test
    void aFolderOfTheWayIsCheckedToo() {
        assertThatExceptionOfType(IllegalNameException.class)
                .isThrownBy(() -> NameRules.check(ItemPath.parse("/Backups/a:b/dump.sql"))).withMessageContaining("'a:b'");
    }

    @Test
    @Tag("C4")
    void fourHundredCharactersPassAndOneMoreDoesNot() {
        String folder = "f".repeat(200);
        assertThatCode(() -> NameRules.check(ItemPath.parse(folder + "/" + "n".repeat(199)))).doesNotThrowAnyException();
        assertThatExceptionOfType(IllegalNameException.class)
                .isThrownBy(() -> NameRules.check(ItemPath.parse(folder + "/" + "n".repeat(200))))
                .withMessageContaining("401 characters");
    }

    @Test
    void theRootIsNoIllegalName() {
        assertThatCode(() -> NameRules.check(ItemPath.ROOT)).doesNotThrowAnyException();
    }

    @Test
    void aMessageShowsControlCharactersAsCodes() {
        assertThatExceptionOfType(IllegalNameException.class).isThrownBy(() -> check("a\u001b[31m"))
                .satisfies(refusal -> assertThat(refusal.getMessage()).contains("\\u001b").doesNotContain("\u001b"));
    }

    private static void check(String name) throws IllegalNameException {
        NameRules.check(new ItemPath(List.of("Backups", name)));
    }
}
