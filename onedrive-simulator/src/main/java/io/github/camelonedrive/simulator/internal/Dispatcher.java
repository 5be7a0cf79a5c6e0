package io.github.camelonedrive.simulator.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;

import io.github.camelonedrive.simulator.Step;
import io.github.camelonedrive.simulator.internal.fault.DamagedOutput;
import io.github.camelonedrive.simulator.internal.fault.FaultEffect;
import io.github.camelonedrive.simulator.internal.fault.InterruptedOutput;
import io.github.camelonedrive.simulator.internal.fault.Loops;
import io.github.camelonedrive.simulator.internal.fault.Stall;
import io.github.camelonedrive.simulator.internal.graph.CopyApi;
import io.github.camelonedrive.simulator.internal.graph.DeltaTokens;
import io.github.camelonedrive.simulator.internal.graph.DownloadApi;
import io.github.camelonedrive.simulator.internal.graph.DownloadUrls;
import io.github.camelonedrive.simulator.internal.graph.GraphApi;
import io.github.camelonedrive.simulator.internal.graph.UploadUrlApi;
import io.github.camelonedrive.simulator.internal.graph.UploadUrls;
import io.github.camelonedrive.simulator.internal.http.Response;
import io.github.camelonedrive.simulator.internal.http.Call;
import io.github.camelonedrive.simulator.internal.http.ConnectionCut;
import io.github.camelonedrive.simulator.internal.http.ClientConduct;
import io.github.camelonedrive.simulator.internal.http.GraphErrorResponse;
import io.github.camelonedrive.simulator.internal.http.Handler;
import io.github.camelonedrive.simulator.internal.http.Journal;
import io.github.camelonedrive.simulator.internal.http.RequestBudget;
import io.github.camelonedrive.simulator.internal.identity.LoginApi;
import io.github.camelonedrive.simulator.internal.identity.TokenEndpoint;
import io.github.camelonedrive.simulator.internal.identity.TokenErrorResponse;

/** Takes each request through the same stations: classify, record, misbehave if a rule says so, answer. */
public final class Dispatcher implements HttpHandler {
    private final Simulation simulation;
    private final Journal journal;
    private final ClientConduct etiquette;
    private final RequestBudget budget;
    private final LoginApi login;
    private final GraphApi graph;
    private final UploadUrlApi uploadUrls;
    private final DownloadApi downloads;
    private final CopyApi copies;
    private final Loops loops;
    private final CountDownLatch closing = new CountDownLatch(1);

    public Dispatcher(Simulation simulation) {
        this.simulation = simulation;
        this.journal = simulation.journal();
        this.etiquette = new ClientConduct(simulation.settings().clock, journal);
        this.budget = new RequestBudget(simulation.settings().clock, simulation.settings().requestBudget);
        this.login = new LoginApi(simulation);
        this.downloads = new DownloadApi(simulation);
        this.copies = new CopyApi(simulation);
        this.graph = new GraphApi(simulation, downloads, copies);
        this.uploadUrls = new UploadUrlApi(simulation);
        this.loops = new Loops(simulation.publicUrl());
    }

    /** Ends all stalls. */
    public void close() {
        closing.countDown();
    }

    @Override
    public void handle(HttpExchange exchange) {
        Call call = new Call(exchange, journal.nextNumber(), simulation.settings().clock.instant());
        try {
            Handler handler = routeOrRefuse(call);
            journal.begin(call);
            FaultEffect fault = simulation.faults().take(call.record());
            etiquette.check(call);
            send(call, fault, answer(call, handler, fault));
        } catch (IOException e) {
            // The connection is gone: the client closed it, or a fault rule wants it cut. Nobody is left to tell.
            exchange.close();
        } finally {
            journal.end(call);
        }
    }

    /** A URL that can't be understood is answered like any other mistake: after the rules and the checks of all requests. */
    private Handler routeOrRefuse(Call call) {
        try {
            return route(call);
        } catch (GraphErrorResponse e) {
            return (c, fault) -> {
                throw e;
            };
        }
    }

