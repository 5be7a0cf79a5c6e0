package io.github.camelonedrive.component.faults;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What comes of each fault at each step of a download. In a cell: what if it passes, and, after a slash, what if it lasts. */
final class DownloadFaultTable {

    /** Columns as in {@link DownloadPlace}; what begins with a minus makes no sense there. */
    private static final String GRID = """
            S400          | invalid      | invalid      | invalid      | invalid      | invalid
            TOKEN_EXPIRED | ok/unauth    | ok/unauth    | -token       | ok/unauth    | -token
            S401          | ok/unauth    | ok/unauth    | ok/refused   | ok/unauth    | ok/refused
            S403          | denied       | denied       | ok/refused   | denied       | ok/refused
            S404          | notfound     | notfound     | ok/refused   | notfound     | ok/refused
            S408          | ok/outage    | ok/outage    | ok/outage    | ok/outage    | ok/outage
            S409          | ok/modified  | ok/modified  | ok/modified  | ok/modified  | ok/modified
            S410          | notfound     | notfound     | ok/refused   | notfound     | ok/refused
            S412          | precond      | precond      | precond      | precond      | precond
            S416          | -range       | -range       | ok/nonsense  | -range       | ok/nonsense
            S423          | ok/locked    | ok/locked    | ok/locked    | ok/locked    | ok/locked
            T429_7        | ok/throttled | ok/throttled | ok/throttled | ok/throttled | ok/throttled
            T429_2128     | ok/throttled | ok/throttled | ok/throttled | ok/throttled | ok/throttled
            T429_DATE     | ok/throttled | ok/throttled | ok/throttled | ok/throttled | ok/throttled
            T429_NONE     | ok/throttled | ok/throttled | ok/throttled | ok/throttled | ok/throttled
            T429_RESET    | ok/throttled | ok/throttled | ok/throttled | ok/throttled | ok/throttled
            T429_HOUR     | toolong      | toolong      | toolong      | toolong      | toolong
            B503_7        | ok/outage    | ok/outage    | ok/outage    | ok/outage    | ok/outage
            B503_NONE     | ok/outage    | ok/outage    | ok/outage    | ok/outage    | ok/outage
            B503_HOUR     | toolong      | toolong      | toolong      | toolong      | toolong
            S500          | ok/outage    | ok/outage    | ok/outage    | ok/outage    | ok/outage
            S501          | invalid      | invalid      | invalid      | invalid      | invalid
            S502          | ok/outage    | ok/outage    | ok/outage    | ok/outage    | ok/outage
            S504          | ok/outage    | ok/outage    | ok/outage    | ok/outage    | ok/outage
            S507          | full         | full         | full         | full         | full
            S509          | ok/throttled | ok/throttled | ok/throttled | ok/throttled | ok/throttled
            NO_CONNECTION | ok/noanswer  | ok/noanswer  | ok/noanswer  | ok/noanswer  | ok/noanswer
            RESET_BEFORE  | ok/noanswer  | ok/noanswer  | ok/noanswer  | ok/noanswer  | ok/noanswer
            STALL_WAITING | ok/noanswer  | ok/noanswer  | ok/noanswer  | ok/noanswer  | ok/noanswer
            STALL_WITHIN  | -content     | -content     | ok           | -content     | ok
            TRUNCATED     | ok/noanswer  | -nobody      | ok           | ok/noanswer  | ok/noanswer
            GARBAGE       | ok/nonsense  | ok/nonsense  | ok/nonsense  | ok/nonsense  | ok/nonsense
            HTML          | ok/nonsense  | ok/nonsense  | ok/nonsense  | ok/nonsense  | ok/nonsense
            HTML_502      | ok/outage    | ok/outage    | ok/outage    | ok/outage    | ok/outage
            EMPTY         | ok/nonsense  | ok/nonsense  | ok/nonsense  | ok/nonsense  | ok/nonsense
            URL_EXPIRED   | -url         | -url         | ok/refused   | -url         | ok/refused
            RANGE_IGNORED | -content     | -content     | -range       | -content     | ok
            RANGE_OTHER   | -content     | -content     | -range       | -content     | ok/nonsense
            DAMAGED       | -content     | -content     | mismatch     | -content     | mismatch
            REPLACED      | -before      | changed      | changed      | changed      | changed
            DELETED       | notfound     | notfound     | notfound     | notfound     | notfound
            """;

    /** One combination. @param pointless why it makes no sense; null when it does, and then there are the outcomes */
    record Row(DownloadPlace place, DownloadTrouble trouble, String pointless, DownloadOutcome passing,
            DownloadOutcome lasting) {

        static Row parse(DownloadPlace place, DownloadTrouble trouble, String cell) {
            if (cell.startsWith("-")) {
                return new Row(place, trouble, reason(cell.substring(1)), null, null);
            }
            String[] words = cell.toUpperCase(Locale.ROOT).split("/");
            return new Row(place, trouble, null, DownloadOutcome.valueOf(words[0]),
                    DownloadOutcome.valueOf(words[words.length - 1]));
        }

        private static String reason(String word) {
            return switch (word) {
                case "token" -> "the content's host gets no token";
                case "range" -> "no range was asked for";
                case "content" -> "it is the answer to a question, not content";
                case "nobody" -> "the answer has no body";
                case "url" -> "Graph's own addresses don't expire";
                case "before" -> "then the new content is what is downloaded";
                default -> throw new IllegalArgumentException(word);
            };
        }

        boolean makesSense() {
            return pointless == null;
        }

        /** Whether trying again is useless, so that it is not done. */
        boolean failsAtOnce() {
            return passing == lasting && passing != DownloadOutcome.OK;
        }
    }

    private DownloadFaultTable() {
    }

    /** The whole table: by place, then by fault. */
    static List<Row> rows() {
        List<List<String>> lines = GRID.lines()
                .map(line -> Arrays.stream(line.split("\\|")).map(String::strip).toList()).toList();
        List<Row> rows = new ArrayList<>();
        for (DownloadPlace place : DownloadPlace.values()) {
            for (List<String> line : lines) {
                rows.add(Row.parse(place, DownloadTrouble.valueOf(line.get(0)), line.get(place.ordinal() + 1)));
            }
        }
        return rows;
    }
}
