package io.github.camelonedrive.component.faults;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import io.github.camelonedrive.simulator.AccountType;

import static io.github.camelonedrive.component.faults.Place.BYTES;
import static io.github.camelonedrive.component.faults.Place.CANCEL;
import static io.github.camelonedrive.component.faults.Place.CREATE;
import static io.github.camelonedrive.component.faults.Place.FIRST;
import static io.github.camelonedrive.component.faults.Place.HASH;
import static io.github.camelonedrive.component.faults.Place.LAST;
import static io.github.camelonedrive.component.faults.Place.LINK;
import static io.github.camelonedrive.component.faults.Place.LOOKUP;
import static io.github.camelonedrive.component.faults.Place.MIDDLE;
import static io.github.camelonedrive.component.faults.Place.OPEN;
import static io.github.camelonedrive.component.faults.Place.PUT;
import static io.github.camelonedrive.component.faults.Place.STATUS;
import static io.github.camelonedrive.component.faults.Place.TOKEN;

/**
 * What has to happen when something goes wrong: every place of an upload, every fault, every kind of account.
 *
 * <p>A cell is an {@link Outcome}, or two: of the fault that passes, and of the one that lasts. With one word both are the
 * same; when that is a failure it comes at once, without another try (except {@link Outcome#UNFINISHED}). A {@code *} means
 * that a session stays open on the service: nobody knows its upload URL, or the service could not be told to end it. A cell
 * that begins with {@code -} makes no sense, and the word says why ({@link Pointless}).
 */
final class FaultTable {

