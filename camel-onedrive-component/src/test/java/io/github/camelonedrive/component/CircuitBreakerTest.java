package io.github.camelonedrive.component;

import java.util.Map;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;

import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.Step;

import static org.assertj.core.api.Assertions.assertThat;

/** The endpoint inside a circuit breaker of camel-resilience4j. */
class CircuitBreakerTest extends SimulatorTest {

    private static final int SIZE = 3 * 320 * 1024;
    private static final String FRAGMENTS = "onedrive:offsite?simpleUploadLimit=0&chunkSize=320kB&maxRetries=1";

    private Exchange send(Object body, String name) {
        return route.send("direct:in", body, Map.of(Exchange.FILE_NAME, name));
    }

    @Test
    void fallsBackAndLeavesNoSession() throws Exception {
        route.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").circuitBreaker().to(FRAGMENTS).onFallback().setProperty("fallback", constant(true)).end();
            }
        });
        onedrive.fault(Fault.on(Step.FRAGMENT).nth(2).answer(503).times(2));
        Exchange exchange = send(SimulatedRoute.content(SIZE), "a.bin");

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getProperty("fallback")).isEqualTo(true);
        assertThat(onedrive.openSessions()).isEmpty();

        assertThat(send(SimulatedRoute.content(SIZE), "a.bin").getProperty("fallback")).isNull();
        assertThat(route.holds("/a.bin", SimulatedRoute.content(SIZE))).isTrue();
    }
}
