package io.github.camelonedrive.simulator.readme;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** {@link UploadTest} is the example of the README, so that it runs as it is printed there. */
class ReadmeTest {
    @Test
    void theExampleIsATestThatRuns() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        String source = Files.readString(
                Path.of("src/test/java", UploadTest.class.getName().replace('.', '/') + ".java"));
        assertThat(readme).contains("```java\n" + source.substring(source.indexOf("class UploadTest")) + "```\n");
    }
}