    private static final List<Place> GRAPH_PLACES = List.of(TOKEN, LOOKUP, CREATE, PUT, OPEN);
    private static final String GRAPH = """
            S400          | signin     | invalid      | invalid      | invalid      | invalid
            TOKEN_EXPIRED | -token     | ok/unauth    | ok/unauth    | ok/unauth    | ok/unauth
            URL_EXPIRED   | -url       | -url         | -url         | -url         | -url
            URL_REFUSED   | -url       | -url         | -url         | -url         | -url
            S401          | signin     | ok/unauth    | ok/unauth    | ok/unauth    | ok/unauth
            S403          | signin     | denied       | denied       | denied       | denied
            S404          | signin     | ok/notfound  | ok/notfound  | ok/notfound  | ok/notfound
            EXPIRED       | -url       | -url         | -url         | -url         | -url
            S408          | ok/nologin | ok/outage    | ok/outage    | ok/outage    | ok/outage
            TAKEN         | -name      | -name        | ok/notfound  | ok/busy      | busy
            CHANGED       | -name      | -name        | ok/modified  | ok/modified  | ok/modified
            S412          | signin     | precond      | precond      | precond      | precond
            S413          | signin     | refused      | refused      | refused      | refused
            OVERLAP       | -range     | -range       | -range       | -range       | -range
            GAP           | -range     | -range       | -range       | -range       | -range
            S423          | -name      | ok/locked    | ok/locked    | ok/locked    | ok/locked
            T429_7        | ok/nologin | ok/throttled | ok/throttled | ok/throttled | ok/throttled
            T429_2128     | ok/nologin | ok/throttled | ok/throttled | ok/throttled | ok/throttled
            T429_DATE     | ok/nologin | ok/throttled | ok/throttled | ok/throttled | ok/throttled
            T429_NONE     | ok/nologin | ok/throttled | ok/throttled | ok/throttled | ok/throttled
            T429_RESET    | ok/nologin | ok/throttled | ok/throttled | ok/throttled | ok/throttled
            T429_HOUR     | nologin    | toolong      | toolong      | toolong      | toolong
            B503_7        | ok/nologin | ok/outage    | ok/outage    | ok/outage    | ok/outage
            B503_2128     | ok/nologin | ok/outage    | ok/outage    | ok/outage    | ok/outage
            B503_DATE     | ok/nologin | ok/outage    | ok/outage    | ok/outage    | ok/outage
            B503_NONE     | ok/nologin | ok/outage    | ok/outage    | ok/outage    | ok/outage
            B503_RESET    | ok/nologin | ok/outage    | ok/outage    | ok/outage    | ok/outage
            B503_HOUR     | nologin    | toolong      | toolong      | toolong      | toolong
            S500          | ok/nologin | ok/outage    | ok/outage    | ok/outage    | ok/outage
            S501          | nologin    | invalid      | invalid      | invalid      | invalid
            S502          | ok/nologin | ok/outage    | ok/outage    | ok/outage    | ok/outage
            S504          | ok/nologin | ok/outage    | ok/outage    | ok/outage    | ok/outage
            S507          | -quota     | full         | full         | full         | full
            S509          | ok/nologin | ok/throttled | ok/throttled | ok/throttled | ok/throttled
            NO_CONNECTION | ok/nologin | ok/noanswer  | ok/noanswer  | ok/noanswer  | ok/noanswer
            RESET_BEFORE  | ok/nologin | ok/noanswer  | ok/noanswer  | ok/noanswer  | ok/noanswer
            RESET_WITHIN  | ok/nologin | -body        | ok/noanswer  | ok/noanswer  | ok/noanswer
            RESET_AFTER   | ok/nologin | ok/noanswer  | ok/noanswer  | ok           | ok*/noanswer*
            STALL_SENDING | -small     | -body        | -small       | ok/noanswer  | -small
            STALL_WAITING | ok/nologin | ok/noanswer  | ok/noanswer  | ok/noanswer  | ok/noanswer
            TRUNCATED     | ok/nologin | ok/noanswer  | ok/noanswer  | ok           | ok*/noanswer*
            GARBAGE       | nologin    | ok/nonsense  | ok/nonsense  | ok           | ok*/nonsense*
            HTML          | nologin    | ok/nonsense  | ok/nonsense  | ok/nonsense  | ok/nonsense
            HTML_502      | ok/nologin | ok/outage    | ok/outage    | ok/outage    | ok/outage
            EMPTY         | nologin    | ok/nonsense  | ok/nonsense  | ok           | ok*/nonsense*
            PARTLY        | -fragment  | -fragment    | -fragment    | -fragment    | -fragment
            DONE_504      | ok/nologin | -effect      | ok/outage    | ok           | ok*/outage*
            SAID_202      | -fragment  | -fragment    | -fragment    | -fragment    | -fragment
            HELD_202      | -fragment  | -fragment    | -fragment    | -fragment    | -fragment
            NO_RANGES     | -ranges    | -ranges      | -ranges      | -ranges      | ok
            CLOSED        | -ranges    | -ranges      | -ranges      | -ranges      | ok
            SEVERAL       | -ranges    | -ranges      | -ranges      | -ranges      | ok
            HASH_LATE     | -commit    | -commit      | -commit      | ok           | -commit
            HASH_NONE     | -commit    | -commit      | -commit      | ok           | -commit
            HASH_WRONG    | -commit    | -commit      | -commit      | mismatch     | -commit
            DAMAGED       | -commit    | -commit      | -commit      | mismatch     | -commit
            OFFICE        | -commit    | -commit      | -commit      | mismatch     | -commit
            """;

