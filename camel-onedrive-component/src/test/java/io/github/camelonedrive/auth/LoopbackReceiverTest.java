package io.github.camelonedrive.auth;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeoutException;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

/** The port that waits for the browser: what ends the wait, and what does not. */
@Timeout(60)
class LoopbackReceiverTest {

    private static final Duration SHORT = Duration.ofMillis(50);
    private static final Duration LONG = Duration.ofSeconds(30);

    private final String code = "code-" + UUID.randomUUID();
    private LoopbackReceiver receiver;

    @BeforeEach
    void open() throws IOException {
        receiver = LoopbackReceiver.open(0, answer -> answer.state().equals("right"));
    }

    @AfterEach
    void close() {
        receiver.close();
    }

    @Test
    void rightAnswerEndsTheWaitAndThePersonSeesAPage() throws Exception {
        String page = get("/?code=" + code + "&state=right");

        assertThat(page).startsWith("HTTP/1.1 200 ").contains("You can close this window")
                .contains("Cache-Control: no-store").contains("Referrer-Policy: no-referrer")
                .contains("Content-Security-Policy: default-src 'none'");
        assertThat(page).doesNotContain(code).doesNotContain("right").doesNotContainIgnoringCase("<script");
        assertThat(receiver.await(LONG).code().orElseThrow().reveal()).isEqualTo(code);
    }

