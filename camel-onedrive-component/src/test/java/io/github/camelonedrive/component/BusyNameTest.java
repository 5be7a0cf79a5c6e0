package io.github.camelonedrive.component;

import java.util.Map;

import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.OneDriveSimulator;
import io.github.camelonedrive.simulator.Step;

import static org.assertj.core.api.Assertions.assertThat;

/** OneDrive refuses a single PUT with a conflict while another upload to its name is in progress. */
@Tag("C104")
class BusyNameTest {

    private static final int SMALL = 1000;
    private static final int LARGE = 5_000_000;

    private OneDriveSimulator onedrive;
    private SimulatedRoute route;

    @BeforeEach
    void start() {
        onedrive = OneDriveSimulator.builder().refuseBusyNames().start();
        route = new SimulatedRoute(onedrive);
        route.component().getConfiguration().setMaxRetries(2);
    }

    @AfterEach
    void stop() {
        route.close();
        onedrive.close();
    }

    private Exception send(String options, int size) {
        return route.send("onedrive:offsite" + options, SimulatedRoute.content(size), Map.of(Exchange.FILE_NAME, "a.sql"))
                .getException();
    }

    /** In the middle of a large upload, another one of the same name is small. */
    @Test
    void sessionOpen_thePutWaits_andIsNotTheFilesFault() {
        Exception[] small = new Exception[1];
        onedrive.fault(Fault.on(Step.FRAGMENT).run(() -> small[0] = send("", SMALL)));

        assertThat(send("?chunkSize=327680", LARGE)).isNull();

        assertThat(small[0]).isInstanceOfSatisfying(OneDriveException.class,
                failure -> assertThat(failure.kind()).isEqualTo(FailureKind.SERVICE));
        assertThat(onedrive.requests(Step.SIMPLE_UPLOAD)).hasSize(3);
        assertThat(route.holds("/a.sql", SimulatedRoute.content(LARGE))).isTrue();
        assertThat(send("", SMALL)).as("the session is over").isNull();
    }

    @Test
    void sessionOpen_underFail_isNotTheFilesFault() {
        Exception[] small = new Exception[1];
        onedrive.fault(Fault.on(Step.FRAGMENT).run(() -> small[0] = send("?conflictBehavior=fail", SMALL)));

        assertThat(send("", LARGE)).isNull();

        assertThat(small[0]).isInstanceOfSatisfying(OneDriveException.class,
                failure -> assertThat(failure.kind()).isEqualTo(FailureKind.SERVICE));
        assertThat(send("?conflictBehavior=fail", SMALL)).as("the name is taken now").isInstanceOfSatisfying(
                OneDriveException.class, failure -> assertThat(failure.kind()).isEqualTo(FailureKind.SOURCE));
    }
}
