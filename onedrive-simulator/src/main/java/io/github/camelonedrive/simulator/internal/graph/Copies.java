package io.github.camelonedrive.simulator.internal.graph;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.camelonedrive.simulator.internal.drive.ConflictRule;
import io.github.camelonedrive.simulator.internal.drive.DriveTree;
import io.github.camelonedrive.simulator.internal.drive.Ids;
import io.github.camelonedrive.simulator.internal.drive.Item;
import io.github.camelonedrive.simulator.internal.http.GraphErrorResponse;

/** The copies that were asked for, and how far they are. Guarded by the lock of the drive; not kept in a state directory. */
public final class Copies {
    /** A copy that was accepted. Guarded by the lock of its {@link DriveTree}. */
    static final class Job {
        final Item source;
        final Item parent;
        final String name;
        final ConflictRule conflict;
        /** The error code with which it is to fail, or null. */
        final String failure;
        /** How often its monitor still says that it is not finished. */
        int pollsLeft;
        /** Null until it is done. */
        Item copy;
        /** Null unless it failed. */
        String errorCode;

        Job(Item source, Item parent, String name, ConflictRule conflict, String failure, int polls) {
            this.source = source;
            this.parent = parent;
            this.name = name;
            this.conflict = conflict;
            this.failure = failure;
            this.pollsLeft = polls;
        }

        boolean isFinished() {
            return copy != null || errorCode != null;
        }
    }

    private static final int KEPT = 10_000;

    private final DriveTree drive;
    private final Map<String, Job> jobs = new LinkedHashMap<>();

    public Copies(DriveTree drive) {
        this.drive = drive;
    }

    /** The id of the new job. */
    String add(Job job) {
        String id = Ids.token(24);
        jobs.put(id, job);
        if (jobs.size() > KEPT) {
            jobs.remove(jobs.keySet().iterator().next());
        }
        return id;
    }

    /** Null when there is none, or none any more. */
    Job find(String id) {
        return jobs.get(id);
    }

    /** Finishes the job if it is due. */
    void poll(Job job) {
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

    private void finish(Job job) {
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
