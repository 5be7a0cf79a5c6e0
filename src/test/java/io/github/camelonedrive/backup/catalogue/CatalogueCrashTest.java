package io.github.camelonedrive.backup.catalogue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Appending ends in the middle: the process is killed, or the file cannot grow. */
class CatalogueCrashTest {

    @TempDir
    Path home;

    private final CatalogueFixture fixture = new CatalogueFixture();

    @Test
    @Tag("full")
    void killedProcesses_leaveAllThatTheyRecorded() throws Exception {
        Path directory = home.resolve("catalogue");
        Catalogue reader = Catalogue.open(directory, fixture);
        for (int round = 0; round < 3; round++) {
            String prefix = round + "-";
            Path recorded = home.resolve("recorded" + round);
            int atLeast = 20 + 7 * round;
            Process first = CatalogueProcess.start(directory, prefix, recorded, "unlimited");
            Process second = CatalogueProcess.start(directory, "other" + prefix, home.resolve("other"), "unlimited");
            try {
                await().atMost(Duration.ofMinutes(1)).until(() -> Files.readAllLines(recorded).size() >= atLeast);
            } finally {
                second.destroyForcibly();
                first.destroyForcibly();
            }
            assertThat(first.waitFor(1, TimeUnit.MINUTES) && second.waitFor(1, TimeUnit.MINUTES)).isTrue();
            String text = Files.readString(recorded);
            List<String> files = text.substring(0, text.lastIndexOf('\n')).lines().toList();
            Catalogue later = Catalogue.open(directory, fixture);
            CatalogueEntry next = fixture.proven("after" + round);
            later.append(next);
            for (Catalogue any : List.of(reader, later, Catalogue.open(directory, fixture))) {
                assertThat(files).allSatisfy(file -> assertThat(any.inDone("mysql", file)).isPresent());
                assertThat(any.inDone("mysql", "after" + round)).contains(next);
            }
        }
    }

    @Test
    void aFileThatCannotGrow_failsTheAppend_andLosesNothing() throws Exception {
        Path directory = home.resolve("catalogue");
        Path recorded = home.resolve("recorded");
        Process limited = CatalogueProcess.start(directory, "d", recorded, "17");
        assertThat(limited.waitFor(1, TimeUnit.MINUTES)).isTrue();
        List<String> output = new ArrayList<>(Files.readAllLines(recorded));
        assertThat(output.remove(output.size() - 1)).isEqualTo("unknown");
        assertThat(output).hasSizeGreaterThan(5);
        Path file = directory.resolve("2026-11.jsonl");
        assertThat(Files.size(file) % 512).isZero();
        assertThat(Files.readString(file)).doesNotEndWith("\n");
        Catalogue catalogue = Catalogue.open(directory, fixture);
        catalogue.append(fixture.proven("next"));
        List<String> files = new ArrayList<>();
        catalogue.read(entry -> files.add(entry.file()));
        output.add("next");
        assertThat(files).isEqualTo(output);
        assertThat(catalogue.inDone("mysql", "next")).isPresent();
    }
}
