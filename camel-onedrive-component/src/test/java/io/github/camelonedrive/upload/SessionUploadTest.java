package io.github.camelonedrive.upload;

import java.time.Duration;
import java.util.List;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.graph.ConflictBehavior;
import io.github.camelonedrive.graph.FakeHttp.Reply;
import io.github.camelonedrive.graph.FakeHttp.Request;
import io.github.camelonedrive.graph.GraphException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.camelonedrive.upload.UploadFixture.CHUNK;
import static io.github.camelonedrive.upload.UploadFixture.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The way of the fragments. */
@Tag("C11")
class SessionUploadTest {

    private static final byte[] THREE = UploadFixture.bytes(2 * CHUNK + 100);

    private final UploadFixture fixture = new UploadFixture();
    private final ScriptedDrive drive = fixture.drive;

    /** Law 1 of every test here: whatever happened, the token went to Graph and nowhere else. */
    @AfterEach
    void theTokenNeverGoesToAnUploadOrDownloadAddress() {
        assertThat(fixture.graph.http.seen()).allSatisfy(request -> assertThat(
                request.headerNames().contains("authorization")).isEqualTo(request.url().startsWith("https://graph.test/")));
    }

    @ParameterizedTest
    @ValueSource(ints = {LIMIT + 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK - 1, 2 * CHUNK, 2 * CHUNK + 1, 5 * CHUNK - 1,
        5 * CHUNK, 5 * CHUNK + 1})
    @Tag("C32")
    @Tag("C33")
    @Tag("C34")
    @Tag("C36")
    @Tag("C38")
    void everySizeArrivesInFragmentsThatTouch(int size) throws Exception {
        byte[] content = UploadFixture.bytes(size);
        UploadResult result = fixture.upload(content);
        assertThat(drive.files.get("dump.sql").content).isEqualTo(content);
        assertThat(drive.open).isEmpty();
        assertThat(result.mode()).isEqualTo(UploadMode.SESSION);
        assertThat(result.fragments()).isEqualTo((size + CHUNK - 1) / CHUNK).isEqualTo(fixture.sessionSteps().size());
        assertThat(result.bytesSent()).isEqualTo(size);
        assertThat(result.verdict()).isEqualTo(Verdict.HASH);
        assertThat(result.resumed()).isFalse();
        for (Request fragment : fixture.graph.http.seen().stream().filter(ScriptedDrive::isFragment).toList()) {
            assertThat(fragment.contentLength()).isEqualTo(ScriptedDrive.end(fragment) - ScriptedDrive.start(fragment) + 1);
            assertThat(ScriptedDrive.total(fragment)).isEqualTo(size);
        }
    }

    @Test
    @Tag("C23")
    @Tag("C26")
    void theSessionIsAskedForWithEverythingInsideTheItem() throws Exception {
        fixture.keepTime = true;
        fixture.upload(new UploadFixture.SpoiledSource(UploadFixture.bytes(10), 10));
        assertThat(drive.sessionRequests).containsExactly("{\"item\":{\"@microsoft.graph.conflictBehavior\":\"replace\","
                + "\"fileSize\":10,\"fileSystemInfo\":{\"lastModifiedDateTime\":\"2026-02-28T11:22:33Z\"}}}");
    }

