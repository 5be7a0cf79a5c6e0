package io.github.camelonedrive.upload;

import java.time.Duration;

import io.github.camelonedrive.graph.ConflictBehavior;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class UploadOptionsTest {

    @ParameterizedTest
    @ValueSource(ints = {327_680, 655_360, 5 * 1024 * 1024, 10 * 1024 * 1024, 62_586_880})
    void everyMultipleOf320KiBBelow60MbIsTaken(int chunkSize) {
        assertThat(UploadOptions.checkChunkSize(chunkSize)).isEqualTo(chunkSize);
        assertThat(withChunk(chunkSize).chunkSize()).isEqualTo(chunkSize);
    }

    @ParameterizedTest
    @CsvSource({
        "0, The nearest legal size is 327680.",
        "1, The nearest legal size is 327680.",
        "-1, The nearest legal size is 327680.",
        "-9223372036854775808, The nearest legal size is 327680.",
        "327679, The nearest legal size is 327680.",
        "327681, The nearest legal sizes are 327680 and 655360.",
        "4194304, The nearest legal sizes are 3932160 and 4259840.",
        "62586879, The nearest legal sizes are 62259200 and 62586880.",
        "62586881, The nearest legal size is 62586880.",
        "62914560, The nearest legal size is 62586880.",
        "104857600, The nearest legal size is 62586880.",
        "9223372036854775807, The nearest legal size is 62586880."})
    @Tag("C35")
    void anyOtherChunkSizeIsRefusedWithTheNearestLegalOnes(long chunkSize, String nearest) {
        assertThatIllegalArgumentException().isThrownBy(() -> UploadOptions.checkChunkSize(chunkSize))
                .withMessageStartingWith("chunkSize is " + chunkSize + " bytes.").withMessageEndingWith(nearest);
    }

    @Test
    void anIllegalChunkSizeMakesNoOptions() {
        assertThatIllegalArgumentException().isThrownBy(() -> withChunk(1000)).withMessageContaining("327680");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 4L * 1024 * 1024, 250L * 1024 * 1024})
    @Tag("C16")
    void aSinglePutMayCarryUpTo250Mb(long limit) {
        assertThat(withLimit(limit).simpleUploadLimit()).isEqualTo(limit);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 250L * 1024 * 1024 + 1})
    @Tag("C16")
    void aSimpleUploadLimitBeyondThatIsRefused(long limit) {
        assertThatIllegalArgumentException().isThrownBy(() -> withLimit(limit))
                .withMessageContaining("simpleUploadLimit is " + limit).withMessageContaining("262144000");
    }

    @Test
    void theDefaultsAreThoseOfTheDocumentation() {
        assertThat(UploadOptions.DEFAULT).isEqualTo(new UploadOptions(4_194_304, 10_485_760, ConflictBehavior.replace,
                Verification.hash, Duration.ofSeconds(60), false));
    }

    private static UploadOptions withChunk(int chunkSize) {
        return new UploadOptions(0, chunkSize, ConflictBehavior.replace, Verification.hash, Duration.ZERO, false);
    }

    private static UploadOptions withLimit(long limit) {
        return new UploadOptions(limit, 327_680, ConflictBehavior.replace, Verification.hash, Duration.ZERO, false);
    }
}
