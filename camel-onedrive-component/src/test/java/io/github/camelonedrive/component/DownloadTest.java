package io.github.camelonedrive.component;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.download.DownloadEvent;
import io.github.camelonedrive.download.DownloadStream;
import io.github.camelonedrive.download.DownloadVerificationException;
import io.github.camelonedrive.download.LocalFileException;
import io.github.camelonedrive.download.RangeNotSatisfiableException;
import io.github.camelonedrive.graph.GraphException;
import io.github.camelonedrive.graph.IllegalNameException;
import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.RecordedRequest;
import io.github.camelonedrive.simulator.Step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The operation {@code download}, as a route uses it. */
class DownloadTest extends SimulatorTest {

    private static final byte[] CONTENT = SimulatedRoute.content(1_000_003);
    private static final String DOWNLOAD = "onedrive:offsite?operation=download&folderPath=/Backups";

    @TempDir
    Path directory;

    private final CountDownLatch hold = new CountDownLatch(1);

    @BeforeEach
    void store() {
        onedrive.putFile("/Backups/mysql/dump.sql", CONTENT);
    }

    @AfterEach
    void release() {
        hold.countDown();
    }

    private Message download(String options, Map<String, Object> headers) throws Exception {
        Exchange exchange = send(options, headers);
        if (exchange.getException() != null) {
            throw exchange.getException();
        }
        return exchange.getMessage();
    }

    private Exchange send(String options, Map<String, Object> headers) {
        Map<String, Object> all = new HashMap<>(headers);
        if (!headers.containsKey(OneDriveConstants.ITEM_ID)) {
            all.putIfAbsent(OneDriveConstants.PATH, "mysql/dump.sql");
        }
        return route.send(DOWNLOAD + options, null, all);
    }

    private static byte[] bytes(Message message) throws IOException {
        try (InputStream body = message.getBody(InputStream.class)) {
            return body.readAllBytes();
        }
    }