    @Test
    @Tag("C8")
    void theUploadAddressIsUsedByteForByte() throws Exception {
        fixture.upload(THREE);
        assertThat(fixture.graph.http.seen()).filteredOn(ScriptedDrive::isFragment).extracting(Request::url)
                .containsOnly(drive.openedUrls.get(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[\"327680-\"]", "[\"327680-655459\"]", "[\"500000-\",\"327680-400000\"]", "[\" 327680- \"]",
        "[\"400000-500000\",\"600000-\",\"327680-\"]"})
    @Tag("C39")
    void everyFormOfNextExpectedRangesMeansItsSmallestStart(String ranges) throws Exception {
        drive.once(ScriptedDrive::isFragment, drive.doneBut(Reply.json(202, "{\"nextExpectedRanges\":" + ranges + "}")));
        fixture.upload(THREE);
        assertThat(fixture.sessionSteps()).containsExactly("1 PUT 0-327679", "1 PUT 327680-655359", "1 PUT 655360-655459");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{\"nextExpectedRanges\":[]}", "{\"nextExpectedRanges\":null}", "<html/>",
        "{\"nextExpectedRanges\":[\"soon\"]}"})
    void anAnswerWithoutRangesBeforeTheEndMakesUsAsk(String body) throws Exception {
        drive.once(ScriptedDrive::isFragment, drive.doneBut(Reply.json(202, body)));
        fixture.upload(THREE);
        assertThat(fixture.sessionSteps()).startsWith("1 PUT 0-327679", "1 GET", "1 PUT 327680-655359");
        assertThat(drive.files.get("dump.sql").content).isEqualTo(THREE);
    }

    @Test
    @Tag("C31")
    void aNewSessionWithoutRangesBeginsAtTheFirstByte() throws Exception {
        drive.once(ScriptedDrive::isOpen, request -> {
            Reply reply = drive.serve(request);
            return Reply.json(200, new String(reply.body()).replaceFirst(",\"nextExpectedRanges.*", "}"));
        });
        fixture.upload(THREE);
        assertThat(drive.files.get("dump.sql").content).isEqualTo(THREE);
    }

    @Test
    void aNewSessionThatClaimsToHaveBytesAlreadyIsNotBelieved() {
        drive.put("dump.sql", new byte[] {1});
        drive.once(ScriptedDrive::isOpen, request -> {
            Reply reply = drive.serve(request);
            return Reply.json(200, new String(reply.body()).replace("[\"0-\"]", "[\"5-\"]"));
        });
        assertThatExceptionOfType(UploadSessionException.class).isThrownBy(() -> fixture.upload(THREE))
                .withMessageContaining("expects byte 5 next, but only 0 were sent");
        assertNothingCommitted();
    }

    @Test
    void aServerAheadOfWhatWasSentIsNotBelieved() {
        drive.put("dump.sql", new byte[] {1});
        drive.once(ScriptedDrive::isFragment, drive.doneBut(Reply.json(202, "{\"nextExpectedRanges\":[\"327681-\"]}")));
        assertThatExceptionOfType(UploadSessionException.class).isThrownBy(() -> fixture.upload(THREE))
                .withMessageContaining("expects byte 327681 next, but only 327680 were sent");
        assertNothingCommitted();
    }

    @Test
    void norIsOneThatClaimsMoreOfABrokenFragmentThanLeftUs() {
        drive.put("dump.sql", new byte[] {1});
        byte[] large = UploadFixture.bytes(3 * CHUNK);
        drive.once(ScriptedDrive::isFragment, drive.cutAfter(10));
        drive.once(ScriptedDrive::isStatus, Reply.json(200, "{\"nextExpectedRanges\":[\"327680-\"]}"));
        assertThatExceptionOfType(UploadSessionException.class).isThrownBy(() -> fixture.upload(large))
                .withMessageContaining("expects byte 327680 next");
        assertNothingCommitted();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100_000, CHUNK - 1})
    @Tag("C40")
    @Tag("C46")
    void afterABreakItGoesOnAtTheVeryByteTheServerNames(int kept) throws Exception {
        drive.once(request -> ScriptedDrive.isFragment(request) && ScriptedDrive.start(request) == CHUNK, drive.cutAfter(kept));
        UploadResult result = fixture.upload(THREE);
        int next = CHUNK + kept;
        int end = Math.min(next + CHUNK, THREE.length) - 1;
        assertThat(fixture.sessionSteps()).startsWith("1 PUT 0-327679", "1 PUT 327680-655359", "1 GET",
                "1 PUT " + next + "-" + end);
        assertThat(drive.files.get("dump.sql").content).isEqualTo(THREE);
        assertThat(result.quickXorHash()).isEqualTo(result.item().quickXorHash().orElseThrow());
    }

    @Test
    void aServerThatLostBytesGetsThemAgain() throws Exception {
        drive.once(request -> ScriptedDrive.isFragment(request) && ScriptedDrive.start(request) == CHUNK, request -> {
            request.body();
            drive.open.values().iterator().next().content.reset();
            return Reply.json(202, "{\"nextExpectedRanges\":[\"0-\"]}");
        });
        UploadResult result = fixture.upload(THREE);
        assertThat(drive.files.get("dump.sql").content).isEqualTo(THREE);
        assertThat(result.bytesSent()).isEqualTo(THREE.length + 2L * CHUNK);
        assertThat(result.verdict()).isEqualTo(Verdict.HASH);
    }

    @Test
    void aServerThatGoesBackAndForthForeverIsGivenUp() {
        for (int i = 0; i < 200; i++) {
            String range = i % 2 == 0 ? "327680-" : "0-";
            drive.once(ScriptedDrive::isFragment, Reply.json(202, "{\"nextExpectedRanges\":[\"" + range + "\"]}"));
        }
        assertThatExceptionOfType(UploadSessionException.class).isThrownBy(() -> fixture.upload(THREE))
                .withMessageContaining("keeps none of them");
        assertThat(fixture.sessionSteps()).hasSizeLessThan(20).endsWith("1 DELETE");
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504, 429, 509, 416, 423})
    @Tag("C46")
    void aPassingFailureOfAFragmentIsFollowedByAQuestion(int status) throws Exception {
        drive.once(request -> ScriptedDrive.isFragment(request) && ScriptedDrive.start(request) == CHUNK, Reply.empty(status));
        fixture.upload(THREE);
        assertThat(fixture.sessionSteps()).containsExactly("1 PUT 0-327679", "1 PUT 327680-655359", "1 GET",
                "1 PUT 327680-655359", "1 PUT 655360-655459");
    }