    private static final List<Place> SESSION_PLACES = List.of(FIRST, MIDDLE, LAST, STATUS, CANCEL);
    private static final String SESSION = """
            S400          | invalid      | invalid      | invalid      | invalid       | full/full*
            TOKEN_EXPIRED | -token       | -token       | -token       | -token        | -token
            URL_EXPIRED   | new/lost     | new/lost     | new/lost     | new/lost      | full
            URL_REFUSED   | new/lost     | new/lost     | new/lost     | new/lost      | full
            S401          | new/lost     | new/lost     | new/lost     | new/lost      | full/full*
            S403          | new/lost     | new/lost     | new/lost     | new/lost      | full/full*
            S404          | new/lost     | new/lost     | new/lost     | new/lost      | full*
            EXPIRED       | new/lost     | new/lost     | new/lost     | new/lost      | full
            S408          | ok/outage    | ok/outage    | ok/outage    | ok/outage     | full/full*
            TAKEN         | new/lost     | new/lost     | new/lost     | new/lost      | full/full*
            CHANGED       | new/lost     | new/lost     | new/lost     | new/lost      | full/full*
            S412          | precond      | precond      | precond      | precond       | full/full*
            S413          | refused      | refused      | refused      | refused       | full/full*
            OVERLAP       | ok           | ok           | ok           | -range        | -range
            GAP           | ok/range     | ok/range     | ok/range     | -range        | -range
            S423          | ok/locked    | ok/locked    | ok/locked    | ok/locked     | full/full*
            T429_7        | ok/throttled | ok/throttled | ok/throttled | ok/throttled  | full/full*
            T429_2128     | ok/throttled | ok/throttled | ok/throttled | ok/throttled  | full/full*
            T429_DATE     | ok/throttled*| ok/throttled*| ok/throttled*| ok/throttled* | full*
            T429_NONE     | ok/throttled | ok/throttled | ok/throttled | ok/throttled  | full/full*
            T429_RESET    | ok/throttled*| ok/throttled*| ok/throttled*| ok/throttled* | full*
            T429_HOUR     | toolong*     | toolong*     | toolong*     | toolong*      | full*
            B503_7        | ok/outage    | ok/outage    | ok/outage    | ok/outage     | full/full*
            B503_2128     | ok/outage    | ok/outage    | ok/outage    | ok/outage     | full/full*
            B503_DATE     | ok/outage*   | ok/outage*   | ok/outage*   | ok/outage*    | full*
            B503_NONE     | ok/outage    | ok/outage    | ok/outage    | ok/outage     | full/full*
            B503_RESET    | ok/outage*   | ok/outage*   | ok/outage*   | ok/outage*    | full*
            B503_HOUR     | toolong*     | toolong*     | toolong*     | toolong*      | full*
            S500          | ok/outage    | ok/outage    | ok/outage    | ok/outage     | full/full*
            S501          | invalid      | invalid      | invalid      | invalid       | full/full*
            S502          | ok/outage    | ok/outage    | ok/outage    | ok/outage     | full/full*
            S504          | ok/outage    | ok/outage    | ok/outage    | ok/outage     | full/full*
            S507          | full         | full         | full         | full          | full/full*
            S509          | ok/throttled | ok/throttled | ok/throttled | ok/throttled  | full/full*
            NO_CONNECTION | ok/noanswer  | ok/noanswer  | ok/noanswer  | ok/noanswer   | full/full*
            RESET_BEFORE  | ok/noanswer  | ok/noanswer  | ok/noanswer  | ok/noanswer   | full/full*
            RESET_WITHIN  | ok/noanswer  | ok/noanswer  | ok/noanswer  | -body         | -body
            RESET_AFTER   | ok           | ok           | ok           | ok/noanswer   | full
            STALL_SENDING | ok/noanswer  | ok/noanswer  | ok/noanswer  | -body         | -body
            STALL_WAITING | ok/noanswer  | ok/noanswer  | ok/noanswer  | ok/noanswer   | full/full*
            TRUNCATED     | ok           | ok           | ok           | ok/noanswer   | -nobody
            GARBAGE       | ok           | ok           | ok           | ok/unfinished | full
            HTML          | ok/stuck     | ok/stuck     | ok/stuck     | ok/unfinished | full*
            HTML_502      | ok/outage    | ok/outage    | ok/outage    | ok/outage     | full/full*
            EMPTY         | ok           | ok           | ok           | ok/unfinished | full
            PARTLY        | ok           | ok           | ok           | -fragment     | -fragment
            DONE_504      | ok           | ok           | ok           | -effect       | full
            SAID_202      | -last        | -last        | ok           | -last         | -last
            HELD_202      | -last        | -last        | unfinished   | -last         | -last
            NO_RANGES     | ok           | ok           | -item        | ok/unfinished | -ranges
            CLOSED        | ok           | ok           | -item        | ok            | -ranges
            SEVERAL       | ok           | ok           | -item        | ok            | -ranges
            HASH_LATE     | -commit      | -commit      | ok           | -commit       | -commit
            HASH_NONE     | -commit      | -commit      | ok           | -commit       | -commit
            HASH_WRONG    | -commit      | -commit      | mismatch     | -commit       | -commit
            DAMAGED       | -commit      | -commit      | mismatch     | -commit       | -commit
            OFFICE        | -commit      | -commit      | mismatch     | -commit       | -commit
            """;

