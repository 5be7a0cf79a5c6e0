package io.github.camelonedrive.simulator.internal.graph;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.camelonedrive.simulator.internal.drive.DriveTree;
import io.github.camelonedrive.simulator.internal.drive.Ids;
import io.github.camelonedrive.simulator.internal.http.GraphErrorResponse;

/** The copies that were asked for, and how far they are. Guarded by the lock of the drive; not kept in a state directory. */
public final class Copies {
    private static final int KEPT = 10_000;

    private final DriveTree drive;
    private final Map<String, CopyJob> jobs = new LinkedHashMap<>();

    public Copies(DriveTree drive) {
        this.drive = drive;
    }

    /** The id of the new job. */
    String add(CopyJob job) {
        String id = Ids.token(24);
        jobs.put(id, job);
        if (jobs.size() > KEPT) {
            jobs.remove(jobs.keySet().iterator().next());
        }
        return id;
    }

    /** Null when there is none, or none any more. */
    CopyJob find(String id) {
        return jobs.get(id);
    }

    /** Finishes the job if it is due. */
    void poll(CopyJob job) {
        if (!job.isFinished() && --job.pollsLeft < 0) {
            finish(job);
        }
    }

    /** Finishes everything now, in the order in which it was asked for. */
    public void finishAll() {
        synchronized (drive) {
            List.copyOf(jobs.values()).stream().filter(job -> !job.isFinished()).forEach(this::finish);
        }
    }

    private void finish(CopyJob job) {
        if (job.failure != null) {
            job.errorCode = job.failure;
            return;
        }
        try {
            job.copy = drive.copy(job.source, job.parent, job.name, job.conflict);
        } catch (GraphErrorResponse e) {
            job.errorCode = e.code();
        }
    }
}
