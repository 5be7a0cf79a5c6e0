package io.github.camelonedrive.backup.cli;

import java.io.IOException;
import java.util.List;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.backup.failure.BackupException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ExitCodeTest {

    @ParameterizedTest
    @CsvSource({"CONFIGURATION, 2", "SIGN_IN, 3", "SOURCE, 1", "UNSETTLED, 1", "VAULT, 1", "SERVICE, 1"})
    void eachKindOfFailureHasItsCodeHoweverDeepItIsWrapped(FailureKind kind, int code) {
        Exception failure = new BackupException(kind, "problem", "remedy");
        assertThat(ExitCode.of(failure)).isEqualTo(code);
        assertThat(ExitCode.of(new RuntimeException(new IOException(failure)))).isEqualTo(code);
    }

    @Test
    void whatNobodyClassifiedIsOneAndAnIllegalOptionIsTwo() {
        assertThat(ExitCode.of(new IOException("cut"))).isEqualTo(1);
        assertThat(ExitCode.of(new RuntimeException(new IllegalArgumentException("chunkSize")))).isEqualTo(2);
    }

    @Test
    void aPushThatFailsInPartIsFourAndOneThatFailsWhollyHasItsCausesCode() {
        Exception signIn = new BackupException(FailureKind.SIGN_IN, "problem", "remedy");
        assertThat(ExitCode.ofSeveral(3, List.of())).isZero();
        assertThat(ExitCode.ofSeveral(3, List.of(signIn))).isEqualTo(4);
        assertThat(ExitCode.ofSeveral(2, List.of(signIn, signIn))).isEqualTo(3);
    }
}
