package io.github.camelonedrive.graph;

import java.util.Optional;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What is remembered of folders: bounded, however many there are. */
class FolderIdsTest {

    @Test
    void folders_beyondTheLimit_replaceOthers() {
        FolderIds ids = new FolderIds();
        int folders = FolderIds.MOST + 500;
        for (int i = 0; i < folders; i++) {
            ids.remember(path(i), new FolderIds.Known("id" + i, 0, Optional.empty()));
            assertThat(ids.of(path(i))).isPresent();
        }
        assertThat(IntStream.range(0, folders).filter(i -> ids.of(path(i)).isPresent()).count()).isEqualTo(FolderIds.MOST);
    }

    private static ItemPath path(int folder) {
        return ItemPath.parse("/Backups/" + folder);
    }
}
