package io.github.camelonedrive.catalog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.apache.camel.tooling.model.ComponentModel;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What follows from the component's options is as the options are: the tables on its page, the Spring Boot starter. With the
 * profile {@code docs} it writes them; see CONTRIBUTING.md.
 */
class GeneratedFilesTest {

    private static final Path PAGE = Path.of("src/main/docs/onedrive-component.adoc");
    private static final Path STARTER = Path.of("../camel-onedrive-starter/src/generated");
    private static final Path STARTER_CLASSES = STARTER.resolve("java/io/github/camelonedrive/springboot");

    private final ComponentModel component = Catalog.component();

    @Test
    void theTablesOfThePage() throws IOException {
        verify(PAGE, OptionTables.renew(Files.readString(PAGE), component));
    }

    @Test
    void theConfigurationOfTheStarter() throws IOException {
        verify(STARTER_CLASSES.resolve("OneDriveComponentConfiguration.java"), StarterSources.configuration(component));
    }

    @Test
    void theBeansOfTheStarter() throws IOException {
        verify(STARTER_CLASSES.resolve("OneDriveBeanTypes.java"), StarterSources.beanTypes(component));
    }

    @Test
    void theMetadataOfTheStarter() throws IOException {
        verify(STARTER.resolve("resources/META-INF/spring-configuration-metadata.json"), StarterMetadata.json(component));
    }

    private static void verify(Path file, String expected) throws IOException {
        if (Boolean.getBoolean("catalog.write")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, expected);
        }
        assertThat(Files.exists(file) ? Files.readString(file) : "")
                .as("%s; write it with mvn -q -B -Pdocs test", file)
                .isEqualTo(expected);
    }
}
