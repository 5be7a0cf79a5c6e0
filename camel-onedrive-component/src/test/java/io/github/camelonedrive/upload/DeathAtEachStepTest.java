package io.github.camelonedrive.upload;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.github.camelonedrive.graph.ConflictBehavior;
import io.github.camelonedrive.hash.QuickXorHash;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static io.github.camelonedrive.upload.ResumeFixture.CHUNK;
import static io.github.camelonedrive.upload.ResumeFixture.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** Law 3, step by step: whoever dies anywhere leaves a state from which the next one ends with one file and no session. */
class DeathAtEachStepTest {

    private final ResumeFixture fixture = new ResumeFixture();

    static Stream<Arguments> deaths() {
        List<Arguments> deaths = new ArrayList<>();
        int[] sizes = {0, LIMIT, LIMIT + 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 1, 3 * CHUNK - 1};
        for (UploadStep step : UploadStep.values()) {
            for (int size : sizes) {
                for (ConflictBehavior conflict : ConflictBehavior.values()) {
                    for (int nth = 1; nth <= 3; nth++) {
                        deaths.add(Arguments.of(step, nth, size, conflict));
                    }
                }
            }
        }
        return deaths.stream();
    }

    @ParameterizedTest
    @MethodSource("deaths")
    void theNextAttemptEndsWithOneFile(UploadStep step, int nth, int size, ConflictBehavior conflict) throws Exception {
        byte[] content = UploadFixture.bytes(size);
        fixture.conflict = conflict;
        boolean died = fixture.dieAt(ResumeFixture.step(step, nth), ResumeFixture.file(content));
        int open = fixture.drive.open.size();
        UploadResult result = fixture.upload(ResumeFixture.file(content));
        if (died || conflict == ConflictBehavior.replace) {
            assertThat(fixture.drive.names()).containsExactly("dump.sql");
        }
        assertThat(fixture.drive.files.get("dump.sql").content).isEqualTo(content);
        assertThat(result.quickXorHash()).isEqualTo(hash(content));
        assertThat(fixture.drive.open).hasSize(step == UploadStep.SESSION_OPENED ? open : 0);
    }

    @ParameterizedTest
    @MethodSource("deaths")
    void dyingAgainAtTheSameStepChangesNothing(UploadStep step, int nth, int size, ConflictBehavior conflict) throws Exception {
        byte[] content = UploadFixture.bytes(size);
        fixture.conflict = conflict;
        boolean died = true;
        for (int i = 0; i < 3 && died; i++) {
            died = fixture.dieAt(ResumeFixture.step(step, nth), ResumeFixture.file(content));
        }
        if (died) {
            fixture.upload(ResumeFixture.file(content));
        }
        assertThat(fixture.drive.names()).containsExactly("dump.sql");
        assertThat(fixture.drive.files.get("dump.sql").content).isEqualTo(content);
    }

    private static String hash(byte[] content) {
        QuickXorHash hash = new QuickXorHash();
        hash.update(content, 0, content.length);
        return hash.base64();
    }
}