    /** When the hash can't be asked for, the item is read back instead, so nothing is lost at {@link Place#HASH}. */
    private static final List<Place> VERIFICATION_PLACES = List.of(HASH, LINK, BYTES);
    private static final String VERIFICATION = """
            S400          | ok      | unproven    | unproven
            TOKEN_EXPIRED | ok      | ok/unproven | -token
            URL_EXPIRED   | -url    | -url        | -url
            URL_REFUSED   | -url    | -url        | -url
            S401          | ok      | ok/unproven | unproven
            S403          | ok      | unproven    | unproven
            S404          | ok      | unproven    | unproven
            EXPIRED       | -url    | -url        | -url
            S408          | ok      | ok/unproven | ok/unproven
            TAKEN         | -name   | -name       | -name
            CHANGED       | -name   | -name       | -name
            S412          | ok      | unproven    | unproven
            S413          | ok      | unproven    | unproven
            OVERLAP       | -range  | -range      | -range
            GAP           | -range  | -range      | -range
            S423          | ok      | ok/unproven | ok/unproven
            T429_7        | ok      | ok/unproven | ok/unproven
            T429_2128     | ok      | ok/unproven | ok/unproven
            T429_DATE     | ok      | ok/unproven | ok/unproven
            T429_NONE     | ok      | ok/unproven | ok/unproven
            T429_RESET    | ok      | ok/unproven | ok/unproven
            T429_HOUR     | unproven| unproven    | unproven
            B503_7        | ok      | ok/unproven | ok/unproven
            B503_2128     | ok      | ok/unproven | ok/unproven
            B503_DATE     | ok      | ok/unproven | ok/unproven
            B503_NONE     | ok      | ok/unproven | ok/unproven
            B503_RESET    | ok      | ok/unproven | ok/unproven
            B503_HOUR     | unproven| unproven    | unproven
            S500          | ok      | ok/unproven | ok/unproven
            S501          | ok      | unproven    | unproven
            S502          | ok      | ok/unproven | ok/unproven
            S504          | ok      | ok/unproven | ok/unproven
            S507          | ok      | unproven    | unproven
            S509          | ok      | ok/unproven | ok/unproven
            NO_CONNECTION | ok      | ok/unproven | ok/unproven
            RESET_BEFORE  | ok      | ok/unproven | ok/unproven
            RESET_WITHIN  | -body   | -body       | -body
            RESET_AFTER   | ok      | ok/unproven | ok/unproven
            STALL_SENDING | -body   | -body       | -body
            STALL_WAITING | ok      | ok/unproven | ok/unproven
            TRUNCATED     | ok      | -nobody     | ok/unproven
            GARBAGE       | ok      | ok/unproven | ok/unproven
            HTML          | ok      | ok/unproven | ok/unproven
            HTML_502      | ok      | ok/unproven | ok/unproven
            EMPTY         | ok      | ok/unproven | ok/unproven
            PARTLY        | -commit | -commit     | -commit
            DONE_504      | -effect | -effect     | -effect
            SAID_202      | -commit | -commit     | -commit
            HELD_202      | -commit | -commit     | -commit
            NO_RANGES     | -ranges | -ranges     | -ranges
            CLOSED        | -ranges | -ranges     | -ranges
            SEVERAL       | -ranges | -ranges     | -ranges
            HASH_LATE     | -before | -before     | -before
            HASH_NONE     | -before | -before     | -before
            HASH_WRONG    | -before | -before     | -before
            DAMAGED       | -before | -before     | -before
            OFFICE        | -before | -before     | -before
            """;

    /**
     * Where an account differs: work accounts allow one session per name, so one whose creation was never answered is in the
     * way until it expires; document libraries rewrite Office files.
     */
    private static final String EXCEPTIONS = """
            BUSINESS DOCUMENT_LIBRARY | OPEN | RESET_AFTER | waited/noanswer*
            BUSINESS DOCUMENT_LIBRARY | OPEN | TRUNCATED   | waited/noanswer*
            BUSINESS DOCUMENT_LIBRARY | OPEN | GARBAGE     | waited/nonsense*
            BUSINESS DOCUMENT_LIBRARY | OPEN | EMPTY       | waited/nonsense*
            BUSINESS DOCUMENT_LIBRARY | OPEN | DONE_504    | waited/outage*
            DOCUMENT_LIBRARY          | PUT  | OFFICE      | ok
            DOCUMENT_LIBRARY          | LAST | OFFICE      | ok
            """;

