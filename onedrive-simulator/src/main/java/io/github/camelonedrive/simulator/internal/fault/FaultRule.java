package io.github.camelonedrive.simulator.internal.fault;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import io.github.camelonedrive.simulator.RecordedRequest;
import io.github.camelonedrive.simulator.Step;
import io.github.camelonedrive.simulator.internal.http.Call;
import io.github.camelonedrive.simulator.internal.http.Handler;
import io.github.camelonedrive.simulator.internal.http.Response;

/**
 * Which requests something happens to, and what.
 *
 * @param step the step, or null for any
 * @param first the first matching request to which the rule applies, counted from 1
 * @param times the number of requests to which it applies
 * @param afterEffect whether interruptions and the response come after the request was handled
 * @param response the response in place of the handler's, and the headers of any response
 */
public record FaultRule(Step step, Predicate<RecordedRequest> condition, int first, int times, boolean afterEffect,
        FaultResponse response, List<FaultAction> actions) {

    static final FaultRule NONE = new FaultRule(null, request -> true, 1, 0, false, new FaultResponse(), List.of());

    boolean matches(RecordedRequest request) {
        return (step == null || step == request.step()) && condition.test(request);
    }

    /** Returns whether the rule applies to the matching request with this number, counted from 1. */
    boolean appliesTo(int number) {
        return number >= first && number - first < times;
    }

    /** Runs before the request is handled. */
    public void before(Call call) throws IOException {
        if (!afterEffect) {
            interrupt(call);
        }
        for (FaultAction.Before action : all(FaultAction.Before.class)) {
            action.run(call);
        }
    }

    /** Returns what responds in place of the handler. */
    public Optional<Handler> instead() {
        if (!afterEffect && response.isSet()) {
            return Optional.of(response::toResponse);
        }
        return all(FaultAction.Instead.class).stream().findFirst().map(action -> action::respond);
    }

    /** Runs after the request was handled, and returns the response to send. */
    public Response after(Call call, Response handled) throws IOException {
        for (FaultAction.After action : all(FaultAction.After.class)) {
            action.run(call);
        }
        if (afterEffect) {
            interrupt(call);
        }
        if (afterEffect && response.isSet()) {
            return response.toResponse(call);
        }
        Response changed = handled;
        if (handled.status() == 200) {
            for (FaultAction.OnResponse action : all(FaultAction.OnResponse.class)) {
                changed = action.change(call, changed);
            }
        }
        return response.addHeaders(changed);
    }

    /** Returns the stream to which the body of the response is written. */
    public OutputStream body(Call call, OutputStream out, long length) {
        OutputStream wrapped = out;
        for (FaultAction.OnBody action : all(FaultAction.OnBody.class)) {
            wrapped = action.wrap(call, wrapped, length);
        }
        return wrapped;
    }

    private void interrupt(Call call) throws IOException {
        for (FaultAction.Interruption action : all(FaultAction.Interruption.class)) {
            action.run(call);
        }
    }

    private <T extends FaultAction> List<T> all(Class<T> type) {
        return actions.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
