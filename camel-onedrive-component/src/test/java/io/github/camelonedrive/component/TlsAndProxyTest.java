package io.github.camelonedrive.component;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

import javax.net.ssl.SSLHandshakeException;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.sun.net.httpserver.HttpServer;
import org.apache.camel.Exchange;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.camel.support.jsse.KeyStoreParameters;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.TrustManagersParameters;
import org.apache.hc.core5.http.HttpHost;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.camelonedrive.auth.AccessToken;
import io.github.camelonedrive.auth.TokenProvider;
import io.github.camelonedrive.credentials.Secret;
import io.github.camelonedrive.graph.GraphException;
import io.github.camelonedrive.component.faults.VirtualTime;
import io.github.camelonedrive.simulator.OneDriveSimulator;
import io.github.camelonedrive.simulator.OneDriveSimulatorBuilder;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.serviceUnavailable;
import static org.assertj.core.api.Assertions.assertThat;

/** TLS, proxy, time-outs and the user's own client settings apply to sign-in, Graph and upload addresses alike. */
class TlsAndProxyTest {

    private static final byte[] LARGE = SimulatedRoute.content(2 * 320 * 1024 + 1);
    /** The content type that a TLS connection begins with (RFC 8446, section 5.1). */
    private static final int TLS_HANDSHAKE = 22;
    private static final String IN_FRAGMENTS = "onedrive:offsite?simpleUploadLimit=0&chunkSize=320kB&maxRetries=0";

    private OneDriveSimulator onedrive;
    private SimulatedRoute route;

    private void start(UnaryOperator<OneDriveSimulatorBuilder> configuration) {
        onedrive = configuration.apply(OneDriveSimulator.builder()).start();
        route = new SimulatedRoute(onedrive);
    }

    @AfterEach
    void stop() {
        route.close();
        onedrive.close();
    }

    @Test
    @Tag("C103")
    void aCertificateThatNobodyTrustsIsRefused() {
        start(OneDriveSimulatorBuilder::tls);

        Exchange exchange = upload(IN_FRAGMENTS);

        assertThat(exchange.getException()).hasStackTraceContaining(SSLHandshakeException.class.getSimpleName())
                .hasMessageContaining("certificate");
        assertThat(onedrive.requests()).isEmpty();
    }

    @Test
    void sslContextParametersAreForEveryRequest() {
        start(OneDriveSimulatorBuilder::tls);
        route.component().getConfiguration().setSslContextParameters(trusting(onedrive));

        assertUploads(IN_FRAGMENTS);
        assertThat(onedrive.requests()).hasSizeGreaterThan(4);
    }

    @Test
    void camelsGlobalTlsSettingsAreUsedOnDemand() {
        start(OneDriveSimulatorBuilder::tls);
        route.context().setSSLContextParameters(trusting(onedrive));
        route.component().setUseGlobalSslContextParameters(true);

        assertUploads(IN_FRAGMENTS);
    }

    private static SSLContextParameters trusting(OneDriveSimulator simulator) {
        KeyStoreParameters store = new KeyStoreParameters();
        store.setResource("file:" + simulator.trustStoreFile());
        store.setPassword(simulator.trustStorePassword());
        TrustManagersParameters trust = new TrustManagersParameters();
        trust.setKeyStore(store);
        SSLContextParameters parameters = new SSLContextParameters();
        parameters.setTrustManagers(trust);
        return parameters;
    }

