package io.github.camelonedrive.auth;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLHandshakeException;

import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.HttpHost;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.camelonedrive.FailureKind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Trouble on the way to the sign-in service is told apart, and never taken for a bad sign-in. */
class LoginTroubleTest {

    @Test
    void nameThatIsNotKnown() {
        assertThat(LoginTrouble.of(new UnknownHostException("login.microsoftonline.com"))).isEqualTo(LoginTrouble.UNKNOWN_HOST);
    }

    @Test
    void nobodyThere() throws IOException {
        int closedPort;
        try (ServerSocket socket = new ServerSocket(0)) {
            closedPort = socket.getLocalPort();
        }

        assertThat(failure(HttpClients.custom(), "http://127.0.0.1:" + closedPort)).isEqualTo(LoginTrouble.REFUSED);
        assertThat(LoginTrouble.of(new NoRouteToHostException("No route to host"))).isEqualTo(LoginTrouble.REFUSED);
    }

    @Test
    void nobodyAnswers() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            RequestConfig impatient = RequestConfig.custom().setResponseTimeout(50, TimeUnit.MILLISECONDS).build();

            assertThat(failure(HttpClients.custom().setDefaultRequestConfig(impatient),
                    "http://127.0.0.1:" + silent.getLocalPort())).isEqualTo(LoginTrouble.TIMED_OUT);
        }
    }

    @Test
    void connectionBreaks() throws IOException {
        try (Answering rude = new Answering("")) {
            assertThat(failure(HttpClients.custom(), "http://127.0.0.1:" + rude.port())).isEqualTo(LoginTrouble.BROKEN);
        }
    }

    @Test
    void whatAnswersSpeaksNoTls() throws IOException {
        try (Answering plain = new Answering("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")) {
            assertThat(failure(HttpClients.custom(), "https://127.0.0.1:" + plain.port())).isEqualTo(LoginTrouble.NO_TLS);
        }
    }

    @Test
    void certificateThatIsNotTrusted() {
        SSLHandshakeException refused = new SSLHandshakeException("PKIX path building failed");
        refused.initCause(new CertificateException("unable to find valid certification path"));

        assertThat(LoginTrouble.of(refused)).isEqualTo(LoginTrouble.UNTRUSTED_CERTIFICATE);
    }

    @ParameterizedTest
    @CsvSource({"407 Proxy Authentication Required, PROXY_SIGN_IN", "403 Forbidden, FOREIGN_ANSWER"})
    void proxyDoesNotLetUsThrough(String status, LoginTrouble trouble) throws IOException {
        try (Answering proxy = new Answering("HTTP/1.1 " + status + "\r\nProxy-Authenticate: Basic realm=\"x\"\r\n"
                + "Content-Length: 0\r\nConnection: close\r\n\r\n")) {
            assertThat(failure(HttpClients.custom().setProxy(new HttpHost("http", "127.0.0.1", proxy.port())),
                    "https://login.example:443")).isEqualTo(trouble);
        }
    }

    @ParameterizedTest
    @CsvSource({"200, FOREIGN_ANSWER", "302, FOREIGN_ANSWER", "404, FOREIGN_ANSWER", "407, PROXY_SIGN_IN",
        "511, NETWORK_SIGN_IN"})
    void answerThatIsNotMicrosofts(int status, LoginTrouble trouble) {
        assertThat(LoginTrouble.ofForeignAnswer(status)).isEqualTo(trouble);
    }

    @Test
    void messageNamesHostCauseAndRemedyAndClearsTheSignIn() {
        URI endpoint = URI.create("https://login.microsoftonline.com/common/oauth2/v2.0/token");

        LoginUnavailableException failure = LoginUnavailableException.noAnswer(endpoint, new UnknownHostException("x.invalid"));

        assertThat(failure).hasMessage("The sign-in service login.microsoftonline.com can't be reached: its name is not known"
                + " (x.invalid). This is no problem of your sign-in. " + LoginTrouble.UNKNOWN_HOST.explanation().todo());
        assertThat(failure.kind()).isEqualTo(FailureKind.SERVICE);
        assertThat(failure.worthRetrying()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"429, throttling this account", "503, unavailable", "501, unavailable"})
    void busyServiceIsNoSignInProblem(int status, String words) {
        LoginUnavailableException failure = LoginUnavailableException.busy(status,
                Optional.of(new TokenError("temporarily_unavailable", "", 0, "Busy.", "", "")),
                Optional.of(Duration.ofSeconds(7)));

        assertThat(failure).hasMessageContaining(words + " (HTTP " + status + ", temporarily_unavailable, Busy). This is no")
                .hasMessageContaining("This is no problem of your sign-in.");
        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(7));
        assertThat(failure.worthRetrying()).isEqualTo(status != 501);
    }

    @Test
    void proxyThatAsksForAPasswordIsNotAskedAgain() {
        HTTPResponse answer = new HTTPResponse(407);

        assertThat(LoginUnavailableException.foreignAnswer(answer).worthRetrying()).isFalse();
        assertThat(LoginUnavailableException.foreignAnswer(answer)).hasMessageContaining("proxy asks for a user name")
                .hasMessageContaining("no problem of your sign-in").hasMessageContaining("proxy-auth-username");
    }

    @ParameterizedTest
    @EnumSource
    void eachSaysWhatWhyAndWhatToDo(LoginTrouble trouble) {
        assertThat(trouble.explanation().what()).matches("\\p{Ll}.*[^.]");
        assertThat(trouble.explanation().why()).matches("\\p{Lu}.*\\.");
        assertThat(trouble.explanation().todo()).matches("\\p{Lu}.*\\.").hasSizeLessThan(220);
    }

    private static LoginTrouble failure(org.apache.hc.client5.http.impl.classic.HttpClientBuilder builder, String endpoint)
            throws IOException {
        try (CloseableHttpClient client = builder.disableAutomaticRetries().build()) {
            HTTPRequest request = new HTTPRequest(HTTPRequest.Method.POST, URI.create(endpoint + "/common/oauth2/v2.0/token"));
            request.setBody("grant_type=refresh_token");
            IOException failure = catchThrowableOfType(IOException.class, () -> {
                HTTPResponse answer = request.send(new NimbusHttpSender(client));
                throw LoginUnavailableException.foreignAnswer(answer);
            });
            return failure instanceof LoginUnavailableException foreign
                    ? LoginTrouble.ofForeignAnswer(foreign.httpStatus().orElseThrow()) : LoginTrouble.of(failure);
        }
    }

    /** Accepts one connection after the other, says the same thing whatever it is asked, and hangs up. */
    private static final class Answering implements AutoCloseable {

        private final ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());

        private Answering(String answer) throws IOException {
            Thread thread = new Thread(() -> serve(answer));
            thread.setDaemon(true);
            thread.start();
        }

        private int port() {
            return server.getLocalPort();
        }

        private void serve(String answer) {
            while (!server.isClosed()) {
                try (Socket socket = server.accept()) {
                    socket.getInputStream().read(new byte[8192]);
                    socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                } catch (IOException hungUp) {
                    // The next one, or none when the server is closed.
                }
            }
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }
}