    /**
     * What has to come of a fault.
     *
     * @param outcome     what the caller sees
     * @param sessionLeft whether a session stays open
     */
    record Demand(Outcome outcome, boolean sessionLeft) {

        static Demand parse(String word) {
            boolean left = word.endsWith("*");
            String outcome = left ? word.substring(0, word.length() - 1) : word;
            return new Demand(Outcome.valueOf(outcome.toUpperCase(Locale.ROOT)), left);
        }
    }

    /**
     * One combination for one or more kinds of account.
     *
     * @param pointless why it makes no sense; null when it does, and then there are the demands
     */
    record Row(Place place, Trouble trouble, Set<AccountType> accounts, Pointless pointless, Demand passing, Demand lasting) {

        static Row parse(Place place, Trouble trouble, Set<AccountType> accounts, String cell) {
            if (cell.startsWith("-")) {
                return new Row(place, trouble, accounts, Pointless.valueOf(cell.substring(1)), null, null);
            }
            String[] words = cell.split("/");
            return new Row(place, trouble, accounts, null, Demand.parse(words[0]), Demand.parse(words[words.length - 1]));
        }

        boolean isOfAllAccounts() {
            return accounts.size() == AccountType.values().length;
        }

        boolean makesSense() {
            return pointless == null;
        }

        /** Whether trying again is useless, so that it is not done. */
        boolean failsAtOnce() {
            return passing.equals(lasting) && !passing.outcome.isUploaded() && passing.outcome != Outcome.UNFINISHED;
        }

        Row without(Set<AccountType> others) {
            Set<AccountType> rest = EnumSet.copyOf(accounts);
            rest.removeAll(others);
            return new Row(place, trouble, rest, pointless, passing, lasting);
        }
    }

    private FaultTable() {
    }

    /** The whole table: by place, then by fault. */
    static List<Row> rows() {
        List<Row> exceptions = exceptions();
        List<Row> rows = new ArrayList<>();
        for (Row row : grids()) {
            Row rest = row;
            for (Row exception : exceptions) {
                if (exception.place == row.place && exception.trouble == row.trouble) {
                    rest = rest.without(exception.accounts);
                    rows.add(exception);
                }
            }
            rows.add(rest);
        }
        return rows;
    }

    private static List<Row> grids() {
        List<Row> rows = new ArrayList<>();
        rows.addAll(grid(GRAPH_PLACES, GRAPH));
        rows.addAll(grid(SESSION_PLACES, SESSION));
        rows.addAll(grid(VERIFICATION_PLACES, VERIFICATION));
        return rows;
    }

    private static List<Row> grid(List<Place> places, String text) {
        List<List<String>> lines = text.lines().map(FaultTable::cells).toList();
        List<Row> rows = new ArrayList<>();
        for (int column = 0; column < places.size(); column++) {
            for (List<String> line : lines) {
                rows.add(Row.parse(places.get(column), Trouble.valueOf(line.get(0)), EnumSet.allOf(AccountType.class),
                        line.get(column + 1)));
            }
        }
        return rows;
    }

    private static List<Row> exceptions() {
        List<Row> rows = new ArrayList<>();
        for (List<String> line : EXCEPTIONS.lines().map(FaultTable::cells).toList()) {
            Set<AccountType> accounts = EnumSet.noneOf(AccountType.class);
            Arrays.stream(line.get(0).split(" +")).map(AccountType::valueOf).forEach(accounts::add);
            rows.add(Row.parse(Place.valueOf(line.get(1)), Trouble.valueOf(line.get(2)), accounts, line.get(3)));
        }
        return rows;
    }

    private static List<String> cells(String line) {
        return Arrays.stream(line.split("\\|")).map(String::strip).toList();
    }
}
