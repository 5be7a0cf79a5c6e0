package io.github.camelonedrive.backup.runtime;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.camelonedrive.backup.settings.Settings;
import io.github.camelonedrive.component.OneDriveConfiguration;
import io.github.camelonedrive.component.OneDriveEndpoint;
import io.github.camelonedrive.upload.UploadEvent;
import io.github.camelonedrive.upload.UploadListener;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What the program itself sets on the component, and what the settings may add. */
class CamelRuntimeTest {

    @TempDir
    private Path directory;

    private final List<UploadEvent> seen = new ArrayList<>();

    /** A listener of the user's own, made by Camel from the settings. */
    public static final class Watcher implements UploadListener {

        static final List<UploadEvent> SEEN = new CopyOnWriteArrayList<>();

        @Override
        public void on(UploadEvent event) {
            SEEN.add(event);
        }
    }

    @BeforeEach
    void forget() {
        Watcher.SEEN.clear();
    }

    @Test
    void theJournalIsInTheHomeUnlessTheSettingsNameAnotherPlace() throws Exception {
        assertThat(options(Map.of()).getJournalDirectory()).isEqualTo(directory.resolve("home/journal").toString());
        assertThat(options(Map.of("camel.component.onedrive.journal-directory", "elsewhere")).getJournalDirectory())
                .isEqualTo(directory.resolve("elsewhere").toString());
    }

    @Test
    void theProgramsListenerIsToldOfUploads() throws Exception {
        tell(options(Map.of()));
        assertThat(seen).hasSize(1);
    }

    @Test
    void aListenerOfTheSettingsIsToldBesideTheProgramsOwn() throws Exception {
        tell(options(Map.of("camel.beans.watcher", "#class:" + Watcher.class.getName(),
                "camel.component.onedrive.upload-listener", "#bean:watcher")));
        assertThat(seen).hasSize(1);
        assertThat(Watcher.SEEN).hasSize(1);
    }

    private OneDriveConfiguration options(Map<String, String> settings) throws Exception {
        Home home = Home.locate(Optional.of(directory.resolve("home")), Map.of(), directory);
        try (CamelRuntime camel = CamelRuntime.start(Settings.of(directory, settings), home, exchange -> { }, seen::add,
                List.of())) {
            return camel.context().getEndpoint("onedrive:offsite", OneDriveEndpoint.class).getConfiguration();
        }
    }

    private static void tell(OneDriveConfiguration options) {
        options.getUploadListener().on(new UploadEvent.Progressed(1, 1));
    }
}
