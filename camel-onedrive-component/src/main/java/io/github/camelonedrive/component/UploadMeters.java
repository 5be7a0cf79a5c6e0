package io.github.camelonedrive.component;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import io.github.camelonedrive.upload.UploadResult;

/**
 * Meters of uploads, each with the tag {@code destination}; docs/onedrive-observability.adoc lists them. Like
 * {@link CredentialMeters} it needs Micrometer, which users may leave out.
 */
final class UploadMeters implements UploadObserver {

    private static final String DESTINATION = "destination";

    private final OneDriveComponent component;
    private final MeterRegistry registry;
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    UploadMeters(OneDriveComponent component, MeterRegistry registry) {
        this.component = component;
        this.registry = registry;
    }

    /** Shows a destination from its first use on, and not only from its first trouble. */
    private void know(String destination) {
        if (known.add(destination)) {
            Gauge.builder("onedrive.uploads.active", component, its -> active(destination)).tag(DESTINATION, destination)
                    .description("Uploads under way").register(registry);
            FunctionCounter.builder("onedrive.throttled", component, its -> throttled(destination))
                    .tag(DESTINATION, destination).baseUnit("seconds")
                    .description("For how long Microsoft wanted no requests").register(registry);
            bytes(destination);
            retries(destination);
            resumed(destination);
        }
    }

    private double active(String destination) {
        return component.uploads().inProgress().stream().filter(upload -> upload.destination().equals(destination)).count();
    }

    private double throttled(String destination) {
        return component.throttledInAll(Optional.of(destination)).toMillis() / 1000.0;
    }

    private Counter bytes(String destination) {
        return Counter.builder("onedrive.upload").baseUnit("bytes").tag(DESTINATION, destination)
                .description("Content that went over the wire, repetitions included").register(registry);
    }

    private Counter retries(String destination) {
        return Counter.builder("onedrive.upload.retries").tag(DESTINATION, destination)
                .description("Steps of uploads that were tried again").register(registry);
    }

    private Counter resumed(String destination) {
        return Counter.builder("onedrive.upload.resumed").tag(DESTINATION, destination)
                .description("Uploads that went on where an earlier attempt was").register(registry);
    }

    private Timer uploads(String destination, String outcome) {
        return Timer.builder("onedrive.uploads").tag(DESTINATION, destination).tag("outcome", outcome)
                .description("Uploads by how they ended, and how long they took").register(registry);
    }

    @Override
    public void started(RunningUpload upload) {
        know(upload.destination());
    }

    @Override
    public void sent(RunningUpload upload, long bytes) {
        bytes(upload.destination()).increment(bytes);
    }

    @Override
    public void resumed(RunningUpload upload) {
        resumed(upload.destination()).increment();
    }

    @Override
    public void retrying(RunningUpload upload) {
        retries(upload.destination()).increment();
    }

    @Override
    public void succeeded(RunningUpload upload, UploadResult result, Duration took) {
        uploads(upload.destination(), "success").record(took);
    }

    @Override
    public void failed(RunningUpload upload, Exception failure, Duration took) {
        uploads(upload.destination(), upload.isCancelled() ? "cancelled" : "failure").record(took);
    }
}
