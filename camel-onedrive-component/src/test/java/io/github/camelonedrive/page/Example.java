package io.github.camelonedrive.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A route that a documentation page shows, in one language. On the page the line {@code // example: NAME} stands before it, or
 * before the tabs that show it in several languages.
 *
 * @param name     its name on the page
 * @param language java, xml or yaml
 * @param source   as the page shows it
 */
record Example(String name, String language, String source) {

    private static final Path PAGES = Path.of("src/main/docs");
    private static final Pattern MARK = Pattern.compile("^// example: (\\S+)$(.*?)(?=^// example: |^={2,3} |\\z)",
            Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern BLOCK =
            Pattern.compile("^\\[source,(java|xml|yaml)\\]\n----\n(.*?)\n----$", Pattern.MULTILINE | Pattern.DOTALL);

    /** Those of all pages, in their order. */
    static List<Example> all() {
        List<Example> examples = new ArrayList<>();
        try (var pages = Files.list(PAGES)) {
            for (Path page : pages.filter(file -> file.toString().endsWith(".adoc")).sorted().toList()) {
                Matcher mark = MARK.matcher(Files.readString(page));
                while (mark.find()) {
                    Matcher block = BLOCK.matcher(mark.group(2));
                    while (block.find()) {
                        examples.add(new Example(mark.group(1), block.group(1), block.group(2)));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return examples;
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
