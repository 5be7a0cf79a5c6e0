package io.github.camelonedrive.catalog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

import org.apache.camel.tooling.model.ComponentModel;
import org.apache.camel.tooling.model.JsonMapper;

/** What Camel's package plugin knows of the component: options and headers, from the JSON that it wrote in this build. */
final class Catalog {

    private static final Path JSON =
            Path.of("src/generated/resources/META-INF/io/github/camelonedrive/component/onedrive.json");

    private Catalog() {
    }

    static ComponentModel component() {
        try {
            return JsonMapper.generateComponentModel(Files.readString(JSON));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As an option is written in property files: {@code chunkSize} is {@code chunk-size}. */
    static String dashed(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
