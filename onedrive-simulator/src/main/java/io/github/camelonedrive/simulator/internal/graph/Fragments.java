package io.github.camelonedrive.simulator.internal.graph;

import java.io.IOException;
import java.time.Clock;
import java.util.List;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.camelonedrive.simulator.internal.http.Call;
import io.github.camelonedrive.simulator.internal.http.GraphErrorResponse;
import io.github.camelonedrive.simulator.internal.http.Handler;
import io.github.camelonedrive.simulator.internal.http.Response;
import io.github.camelonedrive.simulator.internal.http.WireJson;

/** Receives the fragments of a session, strictly (statements 32–42). */
public final class Fragments {
    private static final long UNIT = 320 * 1024;
    private static final long TOO_LARGE = 60L * 1024 * 1024;
    private static final int BUFFER = 128 * 1024;

    /** Left by a fault rule: what happens to the last fragment. */
    public enum CommitFault { HELD, WITHOUT_ITEM }

    /**
     * Left by a fault rule: the first bytes of a fragment stay although it fails.
     *
     * @param refusal responds when the bytes are there, or null if the fragment is not refused
     */
    public record KeptBytes(long count, Handler refusal) {
        private static final KeptBytes NONE = new KeptBytes(0, null);

        public KeptBytes refusedBy(Handler handler) {
            return new KeptBytes(count, handler);
        }
    }

    /** Left by a fault rule: the ranges to show instead of the true ones, null for none. */
    public record ShownRanges(List<String> ranges) {
    }

    private final Clock clock;
    private final boolean closedRanges;
    private final Commits commits;
    private final SimulatedSessions sessions;

    public Fragments(Clock clock, boolean closedRanges, Commits commits, SimulatedSessions sessions) {
        this.clock = clock;
        this.closedRanges = closedRanges;
        this.commits = commits;
        this.sessions = sessions;
    }

    Response receive(Call call, SimulatedSession session) throws IOException {
        ContentRange range = checkHeaders(call);
        begin(call, session, range);
        try {
            KeptBytes kept = call.attached(KeptBytes.class).orElse(KeptBytes.NONE);
            boolean refused = kept.refusal() != null;
            append(call, session, refused ? Math.min(kept.count(), range.length()) : range.length(), kept.count());
            return refused ? kept.refusal().handle(call) : accept(call, session, range);
        } finally {
            end(call, session);
        }
    }

    /** The session's progress. */
    ObjectNode progress(Call call, SimulatedSession session) {
        synchronized (session) {
            ObjectNode json = WireJson.object().put("expirationDateTime", WireJson.millis(session.expires));
            List<String> ranges = call.attached(ShownRanges.class)
                    .orElseGet(() -> new ShownRanges(expectedRanges(session))).ranges();
            if (ranges != null) {
                ArrayNode array = json.putArray("nextExpectedRanges");
                ranges.forEach(array::add);
            }
            return json;
        }
    }

    private List<String> expectedRanges(SimulatedSession session) {
        if (session.next() == session.total) {
            return List.of();
        }
        boolean close = closedRanges && session.total >= 0;
        return List.of(session.next() + "-" + (close ? Long.toString(session.total - 1) : ""));
    }

    private ContentRange checkHeaders(Call call) {
        long length = call.contentLength();
        if (length >= TOO_LARGE) {
            call.violation("fragment of 60 MiB or more");
            throw new GraphErrorResponse(413, "invalidRequest", "The fragment is too large.", "maxFragmentLengthExceeded");
        }
        ContentRange range = ContentRange.parse(call.header("Content-Range"));
        if (range == null || length < 0) {
            throw malformed(call, "The Content-Range header is missing or malformed.", null);
        }
        if (range.length() != length) {
            throw malformed(call, "The Content-Range header length does not match the provided number of bytes.", null);
        }
        return range;
    }

    private GraphErrorResponse malformed(Call call, String message, String innerCode) {
        call.violation(message);
        return new GraphErrorResponse(400, "invalidRequest", message, innerCode);
    }

    /** From here on only this request may write; what a hanging predecessor wrote is forgotten. */
    private void begin(Call call, SimulatedSession session, ContentRange range) {
        synchronized (session) {
            if (session.total >= 0 && session.total != range.total()) {
                throw malformed(call, "The current upload session is for " + session.total
                        + " total bytes, but the current fragment declares a total of " + range.total() + ".",
                        "fragmentLengthMismatch");
            }
            if (range.start() < session.next()) {
                throw overlap();
            }
            if (range.start() > session.next()) {
                throw new GraphErrorResponse(416, "invalidRange", "Uploaded fragment is out of order.", "fragmentOutOfOrder");
            }
            session.total = range.total();
            session.writer = call;
            session.content.reset(session.accepted);
        }
    }

    private void end(Call call, SimulatedSession session) {
        synchronized (session) {
            if (session.writer == call) {
                session.writer = null;
                session.content.reset(session.accepted);
                sessions.save(session);
            }
        }
    }

    private static GraphErrorResponse overlap() {
        return new GraphErrorResponse(416, "invalidRange", "Uploaded fragment overlaps with existing data.", "fragmentOverlap");
    }

    private void append(Call call, SimulatedSession session, long length, long kept) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long done = 0;
        while (done < length) {
            // Reads stop where the part ends that a fault rule keeps, so that exactly that part can be accepted.
            long border = done < kept ? Math.min(kept, length) : length;
            int count = call.body().read(buffer, 0, (int) Math.min(buffer.length, border - done));
            if (count < 0) {
                throw new IOException("The client closed the connection within a fragment.");
            }
            synchronized (session) {
                checkStillWriting(call, session);
                session.content.append(buffer, 0, count);
                done += count;
                if (done <= kept) {
                    session.accepted = session.content.mark();
                }
            }
        }
    }

    private void checkStillWriting(Call call, SimulatedSession session) throws IOException {
        if (session.state != SimulatedSession.State.OPEN) {
            throw GraphErrorResponse.sessionNotFound();
        }
        if (session.writer == call) {
            return;
        }
        call.drain();
        // A client that had given up on this request would not have sent all of it, unless a fault rule held it up.
        if (call.body().received() == call.contentLength() && !call.isHeldUp()) {
            call.violation("two fragments of one session at the same time");
        }
        throw overlap();
    }

    private Response accept(Call call, SimulatedSession session, ContentRange range) throws IOException {
        synchronized (session) {
            checkStillWriting(call, session);
            if (!range.isLast() && range.length() % UNIT != 0) {
                call.violation("fragment of " + range.length() + " bytes is no multiple of 320 KiB");
                session.misaligned = true;
            }
            session.prolong(clock.instant());
            CommitFault fault = call.attached(CommitFault.class).orElse(null);
            if (range.isLast() && fault != CommitFault.HELD) {
                return commit(call, session);
            }
            session.accepted = session.content.mark();
            session.acceptedFragments++;
            return Response.json(202, progress(call, session));
        }
    }

    private Response commit(Call call, SimulatedSession session) throws IOException {
        if (session.misaligned) {
            throw new GraphErrorResponse(500, "generalException", "General Exception While Processing");
        }
        Response response = commits.commit(call, session.content, session.destination());
        session.accepted = session.content.mark();
        session.acceptedFragments++;
        session.state = SimulatedSession.State.COMMITTED;
        if (call.attached(CommitFault.class).orElse(null) == CommitFault.WITHOUT_ITEM) {
            return Response.json(202, progress(call, session));
        }
        return response;
    }
}
