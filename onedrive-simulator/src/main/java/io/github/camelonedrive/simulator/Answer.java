package io.github.camelonedrive.simulator;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What goes back to the client: a status, headers, and a body of known length. */
final class Answer {
    private final int status;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final long length;
    private final Body body;

    /** Writes exactly the announced number of bytes. */
    interface Body {
        void writeTo(OutputStream out) throws IOException;
    }

    Answer(int status, long length, Body body) {
        this.status = status;
        this.length = length;
        this.body = body;
    }

    static Answer empty(int status) {
        return new Answer(status, 0, out -> { });
    }

    static Answer bytes(int status, String contentType, byte[] bytes) {
        Answer answer = new Answer(status, bytes.length, out -> out.write(bytes));
        return contentType == null ? answer : answer.header("Content-Type", contentType);
    }

    static Answer text(int status, String contentType, String text) {
        return bytes(status, contentType, text.getBytes(StandardCharsets.UTF_8));
    }

    static Answer json(int status, ObjectNode body) {
        return bytes(status, "application/json", Json.bytes(body));
    }

    Answer header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    int status() {
        return status;
    }

    long length() {
        return length;
    }

    Map<String, String> headers() {
        return headers;
    }

    void writeBody(OutputStream out) throws IOException {
        body.writeTo(out);
    }
}