    private Handler route(Call call) {
        if (GraphApi.isGraphPath(call.rawPath())) {
            return graph.route(call);
        }
        if (UploadUrls.isUploadPath(call.rawPath())) {
            uploadUrls.classify(call);
            return uploadUrls::answer;
        }
        if (call.rawPath().startsWith(DownloadUrls.PREFIX)) {
            downloads.classify(call);
            return downloads::content;
        }
        if (CopyApi.isMonitorPath(call.rawPath())) {
            copies.classify(call);
            return (c, fault) -> copies.monitor(c);
        }
        if (LoginApi.isLoginPath(call.rawPath())) {
            return login.route(call);
        }
        return (c, fault) -> {
            throw GraphErrorResponse.itemNotFound();
        };
    }

    private Response answer(Call call, Handler handler, FaultEffect fault) throws IOException {
        Stall.of(simulation.settings().latency).await(closing);
        prepare(call, fault);
        Response answer = handle(call, handler, fault);
        call.drain();
        if (fault.cut == FaultEffect.Cut.AFTER) {
            throw new ConnectionCut();
        }
        if (fault.afterEffect) {
            fault.action.run();
            fault.stall.await(closing);
        }
        return fault.answersAfterwards() ? fault.toAnswer(call)
                : fault.withHeaders(loops.apply(call, fault.links, answer));
    }

    private void prepare(Call call, FaultEffect fault) throws IOException {
        if (!fault.afterEffect) {
            fault.action.run();
            fault.stall.await(closing);
        }
        if (fault.cut == FaultEffect.Cut.BEFORE) {
            throw new ConnectionCut();
        }
        call.body().cutAfter(fault.cutWithin);
        call.body().beforeFirstByte(() -> fault.readingStall.await(closing));
        if (fault.grantRevoked) {
            simulation.identity().revoke(TokenEndpoint.GRANT_REVOKED);
        }
        if (fault.accessTokensExpired) {
            simulation.identity().expireAccessTokens();
        }
        if (fault.claimsChallenged) {
            simulation.identity().challengeClaims();
        }
        if (fault.deltaTokensExpired) {
            simulation.deltaTokens().expireAll(DeltaTokens.APPLY_DIFFERENCES);
        }
    }

    private Response handle(Call call, Handler handler, FaultEffect fault) throws IOException {
        boolean bodyMatters = call.step() == Step.FRAGMENT && fault.keptBytes > 0;
        if (fault.answersInstead() && !bodyMatters) {
            return fault.toAnswer(call);
        }
        if (fault.links == FaultEffect.Links.NEW_FOR_EVER) {
            return Loops.emptyPage();
        }
        try {
            budget.spend(call);
            return handler.answer(call, fault);
        } catch (GraphErrorResponse e) {
            return e.toAnswer(call);
        } catch (TokenErrorResponse e) {
            return e.toAnswer(call);
        } catch (RuntimeException e) {
            journal.violation(call, "the simulator failed: " + e);
            return new GraphErrorResponse(500, "generalException", "The simulator failed: " + e).toAnswer(call);
        }
    }

    private void send(Call call, FaultEffect fault, Response answer) throws IOException {
        HttpExchange exchange = call.exchange();
        budget.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        answer.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        exchange.getResponseHeaders().set("request-id", call.requestId());
        exchange.getResponseHeaders().set("client-request-id", call.clientRequestId());
        etiquette.answered(call, answer);
        call.answered(answer.status());
        boolean bodiless = answer.length() == 0 || answer.status() == 204 || answer.status() == 304
                || call.method().equals("HEAD");
        exchange.sendResponseHeaders(answer.status(), bodiless ? -1 : answer.length());
        if (!bodiless) {
            writeBody(exchange.getResponseBody(), answer, fault);
        }
        exchange.close();
    }

    private void writeBody(OutputStream out, Response answer, FaultEffect fault) throws IOException {
        long place = fault.answerBytes < 0 ? answer.length() / 2 : fault.answerBytes;
        OutputStream sent = fault.answerDamaged ? new DamagedOutput(out) : out;
        if (fault.truncated) {
            sent = new InterruptedOutput(sent, place, () -> {
                throw new ConnectionCut();
            });
        } else if (fault.answerStall != Stall.NONE) {
            sent = new InterruptedOutput(sent, place, () -> fault.answerStall.await(closing));
        }
        answer.writeBody(sent);
    }
}
