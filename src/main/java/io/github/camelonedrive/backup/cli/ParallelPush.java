package io.github.camelonedrive.backup.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.github.camelonedrive.backup.cli.PushCommand.PushOutcome;
import io.github.camelonedrive.backup.cli.PushCommand.PushSource;
import io.github.camelonedrive.upload.ProvenUpload;

/** Uploads several files, so many at a time; a failure of one leaves the others alone. */
final class ParallelPush {

    /** The component's own default of {@code maxConcurrentUploads}. */
    static final int USUAL_AT_A_TIME = 4;

    /** Uploads one file. */
    @FunctionalInterface
    interface Upload {
        ProvenUpload upload(PushSource source) throws Exception;
    }

    private final Upload upload;
    private final int atATime;

    ParallelPush(Upload upload, int atATime) {
        this.upload = upload;
        this.atATime = atATime;
    }

    /** The outcomes, in the order of the sources. */
    List<PushOutcome> push(List<PushSource> sources) throws InterruptedException {
        ExecutorService workers = Executors.newFixedThreadPool(Math.min(atATime, sources.size()));
        try {
            List<Future<PushOutcome>> running = new ArrayList<>();
            sources.forEach(source -> running.add(workers.submit(() -> push(source))));
            List<PushOutcome> outcomes = new ArrayList<>();
            for (Future<PushOutcome> outcome : running) {
                outcomes.add(outcome.get());
            }
            return outcomes;
        } catch (ExecutionException e) {
            throw new IllegalStateException("An upload ended with an error of the program", e.getCause());
        } finally {
            workers.shutdownNow();
        }
    }

    private PushOutcome push(PushSource source) {
        try {
            return PushOutcome.of(source, upload.upload(source));
        } catch (Exception e) {
            return PushOutcome.failed(source, e);
        }
    }
}
