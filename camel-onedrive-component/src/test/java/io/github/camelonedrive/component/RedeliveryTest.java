package io.github.camelonedrive.component;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.Step;

import static org.assertj.core.api.Assertions.assertThat;

/** What Camel delivers again is uploaded whole or not at all; a stream that was read is never taken for an empty file. */
class RedeliveryTest extends SimulatorTest {

    private static final int SMALL = 1000;
    private static final int LARGE = 6_000_000;

    @TempDir
    Path directory;

    private void route(boolean streamCaching) throws Exception {
        route.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(Exception.class).maximumRedeliveries(2).redeliveryDelay(1);
                from("direct:in").streamCache(String.valueOf(streamCaching)).to("onedrive:offsite?folderPath=/Backups");
                from("direct:twice").streamCache("false").to("onedrive:offsite?folderPath=/one")
                        .to("onedrive:offsite?folderPath=/two");
            }
        });
    }

    private void refuseTheFirstAttempt() {
        onedrive.fault(Fault.on(Step.SIMPLE_UPLOAD).answer(403).error("accessDenied"));
        onedrive.fault(Fault.on(Step.CREATE_SESSION).answer(403).error("accessDenied"));
    }

    @ParameterizedTest
    @ValueSource(ints = { SMALL, LARGE })
    void aCachedStreamIsSentAgainWhole(int size) throws Exception {
        route(true);
        refuseTheFirstAttempt();

        Exchange exchange = send("direct:in", new ByteArrayInputStream(SimulatedRoute.content(size)));

        assertThat(exchange.getException()).isNull();
        assertThat(route.holds("/Backups/a.bin", SimulatedRoute.content(size))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = { SMALL, LARGE })
    void aFileIsSentAgainWhole(int size) throws Exception {
        route(false);
        refuseTheFirstAttempt();

        Exchange exchange = send("direct:in", SimulatedRoute.file(directory, "a.bin", size));

        assertThat(exchange.getException()).isNull();
        assertThat(route.holds("/Backups/a.bin", SimulatedRoute.content(size))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = { SMALL, LARGE })
    void aStreamThatWasReadIsRefusedAndTheOldFileStays(int size) throws Exception {
        onedrive.putFile("/Backups/a.bin", SimulatedRoute.content(77));
        route(false);
        refuseTheFirstAttempt();

        Exchange exchange = send("direct:in", unbuffered(size));

        assertThat(exchange.getException()).isInstanceOf(BodyConsumedException.class).hasMessageContaining("stream caching");
        assertThat(route.holds("/Backups/a.bin", SimulatedRoute.content(77))).isTrue();
    }

    @Test
    void aStreamIsNotUploadedTwice() throws Exception {
        route(false);

        Exchange exchange = send("direct:twice", unbuffered(SMALL));

        assertThat(exchange.getException()).isInstanceOf(BodyConsumedException.class);
        assertThat(onedrive.paths()).containsExactly("/one/a.bin");
    }

    private static InputStream unbuffered(int size) {
        return new java.io.BufferedInputStream(new ByteArrayInputStream(SimulatedRoute.content(size)));
    }

    private Exchange send(String uri, Object body) {
        return route.send(uri, body, Map.of(Exchange.FILE_NAME, "a.bin"));
    }
}
