package io.github.camelonedrive.simulator;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class OneDriveSimulatorExtensionTest {
    @RegisterExtension
    static final OneDriveSimulatorExtension ONEDRIVE =
            OneDriveSimulatorExtension.with(builder -> builder.accountType(AccountType.BUSINESS)).failOnViolations();

    @Test
    void handsTheRunningSimulatorToTheTest(OneDriveSimulator simulator) {
        assertThat(simulator).isSameAs(ONEDRIVE.simulator());
        assertThat(new GraphClient(simulator).signIn().get("/me/drive").body()).contains("\"driveType\":\"business\"");
    }

    @Test
    void failsATestThatLeavesViolations() throws Exception {
        OneDriveSimulatorExtension strict = new OneDriveSimulatorExtension().failOnViolations();
        ExtensionContext context = passedTest();
        strict.beforeEach(context);
        HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(strict.simulator().graphEndpoint() + "/me/drive"))
                .build(), BodyHandlers.discarding());
        assertThatThrownBy(() -> strict.afterEach(context)).isInstanceOf(AssertionError.class)
                .hasMessageContaining("User-Agent");
    }

    @Test
    void toleratesViolationsUnlessToldOtherwise() throws Exception {
        OneDriveSimulatorExtension lenient = new OneDriveSimulatorExtension();
        lenient.beforeEach(passedTest());
        HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(lenient.simulator().graphEndpoint() + "/me/drive"))
                .build(), BodyHandlers.discarding());
        assertThatCode(() -> lenient.afterEach(passedTest())).doesNotThrowAnyException();
    }

    private static ExtensionContext passedTest() {
        return (ExtensionContext) java.lang.reflect.Proxy.newProxyInstance(ExtensionContext.class.getClassLoader(),
                new Class<?>[] {ExtensionContext.class},
                (proxy, method, arguments) -> method.getName().equals("getExecutionException") ? Optional.empty() : null);
    }
}
