package io.github.camelonedrive.component;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheckRegistry;

/**
 * What a component shows to whoever watches it: a health check where camel-health is there, gauges where Micrometer and a meter
 * registry are.
 */
final class Observation {

    private static final String MICROMETER = "io.micrometer.core.instrument.MeterRegistry";
    private static final long SECONDS_BETWEEN_UPDATES = 60;

    private static final long BETWEEN_LOOKS = Duration.ofSeconds(1).toNanos();

    private final OneDriveComponent component;
    private final CredentialHealthCheck check;
    private final ReentrantLock lock = new ReentrantLock();
    private Optional<CredentialMeters> meters = Optional.empty();
    private volatile Optional<UploadObserver> uploadMeters = Optional.empty();
    private volatile boolean hasMicrometer;
    private volatile long lastLook;
    private ScheduledExecutorService timer;

    Observation(OneDriveComponent component) {
        this.component = component;
        this.check = new CredentialHealthCheck(component);
    }

    void start(CamelContext context) {
        HealthCheckRegistry checks = HealthCheckRegistry.get(context);
        if (checks != null) {
            checks.register(check);
        }
        hasMicrometer = context.getClassResolver().resolveClass(MICROMETER) != null;
        if (hasMicrometer) {
            lastLook = System.nanoTime() - 2 * BETWEEN_LOOKS;
            timer = context.getExecutorServiceManager().newSingleThreadScheduledExecutor(component, "OneDriveMeters");
            timer.scheduleWithFixedDelay(() -> updateMeters(context), 0, SECONDS_BETWEEN_UPDATES, TimeUnit.SECONDS);
        }
    }

    /** Also finds a meter registry that was bound after the component was started. */
    void updateMeters(CamelContext context) {
        lock.lock();
        try {
            if (hasMicrometer) {
                lookForMeters(context);
                meters.ifPresent(CredentialMeters::update);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Who counts uploads for Micrometer; empty where it or a meter registry is absent. One that is bound late is noticed by the
     * next upload, but many small uploads do not each search the registry.
     */
    Optional<UploadObserver> uploadMeters(CamelContext context) {
        long now = System.nanoTime();
        if (hasMicrometer && uploadMeters.isEmpty() && now - lastLook > BETWEEN_LOOKS) {
            lastLook = now;
            lookForMeters(context);
        }
        return uploadMeters;
    }

    private void lookForMeters(CamelContext context) {
        lock.lock();
        try {
            if (meters.isEmpty()) {
                meters = CredentialMeters.in(context, component);
                uploadMeters = meters.map(CredentialMeters::ofUploads);
            }
        } finally {
            lock.unlock();
        }
    }

    void stop(CamelContext context) {
        HealthCheckRegistry checks = HealthCheckRegistry.get(context);
        if (checks != null) {
            checks.unregister(check);
        }
        if (timer != null) {
            context.getExecutorServiceManager().shutdownNow(timer);
            timer = null;
        }
        forgetMeters();
    }

    private void forgetMeters() {
        lock.lock();
        try {
            meters.ifPresent(CredentialMeters::close);
            meters = Optional.empty();
            uploadMeters = Optional.empty();
        } finally {
            lock.unlock();
        }
    }
}
