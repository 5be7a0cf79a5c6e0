package io.github.camelonedrive.upload.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelonedrive.upload.JournalEntry;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(300)
class JournalThreadsTest {

    private static final int THREADS = 64;
    private static final int UPLOADS = 10;
    private static final int TARGETS = 8;

    @TempDir
    Path dir;

    private final Set<Long> held = ConcurrentHashMap.newKeySet();
    private final AtomicInteger forgotten = new AtomicInteger();

    @Test
    void manyThreadsWithTwoJournalsLoseNoEntryAndShareNone() throws Exception {
        List<FileUploadJournal> journals = List.of(new FileUploadJournal(dir, Fixture.sealer()),
                new FileUploadJournal(dir.resolve("."), Fixture.sealer()));
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        List<Future<?>> runs = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int thread = i;
            runs.add(threads.submit(() -> {
                upload(journals.get(thread % 2), thread);
                return null;
            }));
        }
        for (Future<?> run : runs) {
            run.get();
        }
        threads.shutdown();
        for (int target = 0; target < TARGETS; target++) {
            takeAll(journals.get(0), target);
        }

        assertThat(forgotten).hasValue(THREADS * UPLOADS);
        assertThat(held).isEmpty();
        assertThat(Fixture.files(dir)).isEmpty();
    }

    private void upload(FileUploadJournal journal, int thread) throws IOException {
        for (int i = 0; i < UPLOADS; i++) {
            long upload = thread * 1_000L + i;
            int target = (thread + i) % TARGETS;
            JournalEntry entry = journal.begin(Fixture.key("/" + target), Fixture.stream(upload));
            assertThat(held.add(upload)).isTrue();
            entry.opened(Fixture.url(upload), null);
            entry.reading(Fixture.prefix(upload));
            held.remove(upload);
            entry.close();
            takeAll(journal, target);
            Fixture.closeAll(journal.claimAbandoned(Fixture.DESTINATION, Fixture.DRIVE));
        }
    }

    private void takeAll(FileUploadJournal journal, int target) throws IOException {
        for (JournalEntry entry : journal.claim(Fixture.key("/" + target))) {
            long upload = entry.trace().identity().size();
            assertThat(held.add(upload)).isTrue();
            assertThat(entry.trace().uploadUrl()).contains(Fixture.url(upload));
            assertThat(entry.trace().read()).contains(Fixture.prefix(upload));
            held.remove(upload);
            entry.forget();
            forgotten.incrementAndGet();
        }
    }
}
