package io.github.camelonedrive.component.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What the guide says is what the tests run. */
class FaultGuideTest {

    private static final Path GUIDE = Path.of("../docs/faults.md");

    @Test
    void theGuideSaysWhatTheTableSays() throws IOException {
        if (Boolean.getBoolean("faults.write")) {
            Files.writeString(GUIDE, FaultGuide.markdown());
        }
        assertThat(Files.readString(GUIDE)).as("docs/faults.md; write it anew with -Dfaults.write=true")
                .isEqualTo(FaultGuide.markdown());
    }
}
