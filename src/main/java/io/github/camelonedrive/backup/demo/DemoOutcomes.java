package io.github.camelonedrive.backup.demo;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

import io.github.camelonedrive.backup.failure.BackupException;
import io.github.camelonedrive.backup.watch.DumpEvent;
import io.github.camelonedrive.backup.watch.DumpListener;
import io.github.camelonedrive.upload.UploadResult;

/** Collects what becomes of the dropped files. A file that would be tried again later counts as failed: a demo ends. */
final class DemoOutcomes implements DumpListener {

    private final Map<String, UploadResult> results = new ConcurrentHashMap<>();
    private final Map<String, Throwable> failures = new ConcurrentHashMap<>();
    private volatile CountDownLatch open = new CountDownLatch(0);

    void expect(int files) {
        open = new CountDownLatch(files);
    }

    void await() throws InterruptedException {
        open.await();
    }

    @Override
    public void on(DumpEvent event) {
        String name = event.file().getFileName().toString();
        boolean known = results.containsKey(name) || failures.containsKey(name);
        if (event instanceof DumpEvent.Done done) {
            results.put(name, done.result());
        } else if (event instanceof DumpEvent.SetAside aside) {
            failures.put(name, aside.failure());
        } else if (event instanceof DumpEvent.Postponed postponed) {
            failures.put(name, postponed.failure());
        } else if (event instanceof DumpEvent.Held held) {
            failures.put(name, BackupException.usage(held.problem(), held.remedy()));
        } else {
            return;
        }
        if (!known) {
            open.countDown();
        }
    }

    Optional<UploadResult> result(String name) {
        return Optional.ofNullable(results.get(name));
    }

    Optional<Throwable> failure(String name) {
        return Optional.ofNullable(failures.get(name));
    }
}
