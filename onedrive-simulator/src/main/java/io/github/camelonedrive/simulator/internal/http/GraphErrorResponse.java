package io.github.camelonedrive.simulator.internal.http;

import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** An error response of Graph or of an upload URL. */
public final class GraphErrorResponse extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final String innerCode;
    private final transient Map<String, String> headers = new LinkedHashMap<>();

    public GraphErrorResponse(int status, String code, String message) {
        this(status, code, message, null);
    }

    public GraphErrorResponse(int status, String code, String message, String innerCode) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.innerCode = innerCode;
    }

    public GraphErrorResponse header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    public String code() {
        return code;
    }

    public static GraphErrorResponse invalidRequest(String message) {
        return new GraphErrorResponse(400, "invalidRequest", message);
    }

    public static GraphErrorResponse itemNotFound() {
        return new GraphErrorResponse(404, "itemNotFound", "The resource could not be found.");
    }

    public static GraphErrorResponse nameAlreadyExists() {
        return new GraphErrorResponse(409, "nameAlreadyExists", "An item with the same name already exists.");
    }

    public static GraphErrorResponse preconditionFailed() {
        return new GraphErrorResponse(412, "resourceModified", "ETag does not match current item's value",
                "entityTagDoesNotMatch");
    }

    public static GraphErrorResponse quotaLimitReached() {
        return new GraphErrorResponse(507, "quotaLimitReached", "Insufficient Space Available");
    }

    public static GraphErrorResponse sessionNotFound() {
        return new GraphErrorResponse(404, "itemNotFound", "The upload session was not found");
    }

    public Response toResponse(Call call) {
        Response response = Response.json(status, body(call, code, getMessage(), innerCode));
        headers.forEach(response::header);
        return response;
    }

    /** Graph adds dates and ids to every error; upload URLs, which SharePoint serves, do not. */
    public static ObjectNode body(Call call, String code, String message, String innerCode) {
        ObjectNode body = WireJson.object();
        ObjectNode error = body.putObject("error").put("code", code);
        if (call.isPreAuthenticated()) {
            if (innerCode != null) {
                error.putObject("innererror").put("code", innerCode);
            }
            error.put("message", message);
            return body;
        }
        error.put("message", message);
        ObjectNode inner = error.putObject("innerError");
        if (innerCode != null) {
            inner.put("code", innerCode);
        }
        inner.put("date", WireJson.localTime(call.time()))
                .put("request-id", call.requestId())
                .put("client-request-id", call.clientRequestId());
        return body;
    }
}
