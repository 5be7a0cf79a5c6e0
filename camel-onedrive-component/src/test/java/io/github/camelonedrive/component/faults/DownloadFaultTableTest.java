package io.github.camelonedrive.component.faults;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelonedrive.simulator.AccountType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/** Every fault at every step of a download, into a file and as a stream, ends as {@link DownloadFaultTable} says. */
class DownloadFaultTableTest {

    private static final Duration LONGEST_RUN = Duration.ofSeconds(20);

    @TempDir
    private static Path directory;

    private static Bench bench;

    @AfterAll
    static void close() {
        if (bench != null) {
            bench.close();
        }
    }

    @TestFactory
    @Tag("C59")
    @Tag("C60")
    @Tag("C61")
    @Tag("C63")
    @Tag("C68")
    @Tag("C77")
    Stream<DynamicNode> downloads() {
        List<DynamicNode> places = new ArrayList<>();
        for (DownloadPlace place : DownloadPlace.values()) {
            List<DynamicNode> tests = new ArrayList<>();
            DownloadFaultTable.rows().stream().filter(row -> row.place() == place && row.makesSense()).forEach(row -> {
                tests.add(test(row, true, true));
                tests.add(test(row, false, true));
                // Before there is any content both are the same.
                if (place != DownloadPlace.LOOKUP && place != DownloadPlace.LINK) {
                    tests.add(test(row, true, false));
                    tests.add(test(row, false, false));
                }
            });
            places.add(DynamicContainer.dynamicContainer(place.title(), tests));
        }
        return places.stream();
    }

    private static DynamicTest test(DownloadFaultTable.Row row, boolean passing, boolean intoFile) {
        String title = row.place().title() + ": " + row.trouble().title() + (passing ? ", passing" : ", lasting")
                + (intoFile ? ", into a file" : ", as a stream");
        return DynamicTest.dynamicTest(title, () -> {
            if (bench == null) {
                bench = new Bench(AccountType.PERSONAL);
            }
            DownloadFaultRun run = new DownloadFaultRun(bench, row, passing, intoFile, directory);
            try {
                assertTimeoutPreemptively(LONGEST_RUN, run::run);
            } catch (AssertionError failure) {
                // What hangs or went astray must not disturb the next run.
                bench.close();
                bench = null;
                throw new AssertionError(title + ": " + failure.getMessage(), failure);
            }
        });
    }

    @Test
    void theGridHasNoHoles() {
        for (DownloadPlace place : DownloadPlace.values()) {
            Set<DownloadTrouble> seen = EnumSet.noneOf(DownloadTrouble.class);
            DownloadFaultTable.rows().stream().filter(row -> row.place() == place).forEach(row -> seen.add(row.trouble()));
            assertThat(seen).as(place.title()).containsExactly(DownloadTrouble.values());
        }
    }
}