    @Test
    void everyRequestGoesThroughTheProxy() {
        start(builder -> builder);
        WireMockServer proxy = new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1")
                .enableBrowserProxying(true));
        proxy.start();
        try {
            Exchange exchange = upload(IN_FRAGMENTS + "&proxyHost=127.0.0.1&proxyPort=" + proxy.port());

            assertThat(exchange.getException()).isNull();
            assertThat(route.holds("/a.sql", LARGE)).isTrue();
            proxy.verify(onedrive.requests().size(),
                    anyRequestedFor(anyUrl()).withHeader("User-Agent", containing("camel-onedrive")));
        } finally {
            proxy.stop();
        }
    }

    @Test
    void proxyAuthUsernameAndProxyAuthPassword_areSentToTheProxyThatAsks() throws Exception {
        start(builder -> builder);
        List<String> seen = new CopyOnWriteArrayList<>();
        HttpServer proxy = proxyThatAsks(seen);
        try {
            upload(IN_FRAGMENTS + "&proxyHost=127.0.0.1&proxyPort=" + proxy.getAddress().getPort()
                    + "&proxyAuthUsername=somebody&proxyAuthPassword=word");
            assertThat(seen).first().isEqualTo("Basic " + Base64.getEncoder().encodeToString("somebody:word".getBytes()));
        } finally {
            proxy.stop(0);
        }
    }

    @Test
    void proxyAuthScheme_isHowTheProxyIsSpokenTo() throws Exception {
        VirtualTime time = new VirtualTime();
        onedrive = OneDriveSimulator.builder().clock(time).start();
        route = new SimulatedRoute(onedrive, time);
        List<Integer> firstBytes = new CopyOnWriteArrayList<>();
        try (ServerSocket proxy = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            new Thread(() -> hangUp(proxy, firstBytes)).start();
            Exchange exchange = upload(IN_FRAGMENTS + "&proxyAuthScheme=https&proxyHost=127.0.0.1&proxyPort="
                    + proxy.getLocalPort() + "&proxyAuthUsername=somebody&proxyAuthPassword=word");
            assertThat(exchange.getException()).isNotNull();
        }
        assertThat(firstBytes).isNotEmpty().containsOnly(TLS_HANDSHAKE);
    }

    /** Notes with which byte each connection begins and closes it, until the socket is closed. */
    private static void hangUp(ServerSocket socket, List<Integer> firstBytes) {
        while (true) {
            try (Socket connection = socket.accept()) {
                firstBytes.add(connection.getInputStream().read());
            } catch (IOException e) {
                return;
            }
        }
    }

    private static HttpServer proxyThatAsks(List<String> seen) throws IOException {
        HttpServer proxy = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        proxy.createContext("/", exchange -> {
            String given = exchange.getRequestHeaders().getFirst("Proxy-Authorization");
            if (given != null) {
                seen.add(given);
            }
            exchange.getResponseHeaders().add("Proxy-Authenticate", "Basic realm=test");
            exchange.sendResponseHeaders(given == null ? 407 : 503, -1);
            exchange.close();
        });
        proxy.start();
        return proxy;
    }

    @Test
    void theUsersHttpClientConfigurerApplies() {
        start(builder -> builder);
        WireMockServer elsewhere = new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));
        elsewhere.start();
        try {
            elsewhere.stubFor(any(anyUrl()).willReturn(serviceUnavailable()));
            HttpClientConfigurer configurer = builder -> builder.setProxy(new HttpHost("127.0.0.1", elsewhere.port()));
            route.component().getConfiguration().setHttpClientConfigurer(configurer);
            TokenProvider token = () -> new AccessToken(Secret.of("test-access-token"), Instant.MAX);
            route.context().getRegistry().bind("token", token);

            Exchange exchange = route.send(IN_FRAGMENTS + "&tokenProvider=#token", LARGE, Map.of(Exchange.FILE_NAME, "a.sql"));

            assertThat(exchange.getException()).isInstanceOf(GraphException.Unavailable.class);
            elsewhere.verify(anyRequestedFor(anyUrl()));
            assertThat(onedrive.requests()).isEmpty();
        } finally {
            elsewhere.stop();
        }
    }

    @Test
    @Tag("C14")
    void everyRequestIsDecoratedWithTheConfiguredUserAgent() {
        start(builder -> builder);

        assertUploads(IN_FRAGMENTS + "&userAgent=NONISV|Example|Backup/2.0");

        assertThat(onedrive.requests()).extracting(request -> request.header("user-agent").orElse(""))
                .containsOnly("NONISV|Example|Backup/2.0");
    }

    private void assertUploads(String uri) {
        Exchange exchange = upload(uri);
        assertThat(exchange.getException()).isNull();
        assertThat(route.holds("/a.sql", LARGE)).isTrue();
        assertThat(onedrive.violations()).isEmpty();
    }

    private Exchange upload(String uri) {
        return route.send(uri, LARGE, Map.of(Exchange.FILE_NAME, "a.sql"));
    }
}
