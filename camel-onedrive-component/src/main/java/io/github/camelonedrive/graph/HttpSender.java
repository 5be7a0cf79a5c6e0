package io.github.camelonedrive.graph;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.transport.RetryAfter;
import io.github.camelonedrive.transport.TimeSource;

/** Sends one request and reads one answer; what the answer means is decided elsewhere. */
final class HttpSender {

    /** A page of 1,000 items is some 2 MB; anything near this is not an answer of Graph's. */
    private static final int LARGEST_ANSWER = 32 * 1024 * 1024;

    /** May come several times; each counts (RFC 9110 §11.6.1). */
    private static final String CHALLENGES = "www-authenticate";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client;
    private final TimeSource time;

    HttpSender(HttpClient client, TimeSource time) {
        this.client = client;
        this.time = time;
    }

    /** Reads the stream of a successful answer; it is closed afterwards. */
    @FunctionalInterface
    interface BodyReader {
        void read(GraphAnswer head, InputStream body) throws IOException;
    }

    /** A request whose target is sent exactly as given, because re-encoding breaks pre-authenticated addresses. */
    static HttpUriRequestBase request(String method, String scheme, org.apache.hc.core5.net.URIAuthority authority,
            String target) {
        HttpUriRequestBase request = new HttpUriRequestBase(method, URI.create("/"));
        request.setScheme(scheme);
        request.setAuthority(authority);
        request.setPath(target);
        return request;
    }

    GraphAnswer send(HttpUriRequestBase request, HttpEntity body, String purpose)
            throws OneDriveException, InterruptedException {
        return send(request, body, purpose, null);
    }

    /** @param reader takes the body of a 2xx answer instead of it being parsed; null to parse */
    GraphAnswer send(HttpUriRequestBase request, HttpEntity body, String purpose, BodyReader reader)
            throws OneDriveException, InterruptedException {
        request.setEntity(body);
        try {
            return client.execute(request, response -> read(response, reader));
        } catch (OneDriveException e) {
            throw e;
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw interrupted(e);
            }
            throw new ConnectionFailedException(purpose, String.valueOf(request.getAuthority()), e);
        }
    }

    private static InterruptedException interrupted(IOException cause) {
        InterruptedException interrupted = new InterruptedException("Interrupted while talking to OneDrive");
        interrupted.initCause(cause);
        return interrupted;
    }

    private GraphAnswer read(ClassicHttpResponse response, BodyReader reader) throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (Header header : response.getHeaders()) {
            String name = header.getName().toLowerCase(Locale.ROOT);
            headers.merge(name, header.getValue(), (first, next) -> name.equals(CHALLENGES) ? first + "\n" + next : first);
        }
        var retryAfter = RetryAfter.from(name -> headers.get(name.toLowerCase(Locale.ROOT)), time.now());
        int status = response.getCode();
        HttpEntity entity = response.getEntity();
        if (reader != null && status >= 200 && status < 300) {
            GraphAnswer head = new GraphAnswer(status, headers, MissingNode.getInstance(), retryAfter);
            try (InputStream content = entity == null ? InputStream.nullInputStream() : entity.getContent()) {
                reader.read(head, content);
            }
            return head;
        }
        return new GraphAnswer(status, headers, parse(entity), retryAfter);
    }

    private static JsonNode parse(HttpEntity entity) throws IOException {
        if (entity == null) {
            return MissingNode.getInstance();
        }
        try (InputStream content = entity.getContent()) {
            byte[] bytes = content == null ? new byte[0] : content.readNBytes(LARGEST_ANSWER);
            return parse(bytes);
        }
    }

    private static JsonNode parse(byte[] bytes) throws IOException {
        if (bytes.length == 0) {
            return MissingNode.getInstance();
        }
        try {
            JsonNode node = JSON.readTree(bytes);
            return node == null ? MissingNode.getInstance() : node;
        } catch (com.fasterxml.jackson.core.JacksonException notJson) {
            return MissingNode.getInstance();
        }
    }
}
