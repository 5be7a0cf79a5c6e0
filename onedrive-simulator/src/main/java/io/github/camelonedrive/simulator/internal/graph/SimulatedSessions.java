package io.github.camelonedrive.simulator.internal.graph;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;

import io.github.camelonedrive.simulator.internal.drive.ContentStore;
import io.github.camelonedrive.simulator.internal.drive.DriveTree;
import io.github.camelonedrive.simulator.internal.drive.Names;
import io.github.camelonedrive.simulator.internal.drive.StateLog;
import io.github.camelonedrive.simulator.internal.http.Call;

/** The sessions that were open at the start, and all since: the dead ones too, to recognise clients that hold on to them. */
public final class SimulatedSessions {
    private final Map<String, SimulatedSession> sessions = new LinkedHashMap<>();
    private final UploadUrls urls;
    private final StateLog state;
    private int created;

    public SimulatedSessions(UploadUrls urls, StateLog state) {
        this.urls = urls;
        this.state = state;
    }

    /** The forms of their URLs. */
    UploadUrls urls() {
        return urls;
    }

    synchronized void add(SimulatedSession session) {
        sessions.put(session.guid, session);
        created++;
        save(session);
    }

    /** Takes up the sessions that were open when the simulator ended. */
    public synchronized void restore(DriveTree drive, ContentStore contents,
            SimulatedSession.Lifetime lifetime) throws IOException {
        for (Map.Entry<String, JsonNode> kept : state.restored(StateLog.Kind.SESSION).entrySet()) {
            SimulatedSession session = StoredSession.fromJson(kept.getKey(), kept.getValue(), drive, contents, lifetime);
            if (session == null) {
                state.remove(StateLog.Kind.SESSION, kept.getKey());
            } else {
                sessions.put(session.guid, session);
            }
        }
    }

    /** Keeps how far a session has come, or forgets it when it has ended. */
    void save(SimulatedSession session) {
        synchronized (session) {
            if (session.state == SimulatedSession.State.OPEN) {
                state.put(StateLog.Kind.SESSION, session.guid, StoredSession.toJson(session));
            } else {
                state.remove(StateLog.Kind.SESSION, session.guid);
            }
        }
    }

    /** The files that hold what unfinished uploads have received. */
    public synchronized Set<Path> contentFiles() {
        return sessions.values().stream().filter(session -> session.state == SimulatedSession.State.OPEN)
                .map(session -> session.content.file()).filter(Objects::nonNull).collect(Collectors.toSet());
    }

    /** Null when the URL belongs to no session. */
    synchronized SimulatedSession find(Call call) {
        return sessions.get(urls.guid(call));
    }

    /** The newest open session for the same file; null when there is none. */
    synchronized SimulatedSession openFor(DriveTree.Target target, Instant now) throws IOException {
        SimulatedSession found = null;
        for (SimulatedSession session : sessions.values()) {
            if (isSameFile(session.target, target) && session.isOpen(now)) {
                found = session;
            }
        }
        return found;
    }

    /** Returns whether another session for the same file was created after this one. */
    synchronized boolean isRenewed(SimulatedSession session) {
        boolean after = false;
        for (SimulatedSession other : sessions.values()) {
            if (after && isSameFile(other.target, session.target)) {
                return true;
            }
            after |= other == session;
        }
        return false;
    }

    public synchronized List<SimulatedSession> open(Instant now) throws IOException {
        List<SimulatedSession> open = new ArrayList<>();
        for (SimulatedSession session : sessions.values()) {
            if (session.isOpen(now)) {
                open.add(session);
            }
        }
        return open;
    }

    /** Gives up what sessions received that have expired. */
    public synchronized void endExpired(Instant now) throws IOException {
        for (SimulatedSession session : sessions.values()) {
            session.isOpen(now);
        }
    }

    /** Lets go of all files; open sessions stay open for the next start. */
    public synchronized void suspend() throws IOException {
        for (SimulatedSession session : sessions.values()) {
            session.content.close();
        }
    }

    public synchronized int count() {
        return created;
    }

    private static boolean isSameFile(DriveTree.Target one, DriveTree.Target other) {
        return one.parent() == other.parent() && Names.key(one.name()).equals(Names.key(other.name()));
    }
}
