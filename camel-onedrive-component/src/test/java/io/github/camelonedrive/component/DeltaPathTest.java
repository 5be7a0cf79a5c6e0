package io.github.camelonedrive.component;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.camelonedrive.simulator.AccountType;
import io.github.camelonedrive.simulator.OneDriveSimulator;

/** Changes name the path of an item's folder, though that is not documented, or they do not. */
@Timeout(60)
class DeltaPathTest {

    private OneDriveSimulator onedrive;

    @AfterEach
    void stop() {
        onedrive.close();
    }

    @ParameterizedTest
    @CsvSource({"PERSONAL, true", "PERSONAL, false", "BUSINESS, true", "BUSINESS, false", "DOCUMENT_LIBRARY, true",
        "DOCUMENT_LIBRARY, false"})
    @Tag("C117")
    void consumer_worksWithAndWithoutPathsInChanges(AccountType type, boolean paths) {
        var builder = OneDriveSimulator.builder().accountType(type);
        onedrive = (paths ? builder : builder.deltaWithoutPaths()).start();
        try (Inbox inbox = new Inbox(onedrive, "recursive=true")) {
            inbox.put("a.txt", "1").put("x/50% off #1/b.txt", "2");
            inbox.awaitExactly("a.txt=1", "x/50% off #1/b.txt=2");
            onedrive.move("/Inbox/x", "/Inbox/y");
            inbox.put("y/50% off #1/c.txt", "3");
            onedrive.putFile("/Elsewhere/d.txt", new byte[1]);
            inbox.awaitExactly("a.txt=1", "x/50% off #1/b.txt=2", "y/50% off #1/c.txt=3");
        }
    }
}
