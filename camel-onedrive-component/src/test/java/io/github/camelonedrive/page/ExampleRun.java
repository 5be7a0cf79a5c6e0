package io.github.camelonedrive.page;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

import io.github.camelonedrive.component.OneDriveComponent;
import io.github.camelonedrive.component.OneDriveConfiguration;
import io.github.camelonedrive.simulator.OneDriveSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/** A simulator, and a Camel context in which an example's route is started. */
final class ExampleRun implements AutoCloseable {

    private final OneDriveSimulator onedrive = OneDriveSimulator.builder().start();
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final Example example;
    private final Path directory;

    /** @param directory of this run alone */
    ExampleRun(Example example, Path directory) {
        this.example = example;
        this.directory = directory;
        OneDriveConfiguration options =
                context.getComponent("onedrive", OneDriveComponent.class).getConfiguration();
        options.setGraphEndpoint(onedrive.graphEndpoint().toString());
        options.setLoginEndpoint(onedrive.loginEndpoint().toString());
        options.setClientId(onedrive.clientId());
        options.setClientSecret(onedrive.clientSecret());
        options.setRefreshToken(onedrive.refreshToken());
    }

    /** Starts the route as the page shows it, with the directory that the page names replaced by this run's. */
    void start(String shownDirectory) throws Exception {
        start(example.with(shownDirectory, directory.toString()));
    }

    /** Starts the route, changed for the test. */
    void start(Example changed) throws Exception {
        if (changed.language().equals("java")) {
            context.addRoutes(JavaRoutes.compile(changed.source(), Files.createTempDirectory(directory, ".java")));
        } else {
            PluginHelper.getRoutesLoader(context).loadRoutes(
                    ResourceHelper.fromString("example.camel." + changed.language(), changed.source()));
        }
        context.start();
    }

    Example example() {
        return example;
    }

    Path directory() {
        return directory;
    }

    DefaultCamelContext context() {
        return context;
    }

    OneDriveSimulator onedrive() {
        return onedrive;
    }

    /** Whether OneDrive holds this text at the path. */
    boolean holds(String path, String text) {
        return onedrive.file(path).filter(file -> new String(file.bytes(), StandardCharsets.UTF_8).equals(text)).isPresent();
    }

    @Override
    public void close() {
        context.stop();
        try {
            assertThat(onedrive.violations()).as(example.toString()).isEmpty();
        } finally {
            onedrive.close();
        }
    }
}
