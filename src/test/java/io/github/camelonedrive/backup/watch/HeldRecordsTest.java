package io.github.camelonedrive.backup.watch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;

import io.github.camelonedrive.backup.catalogue.HeldDump;
import io.github.camelonedrive.backup.catalogue.HeldDumps;
import io.github.camelonedrive.backup.catalogue.HeldReason;
import io.github.camelonedrive.backup.trouble.TroubleKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What a watch does when the files that say which dumps are held cannot be used. */
class HeldRecordsTest {

    @TempDir
    Path directory;

    private WatchFixture fixture;

    private Path hold(String name) throws Exception {
        fixture = new WatchFixture(directory).open();
        Path file = fixture.dump(name, "content");
        HeldDumps.open(fixture.home().resolve("held"), "test", () -> Instant.EPOCH).hold(new HeldDump(name, 7,
                Files.getLastModifiedTime(file).toInstant(), HeldReason.TWIN, "Its twin is there.", "", Instant.EPOCH, 1));
        try (var records = Files.list(fixture.home().resolve("held/test"))) {
            return records.findFirst().orElseThrow();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mode 644", "damaged"})
    void unusableRecord_concernsItsDumpAlone(String problem) throws Exception {
        Path record = hold("held.sql");
        if (problem.equals("damaged")) {
            Files.writeString(record, "{");
        } else {
            Files.setPosixFilePermissions(record, PosixFilePermissions.fromString("rw-r--r--"));
        }
        fixture.dump("other.sql", "content");

        assertThat(fixture.settle()).containsExactly("other.sql");
        assertThat(fixture.troubles.current()).singleElement().satisfies(trouble -> {
            assertThat(trouble.kind()).isEqualTo(TroubleKind.DUMP_HELD);
            assertThat(trouble.about()).isEqualTo("held.sql");
            assertThat(trouble.problem()).contains(record.toString());
        });
        assertThat(fixture.watch().status().held()).isEqualTo(1);

        Files.delete(record);
        assertThat(fixture.settle()).containsExactly("held.sql");
        assertThat(fixture.troubleKinds()).isEmpty();
    }

    @Test
    void missingDirectory_holdsNothing() throws Exception {
        hold("held.sql");
        fixture.dump("other.sql", "content");
        Files.move(fixture.home().resolve("held"), directory.resolve("aside"));

        assertThat(fixture.settle()).containsExactly("held.sql", "other.sql");
        assertThat(fixture.troubleKinds()).isEmpty();
    }
}
