package io.github.camelonedrive.simulator;

import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A simulator for the tests of a class: started before them, closed after them, handed to each method or constructor that
 * asks for an {@link OneDriveSimulator}.
 *
 * <pre>{@code
 * @RegisterExtension
 * static OneDriveSimulatorExtension onedrive =
 *         OneDriveSimulatorExtension.with(sim -> sim.accountType(AccountType.BUSINESS)).failOnViolations();
 *
 * @Test
 * void uploads(OneDriveSimulator sim) { … }
 * }</pre>
 *
 * <p>In a static field one simulator serves all tests of the class; its journal, violations and fault rules are cleared before
 * each test, its files stay. In an instance field each test has its own.
 */
public final class OneDriveSimulatorExtension
        implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback, AfterEachCallback, ParameterResolver {
    private final Consumer<OneDriveSimulatorBuilder> configuration;
    private boolean failOnViolations;
    private boolean shared;
    private OneDriveSimulator simulator;

    /** A simulator of a personal account. */
    public OneDriveSimulatorExtension() {
        this(builder -> { });
    }

    private OneDriveSimulatorExtension(Consumer<OneDriveSimulatorBuilder> configuration) {
        this.configuration = configuration;
    }

    /** A simulator that is configured first. */
    public static OneDriveSimulatorExtension with(Consumer<OneDriveSimulatorBuilder> configuration) {
        return new OneDriveSimulatorExtension(configuration);
    }

    /** Makes a test fail when {@link OneDriveSimulator#violations()} is not empty after it. */
    public OneDriveSimulatorExtension failOnViolations() {
        failOnViolations = true;
        return this;
    }

    /**
     * The running simulator.
     *
     * @throws IllegalStateException before the first and after the last test
     */
    public OneDriveSimulator simulator() {
        if (simulator == null) {
            throw new IllegalStateException("The simulator runs only during tests.");
        }
        return simulator;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        shared = true;
        start();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (shared) {
            simulator.clearJournal();
        } else {
            start();
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        List<String> violations = simulator.violations();
        if (!shared) {
            close();
        }
        boolean hidesAnotherFailure = context.getExecutionException().isPresent();
        if (failOnViolations && !violations.isEmpty() && !hidesAnotherFailure) {
            throw new AssertionError("The client did what a good client does not do:\n  " + String.join("\n  ", violations));
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        close();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == OneDriveSimulator.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return simulator();
    }

    private void start() {
        OneDriveSimulatorBuilder builder = OneDriveSimulator.builder();
        configuration.accept(builder);
        simulator = builder.start();
    }

    private void close() {
        if (simulator != null) {
            simulator.close();
            simulator = null;
        }
    }
}
