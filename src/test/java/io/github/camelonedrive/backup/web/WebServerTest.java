package io.github.camelonedrive.backup.web;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.camelonedrive.backup.settings.Settings;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** What is served where, and under which names. */
class WebServerTest {

    private static final Pattern ADDRESS = Pattern.compile("http://\\S+?:(\\d+)/");

    private final Logger logger = (Logger) LoggerFactory.getLogger(WebServer.class);
    private final Level level = logger.getLevel();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final DefaultCamelContext context = new DefaultCamelContext();

    private Optional<WebServer> web = Optional.empty();

    @BeforeEach
    void listen() {
        logger.setLevel(Level.INFO);
        log.start();
        logger.addAppender(log);
        context.start();
    }

    @AfterEach
    void stop() {
        web.ifPresent(WebServer::close);
        context.stop();
        logger.detachAppender(log);
        logger.setLevel(level);
    }

    @Test
    void everythingIsOnOneAddressUnlessTheSettingsSayOtherwise() throws Exception {
        start(Map.of("backup.console.port", "0"));

        int port = ports().get(0);
        assertThat(ports()).containsOnly(port);
        assertThat(status(port, "/", "localhost")).isEqualTo(200);
        assertThat(status(port, "/observe/metrics", "localhost")).isEqualTo(200);
        assertThat(status(port, "/observe/nothing", "localhost")).isEqualTo(404);
        assertThat(lines(Level.WARN)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/observe/health", "/observe/health/live", "/observe/health/ready", "/observe/metrics"})
    void healthAndMetrics_answerUnderEveryHostAndWithoutOne(String path) throws Exception {
        start(Map.of("backup.console.port", "0"));
        int port = ports().get(0);
        for (String host : List.of("backup.example.org", "onedrive-backup.monitoring.svc:8080", "10.1.2.3", "[2001:db8::1]:80")) {
            assertThat(status(port, path, host)).as(host).isEqualTo(200);
        }
        assertThat(raw("127.0.0.1", port, "GET " + path + " HTTP/1.0\r\n\r\n")).startsWith("HTTP/1.1 200");
        assertThat(raw("127.0.0.1", port, "POST " + path + " HTTP/1.0\r\nContent-Length: 0\r\n\r\n")).startsWith("HTTP/1.1 405");
    }

    @Test
    void pages_answerUnderThisMachinesOwnNamesOnly() throws Exception {
        start(Map.of("backup.console.port", "0", "backup.console.public-url", "https://backup.example.org/"));
        int port = ports().get(0);

        for (String path : List.of("/", "/style.css", "/nothing", "/observe", "//observe/health")) {
            assertThat(status(port, path, "attacker.example")).as(path).isEqualTo(403);
        }
        assertThat(status(port, "/", "backup.example.org")).isEqualTo(200);
        assertThat(status(port, "/", "127.0.0.1:" + port)).isEqualTo(200);
    }

    @Test
    void healthAndMetrics_stayWhenThePagesAreSwitchedOff() throws Exception {
        start(Map.of("backup.console.port", "0", "backup.console.enabled", "false"));
        int port = ports().get(0);

        assertThat(status(port, "/observe/health/ready", "any.example")).isEqualTo(200);
        assertThat(status(port, "/observe/metrics", "any.example")).isEqualTo(200);
        assertThat(status(port, "/", "localhost")).isEqualTo(404);
        assertThat(lines(Level.INFO)).noneMatch(line -> line.startsWith("Pages"));
    }

    @Test
    void pages_stayWhenHealthAndMetricsAreSwitchedOff() throws Exception {
        start(Map.of("backup.console.port", "0", "backup.observe.enabled", "false"));
        int port = ports().get(0);

        assertThat(status(port, "/", "localhost")).isEqualTo(200);
        assertThat(status(port, "/observe/metrics", "localhost")).isEqualTo(404);
    }

    @Test
    void withBothSwitchedOff_nothingListens() {
        start(Map.of("backup.console.enabled", "false", "backup.observe.enabled", "false"));
        assertThat(log.list).isEmpty();
    }

    @Test
    void twoPorts_eachServeTheirOwn() throws Exception {
        int free = freePort();
        start(Map.of("backup.console.port", "0", "backup.observe.port", String.valueOf(free)));

        assertThat(ports()).hasSize(3).containsSubsequence(free, free);
        int pages = ports().get(0);
        assertThat(status(pages, "/", "localhost")).isEqualTo(200);
        assertThat(status(pages, "/observe/metrics", "localhost")).isEqualTo(404);
        assertThat(status(free, "/", "localhost")).isEqualTo(404);
        assertThat(status(free, "/observe/metrics", "localhost")).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"backup.console.host", "backup.observe.host"})
    void beyondLoopback_onlyHealthAndMetricsAreServed(String setting) throws Exception {
        Optional<InetAddress> outside = outside();
        assumeTrue(outside.isPresent(), "no address but loopback");
        int free = freePort();
        start(Map.of(setting, "0.0.0.0", "backup.console.port", String.valueOf(free)));

        String there = outside.get().getHostAddress();
        assertThat(raw(there, free, get("/observe/health", there))).startsWith("HTTP/1.1 200");
        assertThat(raw(there, free, get("/observe/metrics", there))).startsWith("HTTP/1.1 200");
        for (String host : List.of(there, "localhost", "127.0.0.1")) {
            assertThat(raw(there, free, get("/", host))).as(host).startsWith("HTTP/1.1 403").contains("loopback addresses only");
        }
        assertThat(status(free, "/", "localhost")).isEqualTo(200);
        assertThat(lines(Level.WARN)).hasSize(2).anyMatch(line -> line.contains("no password and no TLS"))
                .anyMatch(line -> line.contains("can read health and metrics"));
    }

    @Test
    void aPortInUse_isReportedWithItsSetting_andTheOtherIsServed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            start(Map.of("backup.console.port", "0", "backup.observe.port", String.valueOf(taken.getLocalPort())));
        }
        assertThat(lines(Level.WARN)).singleElement().asString().contains("Health and metrics are not shown",
                "backup.observe.port");
        assertThat(status(ports().get(0), "/", "localhost")).isEqualTo(200);
    }

    private void start(Map<String, String> values) {
        try {
            Settings settings = Settings.of(Path.of("/"), values);
            web = Optional.of(WebServer.start(settings.console(), settings.observe(), context, () -> "metrics\n"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private List<Integer> ports() {
        return lines(Level.INFO).stream().flatMap(line -> ADDRESS.matcher(line).results()).map(MatchResult::group)
                .map(address -> Integer.valueOf(address.replaceAll(".*:(\\d+)/", "$1"))).toList();
    }

    private List<String> lines(Level wanted) {
        return log.list.stream().filter(event -> event.getLevel() == wanted).map(ILoggingEvent::getFormattedMessage).toList();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static Optional<InetAddress> outside() throws IOException {
        return NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress()).findFirst();
    }

    private static int status(int port, String path, String host) throws IOException {
        return Integer.parseInt(raw("127.0.0.1", port, get(path, host)).split(" ", 3)[1]);
    }

    private static String get(String path, String host) {
        return "GET " + path + " HTTP/1.0\r\nHost: " + host + "\r\n\r\n";
    }

    private static String raw(String address, int port, String request) throws IOException {
        try (Socket socket = new Socket(address, port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
