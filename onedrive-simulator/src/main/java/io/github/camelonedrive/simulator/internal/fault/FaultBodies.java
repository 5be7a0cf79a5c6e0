package io.github.camelonedrive.simulator.internal.fault;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.camelonedrive.simulator.internal.http.Call;
import io.github.camelonedrive.simulator.internal.http.GraphErrorResponse;
import io.github.camelonedrive.simulator.internal.identity.TokenErrorResponse;

/** Error bodies for statuses that a fault rule names without saying what the body is (`graph-contract.md` §3.4, §7.5). */
final class FaultBodies {
    private FaultBodies() {
    }

    static TokenErrorResponse signInError(int status, String error, int aadsts, String message, String suberror) {
        return new TokenErrorResponse(status, error == null ? tokenCode(status) : error, aadsts, message, suberror);
    }

    static ObjectNode graphError(Call call, int status, String code, String message, String innerCode) {
        boolean throttledUpload = status == 429 && code == null && call.step().isPreAuthenticated();
        if (throttledUpload) {
            return GraphErrorResponse.body(call, "activityLimitReached", "The request has been throttled", "throttledRequest");
        }
        return GraphErrorResponse.body(call, code == null ? graphCode(status) : code, message, innerCode);
    }

    private static String tokenCode(int status) {
        return status == 429 || status >= 500 ? "temporarily_unavailable" : "invalid_request";
    }

    private static String graphCode(int status) {
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
