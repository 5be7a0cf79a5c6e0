package io.github.camelonedrive.simulator;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;

import io.github.camelonedrive.simulator.internal.SimulatorSettings;
import io.github.camelonedrive.simulator.internal.fault.FaultPlan;
import io.github.camelonedrive.simulator.internal.fault.FaultRule;
import io.github.camelonedrive.simulator.internal.fault.Stall;
import io.github.camelonedrive.simulator.internal.graph.Fragments;
import io.github.camelonedrive.simulator.internal.http.Call;
import io.github.camelonedrive.simulator.internal.http.ClientConduct;
import io.github.camelonedrive.simulator.internal.http.GraphErrorResponse;
import io.github.camelonedrive.simulator.internal.http.Handler;
import io.github.camelonedrive.simulator.internal.http.Journal;
import io.github.camelonedrive.simulator.internal.http.PublicUrl;
import io.github.camelonedrive.simulator.internal.http.RequestBudget;
import io.github.camelonedrive.simulator.internal.http.Response;
import io.github.camelonedrive.simulator.internal.identity.TokenErrorResponse;

/** Takes each request through the same stations: classify, record, apply a fault rule, handle, respond. */
final class Dispatcher implements HttpHandler {
    private final SimulatorSettings settings;
    private final Router router;
    private final Journal journal;
    private final FaultPlan faults;
    private final PublicUrl publicUrl;
    private final ClientConduct conduct;
    private final RequestBudget budget;
    private final CountDownLatch closing = new CountDownLatch(1);

    Dispatcher(SimulatorSettings settings, Router router, Journal journal, FaultPlan faults, PublicUrl publicUrl) {
        this.settings = settings;
        this.router = router;
        this.journal = journal;
        this.faults = faults;
        this.publicUrl = publicUrl;
        this.conduct = new ClientConduct(settings.clock, journal);
        this.budget = new RequestBudget(settings.clock, settings.requestBudget);
    }

    /** Ends all stalls. */
    void close() {
        closing.countDown();
    }

    @Override
    public void handle(HttpExchange exchange) {
        Call call = new Call(exchange, journal, settings.clock.instant(), publicUrl, closing);
        try {
            Handler handler = router.route(call);
            journal.begin(call);
            FaultRule fault = faults.take(call.record());
            conduct.check(call);
            send(call, fault, respond(call, handler, fault));
        } catch (IOException e) {
            // The connection is gone: the client closed it, or a fault rule cuts it. Nobody is left to tell.
            exchange.close();
        } finally {
            journal.end(call);
        }
    }

    private Response respond(Call call, Handler handler, FaultRule fault) throws IOException {
        Stall.of(settings.latency).await(closing);
        fault.before(call);
        Response response = fault.instead().isPresent() ? instead(call, handler, fault.instead().get())
                : handleOrRefuse(call, handler);
        call.drain();
        return fault.after(call, response);
    }

    /** Only a fragment of which a part is kept reaches its handler although it is refused. */
    private Response instead(Call call, Handler handler, Handler refusal) throws IOException {
        Optional<Fragments.KeptBytes> kept = call.attached(Fragments.KeptBytes.class);
        if (kept.isEmpty() || call.step() != Step.FRAGMENT) {
            return refusal.handle(call);
        }
        call.attach(kept.get().refusedBy(refusal));
        return handleOrRefuse(call, handler);
    }

    private Response handleOrRefuse(Call call, Handler handler) throws IOException {
        try {
            budget.spend(call);
            return handler.handle(call);
        } catch (GraphErrorResponse e) {
            return e.toResponse(call);
        } catch (TokenErrorResponse e) {
            return e.toResponse(call);
        } catch (RuntimeException e) {
            call.violation("the simulator failed: " + e);
            return new GraphErrorResponse(500, "generalException", "The simulator failed: " + e).toResponse(call);
        }
    }

    private void send(Call call, FaultRule fault, Response response) throws IOException {
        HttpExchange exchange = call.exchange();
        budget.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        response.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        exchange.getResponseHeaders().set("request-id", call.requestId());
        exchange.getResponseHeaders().set("client-request-id", call.clientRequestId());
        conduct.responded(call, response);
        call.responded(response.status());
        boolean bodiless = response.length() == 0 || response.status() == 204 || response.status() == 304
                || call.method().equals("HEAD");
        exchange.sendResponseHeaders(response.status(), bodiless ? -1 : response.length());
        if (!bodiless) {
            response.writeBody(fault.body(call, exchange.getResponseBody(), response.length()));
        }
        exchange.close();
    }
}
