package io.github.camelonedrive.graph;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.io.HttpClientResponseHandler;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.apache.hc.core5.http.protocol.HttpContext;

/** An HTTP client without a network: each request is noted and answered by a function. */
public final class FakeHttp implements HttpClient {

    private final List<Request> seen = new CopyOnWriteArrayList<>();
    private final Server server;

    /** The other end. */
    @FunctionalInterface
    public interface Server {

        /** Answers, or breaks the connection by throwing. */
        Reply answer(Request request) throws IOException;
    }

    /** An answer. */
    public record Reply(int status, Map<String, String> headers, byte[] body, int cutAfter) {

        public Reply(int status, Map<String, String> headers, byte[] body) {
            this(status, headers, body, Integer.MAX_VALUE);
        }

        public static Reply json(int status, String body) {
            return new Reply(status, Map.of("Content-Type", "application/json"), body.getBytes(StandardCharsets.UTF_8));
        }

        public static Reply empty(int status) {
            return new Reply(status, Map.of(), new byte[0]);
        }

        public static Reply error(int status, String code) {
            return json(status, "{\"error\":{\"code\":\"" + code + "\",\"message\":\"as the test says\"}}");
        }

        public Reply with(String header, String value) {
            Map<String, String> more = new HashMap<>(headers);
            more.put(header, value);
            return new Reply(status, more, body, cutAfter);
        }

        /** The connection breaks after so many bytes of the body. */
        public Reply cut(int bytes) {
            return new Reply(status, headers, body, bytes);
        }
    }

    /** A request as it goes over the wire. Its body is written only when the server reads it. */
    public static final class Request {

        private final ClassicHttpRequest request;
        private byte[] body;

        Request(ClassicHttpRequest request) {
            this.request = request;
        }

        public String method() {
            return request.getMethod();
        }

        /** Scheme, authority and target. */
        public String url() {
            return request.getScheme() + "://" + request.getAuthority() + request.getRequestUri();
        }

        /** Path and query. */
        public String target() {
            return request.getRequestUri();
        }

        public Optional<String> header(String name) {
            return Optional.ofNullable(request.getFirstHeader(name)).map(Header::getValue);
        }

        /** Header names in lower case. */
        public List<String> headerNames() {
            List<String> names = new ArrayList<>();
            for (Header header : request.getHeaders()) {
                names.add(header.getName().toLowerCase(Locale.ROOT));
            }
            return names;
        }

        public long contentLength() {
            return request.getEntity() == null ? -1 : request.getEntity().getContentLength();
        }

        public String contentType() {
            return request.getEntity() == null ? "" : request.getEntity().getContentType();
        }

        /** Reads the whole body. */
        public byte[] body() throws IOException {
            if (body == null) {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                if (request.getEntity() != null) {
                    request.getEntity().writeTo(bytes);
                }
                body = bytes.toByteArray();
            }
            return body;
        }

        public String text() throws IOException {
            return new String(body(), StandardCharsets.UTF_8);
        }

        /** Reads the first bytes of the body only, as a server does whose connection breaks then. */
        public byte[] beginningOfBody(int count) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            OutputStream limited = new OutputStream() {
                @Override
                public void write(int b) throws IOException {
                    if (bytes.size() >= count) {
                        throw new Enough();
                    }
                    bytes.write(b);
                }
            };
            try {
                request.getEntity().writeTo(limited);
            } catch (Enough enough) {
                return bytes.toByteArray();
            }
            return bytes.toByteArray();
        }

        @Override
        public String toString() {
            return method() + " " + target() + header("Content-Range").map(range -> " " + range).orElse("");
        }

        private static final class Enough extends IOException {

            private static final long serialVersionUID = 1L;
        }
    }

    public FakeHttp(Server server) {
        this.server = server;
    }

    /** Every request so far, the oldest first. */
    public List<Request> seen() {
        return seen;
    }

    @Override
    public ClassicHttpResponse executeOpen(HttpHost target, ClassicHttpRequest request, HttpContext context)
            throws IOException {
        Request noted = new Request(request);
        seen.add(noted);
        return response(server.answer(noted));
    }

    @Override
    public <T> T execute(ClassicHttpRequest request, HttpClientResponseHandler<? extends T> handler) throws IOException {
        try (ClassicHttpResponse response = executeOpen(null, request, null)) {
            return handler.handleResponse(response);
        } catch (HttpException e) {
            throw new IOException(e);
        }
    }

    private static ClassicHttpResponse response(Reply reply) {
        BasicClassicHttpResponse response = new BasicClassicHttpResponse(reply.status());
        reply.headers().forEach(response::addHeader);
        if (reply.body().length > 0) {
            response.setEntity(new InputStreamEntity(body(reply), reply.body().length, ContentType.APPLICATION_OCTET_STREAM));
        }
        return response;
    }

    private static InputStream body(Reply reply) {
        if (reply.cutAfter() >= reply.body().length) {
            return new ByteArrayInputStream(reply.body());
        }
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new SocketException("Connection reset");
            }
        };
        return new SequenceInputStream(new ByteArrayInputStream(reply.body(), 0, reply.cutAfter()), broken);
    }

    @Override
    @Deprecated
    public HttpResponse execute(ClassicHttpRequest request) {
        throw new UnsupportedOperationException();
    }

    @Override
    @Deprecated
    public HttpResponse execute(ClassicHttpRequest request, HttpContext context) {
        throw new UnsupportedOperationException();
    }

    @Override
    @Deprecated
    public ClassicHttpResponse execute(HttpHost target, ClassicHttpRequest request) {
        throw new UnsupportedOperationException();
    }

    @Override
    @Deprecated
    public HttpResponse execute(HttpHost target, ClassicHttpRequest request, HttpContext context) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> T execute(ClassicHttpRequest request, HttpContext context, HttpClientResponseHandler<? extends T> handler) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> T execute(HttpHost target, ClassicHttpRequest request, HttpClientResponseHandler<? extends T> handler) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> T execute(HttpHost target, ClassicHttpRequest request, HttpContext context,
                         HttpClientResponseHandler<? extends T> handler) {
        throw new UnsupportedOperationException();
    }
}
