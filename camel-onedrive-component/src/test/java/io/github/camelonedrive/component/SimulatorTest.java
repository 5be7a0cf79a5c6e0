package io.github.camelonedrive.component;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.github.camelonedrive.simulator.OneDriveSimulator;
import io.github.camelonedrive.simulator.OneDriveSimulatorExtension;

/** A simulator and a Camel context that talks to it for each test, which fails when the component did what it must not do. */
abstract class SimulatorTest {

    @RegisterExtension
    final OneDriveSimulatorExtension extension = new OneDriveSimulatorExtension().failOnViolations();

    OneDriveSimulator onedrive;
    SimulatedRoute route;

    @BeforeEach
    void startRoute() {
        onedrive = extension.simulator();
        route = new SimulatedRoute(onedrive);
    }

    @AfterEach
    void stopRoute() {
        route.close();
    }
}
