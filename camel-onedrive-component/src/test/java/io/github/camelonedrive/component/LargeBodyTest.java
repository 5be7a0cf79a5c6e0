package io.github.camelonedrive.component;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelonedrive.simulator.OneDriveSimulator;
import io.github.camelonedrive.simulator.OneDriveSimulatorExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** A consumed file of 150 MB, split and written, in a process whose heap could not hold it. */
class LargeBodyTest {

    private static final int LINE = 10_000;
    private static final int LINES = 15_000;

    @RegisterExtension
    final OneDriveSimulatorExtension extension = new OneDriveSimulatorExtension().failOnViolations();

    @TempDir
    private Path directory;

    @Test
    void aLargeFileGoesThroughASmallHeap() throws Exception {
        OneDriveSimulator onedrive = extension.simulator();
        byte[] content = new byte[LINE * LINES];
        Arrays.fill(content, (byte) 'x');
        for (int end = LINE - 1; end < content.length; end += LINE) {
            content[end] = '\n';
        }
        onedrive.putFile("/Inbox/large.txt", content);
        Path output = directory.resolve("output");
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx48m",
                "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError", "-cp", System.getProperty("java.class.path"),
                Reading.class.getName(), directory.toString(), onedrive.graphEndpoint().toString(),
                onedrive.loginEndpoint().toString(), onedrive.clientId(), onedrive.clientSecret(), onedrive.refreshToken())
                        .redirectErrorStream(true).redirectOutput(output.toFile()).start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("ends").isTrue();
            assertThat(Files.readString(output)).contains("lines " + LINES);
            assertThat(process.exitValue()).isZero();
            assertThat(Files.size(directory.resolve("large.txt"))).isEqualTo(content.length);
        } finally {
            process.destroyForcibly();
        }
    }

    /** The process: splits the file and writes it to a directory. */
    public static final class Reading {

        private Reading() {
        }

        public static void main(String[] arguments) throws Exception {
            DefaultCamelContext context = new DefaultCamelContext();
            OneDriveConfiguration options = context.getComponent("onedrive", OneDriveComponent.class).getConfiguration();
            options.setGraphEndpoint(arguments[1]);
            options.setLoginEndpoint(arguments[2]);
            options.setClientId(arguments[3]);
            options.setClientSecret(arguments[4]);
            options.setRefreshToken(arguments[5]);
            AtomicInteger lines = new AtomicInteger();
            AtomicInteger files = new AtomicInteger();
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from(Inbox.uri("noop=true")).split().tokenize("\n").streaming().process(exchange -> lines.incrementAndGet())
                            .end().to("file:" + arguments[0]).process(exchange -> files.incrementAndGet());
                }
            });
            context.start();
            Awaitility.await().atMost(100, TimeUnit.SECONDS).until(() -> files.get() == 1);
            System.out.println("lines " + lines);
            context.stop();
        }
    }
}