    @Test
    @Tag("C37")
    void bytesThatAreThereAlreadyAreNotSentAgain() throws Exception {
        drive.once(ScriptedDrive::isFragment, drive.doneBut(Reply.empty(503)));
        UploadResult result = fixture.upload(THREE);
        assertThat(fixture.sessionSteps()).containsExactly("1 PUT 0-327679", "1 GET", "1 PUT 327680-655359",
                "1 PUT 655360-655459");
        assertThat(result.bytesSent()).isEqualTo(THREE.length);
    }

    @Test
    @Tag("C59")
    void retryAfterOfTheUploadHostHoldsForTheQuestionToo() throws Exception {
        drive.once(ScriptedDrive::isFragment, Reply.empty(429).with("Retry-After", "2.128"));
        fixture.upload(THREE);
        assertThat(fixture.graph.time.sleeps().get(0)).isEqualTo(Duration.ofMillis(2128));
    }

    @Test
    @Tag("C57")
    void progressFillsThePatienceUpAgain() throws Exception {
        byte[] content = UploadFixture.bytes(8 * CHUNK);
        for (int fragment = 0; fragment < 8; fragment++) {
            long start = (long) fragment * CHUNK;
            for (int i = 0; i < 3; i++) {
                drive.once(request -> ScriptedDrive.isFragment(request) && ScriptedDrive.start(request) == start,
                        Reply.empty(500));
            }
        }
        fixture.upload(content);
        assertThat(drive.files.get("dump.sql").content).isEqualTo(content);
    }

