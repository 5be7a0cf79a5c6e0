package io.github.camelonedrive.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Links from one page of the documentation to another, or to a file of the project, lead somewhere. */
class LinksTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path PAGES = ROOT.resolve("camel-onedrive-component/src/main/docs");
    private static final Pattern MARKDOWN = Pattern.compile("]\\(([^)#\\s:…]+)(?:#[^)]*)?\\)");
    private static final Pattern ASCIIDOC = Pattern.compile("(?:xref:|link:|(\\{url-docs}))([^\\[\\s{:]+)\\[");

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        List<String> dead = new ArrayList<>();
        for (Path page : pages()) {
            boolean markdown = page.toString().endsWith(".md");
            Matcher link = (markdown ? MARKDOWN : ASCIIDOC).matcher(Files.readString(page));
            while (link.find()) {
                Path target = markdown ? page.resolveSibling(link.group(1))
                        : link.group(1) != null ? ROOT.resolve("docs" + link.group(2)) : page.resolveSibling(link.group(2));
                if (!Files.exists(target)) {
                    dead.add(ROOT.relativize(page) + ": " + link.group());
                }
            }
        }
        assertThat(dead).isEmpty();
    }

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>();
        for (Path directory : List.of(ROOT, ROOT.resolve("docs"), PAGES, ROOT.resolve("examples/plain-maven"),
                ROOT.resolve("examples/spring-boot"), ROOT.resolve("examples/camel-cli"))) {
            try (var files = Files.list(directory)) {
                files.filter(file -> file.toString().endsWith(".md") || file.toString().endsWith(".adoc")).forEach(pages::add);
            }
        }
        assertThat(pages).hasSizeGreaterThan(15);
        return pages;
    }
}
