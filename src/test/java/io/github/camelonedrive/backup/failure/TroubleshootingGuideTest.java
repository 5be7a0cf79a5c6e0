package io.github.camelonedrive.backup.failure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.camelonedrive.auth.AadstsRemedy;
import io.github.camelonedrive.credentials.VaultException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What the guide says is what the program says. */
class TroubleshootingGuideTest {

    private static final Path GUIDE = Path.of("../docs/troubleshooting.md");

    @Test
    void theGuideSaysWhatTheProgramSays() throws IOException {
        if (Boolean.getBoolean("troubleshooting.write")) {
            Files.writeString(GUIDE, TroubleshootingGuide.markdown());
        }
        assertThat(Files.readString(GUIDE)).as("docs/troubleshooting.md; write it with mvn -q -B -Pdocs test")
                .isEqualTo(TroubleshootingGuide.markdown());
    }

    /** Whoever pastes the number or the sentence finds it, whatever the page's form. */
    @Test
    void everyNumberIsFoundOnceAsAHeading() {
        for (AadstsRemedy remedy : AadstsRemedy.values()) {
            for (int number : remedy.numbers()) {
                assertThat(TroubleshootingGuide.markdown().lines().filter(line -> line.startsWith("### AADSTS")
                        && Pattern.compile("AADSTS" + number + "\\b").matcher(line).find()
                        && !line.contains("looks like an ID"))).as("AADSTS" + number).hasSize(1);
            }
        }
    }

    /** What people search for. */
    @ParameterizedTest
    @ValueSource(strings = {
        "AADSTS50011", "redirect address is not registered", "Invalid audience", "Grant admin consent", "empty folder browser",
        "Files.ReadWrite.All", "'Secret ID'", "AzureADandPersonalMicrosoftAccount", "invalid_scope`", "This machine's clock",
        "no problem of your sign-in", "mysite not found", "Sites.Selected", "proxy asks for a user name",
        "Exit code 3", "not authorized yet", "correlation id"})
    void issuesListIsThere(String words) {
        assertThat(TroubleshootingGuide.markdown()).contains(words);
    }

    @ParameterizedTest
    @EnumSource
    void everyTroubleWithVaultOrKeyIsExplainedAndItsMessageReallyReadsLikeThat(VaultException.Reason reason)
            throws IOException {
        TroubleshootingGuide.OwnTrouble trouble = TroubleshootingGuide.vault().get(reason);

        assertThat(trouble).as("an explanation of " + reason + " in TroubleshootingGuide.vault()").isNotNull();
        assertThat(sources("credentials")).contains(trouble.fragment());
        assertThat(trouble.todo()).matches("\\p{Lu}.*\\.");
    }

    @Test
    void whatIsFoundOnThisMachineReallyReadsLikeThat() throws IOException {
        String sources = sources("auth");

        assertThat(TroubleshootingGuide.here()).isNotEmpty().allSatisfy(trouble -> {
            assertThat(sources).contains(trouble.fragment());
            assertThat(trouble.todo()).matches("\\p{Lu}.*\\.");
        });
    }

    /** Of a package, with broken strings put together. */
    private static String sources(String name) throws IOException {
        try (Stream<Path> files = Files.list(Path.of("../camel-onedrive-component/src/main/java/io/github/camelonedrive", name))) {
            return files.map(TroubleshootingGuideTest::read).collect(Collectors.joining()).replaceAll("\"\\s*\\+\\s*\"", "");
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