    @Test
    @Tag("C47")
    @Tag("C55")
    void withoutProgressItEndsAndTheSessionIsCancelled() {
        for (int i = 0; i < 50; i++) {
            drive.once(ScriptedDrive::isFragment, Reply.empty(500));
        }
        assertThatExceptionOfType(GraphException.Unavailable.class).isThrownBy(() -> fixture.upload(THREE));
        assertNothingCommitted();
        assertThat(fixture.sessionSteps()).filteredOn(step -> step.contains("PUT")).hasSize(5);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 405, 411, 412, 415, 422, 507})
    @Tag("C48")
    void aPermanentFailureEndsItAtOnce(int status) {
        drive.once(ScriptedDrive::isFragment, Reply.empty(status));
        assertThatExceptionOfType(GraphException.class).isThrownBy(() -> fixture.upload(THREE))
                .satisfies(failure -> assertThat(failure.status()).isEqualTo(status));
        assertThat(fixture.sessionSteps()).containsExactly("1 PUT 0-327679", "1 DELETE");
        assertThat(fixture.graph.time.sleeps()).isEmpty();
    }

    /** Personal drives say so of a session that is gone. */
    @ParameterizedTest
    @CsvSource({"uploadSessionNotFound, 0", "uploadSessionNotFound, 1", "uploadSessionNotFound, 2", "uploadSessionFailed, 0",
        "uploadSessionFailed, 2"})
    @Tag("C105")
    void lostSessionUnder400_isReplacedByANewOne(String inner, int fragment) throws Exception {
        drive.once(request -> ScriptedDrive.isFragment(request) && ScriptedDrive.start(request) == (long) fragment * CHUNK,
                inner(400, inner));
        fixture.upload(THREE);
        assertThat(drive.openedUrls).hasSize(2);
        assertThat(drive.open).isEmpty();
        assertThat(drive.commits).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"uploadSessionNotFound", "uploadSessionFailed"})
    @Tag("C105")
    void lostSessionUnder400_theItemIsLookedAtFirst(String inner) throws Exception {
        drive.once(ScriptedDrive::isLastFragment, drive.doneBut(inner(400, inner)));
        assertThat(fixture.upload(THREE).verdict()).isEqualTo(Verdict.HASH);
        assertThat(drive.openedUrls).hasSize(1);
        assertThat(drive.commits).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"uploadSessionNotFound", "uploadSessionFailed"})
    @Tag("C105")
    void lostSessionUnder400_isSeenWhenItsStateIsAskedFor(String inner) throws Exception {
        drive.once(ScriptedDrive::isFragment, Reply.empty(503));
        drive.once(ScriptedDrive::isStatus, inner(400, inner));
        fixture.upload(THREE);
        assertThat(drive.openedUrls).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"uploadSessionNotFound", "uploadSessionFailed"})
    @Tag("C105")
    void lostSessionUnder400_againAndAgain_isNotTheFilesFault(String inner) {
        for (int i = 0; i < 50; i++) {
            drive.once(ScriptedDrive::isFragment, inner(400, inner));
        }
        assertThatExceptionOfType(UploadSessionException.class).isThrownBy(() -> fixture.upload(THREE))
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.SERVICE));
        assertThat(drive.openedUrls).hasSizeLessThanOrEqualTo(4);
        assertNothingCommitted();
    }

    @Test
    @Tag("C105")
    void sessionThatCannotBeOpenedUnder400_isTriedAgain() throws Exception {
        drive.once(ScriptedDrive::isOpen, inner(400, "uploadSessionFailed"));
        fixture.upload(THREE);
        assertThat(drive.commits).isEqualTo(1);
    }

    /** The name is held by another session, as business drives have it. */
    @ParameterizedTest
    @EnumSource
    @Tag("C104")
    void nameIsBusyWhenASessionIsOpened_isNotTheFilesFault(ConflictBehavior conflict) {
        fixture.conflict = conflict;
        drive.once(ScriptedDrive::isOpen, Reply.error(409, "nameAlreadyExists"));
        assertThatExceptionOfType(UploadSessionException.class).isThrownBy(() -> fixture.upload(THREE))
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.SERVICE));
    }

    @ParameterizedTest
    @EnumSource
    @Tag("C104")
    void nameIsBusyAtTheLastFragment_isPassing(ConflictBehavior conflict) throws Exception {
        fixture.conflict = conflict;
        drive.once(ScriptedDrive::isLastFragment, Reply.error(409, "nameAlreadyExists"));
        fixture.upload(THREE);
        assertThat(drive.names()).containsExactly("dump.sql");
    }

    private static Reply inner(int status, String code) {
        return Reply.json(status, "{\"error\":{\"code\":\"invalidRequest\",\"message\":\"no\",\"innerError\":{\"code\":\""
                + code + "\"}}}");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 410})
    @Tag("C49")
    @Tag("C50")
    @Tag("C51")
    void aLostSessionIsReplacedByOneNewOneFromTheFirstByte(int status) throws Exception {
        drive.once(request -> ScriptedDrive.isFragment(request) && ScriptedDrive.start(request) == CHUNK, Reply.empty(status));
        fixture.upload(THREE);
        assertThat(fixture.sessionSteps()).containsExactly("1 PUT 0-327679", "1 PUT 327680-655359", "1 DELETE",
                "2 PUT 0-327679", "2 PUT 327680-655359", "2 PUT 655360-655459");
        assertThat(drive.open).isEmpty();
        assertThat(drive.commits).isEqualTo(1);
        assertThat(fixture.graph.tokens.replaced()).isZero();
    }

    @Test
    @Tag("C49")
    @Tag("C57")
    void sessionsThatAreLostAgainAndAgainAreNoStorm() {
        for (int i = 0; i < 50; i++) {
            drive.once(ScriptedDrive::isFragment, Reply.error(404, "itemNotFound"));
        }
        assertThatExceptionOfType(UploadSessionException.class).isThrownBy(() -> fixture.upload(THREE))
                .withMessageContaining("4 times");
        assertThat(drive.openedUrls).hasSize(4);
        assertNothingCommitted();
    }

    private void assertNothingCommitted() {
        assertThat(drive.commits).isZero();
        assertThat(drive.open).isEmpty();
        assertThat(List.copyOf(drive.files.values())).allMatch(file -> file.id.startsWith("OLD-"));
    }
}
