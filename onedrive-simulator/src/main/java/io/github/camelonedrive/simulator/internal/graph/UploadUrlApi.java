package io.github.camelonedrive.simulator.internal.graph;

import java.io.IOException;
import java.time.Clock;

import io.github.camelonedrive.simulator.Step;
import io.github.camelonedrive.simulator.internal.http.Call;
import io.github.camelonedrive.simulator.internal.http.GraphErrorResponse;
import io.github.camelonedrive.simulator.internal.http.PreAuthenticated;
import io.github.camelonedrive.simulator.internal.http.Response;

/** The requests on upload URLs: who may use one, its status, its cancellation. */
public final class UploadUrlApi {
    /** Left by a fault rule: how the session ends before the request is looked at. */
    public enum SessionEnd { EXPIRED, URL_EXPIRED, URL_FORBIDDEN }

    private final Clock clock;
    private final SimulatedSessions sessions;
    private final Fragments fragments;
    private final PreAuthenticated preAuthenticated;

    public UploadUrlApi(Clock clock, SimulatedSessions sessions, Fragments fragments, PreAuthenticated preAuthenticated) {
        this.clock = clock;
        this.sessions = sessions;
        this.fragments = fragments;
        this.preAuthenticated = preAuthenticated;
    }

    /** Tells what the request is about, before any fault rule looks at it. */
    public void classify(Call call) {
        Step step = switch (call.method()) {
            case "PUT" -> Step.FRAGMENT;
            case "GET" -> Step.SESSION_STATUS;
            case "DELETE" -> Step.SESSION_CANCEL;
            default -> Step.OTHER;
        };
        SimulatedSession session = sessions.find(call);
        call.isAbout(step, session == null ? "" : session.target.path());
        if (session != null && step == Step.FRAGMENT) {
            ContentRange range = ContentRange.parse(call.header("Content-Range"));
            synchronized (session) {
                call.isFragment(session.acceptedFragments, range != null && range.isLast());
            }
        }
    }

    public Response handle(Call call) throws IOException {
        preAuthenticated.check(call, "an upload URL");
        SimulatedSession session = sessions.find(call);
        if (session == null) {
            throw GraphErrorResponse.sessionNotFound();
        }
        if (!call.rawTarget().equals(session.rawTarget)) {
            call.violation("the upload URL was changed; it must be used byte for byte");
            throw new GraphErrorResponse(403, "accessDenied", "Access denied");
        }
        endForFault(call, session);
        checkAlive(call, session);
        return switch (call.step()) {
            case FRAGMENT -> fragments.receive(call, session);
            case SESSION_STATUS -> Response.json(200, fragments.progress(call, session));
            case SESSION_CANCEL -> cancel(session);
            default -> throw new GraphErrorResponse(405, "invalidRequest", "The HTTP method is not allowed here.");
        };
    }

    private Response cancel(SimulatedSession session) throws IOException {
        session.close(SimulatedSession.State.CANCELLED);
        sessions.save(session);
        return Response.empty(204);
    }

    private void endForFault(Call call, SimulatedSession session) throws IOException {
        SessionEnd end = call.attached(SessionEnd.class).orElse(null);
        if (end == null) {
            return;
        }
        session.close(SimulatedSession.State.EXPIRED);
        sessions.save(session);
        if (end == SessionEnd.URL_EXPIRED) {
            throw tokenExpired();
        }
        if (end == SessionEnd.URL_FORBIDDEN) {
            throw new GraphErrorResponse(403, "accessDenied", "Access denied");
        }
    }

    private void checkAlive(Call call, SimulatedSession session) throws IOException {
        boolean open = session.isOpen(clock.instant());
        if (!open && call.step() == Step.FRAGMENT) {
            noteUseOfDeadSession(call, session);
        }
        if (session.isUrlExpired(clock.instant())) {
            session.close(SimulatedSession.State.EXPIRED);
            throw tokenExpired();
        }
        if (!open) {
            throw GraphErrorResponse.sessionNotFound();
        }
    }

    private void noteUseOfDeadSession(Call call, SimulatedSession session) {
        if (session.reportGone()) {
            call.violation("fragment sent to an upload session that was already reported gone");
        }
        if (sessions.isRenewed(session)) {
            call.violation("old upload URL used after a new session was created");
        }
    }

    private static GraphErrorResponse tokenExpired() {
        return new GraphErrorResponse(401, "unauthenticated", "The access token has expired.", "expiredToken");
    }
}
