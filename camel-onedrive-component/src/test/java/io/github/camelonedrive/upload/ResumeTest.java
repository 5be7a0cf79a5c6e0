package io.github.camelonedrive.upload;

import java.net.SocketException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

import io.github.camelonedrive.graph.ConflictBehavior;
import io.github.camelonedrive.graph.FakeHttp.Reply;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.camelonedrive.upload.ResumeFixture.CHUNK;
import static io.github.camelonedrive.upload.ResumeFixture.step;
import static org.assertj.core.api.Assertions.assertThat;

/** Going on with an upload that was broken off: from where, and when rather not. */
class ResumeTest {

    private static final byte[] CONTENT = UploadFixture.bytes(3 * CHUNK + 100);
    private static final Instant LATER = Instant.parse("2026-02-28T12:00:00Z");

    private final ResumeFixture fixture = new ResumeFixture();
    private final ScriptedDrive drive = fixture.drive;

    @Test
    @Tag("C56")
    void onlyWhatIsMissingIsSent() throws Exception {
        dieAfterFragments(2, CONTENT);
        UploadResult result = fixture.upload(ResumeFixture.file(CONTENT));
        assertThat(result.bytesSent()).isEqualTo(CHUNK + 100);
        assertThat(result.resumed()).isTrue();
        assertThat(fixture.resumedAt()).contains(2L * CHUNK);
        assertThat(drive.openedUrls).hasSize(1);
        assertCommitted(CONTENT);
    }

    @Test
    void anUploadFromTheFirstByteIsNotCalledResumed() throws Exception {
        assertThat(fixture.upload(ResumeFixture.file(CONTENT)).resumed()).isFalse();
        assertThat(fixture.resumedAt()).isEmpty();
    }

    @Test
    @Tag("C40")
    void itGoesOnInTheMiddleOfAFragmentThatWasKeptInPart() throws Exception {
        fixture.dieAt(step(UploadStep.FRAGMENT_ACKNOWLEDGED, 1), ResumeFixture.file(CONTENT));
        drive.once(ScriptedDrive::isFragment, drive.cutAfter(1234));
        drive.once(ScriptedDrive::isStatus, request -> {
            throw new ResumeFixture.Killed();
        });
        fixture.dieAt(event -> false, ResumeFixture.file(CONTENT));
        assertThat(fixture.upload(ResumeFixture.file(CONTENT)).resumed()).isTrue();
        assertThat(drive.openedUrls).hasSize(1);
        assertCommitted(CONTENT);
    }

    @Test
    void theFragmentSizeMayHaveChangedMeanwhile() throws Exception {
        dieAfterFragments(1, CONTENT);
        fixture.chunk = 2 * CHUNK;
        assertThat(fixture.upload(ResumeFixture.file(CONTENT)).bytesSent()).isEqualTo(2 * CHUNK + 100);
        assertCommitted(CONTENT);
    }

    @Test
    void anEditInPlaceOfWhatWasSentIsNoticedBeforeTheGoodBackupIsReplaced() throws Exception {
        drive.put("dump.sql", new byte[] {1});
        dieAfterFragments(2, CONTENT);
        byte[] edited = CONTENT.clone();
        edited[CHUNK + 5] ^= 1;
        assertThat(fixture.upload(ResumeFixture.file(edited)).resumed()).isFalse();
        assertThat(drive.openedUrls).hasSize(2);
        assertThat(drive.open).isEmpty();
        assertCommitted(edited);
    }

    @Test
    void anEditIsNoticedOnceAndNotAtEachAttempt() throws Exception {
        dieAfterFragments(3, CONTENT);
        byte[] edited = CONTENT.clone();
        edited[5] ^= 1;
        dieAfterFragments(1, edited);
        UploadResult result = fixture.upload(ResumeFixture.file(edited));
        assertThat(result.resumed()).isTrue();
        assertThat(result.bytesSent()).isEqualTo(2 * CHUNK + 100);
        assertCommitted(edited);
    }

