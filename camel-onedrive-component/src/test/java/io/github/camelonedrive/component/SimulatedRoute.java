package io.github.camelonedrive.component;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;

import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.assertj.core.api.ThrowingConsumer;

import io.github.camelonedrive.simulator.OneDriveSimulator;
import io.github.camelonedrive.simulator.StoredFile;
import io.github.camelonedrive.transport.TimeSource;

/** A Camel context whose {@code onedrive:} endpoints talk to a simulator, for tests of the component as its users see it. */
public final class SimulatedRoute implements AutoCloseable {

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final OneDriveSimulator simulator;

    SimulatedRoute(OneDriveSimulator simulator) {
        this(simulator, TimeSource.SYSTEM);
    }

    /** @param prepare what is done to the context before it starts */
    SimulatedRoute(OneDriveSimulator simulator, ThrowingConsumer<DefaultCamelContext> prepare) {
        this(simulator, TimeSource.SYSTEM, prepare);
    }

    /** The component takes its time from there; so has the simulator, or it sees waits that were none. */
    public SimulatedRoute(OneDriveSimulator simulator, TimeSource time) {
        this(simulator, time, context -> { });
    }

    SimulatedRoute(OneDriveSimulator simulator, TimeSource time, ThrowingConsumer<DefaultCamelContext> prepare) {
        this.simulator = simulator;
        component().setTimeSource(time);
        OneDriveConfiguration options = component().getConfiguration();
        options.setGraphEndpoint(simulator.graphEndpoint().toString());
        options.setLoginEndpoint(simulator.loginEndpoint().toString());
        options.setClientId(simulator.clientId());
        options.setClientSecret(simulator.clientSecret());
        options.setRefreshToken(simulator.refreshToken());
        options.setMaxRetryDelay(20);
        prepare.accept(context);
        context.start();
    }

    public OneDriveComponent component() {
        return context.getComponent("onedrive", OneDriveComponent.class);
    }

    public DefaultCamelContext context() {
        return context;
    }

    /** Sends a body with headers to an endpoint and gives the exchange back, failed or not. */
    public Exchange send(String uri, Object body, Map<String, Object> headers) {
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody(body);
        exchange.getMessage().setHeaders(new java.util.HashMap<>(headers));
        try (var template = context.createProducerTemplate()) {
            return template.send(uri, exchange);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Uploads under a name and gives the exchange back; fails when the upload did. */
    Exchange upload(String uri, String name, Object body) throws Exception {
        Exchange exchange = send(uri, body, Map.of(Exchange.FILE_NAME, name));
        if (exchange.getException() != null) {
            throw exchange.getException();
        }
        return exchange;
    }

    OneDriveSimulator simulator() {
        return simulator;
    }

    /** Reproducible bytes that look like nothing in particular. */
    static byte[] content(int size) {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        return content;
    }

    /** A file of such bytes. */
    static Path file(Path directory, String name, int size) throws IOException {
        return Files.write(directory.resolve(name), content(size));
    }

    /** Whether the drive holds exactly these bytes at the path. */
    public boolean holds(String path, byte[] content) {
        return simulator.file(path).map(StoredFile::bytes).filter(bytes -> Arrays.equals(bytes, content)).isPresent();
    }

    @Override
    public void close() {
        context.stop();
    }
}
