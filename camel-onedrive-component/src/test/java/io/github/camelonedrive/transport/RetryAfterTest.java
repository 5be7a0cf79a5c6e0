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
        "Sun, 01 Mar 2026 08:01:30 GMT | 90", "Sun, 1 Mar 2026 08:01:30 GMT | 90", "Mon, 02 Mar 2026 08:00:00 GMT | 86400"})
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
    @ValueSource(strings = {"", "  ", "-5", "soon", "1e3", ".5", "5.", "1,5", "0x10", "Sun, 99 Mar 2026 08:00:00 GMT",
        "Mon, 01 Mar 2026 08:00:00 GMT", "٣"})
    void whatIsNeitherNumberNorDateIsNoAnswer(String value) {
        assertThat(retryAfter(value)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"31536001", "999999999999999999", "9999999999999999999", "99999999999999999999999999999999999999.5",
        "Fri, 31 Dec 9999 23:59:59 GMT"})
    void anAbsurdWaitIsCutToAYearAndNeverLost(String value) {
        assertThat(retryAfter(value)).contains(Duration.ofDays(365));
    }

    @Test
    @Tag("C60")
    void theLongerOfRetryAfterAndRateLimitResetHolds() {
        assertThat(wait("10", "55")).contains(Duration.ofSeconds(55));
        assertThat(wait("120", "55")).contains(Duration.ofSeconds(120));
        assertThat(wait("55", "55")).contains(Duration.ofSeconds(55));
    }

    @Test
    void eachAloneHolds() {
        assertThat(wait(null, "31")).contains(Duration.ofSeconds(31));
        assertThat(wait("garbage", "31")).contains(Duration.ofSeconds(31));
        assertThat(wait("31", "garbage")).contains(Duration.ofSeconds(31));
        assertThat(wait(null, null)).isEmpty();
    }

    private static Optional<Duration> retryAfter(String value) {
        return wait(value, null);
    }

    private static Optional<Duration> wait(String retryAfter, String rateLimitReset) {
        Map<String, String> headers = new HashMap<>();
        headers.put("Retry-After", retryAfter);
        headers.put("RateLimit-Reset", rateLimitReset);
        return RetryAfter.from(headers::get, NOW);
    }
}
