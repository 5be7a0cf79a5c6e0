package io.github.camelonedrive.simulator.internal.identity;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.camelonedrive.simulator.internal.http.Call;
import io.github.camelonedrive.simulator.internal.http.Response;
import io.github.camelonedrive.simulator.internal.http.WireJson;

/** An error response of the sign-in endpoints. */
public final class TokenErrorResponse extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

    private final int status;
    private final String error;
    private final int number;
    private final String suberror;

    public TokenErrorResponse(int status, String error, int number, String message, String suberror) {
        super(message, null, false, false);
        this.status = status;
        this.error = error;
        this.number = number;
        this.suberror = suberror;
    }

    public TokenErrorResponse(int status, String error, int number, String message) {
        this(status, error, number, message, null);
    }

    static TokenErrorResponse missing(String parameter) {
        return new TokenErrorResponse(400, "invalid_request", 900144,
                "The request body must contain the following parameter: '" + parameter + "'.");
    }

    String error() {
        return error;
    }

    int number() {
        return number;
    }

    /** Returns JSON for programs, a page for browsers. */
    public Response toResponse(Call call) {
        ObjectNode body = body(call, error, number, getMessage(), suberror);
        return call.isPage() ? Pages.error(status, body) : Response.json(status, body);
    }

    static ObjectNode body(Call call, String error, int number, String message, String suberror) {
        String correlationId = UUID.randomUUID().toString();
        String time = TIME.format(call.time());
        ObjectNode body = WireJson.object()
                .put("error", error)
                .put("error_description", "AADSTS" + number + ": " + message + "\r\nTrace ID: " + call.requestId()
                        + "\r\nCorrelation ID: " + correlationId + "\r\nTimestamp: " + time);
        body.putArray("error_codes").add(number);
        body.put("timestamp", time)
                .put("trace_id", call.requestId())
                .put("correlation_id", correlationId)
                .put("error_uri", "https://login.microsoftonline.com/error?code=" + number);
        if (suberror != null) {
            body.put("suberror", suberror);
        }
        return body;
    }
}
