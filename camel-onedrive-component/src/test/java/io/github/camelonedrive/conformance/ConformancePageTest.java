package io.github.camelonedrive.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What the page about conformance says is what the tests' tags say. */
class ConformancePageTest {

    private static final Path REPOSITORY = Path.of("..");
    private static final Path PAGE = REPOSITORY.resolve("docs/conformance.md");

    @Test
    void thePageSaysWhatTheTagsSay() throws IOException {
        String page = ConformancePage.markdown(REPOSITORY);
        if (Boolean.getBoolean("conformance.write")) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE)).as("docs/conformance.md; write it with mvn -q -B -Pdocs test")
                .isEqualTo(page);
    }

    @Test
    void everyStatementIsThereOnce() throws IOException {
        assertThat(Statement.all()).extracting(Statement::number).isSorted().doesNotHaveDuplicates()
                .containsAll(IntStream.rangeClosed(1, 103).boxed().toList());
        assertThat(Statement.all()).allMatch(statement -> statement.component() || statement.simulator());
    }

    @Test
    void everyTagNamesAStatement() throws IOException {
        Set<String> known = Statement.all().stream()
                .flatMap(statement -> Stream.of("C" + statement.number(), "S" + statement.number()))
                .collect(Collectors.toSet());
        assertThat(Proof.all(REPOSITORY).keySet()).isNotEmpty().isSubsetOf(known);
    }

    /** What a test once proved must not go untested again unnoticed. */
    @Test
    void everyStatementHasATest() throws IOException {
        Stream<String> component = Statement.all().stream().filter(Statement::component).map(s -> "C" + s.number());
        Stream<String> simulator = Statement.all().stream().filter(Statement::simulator).map(s -> "S" + s.number());
        Set<String> tested = Proof.all(REPOSITORY).keySet();
        assertThat(Stream.concat(component, simulator).filter(tag -> !tested.contains(tag))).isEmpty();
    }
}
