package io.github.camelonedrive.simulator;

import java.net.http.HttpResponse;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.AfterEach;

import static org.assertj.core.api.Assertions.assertThat;

/** A simulator per test, started by the test's first line, and a signed-in client for it. */
public abstract class SimulatorTestBase {
    protected static final int UNIT = 320 * 1024;

    protected OneDriveSimulator simulator;
    protected GraphClient client;

    protected void start(UnaryOperator<OneDriveSimulatorBuilder> configuration) {
        simulator = configuration.apply(OneDriveSimulator.builder()).start();
        client = new GraphClient(simulator).signIn();
    }

    protected void start(AccountType accountType) {
        start(builder -> builder.accountType(accountType));
    }

    protected void start() {
        start(builder -> builder);
    }

    @AfterEach
    protected void close() {
        if (simulator != null) {
            simulator.close();
        }
    }

    protected static void assertError(HttpResponse<String> response, int status, String code) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(GraphClient.code(response)).isEqualTo(code);
    }

    protected static void assertError(HttpResponse<String> response, int status, String code, String innerCode) {
        assertError(response, status, code);
        assertThat(GraphClient.innerCode(response)).isEqualTo(innerCode);
    }
}