    /** QuickXorHash can't see it, because a fragment is a multiple of its period. */
    @Test
    void swappedFragmentsAreNoticedToo() throws Exception {
        dieAfterFragments(2, CONTENT);
        byte[] swapped = CONTENT.clone();
        System.arraycopy(CONTENT, 0, swapped, CHUNK, CHUNK);
        System.arraycopy(CONTENT, CHUNK, swapped, 0, CHUNK);
        assertThat(fixture.upload(ResumeFixture.file(swapped)).resumed()).isFalse();
        assertCommitted(swapped);
    }

    @Test
    void anEditOfWhatWasNotSentYetIsJustSent() throws Exception {
        dieAfterFragments(1, CONTENT);
        byte[] edited = CONTENT.clone();
        edited[3 * CHUNK + 5] ^= 1;
        assertThat(fixture.upload(ResumeFixture.file(edited)).resumed()).isTrue();
        assertCommitted(edited);
    }

    @Test
    void anotherSizeOrTimeIsAnotherUpload() throws Exception {
        dieAfterFragments(1, CONTENT);
        byte[] longer = UploadFixture.bytes(CONTENT.length + 1);
        fixture.dieAt(step(UploadStep.SESSION_RECORDED, 1), ResumeFixture.file(longer));
        assertThat(drive.open).hasSize(1);
        fixture.upload(new ResumeFixture.FakeFile("/dumps/dump.sql", longer, LATER));
        assertThat(drive.open).isEmpty();
        assertThat(drive.openedUrls).hasSize(3);
        assertCommitted(longer);
    }

