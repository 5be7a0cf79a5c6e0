package io.github.camelonedrive.upload;

import java.time.Duration;

import io.github.camelonedrive.graph.FakeHttp.Reply;
import io.github.camelonedrive.graph.GraphException;
import org.junit.jupiter.api.Test;

import static io.github.camelonedrive.upload.UploadFixture.CHUNK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class UploadEventsTest {

    private final UploadFixture fixture = new UploadFixture();

    @Test
    void anUploadBeginsGoesForwardAndEnds() throws Exception {
        UploadResult result = fixture.upload(UploadFixture.bytes(2 * CHUNK + 1));
        assertThat(fixture.events.get(0)).isInstanceOfSatisfying(UploadEvent.Started.class, started -> {
            assertThat(started.destination()).isEqualTo("offsite");
            assertThat(started.target()).isEqualTo("/Backups/dump.sql");
            assertThat(started.size()).isEqualTo(2 * CHUNK + 1);
            assertThat(started.mode()).isEqualTo(UploadMode.SESSION);
            assertThat(started.fragments()).isEqualTo(3);
        });
        assertThat(progress()).isSorted().endsWith(2L * CHUNK + 1);
        assertThat(fixture.events.get(fixture.events.size() - 1)).isEqualTo(
                new UploadEvent.Completed(fixture.events.get(0).uploadId(), result));
        assertThat(fixture.events).extracting(UploadEvent::uploadId).containsOnly(fixture.events.get(0).uploadId());
        assertThat(fixture.events.subList(1, fixture.events.size() - 1))
                .allMatch(event -> event instanceof UploadEvent.Progressed || event instanceof UploadEvent.Reached);
    }

    @Test
    void progressGoesBackWhenAFragmentIsSentAgain() throws Exception {
        fixture.drive.once(request -> ScriptedDrive.isFragment(request) && ScriptedDrive.start(request) == CHUNK,
                Reply.empty(503).with("Retry-After", "9"));
        fixture.upload(UploadFixture.bytes(3 * CHUNK));
        assertThat(progress()).filteredOn(position -> position == 2L * CHUNK).hasSize(2);
        assertThat(fixture.events).filteredOn(UploadEvent.Waiting.class::isInstance).singleElement()
                .isInstanceOfSatisfying(UploadEvent.Waiting.class, waiting -> {
                    assertThat(waiting.pause()).isEqualTo(Duration.ofSeconds(9));
                    assertThat(waiting.reason()).contains("503");
                });
    }

    @Test
    void aFailureIsTheLastEvent() {
        fixture.drive.once(ScriptedDrive::isFragment, Reply.error(507, "quotaLimitReached"));
        assertThatExceptionOfType(GraphException.QuotaExceeded.class)
                .isThrownBy(() -> fixture.upload(UploadFixture.bytes(CHUNK + 1)))
                .satisfies(failure -> assertThat(fixture.events.get(fixture.events.size() - 1))
                        .isEqualTo(new UploadEvent.Failed(fixture.events.get(0).uploadId(), failure)));
    }

    @Test
    void everyUploadHasAnIdOfItsOwn() throws Exception {
        fixture.upload(new byte[1]);
        fixture.upload(new byte[1]);
        assertThat(fixture.events).filteredOn(UploadEvent.Started.class::isInstance).extracting(UploadEvent::uploadId)
                .doesNotHaveDuplicates().hasSize(2);
    }

    @Test
    void aSinglePutTellsThatItWaitsToo() throws Exception {
        fixture.drive.once(ScriptedDrive::isPut, Reply.empty(503).with("Retry-After", "9"));
        fixture.upload(new byte[10]);
        assertThat(fixture.events).filteredOn(UploadEvent.Waiting.class::isInstance).singleElement()
                .isInstanceOfSatisfying(UploadEvent.Waiting.class,
                        waiting -> assertThat(waiting.pause()).isEqualTo(Duration.ofSeconds(9)));
    }

    @Test
    void itTakesTheTimeItTook() throws Exception {
        fixture.drive.once(ScriptedDrive::isPut, Reply.empty(503).with("Retry-After", "30"));
        assertThat(fixture.upload(new byte[10]).took()).isEqualTo(Duration.ofSeconds(30));
    }

    private java.util.List<Long> progress() {
        return fixture.events.stream().filter(UploadEvent.Progressed.class::isInstance)
                .map(event -> ((UploadEvent.Progressed) event).bytesSent()).toList();
    }
}
