package io.github.camelonedrive.graph;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.github.camelonedrive.credentials.DriveSelector;
import io.github.camelonedrive.transport.RetrySettings;
import io.github.camelonedrive.transport.ThrottleGate;
import io.github.camelonedrive.transport.TimeSource;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** What the real HTTP client makes of our requests, read from the socket. */
class WireTest {

    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final List<String> heads = new CopyOnWriteArrayList<>();
    private final CloseableHttpClient http = HttpClients.custom().disableRedirectHandling().disableAutomaticRetries()
            .disableCookieManagement().disableContentCompression().build();
    private ServerSocket listener;

    @AfterEach
    void stop() throws IOException {
        http.close();
        listener.close();
        executor.shutdownNow();
    }

    @Test
    @Tag("C8")
    @Tag("C11")
    void anUploadAddressGoesOverTheWireByteForByteAndAlone() throws Exception {
        listen("127.0.0.1");
        String target = "/personal/a b!/uploadSession?guid='5e55'&t=%2B%2f+~|{}\"&n=%C3%BC&x=a/../b//c";
        Uploads uploads = new Uploads(client(), DriveAddress.of(DriveSelector.ME));
        UploadSession session = session(target.replace(" ", "%20"));
        answers("202 Accepted", "{\"nextExpectedRanges\":[\"3-\"]}");
        FragmentOutcome outcome = uploads.send(session, 0, 3, 6,
                new ByteArrayEntity("abc".getBytes(StandardCharsets.UTF_8), ContentType.APPLICATION_OCTET_STREAM), "Testing");
        assertThat(outcome).isInstanceOf(FragmentOutcome.Pending.class);
        assertThat(heads.get(0)).startsWith("PUT " + target.replace(" ", "%20") + " HTTP/1.1\r\n")
                .contains("\r\nContent-Range: bytes 0-2/6\r\n").contains("\r\nContent-Length: 3\r\n")
                .doesNotContainIgnoringCase("authorization").doesNotContainIgnoringCase("transfer-encoding").endsWith("abc");
    }

    @Test
    @Tag("C15")
    void zeroBytesHaveTheirLength() throws Exception {
        listen("127.0.0.1");
        answers("201 Created", "{\"id\":\"1\"}");
        new Uploads(client(), DriveAddress.of(DriveSelector.ME)).put("F", "a.txt", ConflictBehavior.replace,
                new ByteArrayEntity(new byte[0], ContentType.APPLICATION_OCTET_STREAM), "Testing");
        assertThat(heads.get(0)).contains("\r\nContent-Length: 0\r\n").startsWith(
                "PUT /v1.0/me/drive/items/F:/a.txt:/content?@microsoft.graph.conflictBehavior=replace HTTP/1.1\r\n");
    }

    @Test
    void anAnswerThatIsCutShortIsABrokenConnection() throws Exception {
        listen("127.0.0.1");
        executor.execute(() -> serve("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"id\":\"1\"}"));
        assertThatExceptionOfType(ConnectionFailedException.class)
                .isThrownBy(() -> client().attempt("GET", "/me/drive", null, java.util.Map.of(), "Testing"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void bothLoopbacksCanBeSpokenTo(String address) throws Exception {
        listen(address);
        answers("200 OK", "{\"id\":\"d\"}");
        DriveItems items = new DriveItems(client(), DriveAddress.of(DriveSelector.ME), "offsite");
        assertThat(items.drive().id()).isEqualTo("d");
        String host = address.contains(":") ? "[" + address + "]" : address;
        assertThat(heads.get(0)).contains("\r\nHost: " + host + ":" + listener.getLocalPort() + "\r\n");
    }

    private void listen(String address) throws IOException {
        try {
            listener = new ServerSocket(0, 5, InetAddress.getByName(address));
        } catch (IOException none) {
            listener = new ServerSocket(0);
            assumeTrue(false, "no " + address + " on this machine");
        }
    }

    private String base() {
        String host = listener.getInetAddress().getHostAddress();
        return "http://" + (host.contains(":") ? "[::1]" : host) + ":" + listener.getLocalPort();
    }

    private GraphClient client() {
        RetrySettings once = new RetrySettings(0, Duration.ZERO, Duration.ZERO);
        return new GraphClient(http, URI.create(base() + "/v1.0"), new GraphFixture.Tokens(),
                new ThrottleGate(TimeSource.SYSTEM), once, TimeSource.SYSTEM, new Random());
    }

    private UploadSession session(String target) throws UnexpectedAnswerException {
        return new UploadSession(PreauthenticatedUrl.of(base() + target, true),
                new SessionState(java.util.OptionalLong.of(0)));
    }

    private void answers(String status, String body) {
        executor.execute(() -> serve("HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body));
    }

    /** One connection, one request, one answer. */
    private void serve(String answer) {
        try (Socket socket = listener.accept()) {
            heads.add(request(socket.getInputStream()));
            socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private static String request(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        String text = "";
        while (!text.contains("\r\n\r\n")) {
            bytes.write(in.read());
            text = bytes.toString(StandardCharsets.UTF_8);
        }
        Optional<String> length = text.lines().filter(line -> line.startsWith("Content-Length: ")).findFirst();
        int count = length.map(line -> Integer.parseInt(line.substring(16))).orElse(0);
        return text + new String(in.readNBytes(count), StandardCharsets.UTF_8);
    }
}
