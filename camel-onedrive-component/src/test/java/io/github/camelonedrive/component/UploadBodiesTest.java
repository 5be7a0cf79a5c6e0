package io.github.camelonedrive.component;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.converter.stream.FileInputStreamCache;
import org.apache.camel.converter.stream.InputStreamCache;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.simulator.Step;
import io.github.camelonedrive.upload.UploadResult;
import io.github.camelonedrive.upload.Verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Every kind of body that Camel users have arrives whole, and one that lies about its length does not arrive at all. */
class UploadBodiesTest extends SimulatorTest {

    private static final int CHUNK = 320 * 1024;
    private static final String TINY_LIMIT = "onedrive:offsite?simpleUploadLimit=1000&chunkSize=320kB";

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = { "onedrive:offsite?fileName=a.txt", "file:%s?fileName=a.txt" })
    void aNullBodyFails_andAnEmptyTextIsAnEmptyFile_asWithFile(String uri) {
        String target = uri.formatted(directory);
        assertThat(route.send(target, null, Map.of()).getException()).isNotNull();
        assertThat(onedrive.requests(Step.SIMPLE_UPLOAD)).isEmpty();
        assertThat(directory.resolve("a.txt")).doesNotExist();

        assertThat(route.send(target, "", Map.of()).getException()).isNull();
        assertThat(uri.startsWith("file") ? Files.exists(directory.resolve("a.txt")) : route.holds("/a.txt", new byte[0]))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = { 0, 999, 1000, 1001, CHUNK + 1 })
    void everyKindOfBodyArrives(int size) throws Exception {
        byte[] content = SimulatedRoute.content(size);
        Path file = SimulatedRoute.file(directory, "body.bin", size);
        List<Object> bodies = List.of(file, file.toFile(), content, new ByteArrayInputStream(content), genericFile(file),
                new InputStreamCache(content), new FileInputStreamCache(file.toFile()), Files.newInputStream(file));

        for (Object body : bodies) {
            String name = body.getClass().getSimpleName();
            Exchange exchange = route.upload(TINY_LIMIT, name, body);

            assertThat(route.holds("/" + name, content)).as(name).isTrue();
            assertThat(exchange.getMessage().getHeader(OneDriveConstants.UPLOAD_MODE)).as(name)
                    .isEqualTo(size > 1000 ? "session" : "simple");
        }
        assertNoTemporaryFileStays();
    }

    private static GenericFile<?> genericFile(Path file) {
        GenericFile<java.io.File> generic = new GenericFile<>();
        generic.setFile(file.toFile());
        generic.setBody(file.toFile());
        generic.setFileLength(file.toFile().length());
        return generic;
    }

    @Test
    void textIsSentInTheExchangesCharset() throws Exception {
        Exchange exchange = route.send("onedrive:offsite", "Größe: 5 €",
                Map.of(Exchange.FILE_NAME, "a.txt", Exchange.CHARSET_NAME, "ISO-8859-15"));

        assertThat(exchange.getException()).isNull();
        assertThat(onedrive.file("/a.txt").orElseThrow().bytes()).isEqualTo("Größe: 5 €".getBytes("ISO-8859-15"));
    }

    @Test
    void theFileComponentNeedsNoHeaderInBetween() throws Exception {
        Path inbox = Files.createDirectory(directory.resolve("inbox"));
        byte[] content = SimulatedRoute.content(CHUNK * 2);
        Files.write(inbox.resolve("nightly #1 100%.sql"), content);
        route.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("file:" + inbox + "?initialDelay=0&delay=100").to(TINY_LIMIT + "&folderPath=/Backups").to("mock:done");
            }
        });

        await().until(() -> route.holds("/Backups/nightly #1 100%.sql", content));
    }

    @ParameterizedTest
    @ValueSource(longs = { 1999, 2001 })
    @Tag("C45")
    void aStreamThatIsNotAsLongAsAnnouncedIsNotUploaded(long announced) {
        Exchange exchange = route.send(TINY_LIMIT, new ByteArrayInputStream(SimulatedRoute.content(2000)),
                Map.of(Exchange.FILE_NAME, "a.bin", OneDriveConstants.CONTENT_LENGTH, announced));

        assertThat(exchange.getException(OneDriveException.class).kind()).isEqualTo(FailureKind.UNSETTLED);
        assertNothingArrived();
    }

    @Test
    void theAnnouncedLengthIsRemovedAfterUse() throws Exception {
        Exchange exchange = route.send(TINY_LIMIT, new ByteArrayInputStream(SimulatedRoute.content(2000)),
                Map.of(Exchange.FILE_NAME, "a.bin", OneDriveConstants.CONTENT_LENGTH, 2000L));

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getHeaders()).doesNotContainKey(OneDriveConstants.CONTENT_LENGTH);
    }

    @Test
    void contentLengthAndFileLengthOfAnotherBodyAreNotBelieved() throws Exception {
        byte[] content = SimulatedRoute.content(500);
        Exchange exchange = route.send("onedrive:offsite", content,
                Map.of(Exchange.FILE_NAME, "a.bin", Exchange.CONTENT_LENGTH, 7, Exchange.FILE_LENGTH, 7L));

        assertThat(exchange.getException()).isNull();
        assertThat(route.holds("/a.bin", content)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = { "grows", "shrinks", "is replaced", "goes away" })
    void aFileThatChangesWhileItIsReadIsNotCommitted(String change) throws Exception {
        byte[] old = SimulatedRoute.content(10);
        onedrive.putFile("/a.bin", old);
        Path file = SimulatedRoute.file(directory, "a.bin", 3 * CHUNK);
        route.component().getConfiguration().setUploadListener(event -> {
            if (event instanceof io.github.camelonedrive.upload.UploadEvent.Progressed progress
                    && progress.bytesSent() == CHUNK) {
                change(file, change);
            }
        });

        Exchange exchange = route.send(TINY_LIMIT, file, Map.of(Exchange.FILE_NAME, "a.bin"));

        assertThat(exchange.getException(OneDriveException.class).kind()).isEqualTo(FailureKind.UNSETTLED);
        assertThat(route.holds("/a.bin", old)).isTrue();
        assertThat(onedrive.openSessions()).isEmpty();
    }

    private static void change(Path file, String change) {
        try {
            switch (change) {
                case "grows" -> Files.write(file, new byte[] { 1 }, StandardOpenOption.APPEND);
                case "shrinks" -> {
                    try (var channel = java.nio.channels.FileChannel.open(file, StandardOpenOption.WRITE)) {
                        channel.truncate(2 * CHUNK);
                    }
                }
                case "is replaced" -> {
                    Files.delete(file);
                    Files.write(file, new byte[3 * CHUNK]);
                }
                default -> Files.delete(file);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void resultsAreInHeadersAndTheProofInAProperty() throws Exception {
        Exchange exchange = route.upload(TINY_LIMIT + "&verify=readback", "a.bin",
                SimulatedRoute.file(directory, "a.bin", 2 * CHUNK));

        var stored = onedrive.file("/a.bin").orElseThrow();
        assertThat(exchange.getMessage().getHeaders())
                .containsEntry(OneDriveConstants.PRODUCED_ITEM_ID, stored.id())
                .containsEntry(OneDriveConstants.ETAG, stored.eTag())
                .containsEntry(OneDriveConstants.SIZE, 2L * CHUNK)
                .containsEntry(OneDriveConstants.QUICK_XOR_HASH, stored.quickXorHash())
                .containsEntry(OneDriveConstants.BYTES_SENT, 2L * CHUNK)
                .containsEntry(OneDriveConstants.RESUMED, false)
                .containsKeys(OneDriveConstants.WEB_URL, OneDriveConstants.REQUEST_ID);
        assertThat(exchange.getProperty(OneDriveConstants.UPLOAD_RESULT, UploadResult.class).verdict())
                .isEqualTo(Verdict.READBACK);
    }

    @Test
    @Tag("C27")
    void theModificationTimeIsKeptOnDemand() throws Exception {
        Path file = SimulatedRoute.file(directory, "a.bin", 100);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_600_000_000_123L));

        route.upload("onedrive:offsite?preserveLastModified=true", "a.bin", file);

        assertThat(onedrive.file("/a.bin").orElseThrow().lastModified()).isEqualTo(Instant.ofEpochSecond(1_600_000_000));
        assertThat(onedrive.requests(Step.CREATE_SESSION)).hasSize(1);
        assertThat(onedrive.requests(Step.PATCH)).isEmpty();
    }

    @Test
    void aStreamThatBreaksLeavesNothing() throws Exception {
        InputStream broken = new InputStream() {
            private int left = 5000;

            @Override
            public int read() throws IOException {
                if (left == 0) {
                    throw new IOException("the disk is gone");
                }
                left--;
                return 'x';
            }
        };

        Exchange exchange = route.send(TINY_LIMIT, broken, Map.of(Exchange.FILE_NAME, "a.bin"));

        assertThat(exchange.getException()).hasMessageContaining("the disk is gone");
        assertNothingArrived();
        assertNoTemporaryFileStays();
    }

    private void assertNothingArrived() {
        assertThat(onedrive.paths()).isEmpty();
        assertThat(onedrive.openSessions()).isEmpty();
    }

    /** Tests in another process make such files as well, for moments. */
    private static void assertNoTemporaryFileStays() {
        await().untilAsserted(() -> assertThat(temporaryFiles()).isEmpty());
    }

    private static List<Path> temporaryFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().endsWith(".spool")).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("times")
    void aBodyThatIsNoFileKeepsTheTimeOfTheHeaderIfThatIsOne(Object header, Optional<Instant> kept) {
        Exchange exchange = route.send("onedrive:offsite?preserveLastModified=true", "content",
                Map.of(Exchange.FILE_NAME, "a.txt", Exchange.FILE_LAST_MODIFIED, header));

        assertThat(exchange.getException()).isNull();
        Instant time = onedrive.file("/a.txt").orElseThrow().lastModified();
        if (kept.isPresent()) {
            assertThat(time).isEqualTo(kept.get());
        } else {
            assertThat(time).isAfter(Instant.now().minusSeconds(3600));
        }
    }

    static Stream<Arguments> times() {
        Optional<Instant> known = Optional.of(Instant.ofEpochSecond(1_600_000_000));
        return Stream.of(Arguments.of(1_600_000_000_000L, known), Arguments.of("1600000000000", known),
                Arguments.of(new Date(1_600_000_000_000L), known), Arguments.of("yesterday", Optional.empty()),
                Arguments.of(0, Optional.empty()), Arguments.of(-1L, Optional.empty()));
    }

    @Test
    void theProducedNameIsThatWhichTheFileGot() throws Exception {
        String uri = "onedrive:offsite?folderPath=/Backups&conflictBehavior=rename";
        assertThat(route.upload(uri, "sub/a.txt", "1").getMessage().getHeader(Exchange.FILE_NAME_PRODUCED))
                .isEqualTo("/Backups/sub/a.txt");

        Object second = route.upload(uri, "sub/a.txt", "2").getMessage().getHeader(Exchange.FILE_NAME_PRODUCED);
        assertThat(second).isNotEqualTo("/Backups/sub/a.txt");
        assertThat(route.holds((String) second, "2".getBytes())).isTrue();
    }
}
