package io.github.camelonedrive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The library says what helps; it names no program that uses it, nor that program's commands. */
class LibraryNamesNoProgramTest {

    private static final Pattern PROGRAM = Pattern.compile("onedrive-backup"
            + "|--(client-|key-file|new-key|passphrase|certificate|secret-expires|tenant|cloud|drive|site|user|device"
            + "|permission|no-browser|home)");

    @Test
    void classesAndResources_nameNoProgram() throws IOException, URISyntaxException {
        Path classes = Path.of(OneDriveException.class.getProtectionDomain().getCodeSource().getLocation().toURI());

        assertThat(files(classes).filter(file -> file.toString().endsWith(".class"))).isNotEmpty();
        assertThat(thatNameTheProgram(classes)).isEmpty();
    }

    @Test
    void pagesAndStarter_nameNoProgram() throws IOException {
        assertThat(thatNameTheProgram(Path.of("src/main"))).isEmpty();
        assertThat(thatNameTheProgram(Path.of("src/generated"))).isEmpty();
        assertThat(thatNameTheProgram(Path.of("../camel-onedrive-starter/src/main"))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void sentence_namesTheDestinationOrSpeaksOfIt(RemedyAction action) {
        assertThat(action.sentence(List.of("offsite", "other"))).doesNotContain("{").doesNotContain("the destination");
        assertThat(action.sentence(List.of("", ""))).doesNotContain("destination ''");
        assertThat(action.isOfTheProgram()).isEqualTo(!action.sentence(List.of("a", "b")).isEmpty());
    }

    @Test
    void remedy_isSaidInTheWordsOfTheProgram() {
        Remedy remedy = new Remedy("Wait.", List.of(RemedyAction.GRANT_PERMISSION, RemedyAction.AUTHORIZE_AGAIN),
                List.of("offsite")).after("It is full.");

        assertThat(remedy.text()).startsWith("It is full. Wait. Authorize destination 'offsite' again");
        assertThat(remedy.text((action, about) -> action + " " + about))
                .isEqualTo("It is full. Wait. AUTHORIZE_AGAIN [offsite]");
        assertThat(Remedy.of("").text()).isEmpty();
    }

    private static List<Path> thatNameTheProgram(Path directory) throws IOException {
        return files(directory).filter(file -> PROGRAM.matcher(read(file)).find()).toList();
    }

    private static Stream<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).toList().stream();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
