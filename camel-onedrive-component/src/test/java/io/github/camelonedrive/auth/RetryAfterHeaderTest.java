package io.github.camelonedrive.auth;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class RetryAfterHeaderTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "0|0", "5|5000", " 120 |120000", "2.128|2128", "Sun, 22 Nov 2026 10:00:30 GMT|30000",
        "Sun, 22 Nov 2026 09:00:00 GMT|0"})
    void eachFormIsUnderstood(String header, long millis) {
        assertThat(RetryAfterHeader.parse(header, NOW)).contains(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "soon", "-1", "1e3", "99999999999999", "2026-11-22T10:00:00Z"})
    void anythingElseCountsAsMissing(String header) {
        assertThat(RetryAfterHeader.parse(header, NOW)).isEmpty();
    }
}
