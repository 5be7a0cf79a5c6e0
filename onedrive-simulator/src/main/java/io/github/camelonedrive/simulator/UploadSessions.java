package io.github.camelonedrive.simulator;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All sessions since the start: the dead ones too, to recognise clients that hold on to them. */
final class UploadSessions {
    private final Map<String, UploadSession> sessions = new LinkedHashMap<>();
    private final UploadUrls urls;

    UploadSessions(UploadUrls urls) {
        this.urls = urls;
    }

    /** The forms of their URLs. */
    UploadUrls urls() {
        return urls;
    }

    synchronized void add(UploadSession session) {
        sessions.put(session.guid, session);
    }

    /** Null when the URL belongs to no session. */
    synchronized UploadSession find(Call call) {
        return sessions.get(urls.guid(call));
    }

    /** The newest open session for the same file; null when there is none. */
    synchronized UploadSession openFor(Drive.Target target, Instant now) throws IOException {
        UploadSession found = null;
        for (UploadSession session : sessions.values()) {
            if (isSameFile(session.target, target) && session.isOpen(now)) {
                found = session;
            }
        }
        return found;
    }

    /** Whether another session for the same file was created after this one. */
    synchronized boolean isRenewed(UploadSession session) {
        boolean after = false;
        for (UploadSession other : sessions.values()) {
            if (after && isSameFile(other.target, session.target)) {
                return true;
            }
            after |= other == session;
        }
        return false;
    }

    synchronized List<UploadSession> open(Instant now) throws IOException {
        List<UploadSession> open = new ArrayList<>();
        for (UploadSession session : sessions.values()) {
            if (session.isOpen(now)) {
                open.add(session);
            }
        }
        return open;
    }

    synchronized void closeAll() throws IOException {
        for (UploadSession session : sessions.values()) {
            session.close(UploadSession.State.CANCELLED);
        }
    }

    synchronized int count() {
        return sessions.size();
    }

    private static boolean isSameFile(Drive.Target one, Drive.Target other) {
        return one.parent() == other.parent() && Names.key(one.name()).equals(Names.key(other.name()));
    }
}
