package io.github.camelonedrive.component;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.github.camelonedrive.upload.SourceChangedException;
import io.github.camelonedrive.upload.UploadSource;
import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.converter.stream.CachedOutputStream;
import org.apache.camel.converter.stream.InputStreamCache;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class BodySourceTest {

    private static final int LIMIT = 1000;
    private static final byte[] CONTENT = bytes(2 * LIMIT + 1);

    @TempDir
    Path directory;

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final BodySource bodies = new BodySource(LIMIT);
    private Exchange exchange;
    private List<Path> spooledBefore;

    @BeforeEach
    void start() throws IOException {
        context.start();
        exchange = new DefaultExchange(context);
        spooledBefore = spooled();
    }

    @AfterEach
    void noTemporaryFileStays() {
        context.stop();
        // Tests in another process make such files as well, for moments.
        await().untilAsserted(() -> assertThat(spooled()).isSubsetOf(spooledBefore));
    }

    @Test
    void everyKindOfBodyArrivesWhole() throws Exception {
        Path path = Files.write(directory.resolve("dump.sql"), CONTENT);
        List<Supplier<Object>> kinds = List.of(() -> CONTENT, () -> path, path::toFile, () -> genericFile(path.toFile()),
                () -> new ByteArrayInputStream(CONTENT), () -> new InputStreamCache(CONTENT), this::cachedInAFile);
        for (Supplier<Object> kind : kinds) {
            Object body = kind.get();
            exchange.getMessage().setBody(body);
            try (UploadSource source = bodies.of(exchange)) {
                assertThat(source.size()).as(body.getClass().getName()).isEqualTo(CONTENT.length);
                assertThat(read(source)).as(body.getClass().getName()).isEqualTo(CONTENT);
                assertThat(read(source)).as("again: " + body.getClass().getName()).isEqualTo(CONTENT);
                source.checkUnchanged();
            }
        }
    }

    @Test
    void textIsSentInTheExchangesCharset() throws Exception {
        exchange.getMessage().setBody("Grüße");
        exchange.setProperty(Exchange.CHARSET_NAME, "ISO-8859-1");
        assertThat(sent()).isEqualTo("Grüße".getBytes(StandardCharsets.ISO_8859_1));
        exchange.removeProperty(Exchange.CHARSET_NAME);
        assertThat(sent()).isEqualTo("Grüße".getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, LIMIT - 1, LIMIT, LIMIT + 1, 3 * LIMIT})
    void aStreamOfUnknownLengthIsReadToItsEnd(int size) throws Exception {
        exchange.getMessage().setBody(new ByteArrayInputStream(bytes(size)));
        assertThat(sent()).isEqualTo(bytes(size));
    }

    @Test
    void aStreamThatComesInDribsIsReadToItsEndToo() throws Exception {
        InputStream dribs = new ByteArrayInputStream(bytes(7)) {
            @Override
            public synchronized int read(byte[] b, int off, int len) {
                return super.read(b, off, Math.min(len, 1));
            }
        };
        exchange.getMessage().setBody(new SequenceInputStream(new ByteArrayInputStream(bytes(LIMIT)), dribs));
        assertThat(sent()).hasSize(LIMIT + 7);
    }

    @Test
    void whatIsSpooledIsOursAlone() throws Exception {
        exchange.getMessage().setBody(new ByteArrayInputStream(CONTENT));
        try (UploadSource source = bodies.of(exchange)) {
            assertThat(spooled()).filteredOn(BodySourceTest::holdsContent).singleElement().satisfies(file -> assertThat(
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------"));
            assertThat(source.lastModified()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, LIMIT, LIMIT + 1, 2 * LIMIT, 2 * LIMIT + 2, 100_000})
    void anAnnouncedLengthThatIsWrongIsRefused(int announced) {
        for (Object body : List.of(CONTENT, new ByteArrayInputStream(CONTENT), new InputStreamCache(CONTENT))) {
            exchange.getMessage().setBody(body);
            exchange.getMessage().setHeader(OneDriveConstants.CONTENT_LENGTH, announced);
            assertThatExceptionOfType(SourceChangedException.class).isThrownBy(() -> bodies.of(exchange).close())
                    .withMessageContaining(String.valueOf(announced));
            assertThat(exchange.getMessage().getHeaders()).doesNotContainKey(OneDriveConstants.CONTENT_LENGTH);
        }
    }

    @Test
    void anAnnouncedLengthThatIsRightIsObeyedAndRemoved() throws Exception {
        exchange.getMessage().setBody(new ByteArrayInputStream(CONTENT));
        exchange.getMessage().setHeader(OneDriveConstants.CONTENT_LENGTH, CONTENT.length);
        assertThat(sent()).isEqualTo(CONTENT);
        assertThat(exchange.getMessage().getHeaders()).doesNotContainKey(OneDriveConstants.CONTENT_LENGTH);
    }

    @Test
    void aNegativeLengthIsRefused() {
        exchange.getMessage().setBody(CONTENT);
        exchange.getMessage().setHeader(OneDriveConstants.CONTENT_LENGTH, -1);
        assertThatIllegalArgumentException().isThrownBy(() -> bodies.of(exchange));
    }

    @Test
    void lengthsOfOtherThingsAreNotBelieved() throws Exception {
        exchange.getMessage().setBody(CONTENT);
        exchange.getMessage().setHeader("Content-Length", 5);
        exchange.getMessage().setHeader(Exchange.FILE_LENGTH, 6);
        assertThat(sent()).isEqualTo(CONTENT);
    }

    @Test
    void noBodyIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> bodies.of(exchange)).withMessageContaining("no body");
    }

    @Test
    void aStreamThatBreaksLeavesNothingBehindAndIsClosed() {
        boolean[] closed = new boolean[1];
        exchange.getMessage().setBody(new InputStream() {
            private int count;

            @Override
            public int read() throws IOException {
                if (count++ > 2 * LIMIT) {
                    throw new IOException("pipe broke");
                }
                return 1;
            }

            @Override
            public void close() {
                closed[0] = true;
            }
        });
        assertThatThrownBy(() -> bodies.of(exchange)).isInstanceOf(IOException.class).hasMessage("pipe broke");
        assertThat(closed[0]).isTrue();
    }

    @Test
    void aCachedStreamIsLeftAtItsBeginningForTheRestOfTheRoute() throws Exception {
        InputStreamCache cache = new InputStreamCache(CONTENT);
        assertThat(cache.read()).isEqualTo(CONTENT[0] & 0xff);
        exchange.getMessage().setBody(cache);
        assertThat(sent()).isEqualTo(CONTENT);
        assertThat(cache.readAllBytes()).isEqualTo(CONTENT);
    }

    @Test
    void aCachedStreamCanBeReadFromAnywhereInAnyOrder() throws Exception {
        try (StreamCacheSource source = new StreamCacheSource((StreamCache) cachedInAFile())) {
            Random random = new Random(5);
            byte[] buffer = new byte[64];
            for (int i = 0; i < 200; i++) {
                int from = random.nextInt(CONTENT.length);
                int count = source.read(from, buffer, buffer.length);
                assertThat(java.util.Arrays.copyOf(buffer, count))
                        .isEqualTo(java.util.Arrays.copyOfRange(CONTENT, from, from + count));
            }
            assertThat(source.read(CONTENT.length, buffer, 1)).isEqualTo(-1);
            assertThat(source.read(CONTENT.length + 5L, buffer, 1)).as("beyond its end").isEqualTo(-1);
        }
    }

    private byte[] sent() throws Exception {
        try (UploadSource source = bodies.of(exchange)) {
            byte[] content = read(source);
            assertThat(source.size()).isEqualTo(content.length);
            return content;
        }
    }

    private static byte[] read(UploadSource source) throws IOException {
        byte[] content = new byte[(int) source.size()];
        int at = 0;
        byte[] buffer = new byte[300];
        for (int count = source.read(at, buffer, buffer.length); count > 0; count = source.read(at, buffer, buffer.length)) {
            System.arraycopy(buffer, 0, content, at, count);
            at += count;
        }
        assertThat(at).isEqualTo(content.length);
        return content;
    }

    private static GenericFile<File> genericFile(File file) {
        GenericFile<File> generic = new GenericFile<>();
        generic.setFile(file);
        generic.setFileLength(file.length());
        return generic;
    }

    /** As Camel spools it: above a threshold into a file of its own. */
    private Object cachedInAFile() {
        context.getStreamCachingStrategy().setSpoolEnabled(true);
        context.getStreamCachingStrategy().setSpoolDirectory(directory.resolve("camel-spool").toFile());
        context.getStreamCachingStrategy().setSpoolThreshold(10);
        try (CachedOutputStream out = new CachedOutputStream(exchange)) {
            out.write(CONTENT);
            return out.newStreamCache();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Path> spooled() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("camel-onedrive-")
                    && file.toString().endsWith(".spool")).toList();
        }
    }

    private static boolean holdsContent(Path file) {
        try {
            return Arrays.equals(Files.readAllBytes(file), CONTENT);
        } catch (IOException e) {
            // Another process's file, deleted meanwhile.
            return false;
        }
    }

    private static byte[] bytes(int size) {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        return content;
    }
}
