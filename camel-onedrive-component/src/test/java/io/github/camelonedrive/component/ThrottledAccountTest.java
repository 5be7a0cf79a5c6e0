package io.github.camelonedrive.component;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.OneDriveSimulator;
import io.github.camelonedrive.simulator.Step;
import io.github.camelonedrive.transport.FakeTime;
import io.github.camelonedrive.transport.ThrottleGate;

import static org.assertj.core.api.Assertions.assertThat;

/** What a service that asks for no requests may do to an account, and for how long. */
@Timeout(60)
class ThrottledAccountTest {

    private static final String UPLOAD = "onedrive:offsite?folderPath=/&maxThrottleWait=60000";

    private final FakeTime time = new FakeTime(Instant.now());
    private OneDriveSimulator onedrive;
    private SimulatedRoute route;

    @BeforeEach
    void start() {
        start(Duration.ZERO);
    }

    private void start(Duration dateOffset) {
        stop();
        onedrive = OneDriveSimulator.builder().dateOffset(dateOffset).start();
        route = new SimulatedRoute(onedrive, time);
    }

    @AfterEach
    void stop() {
        if (route != null) {
            route.close();
            onedrive.close();
        }
    }

    private Exchange upload(String name) {
        return route.send(UPLOAD, "dump of " + name, Map.of(Exchange.FILE_NAME, name));
    }

    @ParameterizedTest
    @EnumSource(value = Step.class, names = {"TOKEN", "SIMPLE_UPLOAD", "CREATE_SESSION", "FRAGMENT"})
    @Tag("C109")
    void throttledFor_askedForAYear_isAnHour(Step step) {
        onedrive.fault(Fault.on(step).throttle("31536000"));
        assertThat(route.component().throttledFor("offsite")).isEmpty();
        String uri = step == Step.SIMPLE_UPLOAD ? UPLOAD : UPLOAD + "&simpleUploadLimit=0";
        assertThat(route.send(uri, "dump", Map.of(Exchange.FILE_NAME, "a.sql")).getException()).hasMessageContaining("3600 s");
        assertThat(route.component().throttledFor("offsite")).contains(ThrottleGate.LONGEST);
        assertThat(route.component().throttledFor("another")).isEmpty();
        time.pass(ThrottleGate.LONGEST);
        assertThat(route.component().throttledFor("offsite")).isEmpty();
        assertThat(upload("b.sql").getException()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT2H", "PT-2H", "P400D"})
    @Tag("C59")
    @Tag("C109")
    void upload_retryAfterIsADateOfAnotherClock_isWaitedForByThatClock(Duration ahead) {
        start(ahead);
        onedrive.fault(Fault.on(Step.SIMPLE_UPLOAD).throttleUntil(Instant.now().plus(ahead).plus(Duration.ofMinutes(10))));
        onedrive.fault(Fault.on(Step.TOKEN).throttleUntil(Instant.now().plus(ahead).plusSeconds(110)));
        assertThat(route.send("onedrive:offsite?folderPath=/", "dump", Map.of(Exchange.FILE_NAME, "a.sql")).getException())
                .isNull();
        // By what time of this machine the responses come is not ours to say.
        assertThat(time.slept()).isBetween(Duration.ofMinutes(9), Duration.ofMinutes(12));
    }

    @Test
    @Tag("C109")
    void upload_afterAnHour_oneRequestGoesFirstAndTheOthersWaitForIt() throws Exception {
        assertThat(upload("first.sql").getException()).isNull();
        onedrive.fault(Fault.on(Step.SIMPLE_UPLOAD).throttle("31536000"));
        assertThat(upload("a.sql").getException()).isNotNull();
        time.pass(ThrottleGate.LONGEST);
        onedrive.fault(Fault.on(Step.SIMPLE_UPLOAD).throttle("86400"));
        assertThat(atOnce(4)).allMatch(Optional::isPresent);
        assertThat(onedrive.requests(Step.SIMPLE_UPLOAD)).hasSize(3);
        time.pass(ThrottleGate.LONGEST);
        assertThat(atOnce(4)).allMatch(Optional::isEmpty);
    }

    /** The failures of uploads that are sent at the same time. */
    private List<Optional<Exception>> atOnce(int count) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(count);
        try {
            List<Future<Exchange>> running = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                String name = i + ".sql";
                running.add(threads.submit(() -> upload(name)));
            }
            List<Optional<Exception>> failures = new ArrayList<>();
            for (Future<Exchange> upload : running) {
                failures.add(Optional.ofNullable(upload.get().getException()));
            }
            return failures;
        } finally {
            threads.shutdownNow();
        }
    }
}