    @Test
    void redirectAddressIsExactlyWhatMicrosoftWants() {
        assertThat(receiver.redirectUri()).hasToString("http://localhost:" + port() + "/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/?code=x&state=wrong", "/?code=x", "/?state=right", "/", "/?code=&state=right",
        "/?code=x&state=right&state=right", "/?error=&state=right"})
    @Tag("C95")
    void anythingElseGetsA400AndDoesNotEndTheWait(String path) throws Exception {
        assertThat(get(path)).startsWith("HTTP/1.1 400 ");
        assertThatThrownBy(() -> receiver.await(SHORT)).isInstanceOf(TimeoutException.class);

        assertThat(get("/?code=" + code + "&state=right")).startsWith("HTTP/1.1 200 ");
        assertThat(receiver.await(LONG)).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({"/favicon.ico,404", "/callback?code=x&state=right,404", "//?code=x&state=right,404"})
    void otherPathsAreNotThere(String path, int status) throws Exception {
        assertThat(get(path)).startsWith("HTTP/1.1 " + status + " ");
        assertThatThrownBy(() -> receiver.await(SHORT)).isInstanceOf(TimeoutException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host: evil.example", "Host: localhost.evil.example", "Host: evil.example:80\r\nHost: localhost",
        "X: y", "Host: 192.0.2.1", "Host: localhost@evil.example", "Host:"})
    void otherHostNamesAreRefused(String header) throws Exception {
        assertThat(send("GET /?code=x&state=right HTTP/1.1\r\n" + header + "\r\n\r\n")).startsWith("HTTP/1.1 403 ");
        assertThatThrownBy(() -> receiver.await(SHORT)).isInstanceOf(TimeoutException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host: localhost", "host: LOCALHOST:1234", "Host: 127.0.0.1:80"})
    void ownNamesAreFine(String header) throws Exception {
        assertThat(send("GET /?code=x&state=right HTTP/1.1\r\n" + header + "\r\n\r\n")).startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "HEAD", "PUT", "OPTIONS"})
    void onlyGetBringsAnAnswer(String method) throws Exception {
        assertThat(send(method + " /?code=x&state=right HTTP/1.1\r\nHost: localhost\r\n\r\n")).startsWith("HTTP/1.1 405 ");
        assertThatThrownBy(() -> receiver.await(SHORT)).isInstanceOf(TimeoutException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense\r\n\r\n", "GET  / HTTP/1.1\r\n\r\n", "\r\n\r\n",
        "GET http://localhost/ HTTP/1.1\r\n\r\n"})
    void whatIsNoHttpGetsA400(String request) throws Exception {
        assertThat(send(request)).startsWith("HTTP/1.1 400 ");
    }

    @Test
    void endlessHeadIsCutOff() throws Exception {
        assertThat(send("GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(40_000))).doesNotContain("200");
        assertThatThrownBy(() -> receiver.await(SHORT)).isInstanceOf(TimeoutException.class);
    }

    @Test
    void secondRightAnswerIsNotTaken() throws Exception {
        get("/?code=" + code + "&state=right");

        assertThat(get("/?code=other&state=right")).startsWith("HTTP/1.1 400 ").contains("its answer already");
        assertThat(receiver.await(LONG).code().orElseThrow().reveal()).isEqualTo(code);
    }

    @Test
    void errorIsAnAnswerToo() throws Exception {
        assertThat(get("/?error=access_denied&state=right")).startsWith("HTTP/1.1 200 ").doesNotContain("access_denied");
        assertThat(receiver.await(LONG).isError()).isTrue();
    }

    @Test
    void whoConnectsAndSaysNothingHoldsNobodyUp() throws Exception {
        try (Socket silent = new Socket("127.0.0.1", port()); Socket half = new Socket("127.0.0.1", port())) {
            half.getOutputStream().write("GET /".getBytes(StandardCharsets.US_ASCII));
            assertThat(get("/?code=" + code + "&state=right")).startsWith("HTTP/1.1 200 ");
            assertThat(silent.isConnected()).isTrue();
        }
    }

    @Test
    void pastedAnswerIsJudgedAlike() throws Exception {
        assertThat(receiver.offer(AuthorizationAnswer.ofQuery("code=x&state=wrong"))).isEqualTo(SignInVerdict.NOT_OURS);
        assertThat(receiver.offer(AuthorizationAnswer.ofQuery("state=right"))).isEqualTo(SignInVerdict.NO_ANSWER);
        assertThat(receiver.offer(AuthorizationAnswer.ofQuery("code=" + code + "&state=right"))).isEqualTo(SignInVerdict.TAKEN);
        assertThat(receiver.offer(AuthorizationAnswer.ofQuery("code=y&state=right"))).isEqualTo(SignInVerdict.TOO_LATE);
        assertThat(receiver.await(LONG).code().orElseThrow().reveal()).isEqualTo(code);
    }

    @Test
    @Tag("C95")
    void portIsFreeAfterwards() {
        int port = port();
        receiver.close();

        assertThatThrownBy(() -> new Socket("127.0.0.1", port).close()).isInstanceOf(ConnectException.class);
    }

    @Test
    @Tag("C95")
    void listensOnBothAddressesAndOnNoOther() throws Exception {
        assertThat(ask("127.0.0.1")).startsWith("HTTP/1.1 404 ");
        assertThatThrownBy(() -> new Socket("127.0.0.2", port()).close()).isInstanceOf(ConnectException.class);
        assumeThat(hasIpv6()).isTrue();
        assertThat(ask("::1")).startsWith("HTTP/1.1 404 ");
    }

    @Test
    void worksWhereThereIsNoIpv6() throws Exception {
        // An address of documentation (RFC 3849): no machine has it.
        try (LoopbackReceiver alone = LoopbackReceiver.open(0, answer -> true,
                List.of(InetAddress.getByName("127.0.0.1"), InetAddress.getByName("2001:db8::1")))) {
            assertThat(alone.redirectUri().getPort()).isPositive();
        }
    }

    @Test
    void portThatIsTakenOnEitherAddressIsNotShared() throws Exception {
        try (ServerSocket taken = new ServerSocket()) {
            taken.bind(new InetSocketAddress(InetAddress.getByName(hasIpv6() ? "::1" : "127.0.0.1"), 0));
            assertThatThrownBy(() -> LoopbackReceiver.open(taken.getLocalPort(), answer -> true).close())
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void nothingOfTheAnswerIsLogged() throws Exception {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Level before = root.getLevel();
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        root.addAppender(log);
        root.setLevel(Level.ALL);
        try {
            get("/?code=" + code + "&state=wrong");
            get("/?code=" + code + "&state=right");
            receiver.await(LONG);
            receiver.close();
        } finally {
            root.setLevel(before);
            root.detachAppender(log);
        }
        assertThat(log.list).allSatisfy(event -> assertThat(event.getFormattedMessage()).doesNotContain(code));
    }

    private static boolean hasIpv6() {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(InetAddress.getByName("::1"), 0));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private int port() {
        return receiver.redirectUri().getPort();
    }

    private String get(String path) throws IOException {
        return send("GET " + path + " HTTP/1.1\r\nHost: localhost:" + port() + "\r\nAccept: text/html\r\n\r\n");
    }

    private String ask(String address) throws IOException {
        return send(address, "GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n");
    }

    private String send(String request) throws IOException {
        return send("127.0.0.1", request);
    }

    private String send(String address, String request) throws IOException {
        try (Socket socket = new Socket(address, port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return read(socket.getInputStream());
        }
    }

    /** Up to the end, or what came before the connection was cut. */
    private static String read(InputStream in) throws IOException {
        StringBuilder text = new StringBuilder();
        try {
            for (int next = in.read(); next >= 0; next = in.read()) {
                text.append((char) next);
            }
        } catch (java.net.SocketException e) {
            return text.toString();
        }
        return text.toString();
    }
}
