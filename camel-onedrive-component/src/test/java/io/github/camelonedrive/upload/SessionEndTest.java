package io.github.camelonedrive.upload;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.graph.ConflictBehavior;
import io.github.camelonedrive.graph.FakeHttp.Reply;
import io.github.camelonedrive.graph.GraphException;
import io.github.camelonedrive.graph.ThrottledTooLongException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.camelonedrive.upload.UploadFixture.CHUNK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** How a session ends: committed, lost, refused, cancelled. */
@Tag("C11")
class SessionEndTest {

    private static final byte[] THREE = UploadFixture.bytes(2 * CHUNK + 100);

    private final UploadFixture fixture = new UploadFixture();
    private final ScriptedDrive drive = fixture.drive;

    /** Law 1 of every test here: whatever happened, the token went to Graph and nowhere else. */
    @AfterEach
    void theTokenNeverGoesToAnUploadOrDownloadAddress() {
        assertThat(fixture.graph.http.seen()).allSatisfy(request -> assertThat(
                request.headerNames().contains("authorization")).isEqualTo(request.url().startsWith("https://graph.test/")));
    }

    @Test
    @Tag("C49")
    @Tag("C52")
    void aLostLastAnswerIsFoundOutByLookingAtTheItem() throws Exception {
        drive.once(ScriptedDrive::isLastFragment, drive.doneButAnswerLost());
        UploadResult result = fixture.upload(THREE);
        assertThat(drive.commits).isEqualTo(1);
        assertThat(result.verdict()).isEqualTo(Verdict.HASH);
        assertThat(drive.openedUrls).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"nextExpectedRanges\":[]}", "", "{\"expirationDateTime\":\"2026-03-01T08:16:00Z\"}"})
    @Tag("C43")
    void a202ToTheLastFragmentIsNoSuccessUntilTheItemIsSeen(String body) throws Exception {
        drive.once(ScriptedDrive::isLastFragment, drive.doneBut(Reply.json(202, body)));
        assertThat(fixture.upload(THREE).verdict()).isEqualTo(Verdict.HASH);
        assertThat(drive.commits).isEqualTo(1);
    }

    @Test
    void aCommitThatFailedIsSetGoingAgainByTheLastFragment() throws Exception {
        drive.put("dump.sql", new byte[] {1});
        for (int i = 0; i < 2; i++) {
            drive.once(ScriptedDrive::isLastFragment, Reply.error(500, "generalException"));
            drive.once(ScriptedDrive::isStatus, Reply.json(200, "{\"nextExpectedRanges\":[]}"));
        }
        fixture.upload(THREE);
        assertThat(drive.files.get("dump.sql").content).isEqualTo(THREE);
        assertThat(drive.openedUrls).hasSize(1);
    }

    @Test
    void aCommitThatNeverComesIsReportedAndTheSessionCancelled() {
        drive.put("dump.sql", new byte[] {1});
        for (int i = 0; i < 50; i++) {
            drive.once(ScriptedDrive::isLastFragment, Reply.json(202, "{\"nextExpectedRanges\":[]}"));
        }
        assertThatExceptionOfType(UploadSessionException.class).isThrownBy(() -> fixture.upload(THREE))
                .withMessageContaining("made no item");
        assertNothingCommitted();
    }

    @Test
    void aLateHashDoesNotMakeUsSendItAllAgain() throws Exception {
        drive.hashAfter = 5;
        drive.once(ScriptedDrive::isLastFragment, drive.doneButAnswerLost());
        assertThat(fixture.upload(THREE).verdict()).isEqualTo(Verdict.HASH);
        assertThat(drive.openedUrls).hasSize(1);
        assertThat(drive.commits).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 1000})
    @Tag("C58")
    void renameNeverMakesASecondFileOfOurOwn(int hashAfter) throws Exception {
        fixture.conflict = ConflictBehavior.rename;
        drive.put("dump.sql", THREE);
        drive.hashAfter = hashAfter;
        drive.once(ScriptedDrive::isLastFragment, drive.doneButAnswerLost());
        UploadResult result = fixture.upload(THREE);
        assertThat(drive.names()).containsExactly("dump 1.sql", "dump.sql");
        assertThat(result.item().name()).isEqualTo("dump 1.sql");
        assertThat(drive.files.get("dump.sql").id).isEqualTo("OLD-dump.sql");
    }

    @Test
    void anOlderCopyUnderRenameIsNotTakenForOurs() throws Exception {
        fixture.conflict = ConflictBehavior.rename;
        drive.put("dump.sql", THREE);
        drive.put("dump 1.sql", THREE);
        drive.once(ScriptedDrive::isLastFragment, Reply.error(404, "itemNotFound"));
        assertThat(fixture.upload(THREE).item().name()).isEqualTo("dump 2.sql");
    }

    @ParameterizedTest
    @CsvSource({"replace", "rename"})
    @Tag("C29")
    void aSessionThatIsOpenElsewhereIsSaidPlainly(ConflictBehavior conflict) {
        fixture.conflict = conflict;
        drive.once(ScriptedDrive::isOpen, Reply.error(409, "nameAlreadyExists"));
        assertThatExceptionOfType(UploadSessionException.class).isThrownBy(() -> fixture.upload(THREE))
                .withMessageContaining("another upload session").satisfies(
                        failure -> assertThat(failure.kind()).isEqualTo(FailureKind.SERVICE));
        assertThat(fixture.sessionSteps()).isEmpty();
    }

    @Test
    void failReportsATakenNameAtOnce() {
        fixture.conflict = ConflictBehavior.fail;
        drive.put("dump.sql", THREE);
        drive.once(ScriptedDrive::isOpen, Reply.error(409, "nameAlreadyExists"));
        assertThatExceptionOfType(GraphException.NameConflict.class).isThrownBy(() -> fixture.upload(THREE));
    }

    @Test
    @Tag("C53")
    void failReportsANameThatIsTakenAtTheCommit() {
        fixture.conflict = ConflictBehavior.fail;
        drive.put("dump.sql", THREE);
        assertThatExceptionOfType(GraphException.NameConflict.class).isThrownBy(() -> fixture.upload(THREE))
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.SOURCE));
        assertNothingCommitted();
    }

    @Test
    void underFailANameTakenByOurOwnLostCommitIsSuccess() throws Exception {
        fixture.conflict = ConflictBehavior.fail;
        drive.once(ScriptedDrive::isLastFragment, drive.doneButAnswerLost());
        drive.once(ScriptedDrive::isStatus, Reply.json(200, "{\"nextExpectedRanges\":[\"655360-\"]}"));
        drive.once(ScriptedDrive::isLastFragment, Reply.error(409, "nameAlreadyExists"));
        assertThat(fixture.upload(THREE).verdict()).isEqualTo(Verdict.HASH);
        assertThat(drive.commits).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"replace, nameAlreadyExists", "replace, resourceModified", "rename, nameAlreadyExists",
        "fail, resourceModified"})
    @Tag("C53")
    void aRaceLostAtTheCommitIsRunAgainWithANewSession(ConflictBehavior conflict, String code) throws Exception {
        fixture.conflict = conflict;
        drive.once(ScriptedDrive::isLastFragment, Reply.error(409, code));
        fixture.upload(THREE);
        assertThat(drive.openedUrls).hasSize(2);
        assertThat(drive.open).isEmpty();
        assertThat(drive.names()).containsExactly("dump.sql");
    }

    @Test
    @Tag("C28")
    void aFullDriveEndsItBeforeAnyByte() {
        drive.once(ScriptedDrive::isOpen, Reply.error(507, "quotaLimitReached"));
        assertThatExceptionOfType(GraphException.QuotaExceeded.class).isThrownBy(() -> fixture.upload(THREE))
                .withMessageContaining("full");
        assertThat(fixture.sessionSteps()).isEmpty();
        assertThat(fixture.graph.time.sleeps()).isEmpty();
    }

    @Test
    @Tag("C55")
    void notBeingAbleToCancelDoesNotHideWhyItFailed() {
        drive.once(ScriptedDrive::isFragment, Reply.error(507, "quotaLimitReached"));
        for (int i = 0; i < 3; i++) {
            drive.once(ScriptedDrive::isCancel, Reply.error(500, "generalException"));
        }
        assertThatExceptionOfType(GraphException.QuotaExceeded.class).isThrownBy(() -> fixture.upload(THREE))
                .satisfies(failure -> assertThat(failure.getSuppressed()).hasSize(1));
        assertThat(fixture.graph.time.slept()).isLessThanOrEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void aSessionWhoseCancellationFailsOnceIsEndedAllTheSame() {
        drive.once(ScriptedDrive::isFragment, Reply.error(507, "quotaLimitReached"));
        drive.once(ScriptedDrive::isCancel, Reply.error(500, "generalException"));
        assertThatExceptionOfType(GraphException.QuotaExceeded.class).isThrownBy(() -> fixture.upload(THREE))
                .satisfies(failure -> assertThat(failure.getSuppressed()).isEmpty());
        assertThat(drive.open).isEmpty();
    }

    @Test
    void nobodyWaitsAnHourAtTheGateInOrderToCancel() {
        drive.once(ScriptedDrive::isFragment, Reply.empty(429).with("Retry-After", "3600"));
        assertThatExceptionOfType(ThrottledTooLongException.class).isThrownBy(() -> fixture.upload(THREE));
        assertThat(fixture.graph.time.sleeps()).isEmpty();
        assertThat(fixture.sessionSteps()).containsExactly("1 PUT 0-327679");
    }

    @Test
    void aFolderThatWasDeletedMeanwhileIsMadeAgain() throws Exception {
        fixture.upload(new byte[1]);
        drive.once(ScriptedDrive::isOpen, Reply.error(404, "itemNotFound"));
        fixture.upload(THREE);
        assertThat(fixture.graph.http.seen()).filteredOn(request -> request.target().endsWith("root:/Backups")).hasSize(2);
    }

    @Test
    void anInterruptWhilePausingCancelsTheSession() {
        drive.once(ScriptedDrive::isFragment, Reply.empty(503).with("Retry-After", "5"));
        fixture.graph.time.whileSleeping(slept -> {
            fixture.graph.time.whileSleeping(again -> {
            });
            throw new InterruptedException();
        });
        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> fixture.upload(THREE));
        assertNothingCommitted();
        assertThat(fixture.sessionSteps()).containsExactly("1 PUT 0-327679", "1 DELETE");
    }

    @Test
    void anInterruptWhileSendingStopsWithinTheFragment() {
        byte[] large = UploadFixture.bytes(3 * CHUNK);
        Thread uploading = Thread.currentThread();
        assertThatExceptionOfType(InterruptedException.class).isThrownBy(
                () -> fixture.upload(new UploadFixture.SpoiledSource(large, large.length) {
                    @Override
                    public int read(long position, byte[] buffer, int length) throws java.io.IOException {
                        if (position > 0) {
                            uploading.interrupt();
                        }
                        return super.read(position, buffer, length);
                    }
                }));
        assertNothingCommitted();
        assertThat(fixture.sessionSteps()).containsExactly("1 PUT 0-327679", "1 DELETE");
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    @Tag("C13")
    void noMessageHoldsTheUploadAddress() {
        drive.once(ScriptedDrive::isFragment, Reply.json(400, "{\"error\":{\"code\":\"invalidRequest\",\"message\":\"at "
                + "https://upload.test/session/1?guid='5e55'&tempauth=test%2Bcanary-1 " + UUID.randomUUID() + "\"}}"));
        assertThatExceptionOfType(GraphException.class).isThrownBy(() -> fixture.upload(THREE))
                .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain("tempauth"));
    }

    private void assertNothingCommitted() {
        assertThat(drive.commits).isZero();
        assertThat(drive.open).isEmpty();
        assertThat(List.copyOf(drive.files.values())).allMatch(file -> file.id.startsWith("OLD-"));
    }
}
