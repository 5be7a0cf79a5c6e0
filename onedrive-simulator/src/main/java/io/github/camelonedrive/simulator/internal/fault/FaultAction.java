package io.github.camelonedrive.simulator.internal.fault;

import java.io.IOException;
import java.io.OutputStream;

import io.github.camelonedrive.simulator.internal.http.Call;
import io.github.camelonedrive.simulator.internal.http.Response;

/** One thing that a fault rule does. Its type is the point on a request's way at which it happens. */
public sealed interface FaultAction {

    /** Happens before the request is handled; in a rule with {@code afterEffect()}, before its response is sent. */
    non-sealed interface Interruption extends FaultAction {
        void run(Call call) throws IOException;
    }

    /** Happens before the request is handled: to the call, to its body, to the account. */
    non-sealed interface Before extends FaultAction {
        void run(Call call) throws IOException;
    }

    /** Happens after the request was handled. */
    non-sealed interface After extends FaultAction {
        void run(Call call) throws IOException;
    }

    /** Responds in place of the handler. */
    non-sealed interface Instead extends FaultAction {
        Response respond(Call call) throws IOException;
    }

    /** Changes a successful response. */
    non-sealed interface OnResponse extends FaultAction {
        Response change(Call call, Response response) throws IOException;
    }

    /** Changes how the body of the response is sent. */
    non-sealed interface OnBody extends FaultAction {
        /** @param length the announced length */
        OutputStream wrap(Call call, OutputStream out, long length);
    }
}
