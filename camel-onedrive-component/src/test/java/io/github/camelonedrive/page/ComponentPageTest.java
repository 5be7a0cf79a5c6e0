package io.github.camelonedrive.page;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.apache.camel.Exchange;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelonedrive.component.OneDriveOperation;
import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.Step;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every example on the component's pages does what the page says, in each language that the page shows it in. An example that
 * no scenario here knows fails.
 */
class ComponentPageTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** A language that a build cannot load, named by it. */
    private static final String LEFT_OUT = System.getProperty("examples.left.out", "");

    @TempDir
    private Path temporary;

    /** What is done with the routes of an example, all languages at the same time, and seen to have happened. */
    private interface Scenario {
        void play(List<ExampleRun> runs) throws Exception;
    }

    private final Map<String, Scenario> scenarios = new TreeMap<>(Map.of(
            "backup", this::backup,
            "mirror", this::mirror,
            "restore", this::restore,
            "restore-one", this::restoreOne,
            "inbox", this::inbox,
            "ordered", this::ordered,
            "resequence", this::resequence));

    {
        scenarios.putAll(Map.of(
                "files", RoutesPage::files,
                "http-upload", RoutesPage::httpUpload,
                "database", RoutesPage::database,
                "rotation", RoutesPage::rotation,
                "restore-folders", RoutesPage::restoreFolders));
        scenarios.putAll(Map.of(
                "dependency", RunningPage::dependency,
                "command-line", RunningPage::commandLine,
                "credentials", RunningPage::credentials,
                "stream-caching", RunningPage::streamCaching,
                "vault-bean", RunningPage::vaultBean,
                "dynamic-folder", RunningPage::dynamicFolder,
                "dynamic-file", RunningPage::dynamicFile));
    }

    /** Examples that a test of their own takes from the page by {@link Example#source}. */
    private static final Set<String> ELSEWHERE = Set.of("token-store", "kamelet");

    /** Languages of which a page's own test takes all blocks by {@link Example#sources}. */
    private static final Map<String, Set<String>> OF_OTHER_TESTS = Map.of(
            "onedrive-consumer.adoc", Set.of("yaml"),
            "onedrive-download.adoc", Set.of("yaml"),
            "onedrive-operations.adoc", Set.of("java", "yaml"));

    /** A block that no test reads fails here: give it a name and a scenario. The form of the URI is no example. */
    @Test
    void everyBlockIsReadByATest() {
        List<String> named = Example.all().stream().map(Example::source).toList();
        assertThat(Example.pages().stream().flatMap(page -> Example.all(page).stream())
                .filter(block -> !OF_OTHER_TESTS.getOrDefault(block.name(), Set.of()).contains(block.language()))
                .filter(block -> !named.contains(block.source()))
                .filter(block -> !block.source().equals("onedrive:destination[/folder][?options]"))).isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> theExamplesOfThePages() {
        Map<String, List<Example>> byName =
                Example.all().stream().filter(example -> !ELSEWHERE.contains(example.name()))
                        .collect(Collectors.groupingBy(Example::name, TreeMap::new, Collectors.toList()));
        assertThat(byName.keySet()).as("examples on the pages, and scenarios here")
                .isEqualTo(scenarios.keySet());
        return byName.entrySet().stream().map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> play(entry.getValue())));
    }

    private void play(List<Example> examples) throws Exception {
        List<ExampleRun> runs = new ArrayList<>();
        try {
            for (Example example : examples) {
                if (example.language().equals(LEFT_OUT)) {
                    continue;
                }
                runs.add(new ExampleRun(example, Files.createDirectories(
                        temporary.resolve(example.name()).resolve(example.language()))));
            }
            scenarios.get(examples.get(0).name()).play(runs);
        } finally {
            runs.forEach(ExampleRun::close);
        }
    }

    private void backup(List<ExampleRun> runs) throws Exception {
        for (ExampleRun run : runs) {
            Files.writeString(run.directory().resolve("dump.sql"), "the dump");
            Example quick = run.example().language().equals("yaml")
                    ? run.example().with("readLockMinAge: 10s", "readLockMinAge: 10ms")
                    : run.example().with("readLockMinAge=10s", "readLockMinAge=10ms");
            run.start(quick.with("/var/backups/mysql", run.directory().toString()));
        }
        for (ExampleRun run : runs) {
            await(run, () -> assertThat(run.directory().resolve(".done/dump.sql")).exists());
            assertThat(run.holds("/Backups/mysql/dump.sql", "the dump")).isTrue();
        }
    }

    private void mirror(List<ExampleRun> runs) throws Exception {
        for (ExampleRun run : runs) {
            Path letter = run.directory().resolve("letters/2026/letter.txt");
            Files.createDirectories(letter.getParent());
            Files.writeString(letter, "Dear");
            run.start("/srv/documents");
        }
        for (ExampleRun run : runs) {
            Path letter = run.directory().resolve("letters/2026/letter.txt");
            await(run, () -> assertThat(run.holds("/Mirror/letters/2026/letter.txt", "Dear")).isTrue());
            assertThat(letter).as("stays").exists();
            Files.writeString(letter, "Dear all");
            await(run, () -> assertThat(run.holds("/Mirror/letters/2026/letter.txt", "Dear all")).isTrue());
        }
    }

    private void ordered(List<ExampleRun> runs) throws Exception {
        List<String> names = journal(runs);
        for (ExampleRun run : runs) {
            run.start("/var/spool/journal");
        }
        for (ExampleRun run : runs) {
            await(run, () -> assertThat(run.onedrive().paths()).hasSize(names.size()));
            assertThat(run.onedrive().requests(Step.SIMPLE_UPLOAD).stream()
                    .map(request -> request.path().replaceAll(".*(\\d\\d\\.log).*", "$1"))).isEqualTo(names);
        }
    }

    private void resequence(List<ExampleRun> runs) throws Exception {
        List<String> names = journal(runs);
        for (ExampleRun run : runs) {
            Path sent = run.directory().resolve("sent");
            run.start(run.example().with("/var/spool/journal", run.directory().toString())
                    .with("/var/spool/sent", sent.toString()));
        }
        for (ExampleRun run : runs) {
            await(run, () -> assertThat(run.directory().resolve("sent/list.txt")).hasContent(String.join("\n", names) + "\n"));
        }
    }

    /** Files that hold their names; the first is slow to be uploaded. */
    private static List<String> journal(List<ExampleRun> runs) throws Exception {
        List<String> names = IntStream.range(10, 30).mapToObj(i -> i + ".log").toList();
        for (ExampleRun run : runs) {
            run.onedrive().fault(Fault.on(Step.SIMPLE_UPLOAD).nth(1).stall(Duration.ofMillis(300)));
            for (String name : names) {
                Files.writeString(run.directory().resolve(name), name);
            }
        }
        return names;
    }

    private void restore(List<ExampleRun> runs) throws Exception {
        for (ExampleRun run : runs) {
            run.onedrive().putFile("/Backups/mysql/a.sql", "one".getBytes(UTF_8));
            run.onedrive().putFile("/Backups/mysql/2026/a.sql", "two".getBytes(UTF_8));
            run.start("/var/restore");
        }
        for (ExampleRun run : runs) {
            await(run, () -> {
                assertThat(run.directory().resolve("a.sql")).hasContent("one");
                assertThat(run.directory().resolve("2026/a.sql")).hasContent("two");
            });
            assertThat(run.onedrive().paths()).as("stay").contains("/Backups/mysql/a.sql", "/Backups/mysql/2026/a.sql");
        }
    }

    private void restoreOne(List<ExampleRun> runs) throws Exception {
        for (ExampleRun run : runs) {
            run.onedrive().putFile("/Backups/mysql/2026/b.sql", "two".getBytes(UTF_8));
            run.start("/var/restore");
            try (var template = run.context().createProducerTemplate()) {
                template.sendBodyAndHeader("direct:restore", "", Exchange.FILE_NAME, "2026/b.sql");
            }
            assertThat(run.directory().resolve("2026/b.sql")).hasContent("two");
        }
    }

    private void inbox(List<ExampleRun> runs) throws Exception {
        for (ExampleRun run : runs) {
            run.onedrive().putFile("/Inbox/order.csv", "1;2".getBytes(UTF_8));
            run.onedrive().putFile("/Inbox/picture.png", new byte[3]);
            run.start(run.example().with("/srv/orders", run.directory().resolve("orders").toString())
                    .with("/var/lib/orders", run.directory().resolve("state").toString()));
        }
        for (ExampleRun run : runs) {
            await(run, () -> assertThat(run.holds("/Inbox/.done/order.csv", "1;2")).isTrue());
            assertThat(run.directory().resolve("orders/order.csv")).hasContent("1;2");
            assertThat(run.onedrive().paths()).contains("/Inbox/picture.png").doesNotContain("/Inbox/order.csv");
        }
    }

    /** Who reads the page finds every operation in its table. */
    @Test
    void thePageNamesEveryOperation() throws Exception {
        assertThat(Files.readString(Path.of("src/main/docs/onedrive-component.adoc"))).contains(
                Arrays.stream(OneDriveOperation.values()).map(operation -> "\n| `" + operation + "` | ").toList());
    }

    private static void await(ExampleRun run, ThrowingRunnable seen) {
        Awaitility.await(run.example().toString()).atMost(PATIENCE).untilAsserted(seen);
    }
}
