package io.github.camelonedrive.simulator;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All sessions since the start: the dead ones too, to recognise clients that hold on to them. */
final class UploadSessions {
    private static final String PREFIX = "/upload-host/";

    private final Map<String, UploadSession> sessions = new LinkedHashMap<>();
    private final AccountType accountType;
    private final Ids ids;

    UploadSessions(AccountType accountType, Ids ids) {
        this.accountType = accountType;
        this.ids = ids;
    }

    static boolean isUploadPath(String rawPath) {
        return rawPath.startsWith(PREFIX);
    }

    /** Path and query of a new upload URL, with characters that break when a client re-encodes them (§1.3, §3.1). */
    String newTarget(String guid, ConflictBehavior conflict) {
        String place = accountType.isPersonal()
                ? "personal/" + ids.driveId() + "/_api/v2.0/drive/items/"
                : "personal/ada/_api/v2.0/drives/" + ids.driveId() + "/items/";
        return PREFIX + place + ids.itemId(guid) + "/uploadSession?guid='" + guid + "'"
                + "&overwrite=" + (conflict == ConflictBehavior.REPLACE ? "True" : "False")
                + "&rename=" + (conflict == ConflictBehavior.RENAME ? "True" : "False")
                + "&dc=0&tempauth=v1." + ids.token(40) + "%2B" + ids.token(10) + "%2F%3D";
    }

    synchronized void add(UploadSession session) {
        sessions.put(session.guid, session);
    }

    /** Null when the URL belongs to no session. */
    synchronized UploadSession find(Call call) {
        String guid = call.query().getOrDefault("guid", "").replace("'", "");
        return sessions.get(guid);
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
