package io.github.camelonedrive.backup.crash;

import java.util.List;
import java.util.stream.Stream;

import io.github.camelonedrive.upload.UploadStep;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The crash test leaves no named point out, and a seed means the same thing tomorrow. */
class CrashTableTest {

    @Test
    void processesAreKilledAtEachNamedPoint() {
        Stream<String> named = Stream.concat(Stream.of(UploadStep.values()).map(Enum::name),
                Stream.of(CrashBean.COMPLETED, CrashBean.MOVED, CrashBean.SETTLED));
        List<String> killed = CrashTable.campaigns().stream().flatMap(campaign -> campaign.dumps().stream())
                .flatMap(dump -> dump.kills().stream()).map(Moment::kind).toList();
        assertThat(killed).containsAll(named.toList());
    }

    @Test
    void aSeedBringsTheSameCrashesBack() {
        assertThat(RandomCrashes.campaigns(42, 100)).isEqualTo(RandomCrashes.campaigns(42, 100))
                .isNotEqualTo(RandomCrashes.campaigns(43, 100));
    }
}
