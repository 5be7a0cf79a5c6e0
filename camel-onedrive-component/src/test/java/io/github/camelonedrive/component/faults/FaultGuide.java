package io.github.camelonedrive.component.faults;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.github.camelonedrive.simulator.AccountType;

/** The fault table as a page for people. */
final class FaultGuide {

    private static final String INTRODUCTION = """
            # What happens when something goes wrong

            Every step of an upload, every fault, every kind of account: what the component does then; and, at the end, every
            step of a download. This page is made from the very tables that the tests run (`FaultTable`, `FaultTableTest`,
            `DownloadFaultTable`, `DownloadFaultTableTest`); a test fails when they differ. Make it anew with

                mvn -pl camel-onedrive-component -am test -Dtest=FaultGuideTest -Dfaults.write=true \\
                    -Dsurefire.failIfNoSpecifiedTests=false

            A fault *passes* when the service is well again after it struck once or twice; it *lasts* when it strikes for good.
            *Uploaded* means: one file, of the right content, proven. Where an upload fails, the file in OneDrive is the old
            one, whole, or there is none, except where the table says that the new one is kept. Retries end after `maxRetries`
            tries without progress; what the service asks to wait is waited for, by all uploads of the account, up to
            `maxThrottleWait`. Stalls are run on one kind of account, because a connection does not know whose account it is
            for; personal accounts that were not moved to today's infrastructure yet are run with upload sessions only, where
            they differ.

            """;

    private static final String DOWNLOADS = """

            ## Downloads

            Each is run into a local file and as a stream. *Downloaded* means: the right bytes, proven. Where a download fails,
            the local file is the old one, whole; a stream ends with an exception. The next download to the same file is fine,
            whatever the failed one left behind. Kinds of account don't differ in downloads, so one is enough.

            """;

    private static final Map<Place, String> NOTES = Map.of(
            Place.STATUS, "Asked after a fragment failed.",
            Place.CANCEL, "The upload has failed already, here because the drive is full, and that failure is the one "
                    + "reported whatever becomes of the cancellation.",
            Place.HASH, "OneDrive has committed the item and has not computed its hash yet. What can't be asked for is read "
                    + "back.",
            Place.LINK, "OneDrive has committed the item and never tells its hash.",
            Place.BYTES, "OneDrive has committed the item and never tells its hash.");

    private FaultGuide() {
    }

    static String markdown() {
        StringBuilder page = new StringBuilder(INTRODUCTION);
        exceptions(page);
        List<FaultTable.Row> rows = FaultTable.rows();
        for (Place place : Place.values()) {
            place(page, place, rows.stream().filter(row -> row.place() == place).toList());
        }
        downloads(page);
        return page.toString();
    }

    private static void downloads(StringBuilder page) {
        page.append(DOWNLOADS).append("| Exception | Whose fault | It means |\n| --- | --- | --- |\n");
        for (DownloadOutcome outcome : DownloadOutcome.values()) {
            if (outcome != DownloadOutcome.OK) {
                page.append("| `").append(outcome.exception()).append("` | `").append(outcome.kind()).append("` | ")
                        .append(outcome.meaning()).append(" |\n");
            }
        }
        for (DownloadPlace place : DownloadPlace.values()) {
            page.append("\n### ").append(capitalized(place.title()))
                    .append("\n\n| Fault | When it passes | When it lasts |\n| --- | --- | --- |\n");
            List<DownloadFaultTable.Row> rows =
                    DownloadFaultTable.rows().stream().filter(row -> row.place() == place).toList();
            rows.stream().filter(DownloadFaultTable.Row::makesSense).forEach(row -> page.append("| ")
                    .append(row.trouble().title()).append(" | ").append(what(row, true)).append(" | ")
                    .append(row.passing() == row.lasting() ? "the same" : what(row, false)).append(" |\n"));
            Map<String, Set<String>> faults = new TreeMap<>();
            rows.stream().filter(row -> !row.makesSense()).forEach(row -> faults
                    .computeIfAbsent(row.pointless(), reason -> new TreeSet<>()).add(row.trouble().title()));
            pointless(page, faults);
        }
    }

    private static String what(DownloadFaultTable.Row row, boolean passing) {
        DownloadOutcome outcome = passing ? row.passing() : row.lasting();
        if (outcome == DownloadOutcome.OK) {
            return outcome.meaning();
        }
        return (row.failsAtOnce() ? "at once `" : "after retries `") + outcome.exception() + "`";
    }

    private static void exceptions(StringBuilder page) {
        page.append("## The exceptions\n\n| Exception | Whose fault | It means |\n| --- | --- | --- |\n");
        for (Outcome outcome : Outcome.values()) {
            if (!outcome.isUploaded()) {
                page.append("| `").append(outcome.exception()).append("` | `").append(outcome.kind()).append("` | ")
                        .append(outcome.meaning()).append(" |\n");
            }
        }
    }

    private static void place(StringBuilder page, Place place, List<FaultTable.Row> rows) {
        page.append("\n## ").append(capitalized(place.title())).append("\n\n");
        if (NOTES.containsKey(place)) {
            page.append(NOTES.get(place)).append("\n\n");
        }
        page.append("| Fault | Account | When it passes | When it lasts |\n| --- | --- | --- | --- |\n");
        rows.stream().filter(FaultTable.Row::makesSense).forEach(row -> page.append("| ").append(row.trouble().title())
                .append(" | ").append(accounts(row.accounts())).append(" | ")
                .append(what(row, row.passing(), true)).append(" | ").append(row.lasting().equals(row.passing())
                        ? "the same" : what(row, row.lasting(), false)).append(" |\n"));
        pointless(page, rows);
    }

    private static String what(FaultTable.Row row, FaultTable.Demand demand, boolean passing) {
        String outcome = demand.outcome().isUploaded() ? demand.outcome().meaning() : failure(row, demand, passing);
        return demand.sessionLeft() ? outcome + "; a session stays open until it expires" : outcome;
    }

    private static String failure(FaultTable.Row row, FaultTable.Demand demand, boolean passing) {
        String exception = "`" + demand.outcome().exception() + "`" + distinction(demand.outcome());
        if (row.place() == Place.CANCEL || passing && !row.failsAtOnce()) {
            return exception;
        }
        return (row.failsAtOnce() ? "at once " : "after retries ") + exception;
    }

    /** Some exceptions stand for several things. */
    private static String distinction(Outcome outcome) {
        long meanings = Arrays.stream(Outcome.values()).filter(other -> other.type() == outcome.type()).count();
        return meanings == 1 ? "" : " (" + outcome.meaning() + ")";
    }

    private static String accounts(Set<AccountType> accounts) {
        if (accounts.equals(EnumSet.allOf(AccountType.class))) {
            return "all";
        }
        return accounts.stream().map(account -> account.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                .collect(Collectors.joining(", "));
    }

    private static void pointless(StringBuilder page, List<FaultTable.Row> rows) {
        Map<String, Set<String>> faults = new LinkedHashMap<>();
        rows.stream().filter(row -> !row.makesSense()).forEach(row -> faults
                .computeIfAbsent(row.pointless().reason(), reason -> new TreeSet<>()).add(row.trouble().title()));
        pointless(page, faults);
    }

    private static void pointless(StringBuilder page, Map<String, Set<String>> faults) {
        if (faults.isEmpty()) {
            return;
        }
        page.append("\nMakes no sense here:\n\n");
        faults.forEach((reason, titles) -> page.append("- ").append(String.join("; ", titles)).append(": ")
                .append(reason).append(".\n"));
    }

    private static String capitalized(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
