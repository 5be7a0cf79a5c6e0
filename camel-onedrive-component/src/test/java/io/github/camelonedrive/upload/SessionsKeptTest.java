package io.github.camelonedrive.upload;

import java.net.SocketException;
import java.time.Duration;
import java.time.Instant;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.graph.ConflictBehavior;
import io.github.camelonedrive.graph.FakeHttp.Reply;
import io.github.camelonedrive.graph.GraphException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.camelonedrive.upload.ResumeFixture.CHUNK;
import static io.github.camelonedrive.upload.ResumeFixture.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Which sessions are left for the next attempt, which are ended, and which are waited for. */
class SessionsKeptTest {

    private static final byte[] CONTENT = UploadFixture.bytes(3 * CHUNK);

    private final ResumeFixture fixture = new ResumeFixture();
    private final ScriptedDrive drive = fixture.drive;

    @Test
    void afterAFailureThatPassesTheNextAttemptGoesOn() throws Exception {
        drive.once(ScriptedDrive::isFragment, drive::serve);
        lineIsDead();
        assertThatExceptionOfType(OneDriveException.class).isThrownBy(this::upload);
        assertThat(drive.open).hasSize(1);
        lineIsBack();
        assertThat(upload().bytesSent()).isEqualTo(2 * CHUNK);
        assertThat(drive.openedUrls).hasSize(1);
        assertThat(drive.open).isEmpty();
    }

    @Test
    void afterTheLastAttemptNothingIsLeft() {
        fixture.lastAttempt = true;
        drive.once(ScriptedDrive::isFragment, drive::serve);
        for (int i = 0; i < 20; i++) {
            drive.once(ScriptedDrive::isFragment, Reply.error(503, "serviceNotAvailable"));
        }
        assertThatExceptionOfType(OneDriveException.class).isThrownBy(this::upload);
        assertThat(drive.open).isEmpty();
        assertThat(fixture.journal.traces()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 413, 507})
    @Tag("C55")
    void whatTheServiceRefusesForGoodIsEnded(int status) {
        drive.once(ScriptedDrive::isFragment, Reply.error(status, "no"));
        assertThatExceptionOfType(OneDriveException.class).isThrownBy(this::upload);
        assertThat(drive.open).isEmpty();
        assertThat(fixture.journal.traces()).isEmpty();
    }

    @Test
    void aCreationThatIsRefusedLeavesNothingToWaitFor() {
        drive.once(ScriptedDrive::isOpen, Reply.error(507, "quotaLimitReached"));
        assertThatExceptionOfType(GraphException.QuotaExceeded.class).isThrownBy(this::upload);
        assertThat(fixture.journal.traces()).isEmpty();
    }

    @Test
    void aLostSessionIsEndedAlthoughThatFailsForAWhile() throws Exception {
        drive.once(ScriptedDrive::isFragment, Reply.error(403, "accessDenied"));
        for (int i = 0; i < 5; i++) {
            drive.once(ScriptedDrive::isCancel, Reply.error(500, "generalException"));
        }
        assertThat(upload().verdict()).isEqualTo(Verdict.HASH);
        assertThat(drive.openedUrls).hasSize(2);
        assertThat(drive.open).isEmpty();
    }

    @Test
    void anOlderCopyOfTheSameBytesDoesNotLeaveOurSessionOpen() throws Exception {
        drive.put("dump.sql", CONTENT);
        drive.once(ScriptedDrive::isLastFragment, request -> {
            drive.open.get(request.url()).content.writeBytes(request.body());
            throw new SocketException("Connection reset");
        });
        drive.once(ScriptedDrive::isStatus, Reply.json(200, "{\"nextExpectedRanges\":[]}"));
        assertThat(upload().verdict()).isEqualTo(Verdict.HASH);
        assertThat(drive.open).isEmpty();
        assertThat(fixture.journal.traces()).singleElement().matches(trace -> trace.uploadUrl().isEmpty());
    }

