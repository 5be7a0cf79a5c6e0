package io.github.camelonedrive.backup.console;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The order in which people look for names. */
class NaturalOrderTest {

    private final NaturalOrder order = new NaturalOrder();

    @Test
    void numbersCountByTheirValueAndCapitalsDoNotMatter() {
        assertThat(List.of("week 10", "Week 2", "week 1", "b", "A", "week 2 b", "week").stream().sorted(order))
                .containsExactly("A", "b", "week", "week 1", "Week 2", "week 2 b", "week 10");
    }

    @Test
    void numbersOfAnyLengthAndWithLeadingZeros() {
        assertThat(List.of("99999999999999999999999", "007", "8", "100000000000000000000000").stream().sorted(order))
                .containsExactly("007", "8", "99999999999999999999999", "100000000000000000000000");
    }

    @Test
    void differentNamesAreNeverTheSame() {
        assertThat(order.compare("a01", "a1")).isNotZero().isEqualTo(-order.compare("a1", "a01"));
        assertThat(order.compare("A", "a")).isNotZero();
        assertThat(order.compare("a", "a")).isZero();
        assertThat(order.compare("", "a")).isNegative();
    }
}
