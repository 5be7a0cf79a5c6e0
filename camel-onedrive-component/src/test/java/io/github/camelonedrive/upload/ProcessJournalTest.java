package io.github.camelonedrive.upload;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.github.camelonedrive.credentials.Secret;
import io.github.camelonedrive.graph.ConflictBehavior;
import io.github.camelonedrive.graph.ItemPath;

import static org.assertj.core.api.Assertions.assertThat;

/** The journal that is good for as long as the process lives. */
class ProcessJournalTest {

    private static final UploadKey KEY = key("/Backups/a.sql");
    private static final UploadIdentity IDENTITY =
            new UploadIdentity(Optional.empty(), 7, Optional.empty(), ConflictBehavior.replace, Optional.empty());

    private final UploadJournal journal = UploadJournal.ofProcess();

    private static UploadKey key(String target) {
        return new UploadKey("offsite", "drive", ItemPath.parse(target));
    }

    @Test
    void whatIsClosedIsClaimedByOneOnlyWithAllThatIsKnown() throws Exception {
        JournalEntry entry = journal.begin(KEY, IDENTITY);
        entry.opening("folder", Set.of("old"), Instant.EPOCH);
        entry.opened(Secret.of("address"), null);
        assertThat(journal.claim(KEY)).isEmpty();
        entry.close();

        List<JournalEntry> claimed = journal.claim(KEY);

        assertThat(claimed).singleElement().satisfies(it -> {
            assertThat(it.trace().identity()).isEqualTo(IDENTITY);
            assertThat(it.trace().folderId()).contains("folder");
            assertThat(it.trace().uploadUrl()).isPresent();
        });
        assertThat(journal.claim(KEY)).isEmpty();
        assertThat(journal.underWay(KEY)).isEqualTo(1);
    }

    @Test
    void namesThatDifferInCaseAreTheSameAndOthersAreNot() throws Exception {
        journal.begin(KEY, IDENTITY).close();

        assertThat(journal.claim(key("/Backups/b.sql"))).isEmpty();
        assertThat(journal.claim(key("/backups/A.SQL"))).hasSize(1);
    }

    @Test
    void whatIsForgottenIsGoneAlsoWhenItIsClosedLater() throws Exception {
        JournalEntry entry = journal.begin(KEY, IDENTITY);
        entry.forget();
        entry.close();

        assertThat(journal.claim(KEY)).isEmpty();
        assertThat(journal.underWay(KEY)).isZero();
    }

    @Test
    void itOutlivesTheAttemptAndNotTheProcess() throws Exception {
        JournalEntry entry = journal.begin(KEY, IDENTITY);

        assertThat(entry.outlivesAttempt()).isTrue();
        assertThat(entry.isDurable()).isFalse();
        assertThat(UploadJournal.none().begin(KEY, IDENTITY).outlivesAttempt()).isFalse();
        assertThat(UploadJournal.ofProcess().claim(KEY)).isEmpty();
    }
}
