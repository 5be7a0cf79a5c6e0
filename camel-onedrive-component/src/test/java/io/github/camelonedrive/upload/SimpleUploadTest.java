package io.github.camelonedrive.upload;

import java.net.SocketException;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.graph.ConflictBehavior;
import io.github.camelonedrive.graph.FakeHttp.Reply;
import io.github.camelonedrive.graph.FakeHttp.Request;
import io.github.camelonedrive.graph.GraphException;
import io.github.camelonedrive.graph.IllegalNameException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.camelonedrive.upload.UploadFixture.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SimpleUploadTest {

    private static final byte[] SMALL = UploadFixture.bytes(100);

    private final UploadFixture fixture = new UploadFixture();
    private final ScriptedDrive drive = fixture.drive;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, LIMIT - 1, LIMIT})
    @Tag("C16")
    void whatIsSmallGoesByOnePut(int size) throws Exception {
        byte[] content = UploadFixture.bytes(size);
        UploadResult result = fixture.upload(content);
        assertThat(drive.files.get("dump.sql").content).isEqualTo(content);
        assertThat(result.mode()).isEqualTo(UploadMode.SIMPLE);
        assertThat(result.fragments()).isEqualTo(1);
        assertThat(result.bytesSent()).isEqualTo(size);
        assertThat(result.verdict()).isEqualTo(Verdict.HASH);
        Request put = fixture.graph.http.seen().stream().filter(ScriptedDrive::isPut).findFirst().orElseThrow();
        assertThat(put.contentLength()).isEqualTo(size);
        assertThat(put.contentType()).isEqualTo("application/octet-stream");
        assertThat(drive.openedUrls).isEmpty();
    }

    @Test
    @Tag("C16")
    void oneByteMoreGoesByASession() throws Exception {
        assertThat(fixture.upload(UploadFixture.bytes(LIMIT + 1)).mode()).isEqualTo(UploadMode.SESSION);
    }

    @Test
    @Tag("C15")
    void keepingTheTimeTakesASessionExceptForEmptyFiles() throws Exception {
        fixture.keepTime = true;
        assertThat(fixture.upload(new UploadFixture.SpoiledSource(SMALL, SMALL.length)).mode()).isEqualTo(UploadMode.SESSION);
        assertThat(fixture.upload(new UploadFixture.SpoiledSource(new byte[0], 0)).mode()).isEqualTo(UploadMode.SIMPLE);
        assertThat(fixture.upload(SMALL).mode()).as("no time is known").isEqualTo(UploadMode.SIMPLE);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("C17")
    void theConflictBehaviourIsAlwaysInTheQuery(ConflictBehavior conflict) throws Exception {
        fixture.conflict = conflict;
        fixture.name = "a b+#%ü'[1].txt";
        fixture.upload(SMALL);
        assertThat(fixture.graph.http.seen()).filteredOn(ScriptedDrive::isPut).extracting(Request::target).containsExactly(
                "/v1.0/me/drive/items/FOLDER:/a%20b%2B%23%25%C3%BC'%5B1%5D.txt:/content?@microsoft.graph.conflictBehavior="
                        + conflict);
        assertThat(drive.names()).containsExactly(fixture.name);
    }

    @Test
    void onceTheFolderIsKnownAFileCostsOneRequest() throws Exception {
        fixture.upload(SMALL);
        int before = fixture.graph.http.seen().size();
        fixture.upload(SMALL);
        assertThat(fixture.graph.http.seen()).hasSize(before + 1);
    }

    @Test
    void anExpiredTokenCostsARefreshAndTheContentIsSentAgain() throws Exception {
        drive.once(ScriptedDrive::isPut, Reply.error(401, "InvalidAuthenticationToken"));
        UploadResult result = fixture.upload(SMALL);
        assertThat(fixture.graph.tokens.replaced()).isEqualTo(1);
        assertThat(result.bytesSent()).isEqualTo(2L * SMALL.length);
        assertThat(drive.files.get("dump.sql").content).isEqualTo(SMALL);
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504, 409, 423, 429, 509})
    void aPassingFailureIsTriedAgain(int status) throws Exception {
        drive.once(ScriptedDrive::isPut, Reply.empty(status));
        drive.once(ScriptedDrive::isPut, Reply.empty(status));
        fixture.upload(SMALL);
        assertThat(drive.commits).isEqualTo(1);
        assertThat(fixture.graph.time.sleeps()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 405, 411, 415, 422, 507})
    void aPermanentOneIsNot(int status) {
        drive.once(ScriptedDrive::isPut, Reply.empty(status));
        assertThatExceptionOfType(GraphException.class).isThrownBy(() -> fixture.upload(SMALL));
        assertThat(fixture.graph.http.seen()).filteredOn(ScriptedDrive::isPut).hasSize(1);
    }

    /** Graph's own refusal has a code. */
    @ParameterizedTest
    @CsvSource({"invalidRequest, 1", "'', 2"})
    @Tag("C48")
    void requestTooLarge_isPassingOnlyIfAProxySaysSo(String code, int puts) throws Exception {
        drive.once(ScriptedDrive::isPut, code.isEmpty() ? Reply.empty(413) : Reply.error(413, code));
        if (puts == 1) {
            assertThatExceptionOfType(GraphException.class).isThrownBy(() -> fixture.upload(SMALL))
                    .satisfies(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.CONFIGURATION));
        } else {
            fixture.upload(SMALL);
        }
        assertThat(fixture.graph.http.seen()).filteredOn(ScriptedDrive::isPut).hasSize(puts);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("C104")
    void nameIsBusy_isTriedAgain(ConflictBehavior conflict) throws Exception {
        fixture.conflict = conflict;
        drive.once(ScriptedDrive::isPut, Reply.error(409, "nameAlreadyExists"));
        drive.once(ScriptedDrive::isPut, Reply.error(409, "nameAlreadyExists"));
        fixture.upload(SMALL);
        assertThat(drive.names()).containsExactly("dump.sql");
        assertThat(fixture.graph.time.sleeps()).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("C104")
    void nameStaysBusy_isNotTheFilesFault(ConflictBehavior conflict) {
        fixture.conflict = conflict;
        for (int i = 0; i < 10; i++) {
            drive.once(ScriptedDrive::isPut, Reply.error(409, "nameAlreadyExists"));
        }
        assertThatExceptionOfType(UploadSessionException.class).isThrownBy(() -> fixture.upload(SMALL))
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.SERVICE));
        assertThat(fixture.graph.http.seen()).filteredOn(ScriptedDrive::isPut).hasSize(5);
    }

    @ParameterizedTest
    @CsvSource({"replace, 0", "replace, 4", "fail, 0", "fail, 4", "rename, 0", "rename, 4", "rename, 1000"})
    void whatWasStoredThoughTheAnswerWasLostIsNotSentAgain(ConflictBehavior conflict, int hashAfter) throws Exception {
        fixture.conflict = conflict;
        drive.hashAfter = hashAfter;
        drive.once(ScriptedDrive::isPut, drive.doneButAnswerLost());
        fixture.upload(SMALL);
        assertThat(drive.commits).isEqualTo(1);
        assertThat(drive.names()).containsExactly("dump.sql");
    }

    @Test
    void underFailOurOwnFileIsNoConflict() throws Exception {
        fixture.conflict = ConflictBehavior.fail;
        drive.once(ScriptedDrive::isPut, drive.doneBut(Reply.empty(504)));
        drive.once(ScriptedDrive::isLookUp, Reply.error(404, "itemNotFound"));
        assertThat(fixture.upload(SMALL).verdict()).isEqualTo(Verdict.HASH);
        assertThat(drive.commits).isEqualTo(1);
    }

    @Test
    @Tag("C19")
    void underFailAFileThatWasThereIsAConflictEvenWithTheSameContent() {
        fixture.conflict = ConflictBehavior.fail;
        drive.put("dump.sql", SMALL);
        assertThatExceptionOfType(GraphException.NameConflict.class).isThrownBy(() -> fixture.upload(SMALL));
        assertThat(fixture.graph.http.seen()).filteredOn(ScriptedDrive::isPut).hasSize(1);
    }

    @Test
    @Tag("C20")
    void renameTellsTheNewName() throws Exception {
        fixture.conflict = ConflictBehavior.rename;
        drive.put("dump.sql", SMALL);
        assertThat(fixture.upload(SMALL).item().name()).isEqualTo("dump 1.sql");
    }

    @Test
    void aFolderThatWasDeletedMeanwhileIsLookedUpAgain() throws Exception {
        fixture.upload(SMALL);
        drive.once(ScriptedDrive::isPut, Reply.error(404, "itemNotFound"));
        fixture.upload(SMALL);
        assertThat(drive.commits).isEqualTo(2);
    }

    @Test
    void anIllegalNameIsRefusedBeforeAnyRequest() {
        fixture.name = "a:b";
        assertThatExceptionOfType(IllegalNameException.class).isThrownBy(() -> fixture.upload(SMALL));
        assertThat(fixture.graph.http.seen()).isEmpty();
        assertThat(fixture.events).isEmpty();
    }

    @Test
    void aBrokenConnectionEndsWithTheLastFailure() {
        for (int i = 0; i < 20; i++) {
            drive.once(ScriptedDrive::isPut, request -> {
                throw new SocketException("Connection reset");
            });
        }
        assertThatExceptionOfType(io.github.camelonedrive.graph.ConnectionFailedException.class)
                .isThrownBy(() -> fixture.upload(SMALL)).withMessageStartingWith("Uploading '/Backups/dump.sql' to 'offsite'");
    }
}
