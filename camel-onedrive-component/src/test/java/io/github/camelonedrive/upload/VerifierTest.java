package io.github.camelonedrive.upload;

import java.time.Duration;

import io.github.camelonedrive.graph.FakeHttp.Reply;
import io.github.camelonedrive.hash.QuickXorHash;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class VerifierTest {

    private static final byte[] CONTENT = UploadFixture.bytes(500);
    private static final byte[] SAME_SIZE = UploadFixture.bytes(500).clone();

    static {
        SAME_SIZE[17] ^= 1;
    }

    private final UploadFixture fixture = new UploadFixture();
    private final ScriptedDrive drive = fixture.drive;

    @Test
    void equalSizeAndHashNeedNoFurtherRequest() throws Exception {
        assertThat(fixture.upload(CONTENT).verdict()).isEqualTo(Verdict.HASH);
        assertThat(fixture.graph.http.seen()).noneMatch(ScriptedDrive::isItem);
    }

    @Test
    void aLateHashIsAskedForEverLessOften() throws Exception {
        drive.hashAfter = 8;
        assertThat(fixture.upload(CONTENT).verdict()).isEqualTo(Verdict.HASH);
        assertThat(fixture.graph.time.sleeps()).extracting(Duration::toMillis)
                .containsExactly(250L, 500L, 1000L, 2000L, 4000L, 5000L, 5000L, 5000L);
    }

    @Test
    void aHashThatNeverComesIsReplacedByReadingBack() throws Exception {
        drive.hashAfter = 1000;
        assertThat(fixture.upload(CONTENT).verdict()).isEqualTo(Verdict.READBACK);
        assertThat(fixture.graph.time.slept()).isEqualTo(Duration.ofSeconds(60));
        assertThat(drive.commits).isEqualTo(1);
    }

    @Test
    void readBackContentThatDiffersIsNoSuccess() {
        drive.hashAfter = 1000;
        damaged();
        assertThatExceptionOfType(VerificationFailedException.class).isThrownBy(() -> fixture.upload(CONTENT))
                .withMessageContaining("content is 500 bytes");
    }

    @Test
    @Tag("C22")
    void anItemOfAnotherHashIsReportedAndKept() {
        damaged();
        assertThatExceptionOfType(VerificationFailedException.class).isThrownBy(() -> fixture.upload(CONTENT))
                .withMessageContaining("QuickXorHash").withMessageContaining("was kept")
                .withMessageContaining("Version history")
                .satisfies(failure -> assertThat(failure.item().id()).isEqualTo(drive.files.get("dump.sql").id));
        assertThat(drive.files.get("dump.sql").content).isEqualTo(SAME_SIZE);
        assertThat(fixture.graph.http.seen()).noneMatch(request -> request.method().equals("DELETE"));
    }

    @ParameterizedTest
    @EnumSource(value = Verification.class, names = {"hash", "size"})
    @Tag("C22")
    void anItemOfAnotherSizeIsReported(Verification verification) {
        fixture.verification = verification;
        drive.once(ScriptedDrive::isPut, request -> {
            Reply reply = drive.serve(request);
            return Reply.json(201, new String(reply.body()).replace("\"size\":500", "\"size\":501"));
        });
        assertThatExceptionOfType(VerificationFailedException.class).isThrownBy(() -> fixture.upload(CONTENT))
                .withMessageContaining("size is 501").withMessageContaining("has 500");
    }

    @Test
    void readbackComparesWhatComesDown() throws Exception {
        fixture.verification = Verification.readback;
        assertThat(fixture.upload(CONTENT).verdict()).isEqualTo(Verdict.READBACK);
        assertThat(fixture.graph.http.seen()).filteredOn(request -> request.url().startsWith("https://files.test/"))
                .singleElement().satisfies(request -> assertThat(request.headerNames()).doesNotContain("authorization"));
        damaged();
        assertThatExceptionOfType(VerificationFailedException.class).isThrownBy(() -> fixture.upload(CONTENT))
                .withMessageContaining("SHA-256");
    }

    /** Which the hash alone can't see, because a fragment is a multiple of its period. */
    @Test
    void readbackSeesSwappedFragments() {
        fixture.verification = Verification.readback;
        byte[] content = UploadFixture.bytes(2 * UploadFixture.CHUNK);
        drive.once(ScriptedDrive::isLastFragment, request -> {
            Reply reply = drive.serve(request);
            byte[] stored = drive.files.get("dump.sql").content;
            System.arraycopy(content, 0, stored, UploadFixture.CHUNK, UploadFixture.CHUNK);
            System.arraycopy(content, UploadFixture.CHUNK, stored, 0, UploadFixture.CHUNK);
            return reply;
        });
        assertThatExceptionOfType(VerificationFailedException.class).isThrownBy(() -> fixture.upload(content));
    }

    @Test
    void aBrokenDownloadIsTriedAgainAndNothingIsSentAgain() throws Exception {
        fixture.verification = Verification.readback;
        drive.once(request -> request.url().startsWith("https://files.test/"), Reply.empty(503));
        assertThat(fixture.upload(CONTENT).verdict()).isEqualTo(Verdict.READBACK);
        assertThat(drive.commits).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404, 503})
    void whatCanNotBeReadBackIsKeptAndUnproven(int status) {
        fixture.verification = Verification.readback;
        for (int i = 0; i < 20; i++) {
            drive.once(request -> request.target().endsWith("/content"), Reply.empty(status));
        }
        assertThatExceptionOfType(VerificationFailedException.class).isThrownBy(() -> fixture.upload(CONTENT))
                .withMessageContaining("is there but could not be compared").withMessageContaining(String.valueOf(status));
        assertThat(drive.commits).isEqualTo(1);
    }

    @Test
    void whenTheHashCanNotBeAskedForTheItemIsReadBack() throws Exception {
        drive.hashAfter = 3;
        drive.once(ScriptedDrive::isItem, Reply.error(403, "accessDenied"));
        assertThat(fixture.upload(CONTENT).verdict()).isEqualTo(Verdict.READBACK);
        assertThat(drive.commits).isEqualTo(1);
    }

    @Test
    void whenItCanNotBeReadBackEitherItIsUnproven() {
        drive.hashAfter = 3;
        drive.once(ScriptedDrive::isItem, Reply.error(403, "accessDenied"));
        drive.once(request -> request.target().endsWith("/content"), Reply.error(403, "accessDenied"));
        assertThatExceptionOfType(VerificationFailedException.class).isThrownBy(() -> fixture.upload(CONTENT))
                .withMessageContaining("could not be compared");
    }

    @Test
    @Tag("C21")
    void anAnswerWithAnIdOnlyIsLookedUp() throws Exception {
        drive.once(ScriptedDrive::isPut, request -> {
            Reply reply = drive.serve(request);
            return Reply.json(201, new String(reply.body()).replaceFirst(",\"name.*", "}"));
        });
        UploadResult result = fixture.upload(CONTENT);
        assertThat(result.verdict()).isEqualTo(Verdict.HASH);
        assertThat(result.item().name()).isEqualTo("dump.sql");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.docx", "a.XLSX", "a.b.pdf", "index.html", "mail.htm"})
    @Tag("C22")
    void whatALibraryRewritesIsAWarning(String name) throws Exception {
        fixture.name = name;
        drive.driveType = "documentLibrary";
        damaged();
        assertThat(fixture.upload(CONTENT).verdict()).isEqualTo(Verdict.REWRITTEN_BY_LIBRARY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dump.sql", "pdf", "docx.gz", "html"})
    void otherFilesInALibraryAreNot(String name) {
        fixture.name = name;
        drive.driveType = "documentLibrary";
        damaged();
        assertThatExceptionOfType(VerificationFailedException.class).isThrownBy(() -> fixture.upload(CONTENT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"business", "personal"})
    @Tag("C22")
    void norAreOfficeFilesElsewhere(String driveType) {
        fixture.name = "a.docx";
        drive.driveType = driveType;
        damaged();
        assertThatExceptionOfType(VerificationFailedException.class).isThrownBy(() -> fixture.upload(CONTENT));
    }

    @Test
    void sizeAndNoneCompareNoMoreThanTheySay() throws Exception {
        damaged();
        fixture.verification = Verification.size;
        assertThat(fixture.upload(CONTENT).verdict()).isEqualTo(Verdict.SIZE);
        damaged();
        fixture.verification = Verification.none;
        assertThat(fixture.upload(CONTENT).verdict()).isEqualTo(Verdict.NONE);
    }

    /** The next PUT is stored with one bit flipped. */
    private void damaged() {
        drive.once(ScriptedDrive::isPut, request -> {
            Reply reply = drive.serve(request);
            ScriptedDrive.StoredFile file = drive.files.get(fixture.name);
            file.content = SAME_SIZE;
            String hash = hash(CONTENT);
            return Reply.json(reply.status(), new String(reply.body()).replace(hash, hash(SAME_SIZE)));
        });
    }

    private static String hash(byte[] content) {
        QuickXorHash hash = new QuickXorHash();
        hash.update(content, 0, content.length);
        return hash.base64();
    }
}
