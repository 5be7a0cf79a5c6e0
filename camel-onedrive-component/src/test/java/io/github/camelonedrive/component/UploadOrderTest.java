package io.github.camelonedrive.component;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import org.apache.camel.builder.RouteBuilder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.Step;
import io.github.camelonedrive.upload.UploadEvent;

import static org.assertj.core.api.Assertions.assertThat;

/** The order of a source's {@code sortBy}, by the ways that the component's page names for keeping it. */
class UploadOrderTest extends SimulatorTest {

    private static final int FILES = 12;

    @TempDir
    private Path directory;

    private final List<String> events = new CopyOnWriteArrayList<>();
    private final Map<Long, String> names = new ConcurrentHashMap<>();

    private void note(UploadEvent event) {
        if (event instanceof UploadEvent.Started started) {
            names.put(started.uploadId(), started.target());
            events.add("begins " + started.target());
        } else if (event instanceof UploadEvent.Completed) {
            events.add("ends " + names.get(event.uploadId()));
        }
    }

    /** Large files first by name, as the ones that small ones would overtake; one upload is delayed. */
    private List<String> writeFiles() throws Exception {
        List<String> targets = new ArrayList<>();
        for (int i = 0; i < FILES; i++) {
            String name = String.format("%02d.bin", i);
            Files.write(directory.resolve(name), SimulatedRoute.content(i % 3 == 0 ? 700_000 : 100));
            targets.add("/Journal/" + name);
        }
        return targets;
    }

    @ParameterizedTest
    @CsvSource({ "synchronous=true, file:name", "synchronous=true, reverse:file:name", "maxConcurrentUploads=1, file:name",
            "maxConcurrentUploads=1, reverse:file:name", "maxConcurrentUploads=1&maxQueuedUploads=0, file:name",
            "synchronous=true&maxConcurrentUploads=1, file:length;file:name" })
    void sortedFiles_arriveOneAfterAnotherInOrder(String options, String sortBy) throws Exception {
        List<String> targets = writeFiles();
        if (sortBy.startsWith("reverse")) {
            Collections.reverse(targets);
        } else if (sortBy.startsWith("file:length")) {
            targets.sort((a, b) -> Integer.compare(size(a), size(b)));
        }
        CountDownLatch hold = new CountDownLatch(1);
        onedrive.fault(Fault.on(Step.SIMPLE_UPLOAD).nth(2).stall(hold));
        route.component().getConfiguration().setUploadListener(this::note);
        route.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("file:" + directory + "?initialDelay=0&delay=20&move=.done&sortBy=" + sortBy.replace(";", "%3B"))
                        .to("onedrive:offsite/Journal?simpleUploadLimit=1000&chunkSize=320kB&" + options);
            }
        });
        Awaitility.await().until(() -> onedrive.requests(Step.SIMPLE_UPLOAD).size() == 2);
        hold.countDown();
        Awaitility.await().until(() -> events.size() == 2 * FILES);

        List<String> expected = new ArrayList<>();
        targets.forEach(target -> Collections.addAll(expected, "begins " + target, "ends " + target));
        assertThat(events).isEqualTo(expected);
        assertThat(onedrive.paths()).hasSize(FILES);
    }

    private static int size(String target) {
        int number = Integer.parseInt(target.replaceAll("\\D", ""));
        return number % 3 == 0 ? 700_000 : 100;
    }
}
