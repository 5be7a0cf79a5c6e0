package io.github.camelonedrive.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a documentation page shows in one language: a route, steps of one, properties, a dependency. On the page the line
 * {@code // example: NAME}, in Markdown {@code <!-- example: NAME -->}, stands before it, or before the tabs that show it in
 * several languages.
 *
 * @param name     its name on the page
 * @param language such as java, xml or yaml
 * @param source   as the page shows it
 */
public record Example(String name, String language, String source) {

    private static final Path PAGES = Path.of("src/main/docs");
    private static final Path RUNNING = Path.of("../docs/running.md");
    private static final Pattern MARK = Pattern.compile("^// example: (\\S+)$(.*?)(?=^// example: |^={2,3} |\\z)",
            Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern BLOCK =
            Pattern.compile("^(?:\\[source,(\\w*)\\])?\n----\n(.*?)\n----$", Pattern.MULTILINE | Pattern.DOTALL);

    /** Returns those of all pages that have a name, in their order. */
    static List<Example> all() {
        List<Example> examples = new ArrayList<>();
        for (Path page : pages()) {
            Matcher mark = MARK.matcher(text(page));
            while (mark.find()) {
                examples.addAll(blocks(mark.group(1), mark.group(2)));
            }
        }
        return examples;
    }

    /** Returns the source of the one example of that name. */
    public static String source(String name) {
        List<Example> examples = all().stream().filter(example -> example.name().equals(name)).toList();
        if (examples.size() != 1) {
            throw new IllegalStateException(examples.size() + " examples are named " + name);
        }
        return examples.get(0).source();
    }

    /** Returns the sources of all blocks of a page in that language, whether they have a name or not. */
    public static List<String> sources(String page, String language) {
        return all(PAGES.resolve(page)).stream().filter(block -> block.language().equals(language)).map(Example::source)
                .toList();
    }

    /** Returns all blocks of a page, under the page's name. The language is empty for a block that names none. */
    static List<Example> all(Path page) {
        return blocks(page.getFileName().toString(), text(page));
    }

    static List<Path> pages() {
        try (var pages = Files.list(PAGES)) {
            return Stream.concat(pages.filter(file -> file.toString().endsWith(".adoc")).sorted(), Stream.of(RUNNING)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Example> blocks(String name, String text) {
        return BLOCK.matcher(text).results().map(block -> new Example(name,
                Optional.ofNullable(block.group(1)).orElse(""), block.group(2))).toList();
    }

    /** Markdown is read as if it were AsciiDoc, as far as headings and blocks go. */
    private static String text(Path page) {
        try {
            String text = Files.readString(page);
            return page.toString().endsWith(".adoc") ? text : text
                    .replaceAll("(?m)^<!-- example: (\\S+) -->$", "// example: $1")
                    .replaceAll("(?ms)^```(\\w*)\n(.*?)\n```$", "[source,$1]\n----\n$2\n----")
                    .replaceAll("(?m)^## ", "== ");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Steps that are shown without their route, as steps of a route in YAML. */
    Example inRouteFrom(String uri) {
        return new Example(name, language, "- route:\n    from:\n      uri: " + uri + "\n      steps:\n"
                + source.indent(8));
    }

    /** With a directory of the test instead of the one on the page, and other replacements that a test needs. */
    Example with(String shown, String actual) {
        if (!source.contains(shown)) {
            throw new IllegalStateException("The example '" + name + "' in " + language + " does not contain " + shown);
        }
        return new Example(name, language, source.replace(shown, actual));
    }

    @Override
    public String toString() {
        return name + " in " + language;
    }
}
