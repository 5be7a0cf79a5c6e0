package io.github.camelonedrive.backup.e2e;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelonedrive.simulator.OneDriveSimulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** 1 GiB goes up from a heap of 64 MB, and 300 MB, which the simulator has to keep for that, come down. */
@Tag("C44")
class BoundedMemoryIT {

    private static final long SIZE = 1L << 30;
    private static final long KEPT = 300L << 20;

    private static final int MANY = 100_000;
    private static final int PUSHED_AT_LEAST = 3_000;

    @TempDir
    private Path directory;

    private Installation installation;

    @BeforeEach
    void install() throws Exception {
        installation = new Installation(directory, OneDriveSimulator.builder().discardContent().start()).initialized();
        installation.environment.put("JAVA_OPTS", "-Xmx64m -XX:+ExitOnOutOfMemoryError");
    }

    @AfterEach
    void stop() {
        installation.close();
    }

    @Test
    void pushAndRunUploadFilesThatAreFarLargerThanTheHeap() throws Exception {
        Path pushed = sparse(directory.resolve("pushed.img"), SIZE);
        Launched push = installation.expect(0, "push", "--json", "offsite", pushed.toString());
        JsonNode result = new ObjectMapper().readTree(push.out());
        assertThat(result.at("/files/0/verdict").asText()).isEqualTo("hash");
        assertThat(result.at("/files/0/size").asLong()).isEqualTo(SIZE);
        assertThat(installation.simulator.file("/Backups/pushed.img").orElseThrow().size()).isEqualTo(SIZE);

        Path drop = installation.watch("large", "/Backups");
        try (Launched run = installation.start("run")) {
            sparse(drop.resolve("dropped.img"), SIZE);
            run.eventually(() -> assertThat(drop.resolve(".done/dropped.img")).hasSize(SIZE));
            run.eventually(() -> assertThat(run.err()).contains("dropped.img is in OneDrive, proven"));
        }
        assertThat(installation.simulator.file("/Backups/dropped.img").orElseThrow().size()).isEqualTo(SIZE);
    }

    @Test
    void getBringsFilesBackThatAreFarLargerThanTheHeap() throws Exception {
        installation.close();
        Path home = Files.createDirectory(directory.resolve("keeping"));
        installation = new Installation(home, OneDriveSimulator.builder().start()).initialized();
        installation.environment.put("JAVA_OPTS", "-Xmx64m -XX:+ExitOnOutOfMemoryError");
        Path pushed = sparse(home.resolve("pushed.img"), KEPT);
        installation.expect(0, "push", "offsite", pushed.toString());

        Path back = home.resolve("back.img");
        Launched get = installation.expect(0, "get", "--json", "offsite", "/Backups/pushed.img", "-o", back.toString());
        assertThat(new ObjectMapper().readTree(get.out()).at("/files/0/verdict").asText()).isEqualTo("hash");
        assertThat(Files.mismatch(pushed, back)).isEqualTo(-1);
        Files.delete(back);

        Launched piped = installation.expect(0, "get", "offsite", "/Backups/pushed.img", "-o", "-");
        assertThat(piped.outFile()).hasSize(KEPT);
        assertThat(Files.mismatch(pushed, piped.outFile())).isEqualTo(-1);
    }

    @Test
    @Tag("full")
    void aHundredThousandDumpsWaitInASmallHeap() throws Exception {
        Path drop = installation.watch("many", "/Backups");
        for (int number = 0; number < MANY; number++) {
            Files.writeString(drop.resolve("dump-" + number + ".sql"), "content");
        }
        installation.setting("backup.console.port", 0);
        try (Launched run = installation.start("run")) {
            run.eventually(() -> assertThat(done(drop)).isGreaterThan(PUSHED_AT_LEAST / 2));
            run.eventually(() -> assertThat(done(drop)).isGreaterThan(PUSHED_AT_LEAST));
            assertThat(run.isRunning()).isTrue();
            assertThat(run.err()).doesNotContain("OutOfMemory");
        }
    }

    private static long done(Path drop) throws IOException {
        if (Files.notExists(drop.resolve(".done"))) {
            return 0;
        }
        try (Stream<Path> files = Files.list(drop.resolve(".done"))) {
            return files.count();
        }
    }

    @Test
    void withoutMemoryTheProgramEndsWithACodeThatIsNoneOfItsOwn() throws Exception {
        installation.environment.put("JAVA_OPTS", "-Xmx12m");
        installation.watch("any", "/Backups");
        assertThat(installation.start("run").exitCode()).isEqualTo(137);
    }

    // Takes no room on the disk; the end differs, so that not all is zero.
    private static Path sparse(Path file, long size) throws IOException {
        try (RandomAccessFile content = new RandomAccessFile(file.toFile(), "rw")) {
            content.setLength(size);
            content.seek(size - 3);
            content.write(new byte[] {1, 2, 3});
        }
        return file;
    }
}
