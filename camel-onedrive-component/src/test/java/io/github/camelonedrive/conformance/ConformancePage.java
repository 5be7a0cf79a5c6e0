package io.github.camelonedrive.conformance;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The page {@code docs/conformance.md}: every statement, and which tests prove it. */
final class ConformancePage {

    private static final String INTRODUCTION = """
            # Which statements about OneDrive hold, and where that is tested

            What we know of Microsoft Graph and of Microsoft's sign-in is written down as numbered statements. **C** is the
            component: what it must do. **S** is the simulator: what it does as OneDrive does. The two share no code.
            Statements 44, 55 and 95 read as the design has changed them.

            A test names what it proves by a tag, `@Tag("C77")` or `@Tag("S77")`, so that one statement can be run alone:

                mvn -pl camel-onedrive-component -am test -Dgroups=C77 -Dsurefire.failIfNoSpecifiedTests=false

            This page is made from those tags. A test fails when it is stale; `mvn -q -B -Pdocs test` writes it.

            None of this was run against Microsoft's own service. The simulator is also proven by two clients that none of us
            wrote: Debian's rclone and onedrive, unmodified (`RcloneTest`, `OneDriveClientTest`).
            """;

    private final List<Statement> statements;
    private final Map<String, List<Proof>> proofs;

    private ConformancePage(List<Statement> statements, Map<String, List<Proof>> proofs) {
        this.statements = statements;
        this.proofs = proofs;
    }

    /** @param repository the directory that holds the modules */
    static String markdown(Path repository) throws IOException {
        return new ConformancePage(Statement.all(), Proof.all(repository)).page();
    }

    private String page() {
        StringBuilder page = new StringBuilder(INTRODUCTION).append('\n')
                .append(summary("the component", "C", Statement::component)).append('\n')
                .append(summary("the simulator", "S", Statement::simulator));
        String chapter = "";
        for (Statement statement : statements) {
            if (!statement.chapter().equals(chapter)) {
                chapter = statement.chapter();
                page.append("\n## ").append(chapter).append("\n\n| | Statement | Component | Simulator |\n")
                        .append("| --- | --- | --- | --- |\n");
            }
            page.append("| ").append(statement.number()).append(" | ").append(statement.text().replace("|", "\\|"))
                    .append(" | ").append(cell("C" + statement.number(), statement.component()))
                    .append(" | ").append(cell("S" + statement.number(), statement.simulator())).append(" |\n");
        }
        return page.toString();
    }

    private String summary(String whom, String letter, Predicate<Statement> concerned) {
        List<Statement> all = statements.stream().filter(concerned).toList();
        List<String> open = all.stream().map(statement -> letter + statement.number())
                .filter(tag -> !proofs.containsKey(tag)).toList();
        return "%d statements are about %s; %s\n".formatted(all.size(), whom,
                open.isEmpty() ? "each has a test." : "no test names these: " + String.join(", ", open) + ".");
    }

    private String cell(String tag, boolean concerned) {
        List<Proof> tests = proofs.getOrDefault(tag, List.of());
        if (tests.isEmpty()) {
            return concerned ? "**no test**" : "";
        }
        return tests.stream().map(proof -> "[" + proof.name() + "](../" + proof.source() + ")")
                .collect(Collectors.joining("<br>"));
    }
}
