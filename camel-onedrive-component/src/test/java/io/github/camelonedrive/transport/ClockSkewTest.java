package io.github.camelonedrive.transport;

import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ClockSkewTest {

    private static final String NOON = "Sun, 01 Mar 2026 12:00:00 GMT";

    @ParameterizedTest
    @CsvSource({
        "2026-03-01T12:05:01Z, 5 min ahead of", "2026-03-01T11:54:59Z, 5 min behind", "2026-03-01T13:30:00Z, 90 min ahead of",
        "2026-03-01T10:00:00Z, 2 h 0 min behind", "2026-03-09T12:00:00Z, 8 days ahead of",
        "1970-01-01T00:00:00Z, 20513 days behind"})
    void saysHowFarTheClockIsOff(Instant ours, String words) {
        assertThat(ClockSkew.between(NOON, ours).orElseThrow().problem())
                .isEqualTo("This machine's clock is " + words + " Microsoft's.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-03-01T12:05:00Z", "2026-03-01T12:00:00Z", "2026-03-01T11:55:00Z"})
    void fiveMinutesAreNoSkew(Instant ours) {
        assertThat(ClockSkew.between(NOON, ours)).isEmpty();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "yesterday", "2026-03-01T12:00:00Z"})
    void withoutATimeNothingIsClaimed(String date) {
        assertThat(ClockSkew.between(date, Instant.EPOCH)).isEmpty();
    }

    @Test
    void remedyNamesTheClock() {
        assertThat(ClockSkew.between(NOON, Instant.EPOCH).orElseThrow().remedy()).startsWith("Set this machine's clock");
    }
}
