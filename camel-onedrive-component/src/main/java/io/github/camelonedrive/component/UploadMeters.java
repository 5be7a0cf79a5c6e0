package io.github.camelonedrive.component;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
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
    private final Map<String, OfDestination> known = new ConcurrentHashMap<>();

    UploadMeters(OneDriveComponent component, MeterRegistry registry) {
        this.component = component;
        this.registry = registry;
    }

    /** What a destination shows from its first use on, and not only from its first trouble. */
    private record OfDestination(Gauge active, FunctionCounter throttled, Counter bytes, Counter retries, Counter resumed) {
    }

    private OfDestination meters(RunningUpload upload) {
        return known.computeIfAbsent(upload.destination(), this::register);
    }

    private OfDestination register(String destination) {
        return new OfDestination(
                Gauge.builder("onedrive.uploads.active", component, its -> active(its, destination))
                        .tag(DESTINATION, destination).description("Uploads under way").register(registry),
                FunctionCounter.builder("onedrive.throttled", component, its -> throttled(its, destination))
                        .tag(DESTINATION, destination).baseUnit("seconds")
                        .description("For how long Microsoft wanted no requests").register(registry),
                Counter.builder("onedrive.upload").baseUnit("bytes").tag(DESTINATION, destination)
                        .description("Content that went over the wire, repetitions included").register(registry),
                Counter.builder("onedrive.upload.retries").tag(DESTINATION, destination)
                        .description("Steps of uploads that were tried again").register(registry),
                Counter.builder("onedrive.upload.resumed").tag(DESTINATION, destination)
                        .description("Uploads that went on where an earlier attempt was").register(registry));
    }

    /** Those that ask the component go with it, lest they ask one that has been stopped for ever; counts stay. */
    void close() {
        known.values().forEach(meters -> {
            registry.remove(meters.active);
            registry.remove(meters.throttled);
        });
        known.clear();
    }

    private static double active(OneDriveComponent component, String destination) {
        return component.uploads().inProgress().stream().filter(upload -> upload.destination().equals(destination)).count();
    }

    private static double throttled(OneDriveComponent component, String destination) {
        return component.throttledInAll(Optional.of(destination)).toMillis() / 1000.0;
    }

    private Timer uploads(RunningUpload upload, String outcome) {
        return Timer.builder("onedrive.uploads").tag(DESTINATION, upload.destination()).tag("outcome", outcome)
                .description("Uploads by how they ended, and how long they took").register(registry);
    }

    @Override
    public void started(RunningUpload upload) {
        meters(upload);
    }

    @Override
    public void sent(RunningUpload upload, long bytes) {
        meters(upload).bytes.increment(bytes);
    }

    @Override
    public void resumed(RunningUpload upload) {
        meters(upload).resumed.increment();
    }

    @Override
    public void retrying(RunningUpload upload) {
        meters(upload).retries.increment();
    }

    @Override
    public void succeeded(RunningUpload upload, UploadResult result, Duration took) {
        uploads(upload, "success").record(took);
    }

    @Override
    public void failed(RunningUpload upload, Exception failure, Duration took) {
        uploads(upload, upload.isCancelled() ? "cancelled" : "failure").record(took);
    }
}
