package io.github.camelonedrive.component;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelonedrive.simulator.OneDriveSimulator;
import io.github.camelonedrive.simulator.OneDriveSimulatorExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** A real process gets a real SIGKILL while it consumes, several times, and the next one goes on. */
@Tag("full")
class ConsumerKillTest {

    private static final int KILLS = 3;
    private static final long SEED = Long.getLong("consumer.kill.seed", new SecureRandom().nextInt());

    @RegisterExtension
    final OneDriveSimulatorExtension extension = new OneDriveSimulatorExtension().failOnViolations();

    @TempDir
    private Path directory;

    /** A file is missed by none, and emitted twice at most where a process died between its end and the record of it. */
    @Test
    void nothingIsMissedAndNothingButWhatWasUnderWayIsRepeated() throws Exception {
        OneDriveSimulator onedrive = extension.simulator();
        int files = 0;
        System.out.println("Consumer kill test: -Dconsumer.kill.seed=" + SEED);
        Random random = new Random(SEED);
        for (int kill = 0; kill < KILLS; kill++) {
            files = put(onedrive, files, 40);
            Process process = start(onedrive, kill);
            int enough = emitted().size() + 5 + random.nextInt(20);
            await(process, kill, () -> emitted().size() >= enough);
            files = put(onedrive, files, 10);
            process.destroyForcibly().waitFor();
        }
        int all = files;
        Process last = start(onedrive, KILLS);
        await(last, KILLS, () -> onedrive.paths().stream().filter(path -> path.startsWith("/Inbox/.done/")).count() == all);
        last.destroyForcibly().waitFor();
        List<String> emitted = emitted();
        assertThat(new HashSet<>(emitted)).hasSize(all);
        assertThat(emitted.size()).isLessThanOrEqualTo(all + KILLS);
        assertThat(onedrive.paths()).hasSize(all);
    }

    private static int put(OneDriveSimulator onedrive, int from, int count) {
        for (int i = from; i < from + count; i++) {
            onedrive.putFile("/Inbox/" + i + ".txt", ("content " + i).getBytes(StandardCharsets.UTF_8));
        }
        return from + count;
    }

    private List<String> emitted() throws IOException {
        Path log = directory.resolve("emitted");
        return Files.exists(log) ? Files.readAllLines(log) : List.of();
    }

    private void await(Process process, int number, Callable<Boolean> condition) throws IOException {
        try {
            Awaitility.await().atMost(Duration.ofSeconds(90)).until(() -> {
                assertThat(process.isAlive()).as("the process").isTrue();
                return condition.call();
            });
        } catch (Throwable e) {
            throw new AssertionError(Files.readString(directory.resolve("log" + number)), e);
        }
    }

    private Process start(OneDriveSimulator onedrive, int number) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
                Consuming.class.getName(), directory.toString()));
        command.addAll(List.of(onedrive.graphEndpoint().toString(), onedrive.loginEndpoint().toString(), onedrive.clientId(),
                onedrive.clientSecret(), onedrive.refreshToken()));
        return new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(directory.resolve("log" + number).toFile()).start();
    }

    /** The process: writes the name of each file that it has processed. */
    static final class Consuming {

        private Consuming() {
        }

        public static void main(String[] arguments) throws Exception {
            Path directory = Path.of(arguments[0]);
            DefaultCamelContext context = new DefaultCamelContext();
            OneDriveConfiguration options = context.getComponent("onedrive", OneDriveComponent.class).getConfiguration();
            options.setGraphEndpoint(arguments[1]);
            options.setLoginEndpoint(arguments[2]);
            options.setClientId(arguments[3]);
            options.setClientSecret(arguments[4]);
            options.setRefreshToken(arguments[5]);
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from(Inbox.uri("move=.done&maxMessagesPerPoll=10&stateDirectory=" + directory.resolve("state")))
                            .process(exchange -> {
                                assertThat(exchange.getMessage().getBody(String.class)).startsWith("content ");
                                Files.writeString(directory.resolve("emitted"),
                                        exchange.getMessage().getHeader(Exchange.FILE_NAME) + "\n",
                                        StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                            });
                }
            });
            context.start();
            Thread.currentThread().join();
        }
    }
}