    @Test
    void aSourceThatChangedEndsItsSession() {
        UploadSource changing = new ResumeFixture.FakeFile("/dumps/dump.sql", CONTENT, Instant.EPOCH) {
            @Override
            public void checkUnchanged() throws SourceChangedException {
                throw new SourceChangedException("It changed.");
            }
        };
        assertThatExceptionOfType(SourceChangedException.class).isThrownBy(() -> fixture.upload(changing));
        assertThat(drive.open).isEmpty();
        assertThat(fixture.journal.traces()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Tag("C55")
    void aStopLeavesTheSessionForTheNextStart(boolean lastAttempt) throws Exception {
        fixture.lastAttempt = lastAttempt;
        drive.once(ScriptedDrive::isFragment, drive::serve);
        drive.once(ScriptedDrive::isFragment, Reply.error(503, "serviceNotAvailable"));
        fixture.graph.time.whileSleeping(duration -> {
            throw new InterruptedException("stop");
        });
        assertThatExceptionOfType(InterruptedException.class).isThrownBy(this::upload);
        assertThat(drive.open).hasSize(1);
        assertThat(fixture.graph.http.seen()).noneMatch(ScriptedDrive::isCancel);
        fixture.graph.time.whileSleeping(duration -> {
        });
        assertThat(upload().bytesSent()).isEqualTo(2 * CHUNK);
    }

    @Test
    void withoutADurableRecordAStopEndsTheSession() {
        fixture.journal.full = true;
        drive.once(ScriptedDrive::isFragment, Reply.error(503, "serviceNotAvailable"));
        fixture.graph.time.whileSleeping(duration -> {
            throw new InterruptedException("stop");
        });
        assertThatExceptionOfType(InterruptedException.class).isThrownBy(this::upload);
        assertThat(drive.open).isEmpty();
    }

    @Test
    void aSessionThatCanNotBeEndedStaysOnRecordAndIsEndedLater() throws Exception {
        fixture.dieAt(step(UploadStep.FRAGMENT_ACKNOWLEDGED, 1), ResumeFixture.file(CONTENT));
        for (int i = 0; i < 3; i++) {
            drive.once(ScriptedDrive::isCancel, request -> {
                throw new SocketException("Connection reset");
            });
        }
        byte[] other = UploadFixture.bytes(2 * CHUNK);
        fixture.upload(ResumeFixture.file(other));
        assertThat(drive.open).hasSize(1);
        fixture.upload(ResumeFixture.file(other));
        assertThat(drive.open).isEmpty();
    }

    @Test
    void aMismatchIsForgottenSoThatTheNextAttemptSendsItAnew() throws Exception {
        drive.once(ScriptedDrive::isLastFragment, request -> {
            drive.serve(request);
            drive.files.get("dump.sql").content[0] ^= 1;
            return Reply.json(201, "{\"id\":\"" + drive.files.get("dump.sql").id + "\",\"name\":\"dump.sql\",\"size\":"
                    + CONTENT.length + ",\"file\":{\"hashes\":{\"quickXorHash\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAA=\"}}}");
        });
        assertThatExceptionOfType(VerificationFailedException.class).isThrownBy(this::upload)
                .matches(VerificationFailedException::isMismatch);
        assertThat(drive.names()).containsExactly("dump.sql");
        assertThat(upload().bytesSent()).isEqualTo(CONTENT.length);
        assertThat(drive.files.get("dump.sql").content).isEqualTo(CONTENT);
    }

    @Test
    void whatCouldNotBeComparedIsOnlyComparedTheNextTime() throws Exception {
        fixture.verification = Verification.readback;
        for (int i = 0; i < 20; i++) {
            drive.once(request -> request.url().startsWith("https://files.test/"), Reply.error(503, "serviceNotAvailable"));
        }
        assertThatExceptionOfType(VerificationFailedException.class).isThrownBy(this::upload)
                .matches(failure -> !failure.isMismatch());
        lineIsBack();
        assertThat(upload().bytesSent()).isZero();
        assertThat(drive.commits).isEqualTo(1);
    }

    @Test
    void aSessionThatWasOpenedWithoutOurKnowingIsWaitedFor() throws Exception {
        fixture.dieAt(step(UploadStep.SESSION_OPENED, 1), ResumeFixture.file(CONTENT));
        for (int i = 0; i < 40; i++) {
            drive.once(ScriptedDrive::isOpen, Reply.error(409, "nameAlreadyExists"));
        }
        assertThat(upload().resumed()).isFalse();
        assertThat(fixture.graph.time.slept()).isEqualTo(Duration.ofSeconds(40 * 15));
        assertThat(fixture.events).filteredOn(UploadEvent.Waiting.class::isInstance).hasSize(40)
                .allMatch(event -> ((UploadEvent.Waiting) event).reason().contains("still holds the name"));
    }

    @Test
    void anotherFileForTheSameNameWaitsForItToo() throws Exception {
        fixture.dieAt(step(UploadStep.SESSION_OPENED, 1), ResumeFixture.file(CONTENT));
        drive.once(ScriptedDrive::isOpen, Reply.error(409, "nameAlreadyExists"));
        fixture.upload(ResumeFixture.file(UploadFixture.bytes(CHUNK)));
        assertThat(fixture.graph.time.sleeps()).containsExactly(Duration.ofSeconds(15));
        assertThat(fixture.journal.traces()).allMatch(trace -> trace.openingSince().isEmpty());
    }

    @Test
    void itIsNotWaitedForLongerThanASessionLives() throws Exception {
        fixture.dieAt(step(UploadStep.SESSION_OPENED, 1), ResumeFixture.file(CONTENT));
        for (int i = 0; i < 200; i++) {
            drive.once(ScriptedDrive::isOpen, Reply.error(409, "nameAlreadyExists"));
        }
        assertThatExceptionOfType(UploadSessionException.class).isThrownBy(this::upload)
                .withMessageContaining("another upload session");
        assertThat(fixture.graph.time.slept()).isEqualTo(Duration.ofMinutes(20));
    }

    @Test
    void aClockThatJumpsBackDoesNotMakeItWaitForEver() throws Exception {
        fixture.dieAt(step(UploadStep.SESSION_OPENED, 1), ResumeFixture.file(CONTENT));
        fixture.graph.time.setClock(Instant.parse("2020-01-01T00:00:00Z"));
        for (int i = 0; i < 200; i++) {
            drive.once(ScriptedDrive::isOpen, Reply.error(409, "nameAlreadyExists"));
        }
        assertThatExceptionOfType(UploadSessionException.class).isThrownBy(this::upload);
        assertThat(fixture.graph.time.slept()).isBetween(Duration.ofMinutes(20), Duration.ofMinutes(21));
    }

    @Test
    void aCreationWhoseAnswerWasLostIsWaitedForInTheSameProcess() throws Exception {
        drive.once(ScriptedDrive::isOpen, drive.doneButAnswerLost());
        drive.once(ScriptedDrive::isOpen, Reply.error(409, "nameAlreadyExists"));
        assertThat(upload().verdict()).isEqualTo(Verdict.HASH);
    }

    @Test
    void aTakenNameWithoutAnythingLostIsReportedAtOnce() {
        drive.once(ScriptedDrive::isOpen, Reply.error(409, "nameAlreadyExists"));
        assertThatExceptionOfType(UploadSessionException.class).isThrownBy(this::upload);
        assertThat(fixture.graph.time.slept()).isEqualTo(Duration.ZERO);
        assertThat(fixture.journal.traces()).isEmpty();
    }

    @Test
    void whoIsKeptOutByAnUploadOfThisMachineIsToldSo() throws Exception {
        UploadKey key = new UploadKey("offsite", "drive", fixture.request().target());
        UploadIdentity identity = UploadIdentity.of(ResumeFixture.file(CONTENT), fixture.request().options());
        try (JournalEntry living = fixture.journal.begin(key, identity)) {
            drive.once(ScriptedDrive::isOpen, Reply.error(409, "nameAlreadyExists"));
            assertThatExceptionOfType(UploadSessionException.class).isThrownBy(this::upload)
                    .withMessageContaining("another upload of this one, is uploading to the same name just now");
            assertThat(living.trace().uploadUrl()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void underFailATakenNameIsAWaitOnlyWhenNoFileHasIt(boolean there) throws Exception {
        fixture.conflict = ConflictBehavior.fail;
        fixture.dieAt(step(UploadStep.SESSION_OPENED, 1), ResumeFixture.file(CONTENT));
        drive.once(ScriptedDrive::isOpen, Reply.error(409, "nameAlreadyExists"));
        if (there) {
            drive.put("dump.sql", new byte[] {1});
            assertThatExceptionOfType(GraphException.NameConflict.class).isThrownBy(this::upload);
        } else {
            assertThat(upload().verdict()).isEqualTo(Verdict.HASH);
        }
    }

    private UploadResult upload() throws Exception {
        return fixture.upload(ResumeFixture.file(CONTENT));
    }

    private void lineIsDead() {
        for (int i = 0; i < 50; i++) {
            drive.once(request -> request.url().startsWith("https://upload.test/"), request -> {
                throw new SocketException("Connection reset");
            });
        }
    }

    private void lineIsBack() {
        drive.forgetRules();
    }
}
