package io.github.camelonedrive.feed;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a feed's file promises: each write whole or not at all, whatever a crash leaves of the last one. */
class FileFeedMemoryTest {

    @TempDir
    private Path directory;

    private FeedMemory open() throws IOException {
        return new FileFeedRepository(directory).open("feed");
    }

    private Path file() throws IOException {
        try (var files = Files.list(directory)) {
            return files.filter(path -> path.toString().endsWith(".jsonl")).findFirst().orElseThrow();
        }
    }

    @Test
    void remembersWhatWasWrittenLast() throws IOException {
        try (FeedMemory memory = open()) {
            memory.write(Map.of("a", Optional.of("1"), "b", Optional.of("ü\n\"")));
            memory.write(Map.of("a", Optional.empty(), "c", Optional.of("3")));
            memory.write(Map.of());
        }
        try (FeedMemory memory = open()) {
            assertThat(memory.read()).isEqualTo(Map.of("b", "ü\n\"", "c", "3"));
        }
    }

    /** A process may die at any byte of a write. */
    @Test
    void aWriteThatWasCutShortAnywhereNeverWas() throws IOException {
        try (FeedMemory memory = open()) {
            memory.write(Map.of("a", Optional.of("1")));
        }
        byte[] before = Files.readAllBytes(file());
        byte[] line = "{\"a\":\"2\",\"b\":null,\"c\":\"3\"}\n".getBytes(StandardCharsets.UTF_8);
        for (int length = 0; length <= line.length; length++) {
            Files.write(file(), before);
            Files.write(file(), Arrays.copyOf(line, length), StandardOpenOption.APPEND);
            boolean whole = length >= line.length - 1;
            try (FeedMemory memory = open()) {
                assertThat(memory.read()).as("cut after %d bytes", length)
                        .isEqualTo(whole ? Map.of("a", "2", "c", "3") : Map.of("a", "1"));
                memory.write(Map.of("d", Optional.of("4")));
            }
            try (FeedMemory memory = open()) {
                assertThat(memory.read()).containsEntry("d", "4");
            }
        }
    }

    @Test
    void theFileDoesNotGrowForEver() throws IOException {
        Map<String, String> expected = new HashMap<>();
        Random random = new Random(1);
        try (FeedMemory memory = open()) {
            for (int i = 0; i < 60_000; i++) {
                String name = "file:" + random.nextInt(50);
                memory.write(Map.of(name, Optional.of("state " + i)));
                expected.put(name, "state " + i);
            }
            memory.force();
            assertThat(Files.size(file())).isLessThan(1_000_000);
        }
        try (FeedMemory memory = open()) {
            assertThat(memory.read()).isEqualTo(expected);
        }
    }

    @Test
    void oneReaderATimeAndAnotherFeedBesideIt() throws IOException {
        try (FeedMemory memory = open()) {
            assertThatThrownBy(this::open).isInstanceOf(FeedRepository.FeedInUseException.class)
                    .hasMessageContaining("stateDirectory of its own");
            memory.write(Map.of("a", Optional.of("1")));
            try (FeedMemory other = new FileFeedRepository(directory).open("another feed")) {
                assertThat(other.read()).isEmpty();
            }
        }
        FeedMemory closed = open();
        closed.close();
        closed.close();
        assertThatThrownBy(() -> closed.write(Map.of("a", Optional.of("2")))).isInstanceOf(IOException.class);
        open().close();
    }
}
