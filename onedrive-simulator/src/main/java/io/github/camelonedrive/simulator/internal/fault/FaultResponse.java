package io.github.camelonedrive.simulator.internal.fault;

import java.util.LinkedHashMap;
import java.util.Map;

import io.github.camelonedrive.simulator.internal.http.Call;
import io.github.camelonedrive.simulator.internal.http.GraphErrorResponse;
import io.github.camelonedrive.simulator.internal.http.Response;
import io.github.camelonedrive.simulator.internal.identity.TokenErrorResponse;

/** The response of a fault rule; what the rule leaves open is as the service has it for the status. */
public final class FaultResponse {
    /** 0 for the handler's response. */
    public int status;
    public final Map<String, String> headers = new LinkedHashMap<>();
    public String contentType;
    /** Null for a JSON error. */
    public String body;
    public String code;
    public String message = "Injected by a fault rule.";
    public String innerCode;
    public String suberror;
    public int aadsts = 90055;

    boolean isSet() {
        return status != 0;
    }

    Response toResponse(Call call) {
        return addHeaders(body != null ? Response.text(status, contentType, body) : toError(call));
    }

    Response addHeaders(Response response) {
        headers.forEach(response::header);
        return response;
    }

    private Response toError(Call call) {
        if (call.isSignIn()) {
            String error = code == null ? tokenCode() : code;
            return new TokenErrorResponse(status, error, aadsts, message, suberror).toResponse(call);
        }
        boolean throttledUpload = status == 429 && code == null && call.isPreAuthenticated();
        GraphErrorResponse error = throttledUpload
                ? new GraphErrorResponse(status, "activityLimitReached", "The request has been throttled", "throttledRequest")
                : new GraphErrorResponse(status, code == null ? graphCode() : code, message, innerCode);
        return error.toResponse(call);
    }

    private String tokenCode() {
        return status == 429 || status >= 500 ? "temporarily_unavailable" : "invalid_request";
    }

    private String graphCode() {
        return switch (status) {
            case 401 -> "InvalidAuthenticationToken";
            case 403 -> "accessDenied";
            case 404, 410 -> "itemNotFound";
            case 409 -> "nameAlreadyExists";
            case 412 -> "resourceModified";
            case 416 -> "invalidRange";
            case 423 -> "notAllowed";
            case 429 -> "TooManyRequests";
            case 503, 509 -> "serviceNotAvailable";
            case 507 -> "quotaLimitReached";
            default -> status >= 500 ? "generalException" : "invalidRequest";
        };
    }
}
