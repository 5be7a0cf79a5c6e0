package io.github.camelonedrive.download;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.auth.AuthenticationException;
import io.github.camelonedrive.graph.ByteRange;
import io.github.camelonedrive.graph.ConnectionFailedException;
import io.github.camelonedrive.graph.FakeHttp.Reply;
import io.github.camelonedrive.graph.FakeHttp.Request;
import io.github.camelonedrive.graph.GraphException;
import io.github.camelonedrive.graph.GraphFixture;
import io.github.camelonedrive.graph.ThrottledTooLongException;
import io.github.camelonedrive.graph.UnexpectedAnswerException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class DownloadStreamTest {

    private static final byte[] CONTENT = ScriptedContent.random(200_003);

    private final ScriptedContent drive = new ScriptedContent(CONTENT);

    @Test
    void nothingIsAskedForBeforeTheFirstByteIsWanted() throws IOException {
        try (DownloadStream stream = drive.stream()) {
            assertThat(drive.graph.http.seen()).isEmpty();
            assertThat(stream.read()).isEqualTo(CONTENT[0] & 0xff);
            assertThat(drive.contentRequests()).hasSize(1);
        }
    }

    @Test
    void aStreamThatNobodyReadsAsksForNothing() throws IOException {
        drive.stream().close();
        assertThat(drive.graph.http.seen()).isEmpty();
        assertThat(drive.events).isEmpty();
    }

    @Test
    @Tag("C80")
    void theWholeItemComesAndIsProven() throws IOException {
        try (DownloadStream stream = drive.stream()) {
            assertThat(stream.readAllBytes()).isEqualTo(CONTENT);
            assertThat(stream.verdict()).isEqualTo(DownloadVerdict.HASH);
            assertThat(stream.read()).isEqualTo(-1);
        }
        assertThat(drive.ranges()).containsExactly("");
        assertThat(drive.events).first().isEqualTo(new DownloadEvent.Started(id(), "offsite", "/backup/dump.sql", 200_003));
        assertThat(drive.events).last().isEqualTo(new DownloadEvent.Completed(id(), 200_003, DownloadVerdict.HASH));
    }

    private long id() {
        return drive.events.get(0).downloadId();
    }

    @Test
    void anEmptyItemIsEmptyAtOnce() throws IOException {
        drive.become(new byte[0]);
        try (DownloadStream stream = drive.stream()) {
            assertThat(stream.readAllBytes()).isEmpty();
            assertThat(stream.verdict()).isEqualTo(DownloadVerdict.HASH);
        }
        assertThat(drive.contentRequests()).hasSize(1);
        assertThat(drive.events).noneMatch(DownloadEvent.Waiting.class::isInstance);
    }

    @Test
    @Tag("C8")
    @Tag("C12")
    @Tag("C77")
    void theDownloadHostGetsTheAddressAsItCameAndNoToken() throws IOException {
        drive.contentAnswers.add(request -> Reply.empty(307).with("Location", "https://content.test/further?k=%2B'&y"));
        drive.contentAnswers.add(request -> Reply.empty(302).with("Location", "/same-host?z=%20"));
        try (DownloadStream stream = drive.stream(ByteRange.from(5))) {
            assertThat(stream.readAllBytes()).isEqualTo(Arrays.copyOfRange(CONTENT, 5, CONTENT.length));
        }
        assertThat(drive.contentRequests()).extracting(Request::url).containsExactly(
                "https://content.test/d/1?tempauth=v1.a%2Bb'c&x=1", "https://content.test/further?k=%2B'&y",
                "https://content.test/same-host?z=%20");
        assertThat(drive.contentRequests()).allSatisfy(request -> {
            assertThat(request.headerNames()).doesNotContain("authorization");
            assertThat(request.header("Range")).contains("bytes=5-");
        });
        assertThat(drive.locationRequests().get(0).header("Authorization")).contains("Bearer test-access-token-1");
        assertThat(drive.locationRequests().get(0).header("Range")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://content.test/d", "http://127.0.0.1/d", "ftp://content.test/d", "//content.test/d", "d", ""})
    void nothingIsSentToAnAddressThatIsNotSafe(String location) {
        for (int i = 0; i <= GraphFixture.RETRIES.maxRetries(); i++) {
            drive.contentAnswers.add(request -> Reply.empty(302).with("Location", location));
        }
        assertThatExceptionOfType(UnexpectedAnswerException.class).isThrownBy(() -> drive.stream().read());
        assertThat(drive.graph.http.seen()).allMatch(request -> request.url().startsWith("https://graph.test/")
                || request.url().startsWith("https://content.test/d/1"));
    }

    @Test
    void redirectsEnd() {
        for (int i = 0; i < 100; i++) {
            drive.contentAnswers.add(request -> Reply.empty(302).with("Location", "/again"));
        }
        assertThatExceptionOfType(UnexpectedAnswerException.class).isThrownBy(() -> drive.stream().read())
                .withMessageContaining("redirected more than 5 times");
    }

    @Test
    @Tag("C77")
    void aCutGoesOnWhereItWas() throws IOException {
        drive.contentAnswers.add(request -> drive.content(request).cut(70_001));
        drive.contentAnswers.add(request -> drive.content(request).cut(1));
        try (DownloadStream stream = drive.stream()) {
            assertThat(stream.readAllBytes()).isEqualTo(CONTENT);
            assertThat(stream.verdict()).isEqualTo(DownloadVerdict.HASH);
        }
        assertThat(drive.ranges()).containsExactly("", "bytes=70001-", "bytes=70002-");
        assertThat(drive.locationRequests()).hasSize(1);
    }

    @Test
    @Tag("C57")
    void eachByteForwardFillsTheBudgetUpAgain() throws IOException {
        for (int i = 0; i < 5 * GraphFixture.RETRIES.maxRetries(); i++) {
            drive.contentAnswers.add(request -> drive.content(request).cut(3));
        }
        try (DownloadStream stream = drive.stream()) {
            assertThat(stream.readAllBytes()).isEqualTo(CONTENT);
        }
    }

    @Test
    @Tag("C47")
    void withoutProgressItEnds() {
        for (int i = 0; i < 100; i++) {
            drive.contentAnswers.add(request -> drive.content(request).cut(0));
        }
        DownloadStream stream = drive.stream();
        assertThatExceptionOfType(ConnectionFailedException.class).isThrownBy(stream::read)
                .withMessageContaining("Downloading '/backup/dump.sql' from 'offsite'").withMessageContaining("content.test")
                .withMessageNotContaining("tempauth");
        assertThat(drive.contentRequests()).hasSize(1 + GraphFixture.RETRIES.maxRetries());
        assertThatExceptionOfType(ConnectionFailedException.class).as("again").isThrownBy(stream::read);
        assertThat(drive.contentRequests()).as("a stream that has failed stays so").hasSize(5);
        assertThat(drive.events).last().isInstanceOf(DownloadEvent.Failed.class);
    }

    @Test
    void aServerThatAlwaysBreaksAtTheSamePlaceMakesNoProgress() {
        drive.rangesIgnored = true;
        for (int i = 0; i < 100; i++) {
            drive.contentAnswers.add(request -> drive.content(request).cut(1_000));
        }
        assertThatExceptionOfType(ConnectionFailedException.class).isThrownBy(() -> drive.stream().readAllBytes());
        assertThat(drive.contentRequests()).hasSize(1 + GraphFixture.RETRIES.maxRetries());
    }

    @Test
    @Tag("C77")
    void aServerMayIgnoreRanges() throws IOException {
        drive.rangesIgnored = true;
        drive.contentAnswers.add(request -> drive.content(request).cut(123_456));
        try (DownloadStream stream = drive.stream()) {
            assertThat(stream.readAllBytes()).isEqualTo(CONTENT);
        }
        assertThat(drive.ranges()).containsExactly("", "bytes=123456-");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "bytes 0-99/200003", "bytes 70001-200002/200004", "bytes 70001-70000/200003",
        "bytes 70001-200003/200003", "items 70001-200002/200003", "bytes 70001-200002/", "bytes 70002-200002/200003"})
    void anAnswerToAnotherQuestionIsNotTaken(String contentRange) throws IOException {
        drive.contentAnswers.add(request -> drive.content(request).cut(70_001));
        drive.contentAnswers.add(request -> {
            Reply honest = drive.content(request);
            return new Reply(206, contentRange.isEmpty() ? Map.of() : Map.of("Content-Range", contentRange), honest.body());
        });
        try (DownloadStream stream = drive.stream()) {
            assertThat(stream.readAllBytes()).isEqualTo(CONTENT);
        }
        assertThat(drive.ranges()).containsExactly("", "bytes=70001-", "bytes=70001-");
    }

    @ParameterizedTest
    @CsvSource({"401, unauthenticated", "403, accessDenied", "404, itemNotFound", "410, itemNotFound"})
    void anAddressThatExpiredIsAskedForAnew(int status, String code) throws IOException {
        drive.contentAnswers.add(request -> drive.content(request).cut(70_001));
        drive.contentAnswers.add(request -> Reply.error(status, code));
        try (DownloadStream stream = drive.stream()) {
            assertThat(stream.readAllBytes()).isEqualTo(CONTENT);
        }
        assertThat(drive.locationRequests()).hasSize(2);
        assertThat(drive.contentRequests()).extracting(Request::target).containsExactly("/d/1?tempauth=v1.a%2Bb'c&x=1",
                "/d/1?tempauth=v1.a%2Bb'c&x=1", "/d/2?tempauth=v1.a%2Bb'c&x=1");
        assertThat(drive.graph.tokens.replaced()).as("the token is not to blame").isZero();
    }

    @Test
    void addressesThatAreRefusedOneAfterTheOtherAreAFailureOfTheService() {
        for (int i = 0; i < 100; i++) {
            drive.contentAnswers.add(request -> Reply.error(401, "unauthenticated").with("request-id", "r-1"));
        }
        assertThatExceptionOfType(DownloadRefusedException.class).isThrownBy(() -> drive.stream().read())
                .withMessageContaining("401 unauthenticated").withMessageContaining("r-1")
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.SERVICE));
        assertThat(drive.contentRequests()).hasSize(3);
    }

    @Test
    @Tag("C68")
    void aTokenThatGraphRefusesIsRenewedOnce() throws IOException {
        drive.locationAnswers.add(request -> Reply.error(401, "InvalidAuthenticationToken"));
        try (DownloadStream stream = drive.stream()) {
            assertThat(stream.readAllBytes()).isEqualTo(CONTENT);
        }
        assertThat(drive.graph.tokens.replaced()).isEqualTo(1);
        drive.locationAnswers.add(request -> Reply.error(401, "InvalidAuthenticationToken"));
        drive.locationAnswers.add(request -> Reply.error(401, "InvalidAuthenticationToken"));
        assertThatExceptionOfType(GraphException.Unauthenticated.class).isThrownBy(() -> drive.stream().read())
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.SIGN_IN));
    }

    @Test
    void anItemThatChangesMeanwhileIsNotMixed() {
        drive.contentAnswers.add(request -> {
            Reply first = drive.content(request).cut(70_001);
            drive.become(ScriptedContent.random(200_003).clone());
            drive.bytes[3] ^= 1;
            drive.become(drive.bytes);
            return first;
        });
        assertThatExceptionOfType(ItemChangedException.class).isThrownBy(() -> drive.stream().readAllBytes())
                .withMessageContaining("changed in OneDrive meanwhile")
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.UNSETTLED));
        assertThat(drive.contentRequests()).hasSize(1);
    }

    @Test
    void aNewNameOnTheWayIsNoChange() throws IOException {
        drive.contentAnswers.add(request -> {
            drive.name = "renamed.sql";
            drive.eTag = "\"e2\"";
            return drive.content(request).cut(70_001);
        });
        try (DownloadStream stream = drive.stream()) {
            assertThat(stream.readAllBytes()).isEqualTo(CONTENT);
        }
    }

    @Test
    void withoutAHashTheETagTells() {
        drive.hash = Optional.empty();
        drive.contentAnswers.add(request -> {
            drive.eTag = "\"e2\"";
            return drive.content(request).cut(70_001);
        });
        assertThatExceptionOfType(ItemChangedException.class).isThrownBy(() -> drive.stream().readAllBytes());
    }

    @Test
    void aChangeBetweenLookupAndFirstByteIsSaidToBeOne() {
        DownloadRequest request = drive.request(ByteRange.WHOLE);
        drive.become(ScriptedContent.random(1_000));
        assertThatExceptionOfType(ItemChangedException.class)
                .isThrownBy(() -> drive.downloader.open(request).readAllBytes());
    }

    @Test
    void contentThatIsNotTheItemEndsInAFailureAndNotInAnEnd() {
        byte[] damaged = CONTENT.clone();
        damaged[150_000] ^= 4;
        drive.contentAnswers.add(request -> new Reply(200, Map.of(), damaged));
        DownloadStream stream = drive.stream();
        assertThatExceptionOfType(DownloadVerificationException.class).isThrownBy(stream::readAllBytes)
                .withMessageContaining("QuickXorHash is " + drive.hash.orElseThrow())
                .satisfies(failure -> assertThat(failure.isMismatch()).isTrue());
        assertThatExceptionOfType(DownloadVerificationException.class).isThrownBy(stream::read);
        assertThat(stream.verdict()).isNull();
    }

    @Test
    void thePageOfAProxyIsNotTheItem() {
        byte[] page = "<html>Please sign in to the guest network</html>".getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 100; i++) {
            drive.contentAnswers.add(request -> new Reply(200, Map.of("Content-Type", "text/html"), page));
        }
        assertThatExceptionOfType(UnexpectedAnswerException.class).isThrownBy(() -> drive.stream().readAllBytes())
                .withMessageContaining("offers 48 bytes, but the item has 200003").withMessageContaining("proxy");
    }

    @Test
    void oneOddAnswerIsRiddenOut() throws IOException {
        drive.contentAnswers.add(request -> new Reply(200, Map.of(), new byte[] {1, 2, 3}));
        drive.contentAnswers.add(request -> drive.content(request).with("Content-Encoding", "gzip"));
        drive.contentAnswers.add(request -> Reply.empty(204));
        try (DownloadStream stream = drive.stream()) {
            assertThat(stream.readAllBytes()).isEqualTo(CONTENT);
        }
    }

    @Test
    void aHashThatComesLateIsWaitedFor() throws IOException {
        Optional<String> late = drive.hash;
        drive.hash = Optional.empty();
        drive.graph.time.whileSleeping(slept -> drive.hash = drive.graph.time.sleeps().size() < 3 ? Optional.empty() : late);
        try (DownloadStream stream = drive.stream()) {
            assertThat(stream.readAllBytes()).isEqualTo(CONTENT);
            assertThat(stream.verdict()).isEqualTo(DownloadVerdict.HASH);
        }
    }

    @Test
    void withoutAHashNothingIsProven() {
        drive.hash = Optional.empty();
        assertThatExceptionOfType(DownloadVerificationException.class).isThrownBy(() -> drive.stream().readAllBytes())
                .withMessageContaining("no hash of the item within 60 s").withMessageContaining("verify=size")
                .satisfies(failure -> assertThat(failure.isMismatch()).isFalse());
    }

    @Test
    void lessCanBeAskedFor() throws IOException {
        drive.hash = Optional.empty();
        drive.options = new DownloadOptions(DownloadCheck.SIZE, Duration.ZERO);
        try (DownloadStream stream = drive.stream()) {
            assertThat(stream.readAllBytes()).isEqualTo(CONTENT);
            assertThat(stream.verdict()).isEqualTo(DownloadVerdict.SIZE);
        }
        drive.options = new DownloadOptions(DownloadCheck.NONE, Duration.ZERO);
        try (DownloadStream stream = drive.stream()) {
            assertThat(stream.readAllBytes()).isEqualTo(CONTENT);
            assertThat(stream.verdict()).isEqualTo(DownloadVerdict.NONE);
        }
    }

    @Test
    void whatLibrariesRewriteIsTakenWithAWarning() throws IOException {
        drive.name = "report.docx";
        drive.driveType = "documentLibrary";
        drive.size = 199_000;
        drive.hash = Optional.of("AAAAAAAAAAAAAAAAAAAAAAAAAAA=");
        try (DownloadStream stream = drive.stream()) {
            assertThat(stream.readAllBytes()).isEqualTo(CONTENT);
            assertThat(stream.verdict()).isEqualTo(DownloadVerdict.REWRITTEN_BY_LIBRARY);
        }
    }

    @Test
    void theLoginPageOfAProxyIsNoOfficeFile() {
        drive.name = "report.docx";
        drive.driveType = "documentLibrary";
        for (int i = 0; i < 100; i++) {
            drive.contentAnswers
                    .add(request -> new Reply(200, Map.of("Content-Type", "text/html; charset=utf-8"), new byte[9]));
        }
        assertThatExceptionOfType(UnexpectedAnswerException.class).isThrownBy(() -> drive.stream().readAllBytes());
    }

    @Test
    void anUnknownSizeIsLookedUpOrLeftToTheAnswer() throws IOException {
        drive.size = -1;
        drive.options = new DownloadOptions(DownloadCheck.NONE, Duration.ZERO);
        try (DownloadStream stream = drive.stream()) {
            assertThat(stream.readAllBytes()).isEqualTo(CONTENT);
        }
        drive.options = DownloadOptions.DEFAULT;
        assertThatExceptionOfType(DownloadVerificationException.class).isThrownBy(() -> drive.stream().readAllBytes())
                .withMessageContaining("does not tell the item's size");
    }

    @ParameterizedTest
    @CsvSource({"bytes=0-0, 0, 1", "bytes=0-99, 0, 100", "bytes=100-, 100, 200003", "bytes=-100, 199903, 200003",
        "bytes=200000-999999, 200000, 200003", "bytes=-999999, 0, 200003", "bytes=0-, 0, 200003", "Bytes = 5 - 6, 5, 7"})
    void rangesGiveWhatTheySay(String text, int first, int end) throws IOException {
        for (boolean ignored : new boolean[] {false, true}) {
            drive.rangesIgnored = ignored;
            try (DownloadStream stream = drive.stream(ByteRange.parse(text))) {
                stream.connect();
                assertThat(stream.first()).isEqualTo(first);
                assertThat(stream.length()).hasValue(end - first);
                assertThat(stream.total()).hasValue(200_003);
                assertThat(stream.readAllBytes()).isEqualTo(Arrays.copyOfRange(CONTENT, first, end));
                assertThat(stream.verdict()).isEqualTo(DownloadVerdict.PART);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"bytes=100-149999, 150000", "bytes=-199903, 200003", "bytes=100-, 200003"})
    void aRangeGoesOnAfterACutToo(String text, int end) throws IOException {
        drive.contentAnswers.add(request -> drive.content(request).cut(70_001));
        try (DownloadStream stream = drive.stream(ByteRange.parse(text))) {
            assertThat(stream.readAllBytes()).isEqualTo(Arrays.copyOfRange(CONTENT, 100, end));
        }
        assertThat(drive.ranges()).containsExactly(text, "bytes=70101-" + (end - 1));
    }

    @ParameterizedTest
    @CsvSource({"bytes=100-149999, 150000", "bytes=100-, 200003"})
    void lessThanTheRangeIsCompleted(String text, int end) throws IOException {
        drive.contentAnswers.add(request -> new Reply(206, Map.of("Content-Range", "bytes 100-149/200003"),
                Arrays.copyOfRange(CONTENT, 100, 150)));
        try (DownloadStream stream = drive.stream(ByteRange.parse(text))) {
            stream.connect();
            assertThat(stream.length()).hasValue(end - 100);
            assertThat(stream.readAllBytes()).isEqualTo(Arrays.copyOfRange(CONTENT, 100, end));
        }
        assertThat(drive.ranges()).containsExactly(text, "bytes=150-" + (end - 1));
    }

    @Test
    void lessThanTheLastBytesIsNoAnswer() throws IOException {
        drive.contentAnswers.add(request -> new Reply(206, Map.of("Content-Range", "bytes 200000-200002/200003"),
                Arrays.copyOfRange(CONTENT, 200_000, 200_003)));
        try (DownloadStream stream = drive.stream(ByteRange.parse("bytes=-100"))) {
            assertThat(stream.readAllBytes()).isEqualTo(Arrays.copyOfRange(CONTENT, 199_903, 200_003));
        }
    }

    @Test
    void aRangeOfAnItemOfUnknownSizeIsWhatTheAnswerSays() throws IOException {
        drive.size = -1;
        drive.contentAnswers.add(request -> new Reply(206, Map.of("Content-Range", "bytes 100-149/*"),
                Arrays.copyOfRange(CONTENT, 100, 150)));
        try (DownloadStream stream = drive.stream(ByteRange.parse("bytes=100-149"))) {
            assertThat(stream.readAllBytes()).isEqualTo(Arrays.copyOfRange(CONTENT, 100, 150));
            assertThat(stream.total()).isEmpty();
        }
    }

    @Test
    void aRangeInPiecesOfAnItemThatChangedIsNoSuccess() {
        drive.contentAnswers.add(request -> drive.content(request).cut(50));
        drive.contentAnswers.add(request -> {
            Reply rest = drive.content(request);
            byte[] other = CONTENT.clone();
            other[199_999] ^= 1;
            drive.become(other);
            return rest;
        });
        assertThatExceptionOfType(ItemChangedException.class)
                .isThrownBy(() -> drive.stream(ByteRange.parse("bytes=0-99")).readAllBytes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=200003-", "bytes=200003-200004", "bytes=-0"})
    void aRangeBehindTheEndIsSaidToBeOne(String text) {
        assertThatExceptionOfType(RangeNotSatisfiableException.class)
                .isThrownBy(() -> drive.stream(ByteRange.parse(text)).read())
                .withMessageContaining("has 200003 bytes, and so has nothing at " + text)
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.CONFIGURATION));
        assertThat(drive.graph.http.seen()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0-99", "bytes=", "bytes=-", "bytes=9-8", "bytes=0-1,5-6", "lines=0-5", "bytes=a-b",
        "bytes=0--1", "bytes=9999999999999999999-"})
    void whatIsNoRangeIsRefused(String text) {
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> ByteRange.parse(text));
    }

    @Test
    @Tag("C59")
    @Tag("C62")
    void aDownloadHostThatThrottlesHoldsTheWholeAccountBack() throws IOException {
        drive.contentAnswers.add(request -> Reply.error(429, "activityLimitReached").with("Retry-After", "2.128"));
        try (DownloadStream stream = drive.stream()) {
            stream.connect();
        }
        assertThat(drive.graph.time.slept()).isEqualTo(Duration.ofMillis(2128));
        assertThat(drive.events).filteredOn(DownloadEvent.Waiting.class::isInstance).hasSize(1);

        drive.contentAnswers.add(request -> Reply.error(503, "serviceNotAvailable").with("Retry-After", "100"));
        drive.graph.time.whileSleeping(slept -> assertThat(drive.graph.gate.remaining()).isZero());
        DownloadStream stream = drive.stream();
        stream.connect();
        assertThat(drive.graph.time.sleeps()).last().isEqualTo(Duration.ofSeconds(100));
    }

    @Test
    @Tag("C60")
    void theLongerOfTwoWaitsIsObeyed() throws IOException {
        drive.contentAnswers.add(request -> Reply.error(429, "activityLimitReached").with("Retry-After", "2")
                .with("RateLimit-Reset", "40"));
        drive.stream().connect();
        assertThat(drive.graph.time.slept()).isEqualTo(Duration.ofSeconds(40));
    }

    @Test
    @Tag("C61")
    void withoutAWaitToldThePausesGrow() throws IOException {
        for (int i = 0; i < 4; i++) {
            drive.contentAnswers.add(request -> Reply.error(509, "activityLimitReached"));
        }
        drive.stream().connect();
        assertThat(drive.graph.time.sleeps()).hasSize(4).allMatch(pause -> pause.compareTo(Duration.ofSeconds(8)) <= 0);
    }

    @Test
    @Tag("C63")
    void aWaitThatIsTooLongIsAFailure() {
        drive.contentAnswers.add(request -> Reply.error(429, "activityLimitReached").with("Retry-After", "3600"));
        assertThatExceptionOfType(ThrottledTooLongException.class).isThrownBy(() -> drive.stream().read());
    }

    @Test
    void anItemThatIsGoneIsSaidToBe() {
        drive.locationAnswers.add(request -> Reply.error(404, "itemNotFound"));
        assertThatExceptionOfType(GraphException.NotFound.class).isThrownBy(() -> drive.stream().read())
                .withMessageContaining("Downloading '/backup/dump.sql'");
    }

    @Test
    void anInterruptEndsItAndStays() throws IOException {
        try (InputStream stream = drive.stream()) {
            Thread.currentThread().interrupt();
            assertThatExceptionOfType(InterruptedIOException.class).isThrownBy(stream::read);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(stream.readAllBytes()).as("once the interrupt is dealt with").isEqualTo(CONTENT);
        }
    }

    @Test
    void whatIsClosedIsNotRead() throws IOException {
        DownloadStream stream = drive.stream();
        stream.read();
        stream.close();
        stream.close();
        assertThatExceptionOfType(IOException.class).isThrownBy(stream::read).withMessage("The stream is closed.")
                .isNotInstanceOfAny(OneDriveException.class, AuthenticationException.class);
        assertThat(drive.events).as("the little that was left was read").last().isInstanceOf(DownloadEvent.Completed.class);
    }
}
