package io.github.camelonedrive.component;

import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.camelonedrive.simulator.OneDriveSimulator;
import io.github.camelonedrive.simulator.OneDriveSimulatorExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** Which files the consumer takes, how many, and in which order: the options that people know from the file component. */
class ConsumerFilterTest {

    @RegisterExtension
    static final OneDriveSimulatorExtension ONEDRIVE = new OneDriveSimulatorExtension().failOnViolations();

    private static final List<String> FILES =
            List.of("a.csv", "B.CSV", "data.tar.gz", "notes.txt", ".hidden.csv", "sub/c.csv", "sub/deep/d.csv", ".dir/e.csv");

    private final OneDriveSimulator onedrive = ONEDRIVE.simulator();

    @BeforeEach
    void onlyTheseFiles() {
        onedrive.delete("/Inbox");
        FILES.forEach(name -> onedrive.putFile("/Inbox/" + name, name.getBytes()));
    }

    static Stream<Arguments> choices() {
        return Stream.of(
                arguments("", List.of("a.csv", "B.CSV", "data.tar.gz", "notes.txt")),
                arguments("include=.*\\.csv", List.of("a.csv", "B.CSV")),
                arguments("exclude=.*\\.csv", List.of("data.tar.gz", "notes.txt")),
                arguments("include=.*&exclude=a.*", List.of("B.CSV", "data.tar.gz", "notes.txt")),
                arguments("includeExt=csv,txt", List.of("a.csv", "B.CSV", "notes.txt")),
                arguments("includeExt=tar.gz", List.of("data.tar.gz")),
                arguments("excludeExt=csv", List.of("data.tar.gz", "notes.txt")),
                arguments("includeHiddenFiles=true&include=.*csv", List.of("a.csv", "B.CSV", ".hidden.csv")),
                arguments("recursive=true&include=.*csv", List.of("a.csv", "B.CSV", "sub/c.csv", "sub/deep/d.csv")),
                arguments("recursive=true&maxDepth=2&include=.*csv", List.of("a.csv", "B.CSV", "sub/c.csv")),
                arguments("recursive=true&minDepth=2", List.of("sub/c.csv", "sub/deep/d.csv")),
                arguments("recursive=true&minDepth=2&includeHiddenDirs=true",
                        List.of("sub/c.csv", "sub/deep/d.csv", ".dir/e.csv")),
                arguments("recursive=true&antInclude=**/*.csv", List.of("a.csv", "sub/c.csv", "sub/deep/d.csv")),
                arguments("recursive=true&antInclude=**/*.csv&antExclude=sub/*", List.of("a.csv", "sub/deep/d.csv")),
                arguments("antInclude=*.csv,*.txt&antFilterCaseSensitive=false", List.of("a.csv", "B.CSV", "notes.txt")),
                arguments("fileName=notes.txt", List.of("notes.txt")),
                arguments("recursive=true&fileName=sub/c.csv", List.of("sub/c.csv")),
                arguments("filterFile=${file:size} > 5", List.of("data.tar.gz", "notes.txt")),
                arguments("recursive=true&minDepth=2&filterDirectory=${file:onlyname} != 'deep'", List.of("sub/c.csv")),
                arguments("filter=#onlyNotes", List.of("notes.txt")));
    }

    @ParameterizedTest
    @MethodSource("choices")
    void takes(String options, List<String> expected) {
        Predicate<OneDriveFile> notes = file -> file.getFileNameOnly().startsWith("notes");
        try (Inbox inbox = new Inbox(onedrive, options, exchange -> { },
                context -> context.getRegistry().bind("onlyNotes", notes))) {
            inbox.awaitExactly(expected.stream().map(name -> name + "=" + name).toArray(String[]::new));
        }
    }

    static Stream<Arguments> orders() {
        return Stream.of(
                arguments("sortBy=ignoreCase:file:name", List.of("a.csv", "B.CSV", "data.tar.gz", "notes.txt")),
                arguments("sortBy=reverse:ignoreCase:file:name", List.of("notes.txt", "data.tar.gz", "B.CSV", "a.csv")),
                arguments("sortBy=file:size;reverse:file:name", List.of("a.csv", "B.CSV", "notes.txt", "data.tar.gz")),
                arguments("sorter=#bySize", List.of("data.tar.gz", "notes.txt", "a.csv", "B.CSV")));
    }

    @ParameterizedTest
    @MethodSource("orders")
    void sorts(String options, List<String> expected) {
        Comparator<OneDriveFile> bySize = Comparator.comparing(OneDriveFile::getFileLength).reversed()
                .thenComparing(Comparator.comparing(OneDriveFile::getFileName).reversed());
        try (Inbox inbox = new Inbox(onedrive, options, exchange -> { },
                context -> context.getRegistry().bind("bySize", bySize))) {
            inbox.await(emitted -> emitted.size() == 4);
            assertThat(inbox.emitted()).containsExactlyElementsOf(expected.stream().map(name -> name + "=" + name).toList());
        }
    }

