package io.github.camelonedrive.simulator.internal.http;

import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** An error answer of Graph or of an upload URL (`graph-contract.md` §5, §3.4). */
public final class GraphException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final String innerCode;
    private final transient Map<String, String> headers = new LinkedHashMap<>();

    public GraphException(int status, String code, String message) {
        this(status, code, message, null);
    }

    public GraphException(int status, String code, String message, String innerCode) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.innerCode = innerCode;
    }

    public GraphException header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    public String code() {
        return code;
    }

    public static GraphException invalidRequest(String message) {
        return new GraphException(400, "invalidRequest", message);
    }

    public static GraphException itemNotFound() {
        return new GraphException(404, "itemNotFound", "The resource could not be found.");
    }

    public static GraphException nameAlreadyExists() {
        return new GraphException(409, "nameAlreadyExists", "An item with the same name already exists.");
    }

    public static GraphException preconditionFailed() {
        return new GraphException(412, "resourceModified", "ETag does not match current item's value",
                "entityTagDoesNotMatch");
    }

    public static GraphException quotaLimitReached() {
        return new GraphException(507, "quotaLimitReached", "Insufficient Space Available");
    }

    public static GraphException sessionNotFound() {
        return new GraphException(404, "itemNotFound", "The upload session was not found");
    }

    public Answer toAnswer(Call call) {
        Answer answer = Answer.json(status, body(call, code, getMessage(), innerCode));
        headers.forEach(answer::header);
        return answer;
    }

    /** Graph adds dates and ids to every error; upload URLs, which SharePoint serves, do not (§5, J8, J12). */
    public static ObjectNode body(Call call, String code, String message, String innerCode) {
        ObjectNode body = Json.object();
        ObjectNode error = body.putObject("error").put("code", code);
        if (call.step().isPreAuthenticated()) {
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
        inner.put("date", Json.localTime(call.time()))
                .put("request-id", call.requestId())
                .put("client-request-id", call.clientRequestId());
        return body;
    }
}