    private void run(ThrowingConfiguration routes) throws Exception {
        route.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() throws Exception {
                routes.configure(this);
            }
        });
    }

    private interface ThrowingConfiguration {
        void configure(RouteBuilder routes) throws Exception;
    }

    @Test
    @Tag("C10")
    @Tag("C12")
    void theBodyIsAStreamAndHeadersSayWhatItIs() throws Exception {
        Message message = download("", Map.of());
        assertThat(message.getBody()).isInstanceOf(DownloadStream.class);
        assertThat(bytes(message)).isEqualTo(CONTENT);
        assertThat(message.getHeaders()).containsEntry(Exchange.FILE_NAME, "mysql/dump.sql")
                .containsEntry(Exchange.FILE_NAME_ONLY, "dump.sql").containsEntry(Exchange.FILE_LENGTH, 1_000_003L)
                .containsEntry(OneDriveConstants.SIZE, 1_000_003L)
                .containsKeys(Exchange.FILE_LAST_MODIFIED, OneDriveConstants.PRODUCED_ITEM_ID, OneDriveConstants.ETAG,
                        OneDriveConstants.QUICK_XOR_HASH, OneDriveConstants.WEB_URL)
                .doesNotContainKeys(OneDriveConstants.CONTENT_RANGE, OneDriveConstants.VERDICT);
        assertThat(message.getHeader(Exchange.FILE_LAST_MODIFIED)).isInstanceOf(Long.class);
    }

    @Test
    void anItemIsNamedByIdByPathOrByFileName() throws Exception {
        String id = download("", Map.of()).getHeader(OneDriveConstants.PRODUCED_ITEM_ID, String.class);
        Message byId = download("", Map.of(OneDriveConstants.ITEM_ID, id));
        assertThat(bytes(byId)).isEqualTo(CONTENT);
        assertThat(byId.getHeader(Exchange.FILE_NAME)).isEqualTo("mysql/dump.sql");
        Exchange byName = route.send(DOWNLOAD, null, Map.of(Exchange.FILE_NAME, "mysql/DUMP.sql"));
        assertThat(bytes(byName.getMessage())).isEqualTo(CONTENT);
    }

    /** So that a route that lists, splits and downloads by id writes no file over another one of the same name. */
    @ParameterizedTest
    @CsvSource({ "/Backups/a b/100% #+&'é😀/dump.sql, a b/100% #+&'é😀/dump.sql", "/backups/dump.sql, dump.sql",
                 "/Elsewhere/mysql/dump.sql, dump.sql", "/dump.sql, dump.sql" })
    void anItemNamedByIdKeepsItsFoldersBelowTheEndpointsOwn(String path, String below) throws Exception {
        onedrive.putFile(path, CONTENT);
        String id = onedrive.file(path).orElseThrow().id();
        assertThat(download("&jailStartingDirectory=false", Map.of(OneDriveConstants.ITEM_ID, id))
                .getHeader(Exchange.FILE_NAME))
                .isEqualTo(below);
    }

    @Test
    void anEmptyFileIsEmpty() throws Exception {
        onedrive.putFile("/Backups/empty", new byte[0]);
        Message message = download("", Map.of(OneDriveConstants.PATH, "empty"));
        assertThat(bytes(message)).isEmpty();
        assertThat(message.getHeader(Exchange.FILE_LENGTH)).isEqualTo(0L);
        download("&localFile=" + directory + "/", Map.of(OneDriveConstants.PATH, "empty"));
        assertThat(directory.resolve("empty")).isEmptyFile();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aFileEndpointThatFollowsNeedsNoHeaders(boolean streamCache) throws Exception {
        run(routes -> routes.from("direct:restore").streamCache(Boolean.toString(streamCache)).to(DOWNLOAD)
                .to("file:" + directory + "?keepLastModified=true"));
        Exchange exchange = route.send("direct:restore", null, Map.of(OneDriveConstants.PATH, "mysql/dump.sql"));
        assertThat(exchange.getException()).isNull();
        assertThat(directory.resolve("mysql/dump.sql")).hasBinaryContent(CONTENT);
        assertThat(onedrive.requests(Step.CONTENT)).hasSize(1);
        assertThat(Files.getLastModifiedTime(directory.resolve("mysql/dump.sql")).toMillis())
                .isEqualTo(exchange.getMessage().getHeader(Exchange.FILE_LAST_MODIFIED));
    }

    @Test
    void whoTakesTheBodyOutOfTheExchangeCanStillReadIt() throws Exception {
        try (ProducerTemplate template = route.context().createProducerTemplate();
             InputStream body = template.requestBodyAndHeader(DOWNLOAD, null, OneDriveConstants.PATH, "mysql/dump.sql",
                     InputStream.class)) {
            assertThat(body.readAllBytes()).isEqualTo(CONTENT);
            assertThat(template.requestBodyAndHeader(DOWNLOAD, null, OneDriveConstants.PATH, "mysql/dump.sql", byte[].class))
                    .isEqualTo(CONTENT);
        }
    }

    @Test
    void whatNobodyReadsGivesItsConnectionBackWhenTheExchangeIsDone() throws Exception {
        List<DownloadEvent> events = new ArrayList<>();
        route.component().getConfiguration().setDownloadListener(events::add);
        run(routes -> routes.from("direct:unread").streamCache("false").to(DOWNLOAD)
                .process(exchange -> exchange.getMessage().getBody(InputStream.class).read()));
        assertThat(route.send("direct:unread", null, Map.of(OneDriveConstants.PATH, "mysql/dump.sql")).getException()).isNull();
        assertThat(events).extracting(Object::getClass).containsExactly(DownloadEvent.Started.class,
                DownloadEvent.Progressed.class, DownloadEvent.BrokenOff.class);
    }

    @ParameterizedTest
    @CsvSource({"bytes=0-99, bytes 0-99/1000003, 0, 100", "bytes=1000000-, bytes 1000000-1000002/1000003, 1000000, 1000003",
        "bytes=-3, bytes 1000000-1000002/1000003, 1000000, 1000003"})
    @Tag("C77")
    void aRangeGivesThatPartAndSaysWhich(String range, String came, int first, int end) throws Exception {
        byte[] part = Arrays.copyOfRange(CONTENT, first, end);
        Message message = download("", Map.of(OneDriveConstants.RANGE, range));
        assertThat(bytes(message)).isEqualTo(part);
        assertThat(message.getHeaders()).containsEntry(OneDriveConstants.CONTENT_RANGE, came)
                .containsEntry(Exchange.FILE_LENGTH, (long) end - first).containsEntry(OneDriveConstants.SIZE, 1_000_003L)
                .containsEntry(OneDriveConstants.VERDICT, "part");
        message = download("&localFile=" + directory.resolve("part"), Map.of(OneDriveConstants.RANGE, range));
        assertThat(directory.resolve("part")).hasBinaryContent(part);
        assertThat(message.getHeaders()).containsEntry(OneDriveConstants.CONTENT_RANGE, came)
                .containsEntry(OneDriveConstants.VERDICT, "part").containsEntry(Exchange.FILE_LENGTH, (long) end - first);
    }

    @Test
    void aRangeThatIsNoneOrNotThereIsRefused() {
        assertThat(send("", Map.of(OneDriveConstants.RANGE, "bytes=5-1")).getException())
                .isInstanceOf(DownloadOperation.IllegalRangeException.class)
                .hasMessageContaining("CamelOneDriveRange is 'bytes=5-1'");
        assertThat(send("", Map.of(OneDriveConstants.RANGE, "bytes=1000003-")).getException())
                .isInstanceOf(RangeNotSatisfiableException.class);
    }

    @Test
    void aLocalFileIsNamedByOptionByHeaderOrByItsDirectory() throws Exception {
        Message message = download("&localFile=" + directory.resolve("a.sql"), Map.of());
        assertThat(message.getBody()).isEqualTo(directory.resolve("a.sql").toFile());
        assertThat(message.getHeaders()).containsEntry(OneDriveConstants.VERDICT, "hash")
                .containsEntry(OneDriveConstants.RESUMED, false).containsEntry(Exchange.FILE_LENGTH, 1_000_003L);
        Path byHeader = directory.resolve("b.sql");
        download("", Map.of(OneDriveConstants.LOCAL_FILE, byHeader.toFile()));
        assertThat(byHeader).hasBinaryContent(CONTENT);
        download("", Map.of(OneDriveConstants.LOCAL_FILE, directory));
        assertThat(directory.resolve("mysql/dump.sql")).hasBinaryContent(CONTENT);
        assertThat(send("&localFile=" + directory.resolve("missing") + "/", Map.of()).getException())
                .isInstanceOf(LocalFileException.class).hasMessageContaining("there is no directory");
    }

    @Test
    void aLocalFileOfAHeaderStaysBelowThatOfTheEndpoint() throws Exception {
        Path restore = Files.createDirectory(directory.resolve("restore"));
        String option = "&localFile=" + restore + "/";
        for (Object below : List.of("b.sql", restore.resolve("c.sql"), restore.resolve("d.sql").toFile(), "x/../e.sql", "./")) {
            assertThat(download(option, Map.of(OneDriveConstants.LOCAL_FILE, below)).getHeaders())
                    .doesNotContainKey(OneDriveConstants.LOCAL_FILE);
        }
        assertThat(restore.toFile().list()).containsExactlyInAnyOrder("b.sql", "c.sql", "d.sql", "mysql", "e.sql");
        onedrive.clearJournal();
        for (Object out : List.of("../f.sql", directory.resolve("f.sql"), "x/../../f.sql", "/f.sql", directory + "/restore2")) {
            assertThat(send(option, Map.of(OneDriveConstants.LOCAL_FILE, out)).getException()).as("%s", out)
                    .isInstanceOf(IllegalRequestException.class).hasMessageContaining("CamelOneDriveLocalFile");
        }
        assertThat(onedrive.requests()).isEmpty();
        download(option + "&jailStartingDirectory=false", Map.of(OneDriveConstants.LOCAL_FILE, directory.resolve("g.sql")));
        assertThat(directory.resolve("g.sql")).hasBinaryContent(CONTENT);
    }

    @Test
    void aLocalFileThatIsThereIsTreatedAsSaid() throws Exception {
        Path file = Files.writeString(directory.resolve("dump.sql"), "old");
        assertThat(send("&fileExist=Fail&localFile=" + file, Map.of()).getException()).isInstanceOf(LocalFileException.class);
        Message message = download("&fileExist=Ignore&localFile=" + file, Map.of());
        assertThat(message.getBody(File.class)).hasContent("old");
        assertThat(message.getHeaders()).containsEntry(Exchange.FILE_LENGTH, 3L).doesNotContainKey(OneDriveConstants.VERDICT);
        download("&localFile=" + file, Map.of());
        assertThat(file).hasBinaryContent(CONTENT);
    }

    @Test
    void foldersAndWhatIsNotThereAndWhatIsOutsideAreRefused() {
        assertThat(send("", Map.of(OneDriveConstants.PATH, "mysql")).getException())
                .isInstanceOf(DownloadOperation.NotAFileException.class).hasMessageContaining("'/Backups/mysql' in 'offsite'");
        assertThat(route.send(DOWNLOAD, null, Map.of()).getException())
                .isInstanceOf(DownloadOperation.NotAFileException.class);
        assertThat(send("", Map.of(OneDriveConstants.PATH, "none.sql")).getException())
                .isInstanceOf(GraphException.NotFound.class);
        assertThat(send("", Map.of(OneDriveConstants.PATH, "../secret")).getException())
                .isInstanceOf(IllegalNameException.class);
    }

    @Test
    void whatIsNotProvenFailsTheExchangeAndBecomesNoFile() throws Exception {
        onedrive.fault(Fault.on(Step.SIMPLE_UPLOAD).wrongHash());
        route.upload("onedrive:offsite?folderPath=/Backups&verify=none", "odd.sql", "odd");
        Map<String, Object> odd = Map.of(OneDriveConstants.PATH, "odd.sql");

        Message message = download("", odd);
        assertThatExceptionOfType(DownloadVerificationException.class).isThrownBy(() -> bytes(message));
        assertThat(send("&localFile=" + directory + "/", odd).getException())
                .isInstanceOf(DownloadVerificationException.class);
        run(routes -> routes.from("direct:restore").to(DOWNLOAD).to("file:" + directory + "?tempPrefix=.part-"));
        Exception failure = route.send("direct:restore", null, odd).getException();
        assertThat(failure).hasStackTraceContaining("DownloadVerificationException");
        assertThat(directory.resolve("odd.sql")).doesNotExist();

        assertThat(download("&verify=size&localFile=" + directory + "/", odd).getHeader(OneDriveConstants.VERDICT))
                .isEqualTo("size");
        assertThat(download("&verify=none&fileExist=Override&localFile=" + directory + "/", odd)
                .getHeader(OneDriveConstants.VERDICT))
                .isEqualTo("none");
    }

    @Test
    @Tag("C77")
    void aCutIsNotNoticed() throws Exception {
        onedrive.fault(Fault.on(Step.CONTENT).times(3).truncated());
        assertThat(bytes(download("", Map.of()))).isEqualTo(CONTENT);
        assertThat(onedrive.requests(Step.CONTENT)).hasSize(4);
        assertThat(onedrive.requests(Step.DOWNLOAD)).hasSize(1);
    }

    @Test
    void aStandstillIsNoticedAndItGoesOn() throws Exception {
        onedrive.fault(Fault.on(Step.CONTENT).stall(hold));
        assertThat(bytes(download("&responseTimeout=300", Map.of()))).isEqualTo(CONTENT);
    }

    @Test
    @Tag("C62")
    void aDownloadThatIsThrottledHoldsUploadsOfTheAccountBack() throws Exception {
        onedrive.fault(Fault.on(Step.CONTENT).throttle("1"));
        CompletableFuture<Message> download = CompletableFuture.supplyAsync(() -> {
            try {
                return download("", Map.of());
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        Awaitility.await().until(() -> onedrive.requests(Step.CONTENT).stream().anyMatch(request -> request.status() == 429));
        route.upload("onedrive:offsite?folderPath=/Backups", "b.sql", "b");
        download.get(20, TimeUnit.SECONDS);
        RecordedRequest throttled = onedrive.requests(Step.CONTENT).get(0);
        assertThat(onedrive.requests(Step.SIMPLE_UPLOAD).get(0).time())
                .isAfterOrEqualTo(throttled.time().plus(Duration.ofSeconds(1)));
    }

    @Test
    void aStopEndsADownloadIntoAFileWithinSecondsAndTheNextOneGoesOn() throws Exception {
        onedrive.fault(Fault.on(Step.CONTENT).truncated());
        onedrive.fault(Fault.on(Step.CONTENT).stall(hold));
        Path file = directory.resolve("dump.sql");
        CompletableFuture<Exchange> download = CompletableFuture.supplyAsync(() -> send("&localFile=" + file, Map.of()));
        Awaitility.await().until(() -> onedrive.requests(Step.CONTENT).size() == 2);

        long started = System.nanoTime();
        route.component().stopOperations();
        assertThat(download.get(5, TimeUnit.SECONDS).getException()).isInstanceOf(OperationStoppedException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(3));
        assertThat(file).doesNotExist();
        hold.countDown();

        route.context().stop();
        try (SimulatedRoute later = new SimulatedRoute(onedrive)) {
            Exchange exchange = later.send(DOWNLOAD + "&localFile=" + file, null,
                    Map.of(OneDriveConstants.PATH, "mysql/dump.sql"));
            assertThat(exchange.getException()).isNull();
            assertThat(exchange.getMessage().getHeader(OneDriveConstants.RESUMED)).isEqualTo(true);
        }
        assertThat(file).hasBinaryContent(CONTENT);
    }

    @Test
    void aStopInTheMiddleOfTheBytesEndsItToo() throws Exception {
        onedrive.fault(Fault.on(Step.CONTENT).stallAnswerAfter(500_000, hold));
        Path file = directory.resolve("dump.sql");
        CountDownLatch begun = new CountDownLatch(1);
        route.component().getConfiguration().setDownloadListener(event -> begun.countDown());
        CompletableFuture<Exchange> download = CompletableFuture.supplyAsync(() -> send("&localFile=" + file, Map.of()));
        assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
        Awaitility.await().until(() -> !onedrive.requests(Step.CONTENT).isEmpty());

        long started = System.nanoTime();
        route.component().stopOperations();
        assertThat(download.get(5, TimeUnit.SECONDS).getException()).isInstanceOf(OperationStoppedException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(3));
        assertThat(file).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anInterruptEndsWhoReadsAStreamThatStandsStill(boolean withinTheAnswer) throws Exception {
        Message message = download("", Map.of());
        Fault fault = Fault.on(Step.CONTENT);
        onedrive.fault(withinTheAnswer ? fault.stallAnswerAfter(500_000, hold) : fault.stall(hold));
        InputStream body = message.getBody(InputStream.class);
        AtomicReference<Throwable> end = new AtomicReference<>();
        Thread reader = new Thread(() -> {
            try {
                body.readAllBytes();
            } catch (IOException e) {
                end.set(e);
            }
        });
        reader.start();
        Awaitility.await().until(() -> onedrive.requests(Step.CONTENT).size() == 2);
        reader.interrupt();
        reader.join(3_000);
        assertThat(end.get()).isInstanceOf(InterruptedIOException.class);
    }

    @Test
    void errorsNameWhatWasAskedAndNoAddress() {
        onedrive.fault(Fault.on(Step.CONTENT).always().answer(403));
        Exception failure = send("", Map.of()).getException();
        assertThat(failure).isInstanceOf(OneDriveException.class).hasMessageContaining("/Backups/mysql/dump.sql")
                .hasMessageContaining("'offsite'").hasMessageContaining("403").hasMessageContaining("request id");
        assertThat(failure).message().doesNotContain("tempauth");
    }
}
