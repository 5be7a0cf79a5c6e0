package io.github.camelonedrive.component;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.apache.camel.Exchange;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelonedrive.simulator.RecordedRequest;
import io.github.camelonedrive.simulator.Step;

import static org.assertj.core.api.Assertions.assertThat;

/** The body's size decides between one PUT and a session, and every size arrives byte for byte. */
class UploadSizesTest extends SimulatorTest {

    private static final int MB = 1024 * 1024;
    private static final int LIMIT = 4 * MB;
    private static final int CHUNK = 320 * 1024;

    @TempDir
    Path directory;

    static Stream<Integer> sizesAroundTheLimit() {
        return Stream.of(0, 1, LIMIT - 1, LIMIT, LIMIT + 1);
    }

    @ParameterizedTest
    @MethodSource("sizesAroundTheLimit")
    void upToTheLimitOnePutAndBeyondASession(int size) throws Exception {
        Path file = SimulatedRoute.file(directory, "dump.sql", size);

        Exchange exchange = route.upload("onedrive:offsite?folderPath=/Backups", "dump.sql", file);

        assertThat(route.holds("/Backups/dump.sql", SimulatedRoute.content(size))).isTrue();
        boolean session = size > LIMIT;
        assertThat(exchange.getMessage().getHeader(OneDriveConstants.UPLOAD_MODE)).isEqualTo(session ? "session" : "simple");
        assertThat(onedrive.requests(Step.SIMPLE_UPLOAD)).hasSize(session ? 0 : 1);
        assertThat(onedrive.requests(Step.CREATE_SESSION)).hasSize(session ? 1 : 0);
        assertThat(onedrive.openSessions()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, LIMIT + 1})
    @Tag("C18")
    void aNewFileIs201AndAReplacedOne200AndBothAreSuccess(int size) throws Exception {
        Step last = size > LIMIT ? Step.FRAGMENT : Step.SIMPLE_UPLOAD;

        route.upload("onedrive:offsite", "dump.sql", SimulatedRoute.file(directory, "old.sql", size + 1));
        route.upload("onedrive:offsite", "dump.sql", SimulatedRoute.file(directory, "new.sql", size));

        assertThat(onedrive.requests(last)).extracting(RecordedRequest::status).containsExactly(201, 200);
        assertThat(onedrive.file("/dump.sql").orElseThrow().versionCount()).isEqualTo(2);
        assertThat(route.holds("/dump.sql", SimulatedRoute.content(size))).isTrue();
    }

    static IntStream sizesAroundFragments() {
        return IntStream.of(1, 2, 3, 7).flatMap(k -> IntStream.of(k * CHUNK - 1, k * CHUNK, k * CHUNK + 1));
    }

    @ParameterizedTest
    @MethodSource("sizesAroundFragments")
    @Tag("C34")
    @Tag("C38")
    void everySizeAroundAFragmentsBorderArrives(int size) throws Exception {
        Path file = SimulatedRoute.file(directory, "dump.sql", size);

        route.upload("onedrive:offsite?simpleUploadLimit=0&chunkSize=320kB", "dump.sql", file);

        assertThat(route.holds("/dump.sql", SimulatedRoute.content(size))).isTrue();
        assertThat(onedrive.requests(Step.FRAGMENT)).hasSize((size + CHUNK - 1) / CHUNK);
    }

    @ParameterizedTest
    @MethodSource("sizesAroundTheLimit")
    void aStreamOfUnknownLengthArrives(int size) throws Exception {
        byte[] content = SimulatedRoute.content(size);

        route.upload("onedrive:offsite", "stream.bin", new ByteArrayInputStream(content));

        assertThat(route.holds("/stream.bin", content)).isTrue();
    }

    @Test
    void aHundredMegabytesGoInFragmentsOfTen() throws Exception {
        Path file = SimulatedRoute.file(directory, "large.bin", 100 * MB);

        route.upload("onedrive:offsite", "large.bin", file);

        List<Long> lengths = onedrive.requests(Step.FRAGMENT).stream().map(request -> request.bodyLength()).toList();
        assertThat(lengths).hasSize(10).allMatch(length -> length == 10L * MB);
        assertThat(route.holds("/large.bin", SimulatedRoute.content(100 * MB))).isTrue();
    }
}
