package io.github.camelonedrive.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The public API of the libraries is as the files in {@code src/test/resources/public-api} list it, so that a change is seen in
 * review. {@code mvn -Pdocs test} writes a wanted change.
 */
class PublicApiTest {

    private static final Path FILES = Path.of("test/resources/public-api");

    @ParameterizedTest
    @CsvSource("onedrive-simulator, io.github.camelonedrive.simulator")
    void publicApi_isAsListed(String artifact, String rootPackage) throws IOException {
        List<String> api = PublicApi.of(rootPackage);
        Path file = FILES.resolve(artifact + ".txt");
        if (Boolean.getBoolean("api.write")) {
            Files.createDirectories(FILES);
            Files.write(file, api);
        }
        assertThat(api).isEqualTo(Files.readAllLines(file));
    }
}
