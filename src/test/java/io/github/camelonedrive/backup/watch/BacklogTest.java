package io.github.camelonedrive.backup.watch;

import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BacklogTest {

    private static final FileState STATE = new FileState(7, FileTime.fromMillis(1), "key", FileTime.fromMillis(1));

    private final Backlog backlog = new Backlog(Duration.ofSeconds(10));
    private Instant now = Instant.parse("2026-11-22T03:00:00Z");

    @Test
    void moreFilesThanThereIsRoomFor_areAllTakenInTheEnd() {
        Queue<Integer> files = new ArrayDeque<>();
        for (int number = 0; number < 3 * Backlog.MOST; number++) {
            files.add(number);
        }
        Set<Path> taken = new HashSet<>();
        while (taken.size() < 3 * Backlog.MOST) {
            pass(files);
            assertThat(backlog.all()).hasSizeLessThanOrEqualTo(Backlog.MOST);
            now = now.plusSeconds(10);
            for (Backlog.Candidate candidate : backlog.ripe(Watch.MOST_IN_HAND, now)) {
                backlog.take(candidate);
                backlog.forget(candidate);
                taken.add(candidate.path().shown());
                files.remove(Integer.parseInt(candidate.path().toString()));
            }
        }
    }

    @Test
    void postponedFiles_makeRoomWhenTheyFillTheBacklog() {
        Queue<Integer> files = new ArrayDeque<>();
        for (int number = 0; number < Backlog.MOST; number++) {
            files.add(number);
        }
        pass(files);
        backlog.all().forEach(candidate -> backlog.postpone(candidate, Optional.empty(), now, now));
        files.add(Backlog.MOST);
        pass(files);
        pass(files);
        assertThat(backlog.all()).extracting(candidate -> candidate.path().toString()).contains("" + Backlog.MOST);
    }

    private void pass(Iterable<Integer> files) {
        backlog.beginPass();
        files.forEach(number -> backlog.seen(DumpPath.of(Path.of("" + number)), STATE, now));
        backlog.endPass(now);
    }
}
