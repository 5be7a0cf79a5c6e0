package io.github.camelonedrive.component;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.github.camelonedrive.feed.FeedFile;
import io.github.camelonedrive.feed.FeedRepository;
import io.github.camelonedrive.feed.FeedScope;
import io.github.camelonedrive.feed.FeedStart;
import io.github.camelonedrive.feed.FolderFeed;
import io.github.camelonedrive.feed.MemoryFeedRepository;
import io.github.camelonedrive.graph.ItemChange;
import io.github.camelonedrive.graph.ItemPath;
import io.github.camelonedrive.simulator.Step;
import io.github.camelonedrive.transport.TimeSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The feed below the consumer, where a test can stop it between any two steps. */
class ConsumerFeedTest extends SimulatorTest {

    private final FeedRepository state = new MemoryFeedRepository();
    private OneDriveDrive drive;

    @BeforeEach
    void openTheDrive() throws Exception {
        onedrive.createFolder("/Inbox");
        drive = new DriveAccess((OneDriveEndpoint) route.context().getEndpoint("onedrive:x?folderPath=/Inbox"))
                .driveOfConsumer();
    }

    private FolderFeed feed() throws IOException {
        FeedScope scope = new FeedScope(ItemPath.parse("/Inbox"), 1, false, path -> true, "all");
        return new FolderFeed(drive.source().feed(), drive.folders(), scope, FeedStart.WAIT, false, state.open("feed"),
                TimeSource.SYSTEM);
    }

    @Test
    void tenThousandFilesAreWorkedOffWithoutBeingHeldAllAtOnce() throws Exception {
        for (int i = 0; i < 10_000; i++) {
            onedrive.putFile("/Inbox/" + i, new byte[0]);
        }
        List<String> emitted = new ArrayList<>();
        int most = 0;
        try (FolderFeed feed = feed()) {
            do {
                feed.refresh(() -> feed.found() >= 1_000);
                most = Math.max(most, feed.size());
                for (FeedFile file : feed.waiting()) {
                    emitted.add(file.item().name());
                    feed.done(file);
                }
            } while (feed.found() > 0);
        }
        assertThat(emitted).hasSize(10_000).doesNotHaveDuplicates();
        assertThat(most).as("files that waited at once: a poll's, and the rest of a page").isLessThanOrEqualTo(1_200);
        assertThat(onedrive.requests(Step.CHILDREN)).hasSize(50);
    }

    @Test
    void aCrashRightBeforeTheFileIsPutAsideHasItPutAsideThen() throws Exception {
        onedrive.putFile("/Inbox/a.txt", "1".getBytes());
        try (FolderFeed feed = feed()) {
            feed.refresh(() -> false);
            feed.claiming(feed.waiting().get(0));
        }
        try (FolderFeed feed = feed()) {
            feed.refresh(() -> false);
            FeedFile file = feed.waiting().get(0);
            assertThat(file.failures()).isPositive();
            FeedFile again = feed.lookAgain(file).orElseThrow();
            assertThat(feed.isClaimed(again)).isFalse();
        }
    }

    @Test
    void aCrashRightAfterTheFileWasPutAsideDoesNotLoseIt() throws Exception {
        onedrive.putFile("/Inbox/a.txt", "1".getBytes());
        onedrive.createFolder("/Inbox/.inprogress");
        try (FolderFeed feed = feed()) {
            feed.refresh(() -> false);
            feed.claiming(feed.waiting().get(0));
            onedrive.move("/Inbox/a.txt", "/Inbox/.inprogress/a.txt");
        }
        try (FolderFeed feed = feed()) {
            feed.refresh(() -> false);
            FeedFile file = feed.lookAgain(feed.waiting().get(0)).orElseThrow();
            assertThat(feed.isClaimed(file)).isTrue();
            assertThat(file.path()).hasToString("/a.txt");
            feed.done(file, "delete");
            assertThat(feed.owing()).hasSize(1);
            onedrive.delete("/Inbox/.inprogress/a.txt");
            feed.refresh(() -> false);
            feed.settled(file);
            assertThat(feed.owing()).isEmpty();
        }
        try (var memory = state.open("feed")) {
            assertThat(memory.read().keySet()).noneMatch(name -> name.startsWith("file:"));
        }
    }

    @Test
    void whatIsOwedIsNotGivenOutAgainAndANewVersionIs() throws Exception {
        onedrive.putFile("/Inbox/a.txt", "1".getBytes());
        try (FolderFeed feed = feed()) {
            feed.refresh(() -> false);
            feed.done(feed.waiting().get(0), "move /Elsewhere/a.txt");
        }
        try (FolderFeed feed = feed()) {
            feed.refresh(() -> false);
            assertThat(feed.waiting()).isEmpty();
            assertThat(feed.owing()).extracting(FolderFeed.Owed::task).containsExactly("move /Elsewhere/a.txt");
            onedrive.putFile("/Inbox/a.txt", "2".getBytes());
            feed.refresh(() -> false);
            assertThat(feed.owing()).isEmpty();
            assertThat(feed.waiting()).hasSize(1);
        }
    }

    @Test
    void aFileThatChangesWhileItIsProcessedWaitsOn() throws Exception {
        onedrive.putFile("/Inbox/a.txt", "1".getBytes());
        try (FolderFeed feed = feed()) {
            feed.refresh(() -> false);
            FeedFile first = feed.waiting().get(0);
            onedrive.putFile("/Inbox/a.txt", "2".getBytes());
            feed.refresh(() -> false);
            feed.done(first);
            assertThat(feed.waiting()).hasSize(1).allMatch(file -> !file.version().equals(first.version()));
            ItemChange now = drive.source().feed().item(first.id()).orElseThrow();
            assertThat(first.hasSameContentAs(now)).isFalse();
        }
    }
}