    @Test
    void aSessionOfAnotherFileForTheSameNameIsEnded() throws Exception {
        dieAfterFragments(1, CONTENT);
        byte[] small = UploadFixture.bytes(10);
        fixture.upload(new ResumeFixture.FakeFile("/elsewhere/dump.sql", small, LATER));
        assertThat(drive.open).isEmpty();
        assertCommitted(small);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 410})
    @Tag("C56")
    void aSessionThatIsGoneIsStartedAnew(int status) throws Exception {
        dieAfterFragments(2, CONTENT);
        drive.once(ScriptedDrive::isStatus, Reply.error(status, "gone"));
        drive.open.clear();
        UploadResult result = fixture.upload(ResumeFixture.file(CONTENT));
        assertThat(result.resumed()).isFalse();
        assertThat(drive.openedUrls).hasSize(2);
        assertCommitted(CONTENT);
    }

    @Test
    void whatWasCommittedIsFoundAlthoughNobodyKnewAndNothingIsSent() throws Exception {
        fixture.dieAt(step(UploadStep.ITEM_COMMITTED, 1), ResumeFixture.file(CONTENT));
        UploadResult result = fixture.upload(ResumeFixture.file(CONTENT));
        assertThat(result.bytesSent()).isZero();
        assertThat(result.resumed()).isTrue();
        assertThat(drive.commits).isEqualTo(1);
    }

    @Test
    void anOldCopyOfTheSameBytesIsNotTakenForACommitOfOurs() throws Exception {
        drive.put("dump.sql", CONTENT);
        dieAfterFragments(2, CONTENT);
        drive.open.clear();
        fixture.upload(ResumeFixture.file(CONTENT));
        assertThat(drive.commits).isEqualTo(1);
    }

    @Test
    void aRecordOfACommitCountsOnlyWhileTheItemIsStillThat() throws Exception {
        fixture.dieAt(step(UploadStep.PROVEN, 1), ResumeFixture.file(CONTENT));
        drive.put("dump.sql", UploadFixture.bytes(CONTENT.length + 7));
        assertThat(fixture.upload(ResumeFixture.file(CONTENT)).resumed()).isFalse();
        assertCommitted(CONTENT);
    }

    @Test
    void aRecordOfACommitCountsOnlyWhileTheFileIsStillThat() throws Exception {
        fixture.dieAt(step(UploadStep.PROVEN, 1), ResumeFixture.file(CONTENT));
        byte[] edited = CONTENT.clone();
        edited[5] ^= 1;
        assertThat(fixture.upload(ResumeFixture.file(edited)).resumed()).isFalse();
        assertCommitted(edited);
    }

    @Test
    void aCommittedItemWithoutHashIsReadBackAndNotSentAgain() throws Exception {
        drive.hashAfter = 10_000;
        fixture.dieAt(step(UploadStep.COMMIT_RECORDED, 1), ResumeFixture.file(CONTENT));
        UploadResult result = fixture.upload(ResumeFixture.file(CONTENT));
        assertThat(result.verdict()).isEqualTo(Verdict.READBACK);
        assertThat(result.bytesSent()).isZero();
        assertThat(drive.commits).isEqualTo(1);
    }

    @Test
    void anItemOfOurSizeWhoseHashDoesNotComeIsNotTakenForOurs() throws Exception {
        fixture.dieAt(step(UploadStep.ITEM_COMMITTED, 1), ResumeFixture.file(CONTENT));
        drive.put("dump.sql", new byte[CONTENT.length]);
        drive.files.get("dump.sql").hashAfter = 10_000;
        assertThat(fixture.upload(ResumeFixture.file(CONTENT)).verdict()).isEqualTo(Verdict.HASH);
        assertCommitted(CONTENT);
    }

    @Test
    void whatOneDriveHasBeyondTheRecordCanNotBeProvenAndIsNotUsed() throws Exception {
        dieAfterFragments(1, CONTENT);
        drive.open.values().iterator().next().content.writeBytes(new byte[2 * CHUNK]);
        assertThat(fixture.upload(ResumeFixture.file(CONTENT)).resumed()).isFalse();
        assertThat(drive.open).isEmpty();
        assertCommitted(CONTENT);
    }

    @Test
    void aSessionForAnotherFolderOfThatNameIsNotUsed() throws Exception {
        dieAfterFragments(1, CONTENT);
        fixture.graph.folders.forget(fixture.request().target().parent());
        drive.folderId = "OTHER";
        assertThat(fixture.upload(ResumeFixture.file(CONTENT)).resumed()).isFalse();
        assertThat(drive.open).isEmpty();
        assertCommitted(CONTENT);
    }

    @Test
    void aStatusThatFailsForAWhileIsAskedAgain() throws Exception {
        dieAfterFragments(2, CONTENT);
        drive.once(ScriptedDrive::isStatus, Reply.error(503, "serviceNotAvailable"));
        drive.once(ScriptedDrive::isStatus, request -> {
            throw new SocketException("Connection reset");
        });
        assertThat(fixture.upload(ResumeFixture.file(CONTENT)).bytesSent()).isEqualTo(CHUNK + 100);
    }

    @Test
    void everythingStoredButNotCommittedIsSetGoingByTheLastFragment() throws Exception {
        drive.once(ScriptedDrive::isLastFragment, request -> {
            drive.open.get(request.url()).content.writeBytes(request.body());
            throw new ResumeFixture.Killed();
        });
        assertThat(fixture.dieAt(event -> false, ResumeFixture.file(CONTENT))).isTrue();
        drive.once(ScriptedDrive::isLastFragment, request -> {
            ScriptedDrive.Session session = drive.open.get(request.url());
            byte[] before = session.content.toByteArray();
            session.content.reset();
            session.content.write(before, 0, (int) ScriptedDrive.start(request));
            return drive.serve(request);
        });
        assertThat(fixture.upload(ResumeFixture.file(CONTENT)).resumed()).isTrue();
        assertThat(drive.openedUrls).hasSize(1);
        assertCommitted(CONTENT);
    }

    @Test
    void aReceiptThatIsSettledLeavesNothing() throws Exception {
        ProvenUpload upload = fixture.uploadWithReceipt(ResumeFixture.file(CONTENT));
        assertThat(fixture.journal.traces()).singleElement()
                .matches(trace -> trace.itemId().equals(Optional.of(upload.result().item().id())));
        upload.receipt().settle();
        upload.receipt().settle();
        assertThat(fixture.journal.traces()).isEmpty();
    }

    @Test
    void withRenameOurOwnEarlierSuccessIsNoReasonForACopyAndAnotherFileIs() throws Exception {
        fixture.conflict = ConflictBehavior.rename;
        drive.put("dump.sql", CONTENT);
        fixture.dieAt(step(UploadStep.ITEM_COMMITTED, 1), ResumeFixture.file(CONTENT));
        UploadResult result = fixture.upload(ResumeFixture.file(CONTENT));
        assertThat(drive.names()).containsExactly("dump 1.sql", "dump.sql");
        assertThat(result.item().name()).isEqualTo("dump 1.sql");
    }

    @Test
    void announcementsComeBeforeTheDeedAndReportsRightAfter() throws Exception {
        fixture.upload(ResumeFixture.file(UploadFixture.bytes(CHUNK + 200 * 1024)));
        assertThat(fixture.journal.writes.stream().filter(Predicate.not("reading"::equals)))
                .containsExactly("opening", "opened", "force", "force", "committed");
        assertThat(fixture.journal.writes).endsWith("reading", "force", "committed");
    }

    @Test
    void aSmallFileThatReplacesCostsNoAnnouncement() throws Exception {
        fixture.upload(ResumeFixture.file(UploadFixture.bytes(10)));
        assertThat(fixture.journal.writes).containsExactly("committed");
    }

    @Test
    void aFullDiskCostsTheRecordAndNotTheBackup() throws Exception {
        fixture.journal.full = true;
        ProvenUpload upload = fixture.uploadWithReceipt(ResumeFixture.file(CONTENT));
        assertThat(upload.receipt()).isSameAs(UploadReceipt.NONE);
        assertCommitted(CONTENT);
    }

    @Test
    void afterAFragmentThatWasSentTwiceAnUploadGoesOnAllTheSame() throws Exception {
        drive.once(ScriptedDrive::isFragment, Reply.error(500, "generalException"));
        dieAfterFragments(2, CONTENT);
        UploadResult result = fixture.upload(ResumeFixture.file(CONTENT));
        assertThat(fixture.resumedAt()).contains(2L * CHUNK);
        assertThat(result.bytesSent()).isEqualTo(CHUNK + 100);
        assertThat(drive.openedUrls).hasSize(1);
    }

    @Test
    void aJournalThatCannotBeUsedIsSaidOnce() throws Exception {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger logger = (Logger) LoggerFactory.getLogger("io.github.camelonedrive.upload");
        logger.addAppender(log);
        try {
            fixture.journal.full = true;
            fixture.upload(ResumeFixture.file(CONTENT));
        } finally {
            logger.detachAppender(log);
        }
        assertThat(log.list).filteredOn(event -> event.getLevel() == Level.WARN).singleElement()
                .satisfies(event -> assertThat(event.getFormattedMessage()).contains("/Backups/dump.sql", "No space left"));
    }

    @Test
    void whyAnUploadStartsAnewIsTold() throws Exception {
        dieAfterFragments(1, CONTENT);
        byte[] edited = CONTENT.clone();
        edited[5] ^= 1;
        fixture.upload(ResumeFixture.file(edited));
        assertThat(fixture.events).filteredOn(UploadEvent.StartedAnew.class::isInstance).singleElement()
                .isEqualTo(new UploadEvent.StartedAnew(fixture.events.get(0).uploadId(),
                        "what was sent is not what the source holds now"));
    }

    @Test
    void aDiskThatFillsUpOnTheWayCostsTheRecordAndNotTheBackup() throws Exception {
        fixture.drive.once(ScriptedDrive::isFragment, request -> {
            fixture.journal.full = true;
            return drive.serve(request);
        });
        fixture.upload(ResumeFixture.file(CONTENT));
        assertCommitted(CONTENT);
    }

    private void dieAfterFragments(int fragments, byte[] content) throws Exception {
        assertThat(fixture.dieAt(step(UploadStep.FRAGMENT_ACKNOWLEDGED, fragments), ResumeFixture.file(content))).isTrue();
    }

    private void assertCommitted(byte[] content) {
        assertThat(drive.files.get("dump.sql").content).isEqualTo(content);
        assertThat(drive.names()).containsExactly("dump.sql");
        assertThat(drive.open).isEmpty();
    }
}
