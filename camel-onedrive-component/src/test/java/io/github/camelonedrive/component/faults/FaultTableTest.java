package io.github.camelonedrive.component.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import io.github.camelonedrive.simulator.AccountType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/**
 * Every fault at every step of an upload ends as {@link FaultTable} says: the whole table on one kind of account, on the others
 * what differs and what concerns upload sessions; the rest in the profile {@code full}.
 */
class FaultTableTest {

    /** Of real time; an upload takes some milliseconds, a stall some tenths of a second. */
    private static final Duration LONGEST_RUN = Duration.ofSeconds(20);

    private static final Map<AccountType, Bench> BENCHES = new EnumMap<>(AccountType.class);

    @AfterAll
    static void close() {
        BENCHES.values().forEach(Bench::close);
    }

    @TestFactory
    Stream<DynamicNode> personal() {
        return runs(AccountType.PERSONAL, row -> isAlwaysRun(AccountType.PERSONAL, row));
    }

    @TestFactory
    Stream<DynamicNode> personalLegacy() {
        return runs(AccountType.PERSONAL_LEGACY, row -> isAlwaysRun(AccountType.PERSONAL_LEGACY, row));
    }

    @TestFactory
    Stream<DynamicNode> business() {
        return runs(AccountType.BUSINESS, row -> isAlwaysRun(AccountType.BUSINESS, row));
    }

    @TestFactory
    Stream<DynamicNode> documentLibrary() {
        return runs(AccountType.DOCUMENT_LIBRARY, row -> isAlwaysRun(AccountType.DOCUMENT_LIBRARY, row));
    }

    @TestFactory
    @Tag("full")
    Stream<DynamicNode> allOther() {
        return Stream.of(AccountType.values())
                .flatMap(account -> runs(account, row -> !isAlwaysRun(account, row) && isRun(account, row)));
    }

    private static Stream<DynamicNode> runs(AccountType account, Predicate<FaultTable.Row> chosen) {
        List<DynamicNode> places = new ArrayList<>();
        for (Place place : Place.values()) {
            List<DynamicNode> tests = new ArrayList<>();
            FaultTable.rows().stream()
                    .filter(row -> row.place() == place && row.makesSense() && row.accounts().contains(account))
                    .filter(chosen).forEach(row -> {
                        tests.add(test(account, row, true));
                        tests.add(test(account, row, false));
                    });
            places.add(DynamicContainer.dynamicContainer(place.title(), tests));
        }
        return places.stream();
    }

    /**
     * The whole table on one kind of account; on the others what differs, and the upload of sessions, which each kind of
     * account implements in its own way. How a pause is spelled is read by the same code at all places of one host.
     */
    private static boolean isAlwaysRun(AccountType account, FaultTable.Row row) {
        if (row.trouble().isPauseInOtherWords()) {
            return account == AccountType.PERSONAL && row.place().isFirstOfHost();
        }
        return isRun(account, row) && (account == AccountType.PERSONAL || !row.isOfAllAccounts()
                || EnumSet.of(Place.OPEN, Place.FIRST, Place.LAST).contains(row.place()));
    }

    /**
     * Stalls take real time, and a connection does not know whose account it is for. Personal accounts that were not moved yet
     * differ in their upload sessions only.
     */
    private static boolean isRun(AccountType account, FaultTable.Row row) {
        return switch (account) {
            case PERSONAL -> true;
            case PERSONAL_LEGACY -> !row.trouble().isStall() && row.place().upload() == Place.Upload.SESSION;
            default -> !row.trouble().isStall();
        };
    }

    private static DynamicTest test(AccountType account, FaultTable.Row row, boolean passing) {
        String title = account + ", " + row.place().title() + ": " + row.trouble().title()
                + (passing ? ", passing" : ", lasting");
        return DynamicTest.dynamicTest(title, () -> {
            FaultRun run = new FaultRun(BENCHES.computeIfAbsent(account, Bench::new), account, row, passing);
            try {
                assertTimeoutPreemptively(LONGEST_RUN, run::run);
            } catch (AssertionError failure) {
                // What hangs or went astray must not disturb the next run.
                BENCHES.remove(account).close();
                throw new AssertionError(title + ": " + failure.getMessage(), failure);
            }
        });
    }

    @Test
    void theGridHasNoHoles() {
        Map<Place, Map<Trouble, Set<AccountType>>> seen = new EnumMap<>(Place.class);
        for (FaultTable.Row row : FaultTable.rows()) {
            Set<AccountType> accounts = seen.computeIfAbsent(row.place(), place -> new EnumMap<>(Trouble.class))
                    .computeIfAbsent(row.trouble(), trouble -> EnumSet.noneOf(AccountType.class));
            assertThat(accounts).as(row.toString()).doesNotContainAnyElementsOf(row.accounts());
            accounts.addAll(row.accounts());
        }
        assertThat(seen).containsOnlyKeys(Place.values());
        seen.forEach((place, troubles) -> {
            assertThat(troubles).as(place.title()).containsOnlyKeys(Trouble.values());
            troubles.forEach((trouble, accounts) -> assertThat(accounts).as(place + " " + trouble)
                    .containsExactly(AccountType.values()));
        });
    }
}
