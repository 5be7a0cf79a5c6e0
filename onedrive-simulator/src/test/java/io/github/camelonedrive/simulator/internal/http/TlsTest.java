package io.github.camelonedrive.simulator.internal.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.UnaryOperator;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.GraphClient;
import io.github.camelonedrive.simulator.OneDriveSimulator;
import io.github.camelonedrive.simulator.OneDriveSimulatorBuilder;
import io.github.camelonedrive.simulator.SimulatorTestBase;
import io.github.camelonedrive.simulator.Step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** https on loopback. */
class TlsTest extends SimulatorTestBase {

    private void startTls(UnaryOperator<OneDriveSimulatorBuilder> configuration) throws Exception {
        simulator = configuration.apply(OneDriveSimulator.builder().tls()).start();
        client = new GraphClient(simulator, trusting(simulator.trustStore())).signIn();
    }

    private static SSLContext trusting(KeyStore store) throws Exception {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    @Test
    void everyUrlThatAClientIsGivenIsHttps() throws Exception {
        startTls(builder -> builder);
        assertThat(simulator.graphEndpoint().toString()).startsWith("https://127.0.0.1:").endsWith("/v1.0");
        assertThat(simulator.loginEndpoint().toString()).startsWith("https://127.0.0.1:");
        byte[] content = GraphClient.bytes(3 * UNIT + 1);
        String uploadUrl = client.session("/x");
        assertThat(uploadUrl).startsWith(simulator.loginEndpoint() + "/");
        JsonNode item = GraphClient.json(client.upload(uploadUrl, content, UNIT));
        assertThat(item.path("@microsoft.graph.downloadUrl").asText()).startsWith(simulator.loginEndpoint() + "/");
        String location = client.get("/me/drive/root:/x:/content").headers().firstValue("Location").orElseThrow();
        assertThat(location).startsWith(simulator.loginEndpoint() + "/");
        assertThat(client.status(location).statusCode()).isEqualTo(200);
        assertThat(simulator.file("/x").orElseThrow().bytes()).isEqualTo(content);
        assertThat(simulator.violations()).isEmpty();
    }

    @Test
    void aClientThatDoesNotTrustTheCertificateSendsNothing() {
        simulator = OneDriveSimulator.builder().tls().start();
        assertThatThrownBy(() -> new GraphClient(simulator).signIn())
                .hasCauseInstanceOf(SSLException.class);
        assertThat(simulator.requests()).isEmpty();
    }

    @Test
    void thePemTextAndTheTrustStoreFileHoldTheSameCertificate() throws Exception {
        startTls(builder -> builder);
        X509Certificate fromPem = (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(
                new ByteArrayInputStream(simulator.certificatePem().getBytes(StandardCharsets.US_ASCII)));
        assertThat(fromPem.getSubjectAlternativeNames()).extracting(name -> name.get(1).toString())
                .containsExactlyInAnyOrder("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1");
        KeyStore fromFile = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(simulator.trustStoreFile())) {
            fromFile.load(in, simulator.trustStorePassword().toCharArray());
        }
        String alias = fromFile.aliases().nextElement();
        assertThat(fromFile.getCertificate(alias)).isEqualTo(fromPem);
        assertThat(fromFile.isKeyEntry(alias)).isFalse();
    }

    @Test
    void keyAndTrustStoreAreGoneAfterClosing() throws Exception {
        startTls(builder -> builder);
        Path directory = simulator.trustStoreFile().getParent();
        assertThat(directory).isNotEmptyDirectory();
        simulator.close();
        assertThat(directory).doesNotExist();
    }

    @Test
    void servesWithAGivenContextAndThenHasNoCertificateToShow() throws Exception {
        try (SelfSignedCertificate mine = SelfSignedCertificate.create(List.of())) {
            simulator = OneDriveSimulator.builder().tls(mine.sslContext()).start();
            client = new GraphClient(simulator, trusting(mine.trustStore())).signIn();
            assertThat(client.get("/me/drive").statusCode()).isEqualTo(200);
        }
        assertThatThrownBy(() -> simulator.trustStore()).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("builder().tls()");
    }

    @Test
    void connectionsCanBeCutUnderTls() throws Exception {
        startTls(builder -> builder);
        simulator.fault(Fault.on(Step.SIMPLE_UPLOAD).cutWithin(10));
        byte[] content = GraphClient.bytes(UNIT);
        assertThatThrownBy(() -> client.trySend(client.graph("/me/drive/root:/x:/content")
                .PUT(BodyPublishers.ofByteArray(content)))).isInstanceOf(IOException.class);
        assertThat(simulator.paths()).isEmpty();
        assertThat(client.put("/me/drive/root:/x:/content", content).statusCode()).isEqualTo(201);
    }

    @Test
    void underMicrosoftsHostNamesItHandsOutUrlsWithThoseNames() throws Exception {
        startTls(builder -> builder.tlsHosts("graph.microsoft.com", "login.microsoftonline.com", "192.0.2.1"));
        simulator.putFile("/a", new byte[0]);
        simulator.putFile("/b", new byte[0]);
        String token = GraphClient.json(client.token("common", client.refreshForm())).path("access_token").asText();
        String children = requestAs("graph.microsoft.com", "GET /v1.0/me/drive/root/children?$top=1", token);
        assertThat(children).startsWith("HTTP/1.1 200")
                .contains("\"@microsoft.graph.downloadUrl\":\"https://graph.microsoft.com/personal-content/")
                .contains("\"@odata.nextLink\":\"https://graph.microsoft.com/v1.0/me/drive/root/children?");
        assertThat(requestAs("graph.microsoft.com", "POST /v1.0/me/drive/root:/c:/createUploadSession", token))
                .contains("\"uploadUrl\":\"https://graph.microsoft.com/upload-host/");
        assertThat(requestAs("graph.microsoft.com", "GET /v1.0/me/drive/root:/a:/content", token))
                .contains("https://graph.microsoft.com/personal-content/");
        assertThatThrownBy(() -> requestAs("graph.example.com", "GET /v1.0/me", token)).isInstanceOf(SSLException.class);
    }

    /** The whole answer to a request that was sent to a host name which stands for the simulator. */
    private String requestAs(String host, String methodAndTarget, String token) throws Exception {
        try (Socket plain = new Socket("127.0.0.1", simulator.graphEndpoint().getPort());
                SSLSocket socket = (SSLSocket) trusting(simulator.trustStore()).getSocketFactory()
                        .createSocket(plain, host, 443, true)) {
            SSLParameters checkHost = socket.getSSLParameters();
            checkHost.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(checkHost);
            String request = methodAndTarget + " HTTP/1.1\r\nHost: " + host + "\r\nAuthorization: Bearer " + token
                    + "\r\nUser-Agent: " + GraphClient.USER_AGENT + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void aConfiguredPublicUrlWinsOverTheHostOfTheRequest() {
        start(builder -> builder.publicUrl(URI.create("https://onedrive.example:8443/")));
        assertThat(client.session("/x")).startsWith("https://onedrive.example:8443/upload-host/");
        assertThat(simulator.graphEndpoint().toString()).startsWith("http://127.0.0.1:");
    }

    @Test
    void refusesHostsThatCanBeNone() {
        assertThatThrownBy(() -> OneDriveSimulator.builder().tlsHosts("a,dns:b"))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("a,dns:b");
    }
}
