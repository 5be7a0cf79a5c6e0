package io.github.camelonedrive.backup.console;

import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The printable form of text from outside. */
class TerminalTextTest {

    @ParameterizedTest
    @ValueSource(strings = {
            "\0", "\u0007", "\b", "\t", "\n", "\u000b", "\f", "\r", "\u001b", "\u007f", "\u0080", "\u0085", "\u009b", "\u009d",
            "\u2028", "\u2029", "\u00ad", "\u061c", "\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u202a", "\u202b", "\u202c",
            "\u202d", "\u202e", "\u2060", "\u2066", "\u2067", "\u2068", "\u2069", "\u206f", "\ufeff", "\ufff9", "\ufffe", "\uffff",
            "\ufe0f", "\ufe0e", "\u034f", "\u115f", "\u3164", "\uffa0", "\u180e", "\udb40\udc41", "\udb40\udd00", "\ud800", "\udc00"})
    void printable_replacesWhatActsOrHides(String hidden) {
        assertThat(TerminalText.printable("a" + hidden + "b.sql")).isEqualTo("a?b.sql");
        assertThat(TerminalText.printable(hidden)).isEqualTo("?");
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "Größe 数据.sql", "café.sql", "caf\u0065\u0301.sql", "Резервная копия", "ελληνικά", "גיבוי.sql", "نسخة احتياطية.sql",
            "می\u200cخواهم.sql", "क्\u200dष.sql", "สำรอง", "バックアップ.sql", "백업.sql", "葛\udb40\udd00.sql", "🎉 done.sql",
            "👩\u200d💻.sql", "👩🏽\u200d🚀.sql", "❤\ufe0f\u200d🔥.sql", "1\ufe0f\u20e3.sql", "☎\ufe0e.sql", "🇩🇪.sql", "☺\ufe0f",
            "NBSP\u00a0here", "a+b=c ~ x^2 {y} |z|", "\ue000 private"})
    void printable_keepsNamesOfAllScriptsAndEmoji(String name) {
        assertThat(TerminalText.printable(name)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"☺\ufe0f\ufe0f", "👩\u200d\u200d💻", "👩\u200d", "क्\u200d", "\u200dक", "क\u200dx", "1\ufe0f.sql"})
    void printable_takesJoinersAndSelectorsOnlyWhereTheyJoinSomething(String name) {
        assertThat(TerminalText.printable(name)).contains("?");
    }

    @Test
    void message_indentsItsLaterLinesSoThatNoneIsForged() {
        assertThat(TerminalText.message("not found: a\r\n2026-11-30 12:00:00 all dumps proven\n\u001b[1A\u202e"))
                .isEqualTo("not found: a\n    2026-11-30 12:00:00 all dumps proven\n    ?[1A?");
    }

    @Test
    void json_escapesWhatIsNotPrintableAndStaysTheSameData() throws Exception {
        Map<String, String> data = Map.of("name", "a\u001b\u009b\u202e\u200b\ud800\udb40\udc41\u007f\n\t👩\u200d💻é");
        for (String json : new String[] {Json.line(data), Json.document(data)}) {
            assertThat(TerminalText.lines(json)).isEqualTo(json);
            assertThat(json).contains("\\u202e").contains("\\u009b").contains("\\ud800").contains("👩\u200d💻é");
            assertThat(new ObjectMapper().readValue(json, Map.class)).isEqualTo(data);
        }
    }
}
