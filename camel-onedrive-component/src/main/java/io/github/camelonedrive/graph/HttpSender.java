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
import org.apache.hc.client5.http.routing.RoutingSupport;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;

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

    /**
     * Sends a request and leaves the body of a 2xx answer to be read by the caller, who has to close it; any other answer is
     * read here.
     */
    OpenAnswer open(HttpUriRequestBase request, String purpose) throws OneDriveException, InterruptedException {
        String host = String.valueOf(request.getAuthority());
        try {
            ClassicHttpResponse response = client.executeOpen(RoutingSupport.determineHost(request), request, null);
            try {
                return opened(request, response, host);
            } catch (IOException | RuntimeException e) {
                response.close();
                throw e;
            }
        } catch (OneDriveException e) {
            throw e;
        } catch (HttpException e) {
            throw new UnexpectedAnswerException(purpose + " failed: OneDrive handed out an address that is none.");
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw interrupted(e);
            }
            throw new ConnectionFailedException(purpose, host, e);
        }
    }

    private OpenAnswer opened(HttpUriRequestBase request, ClassicHttpResponse response, String host) throws IOException {
        if (response.getCode() < 200 || response.getCode() >= 300) {
            GraphAnswer refused = read(response, null);
            response.close();
            return OpenAnswer.without(refused);
        }
        HttpEntity entity = response.getEntity();
        InputStream body = entity == null ? InputStream.nullInputStream() : entity.getContent();
        long length = entity == null ? 0 : entity.getContentLength();
        return new OpenAnswer(head(response), length, body, host, request::cancel, response);
    }

    private static InterruptedException interrupted(IOException cause) {
        InterruptedException interrupted = new InterruptedException("Interrupted while talking to OneDrive");
        interrupted.initCause(cause);
        return interrupted;
    }

    private GraphAnswer head(ClassicHttpResponse response) {
        Map<String, String> headers = new HashMap<>();
        for (Header header : response.getHeaders()) {
            String name = header.getName().toLowerCase(Locale.ROOT);
            headers.merge(name, header.getValue(), (first, next) -> name.equals(CHALLENGES) ? first + "\n" + next : first);
        }
        var retryAfter = RetryAfter.from(name -> headers.get(name.toLowerCase(Locale.ROOT)), time.now());
        return new GraphAnswer(response.getCode(), headers, MissingNode.getInstance(), retryAfter);
    }

    private GraphAnswer read(ClassicHttpResponse response, BodyReader reader) throws IOException {
        GraphAnswer head = head(response);
        HttpEntity entity = response.getEntity();
        if (reader != null && head.isSuccess()) {
            try (InputStream content = entity == null ? InputStream.nullInputStream() : entity.getContent()) {
                reader.read(head, content);
            }
            return head;
        }
        return new GraphAnswer(head.status(), head.headers(), parse(entity), head.retryAfter());
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