    @Test
    void shuffledFilesAreTheSameFiles() {
        try (Inbox inbox = new Inbox(onedrive, "shuffle=true")) {
            inbox.awaitExactly("a.csv=a.csv", "B.CSV=B.CSV", "data.tar.gz=data.tar.gz", "notes.txt=notes.txt");
        }
    }

    @Test
    void aPollEmitsNoMoreThanItMayAndSortsAllBeforeIfItIsTold() {
        try (Inbox inbox = new Inbox(onedrive,
                "maxMessagesPerPoll=2&eagerMaxMessagesPerPoll=false&sortBy=reverse:ignoreCase:file:name")) {
            inbox.await(emitted -> emitted.size() == 4);
            assertThat(inbox.emitted()).containsExactly("notes.txt=notes.txt", "data.tar.gz=data.tar.gz", "B.CSV=B.CSV",
                    "a.csv=a.csv");
            assertThat(inbox.exchange(0).getProperty("CamelBatchSize")).isEqualTo(2);
            assertThat(inbox.exchange(1).getProperty("CamelBatchComplete")).isEqualTo(true);
            assertThat(inbox.exchange(2).getProperty("CamelBatchIndex")).isEqualTo(0);
        }
    }

    @Test
    void aFileThatIsNotTakenYetIsLookedAtAgain() {
        MemoryIdempotentRepository ready = new MemoryIdempotentRepository();
        Predicate<OneDriveFile> released = file -> ready.contains(file.getFileNameOnly());
        ready.start();
        try (Inbox inbox = new Inbox(onedrive, "filter=#released", exchange -> { },
                context -> context.getRegistry().bind("released", released))) {
            inbox.settle();
            assertThat(inbox.emitted()).isEmpty();
            ready.add("a.csv");
            inbox.awaitExactly("a.csv=a.csv");
        }
    }

    @Test
    void aFileMustHaveBeenThereForAWhile() {
        try (Inbox inbox = new Inbox(onedrive, "readLockMinAge=600&include=a.*")) {
            inbox.await(emitted -> emitted.size() == 1);
            long seen = inbox.exchange(0).getProperty(OneDriveConstants.CONSUMED_FILE, OneDriveFile.class).feedFile().seen()
                    .toEpochMilli();
            assertThat(inbox.exchange(0).getClock().getCreated() - seen).isGreaterThanOrEqualTo(590);
        }
    }

    @Test
    void anIdempotentKeyOfTheNameEmitsANameOnce() {
        try (Inbox inbox = new Inbox(onedrive, "include=a.*&idempotentKey=${file:name}")) {
            inbox.awaitExactly("a.csv=a.csv");
            inbox.put("a.csv", "changed");
            inbox.settle();
            assertThat(inbox.emitted()).hasSize(1);
        }
    }

    @Test
    void consumersThatShareARepositoryShareTheFiles() {
        MemoryIdempotentRepository shared = new MemoryIdempotentRepository();
        shared.setCacheSize(1000);
        String options = "idempotentRepository=#shared&idempotentEager=true&inProgressRepository=#progress";
        MemoryIdempotentRepository progress = new MemoryIdempotentRepository();
        try (Inbox one = new Inbox(onedrive, options, exchange -> { }, context -> {
                 context.getRegistry().bind("shared", shared);
                 context.getRegistry().bind("progress", progress);
             });
             Inbox other = new Inbox(onedrive, options, exchange -> { }, context -> {
                 context.getRegistry().bind("shared", shared);
                 context.getRegistry().bind("progress", progress);
             })) {
            Awaitility.await().until(() -> one.emitted().size() + other.emitted().size() >= 4);
            one.settle();
            other.settle();
            assertThat(Stream.concat(one.emitted().stream(), other.emitted().stream())).hasSize(4).doesNotHaveDuplicates();
        }
    }

    @Test
    void anEagerKeyIsTakenBackWhenTheExchangeFails() {
        try (Inbox inbox = new Inbox(onedrive, "include=a.*&idempotentKey=${file:name}&idempotentEager=true")
                .failing("a.csv", 1)) {
            inbox.awaitExactly("a.csv=a.csv");
        }
    }

    @Test
    void withoutIdempotenceWhatStaysIsEmittedWithEachPoll() {
        try (Inbox inbox = new Inbox(onedrive, "include=a.*&idempotent=false")) {
            inbox.await(emitted -> emitted.size() > 3);
            assertThat(inbox.emitted()).containsOnly("a.csv=a.csv");
        }
    }
}
