package io.github.camelonedrive.transport;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1000", "120, 120000", "2.128, 2128", "0.0001, 1", "' 7 ', 7000", "0.5, 500",
        "1.0000000000001, 1001"})
    @Tag("C59")
    void secondsWholeAndDecimalAreRoundedUpToMilliseconds(String value, long millis) {
        assertThat(retryAfter(value)).contains(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "Sun, 01 Mar 2026 08:01:30 GMT | 90", "Sun, 1 Mar 2026 08:01:30 GMT | 90", "Sunday, 01-Mar-26 08:01:30 GMT | 90",
        "Sun Mar  1 08:01:30 2026 | 90", "Sun, 01 Mar 2026 09:00:00 GMT | 3600"})
    @Tag("C59")
    void anHttpDateIsTheTimeUntilThen(String value, long seconds) {
        assertThat(retryAfter(value)).contains(Duration.ofSeconds(seconds));
    }

    @Test
    void aDateInThePastIsNoWait() {
        assertThat(retryAfter("Sun, 06 Nov 1994 08:49:37 GMT")).contains(Duration.ZERO);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "  ", "-5", "-0", "+5", "soon", "1e3", ".5", "5.", "1,5", "5, 7", "5 s", "0x10",
            "2026-03-01T08:01:30Z", "Sun, 99 Mar 2026 08:00:00 GMT",
        "Mon, 01 Mar 2026 08:00:00 GMT", "٣"})
    void whatIsNeitherNumberNorDateIsNoAnswer(String value) {
        assertThat(retryAfter(value)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"3601", "31536000", "999999999999999999", "9999999999999999999",
        "99999999999999999999999999999999999999.5", "999999999999999999999999999999999999999999999999999999999999999999",
        "Mon, 02 Mar 2026 08:00:00 GMT", "Fri, 31 Dec 9999 23:59:59 GMT"})
    @Tag("C109")
    void from_moreThanAnHour_isAnHour(String value) {
        assertThat(retryAfter(value)).contains(Duration.ofHours(1));
        assertThat(wait(null, value, null)).contains(Duration.ofHours(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Sun, 01 Mar 2026 10:00:00 GMT", "Sun, 01 Mar 2026 06:00:00 GMT", "Fri, 01 Mar 2024 08:00:00 GMT",
        "Tue, 01 Mar 2033 08:00:00 GMT"})
    @Tag("C59")
    @Tag("C109")
    void from_dateOfAnotherClock_isReadByTheResponsesOwnDate(String sent) {
        String seconds = sent.replace(":00 GMT", ":04 GMT");
        assertThat(wait(seconds, null, sent)).contains(Duration.ofSeconds(4));
        assertThat(wait("7", null, sent)).contains(Duration.ofSeconds(7));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "0", "Sun, 99 Mar 2026 08:00:00 GMT"})
    @Tag("C109")
    void from_withoutAReadableDate_countsByThisMachinesClock(String sent) {
        assertThat(wait("Sun, 01 Mar 2026 08:01:30 GMT", null, sent)).contains(Duration.ofSeconds(90));
    }

    @Test
    @Tag("C109")
    void from_dateBeforeTheResponse_isNoWait() {
        assertThat(wait("Sun, 01 Mar 2026 08:00:00 GMT", null, "Sun, 01 Mar 2026 09:00:00 GMT")).contains(Duration.ZERO);
    }

    @Test
    @Tag("C60")
    void theLongerOfRetryAfterAndRateLimitResetHolds() {
        assertThat(wait("10", "55", null)).contains(Duration.ofSeconds(55));
        assertThat(wait("120", "55", null)).contains(Duration.ofSeconds(120));
        assertThat(wait("55", "55", null)).contains(Duration.ofSeconds(55));
    }

    @Test
    void eachAloneHolds() {
        assertThat(wait(null, "31", null)).contains(Duration.ofSeconds(31));
        assertThat(wait("garbage", "31", null)).contains(Duration.ofSeconds(31));
        assertThat(wait("31", "garbage", null)).contains(Duration.ofSeconds(31));
        assertThat(wait(null, null, null)).isEmpty();
    }

    private static Optional<Duration> retryAfter(String value) {
        return wait(value, null, null);
    }

    private static Optional<Duration> wait(String retryAfter, String rateLimitReset, String date) {
        Map<String, String> headers = new HashMap<>();
        headers.put("Retry-After", retryAfter);
        headers.put("RateLimit-Reset", rateLimitReset);
        headers.put("Date", date);
        return RetryAfter.from(headers::get, NOW);
    }
}
