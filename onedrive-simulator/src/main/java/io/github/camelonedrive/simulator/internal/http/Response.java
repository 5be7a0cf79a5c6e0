package io.github.camelonedrive.simulator.internal.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What goes back to the client: a status, headers, and a body of known length. */
public final class Response {
    private final int status;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final long length;
    private final Body body;

    /** Writes exactly the announced number of bytes. */
    public interface Body {
        void writeTo(OutputStream out) throws IOException;
    }

    public Response(int status, long length, Body body) {
        this.status = status;
        this.length = length;
        this.body = body;
    }

    public static Response empty(int status) {
        return new Response(status, 0, out -> { });
    }

    static Response bytes(int status, String contentType, byte[] bytes) {
        Response response = new Response(status, bytes.length, out -> out.write(bytes));
        return contentType == null ? response : response.header("Content-Type", contentType);
    }

    public static Response text(int status, String contentType, String text) {
        return bytes(status, contentType, text.getBytes(StandardCharsets.UTF_8));
    }

    public static Response json(int status, ObjectNode body) {
        return bytes(status, "application/json", WireJson.bytes(body));
    }

    public Response header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    public int status() {
        return status;
    }

    public long length() {
        return length;
    }

    public Map<String, String> headers() {
        return headers;
    }

    public void writeBody(OutputStream out) throws IOException {
        body.writeTo(out);
    }
}
