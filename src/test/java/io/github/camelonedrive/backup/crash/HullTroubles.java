package io.github.camelonedrive.backup.crash;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.OneDriveSimulator;
import io.github.camelonedrive.simulator.Step;

/** Troubles with the process, its directories and OneDrive, one after the other, each of which passes. */
final class HullTroubles {

    private static final int REVOKED = 700082;

    private final Random random;
    private final OneDriveSimulator simulator;
    private final HullProgram program;
    private final List<HullWatch> watches;
    private final Path refreshToken;
    private final Optional<Path> disk;
    private final Map<String, Integer> counts = new TreeMap<>();
    private final AtomicBoolean damaging = new AtomicBoolean();
    private final AtomicBoolean revoked = new AtomicBoolean();
    private final AtomicBoolean unavailable = new AtomicBoolean();

    /**
     * @param refreshToken a file for a good one
     * @param disk         that of the home, when it may be filled
     */
    HullTroubles(Random random, OneDriveSimulator simulator, HullProgram program, List<HullWatch> watches, Path refreshToken,
            Optional<Path> disk) {
        this.random = random;
        this.simulator = simulator;
        this.program = program;
        this.watches = watches;
        this.refreshToken = refreshToken;
        this.disk = disk;
        simulator.fault(Fault.on(Step.TOKEN).when(request -> revoked.get()).always().aadsts(REVOKED));
        simulator.fault(Fault.onAny().when(request -> unavailable.get()).always().answer(503));
    }

    /** One trouble; returns when it is over, unless it ends with so many requests. */
    void next() throws IOException, InterruptedException {
        HullWatch watch = watches.get(random.nextInt(watches.size()));
        switch (random.nextInt(12)) {
            case 0, 1 -> {
                count("kill -9");
                program.kill();
            }
            case 2 -> {
                count("SIGTERM");
                program.stop();
            }
            case 3 -> away(watch);
            case 4 -> locked(watch.name + " without rights", watch, watch.drop, "---------");
            case 5 -> locked(".done read-only", watch, watch.done(), "r-xr-xr-x");
            case 6 -> fill();
            case 7 -> rename(watch);
            case 8 -> {
                count("throttled");
                simulator.fault(Fault.onAny().throttle(Integer.toString(1 + random.nextInt(3))).times(3));
            }
            case 9 -> revoke();
            case 10 -> unavailable();
            default -> damage();
        }
    }

    /** Until an operator signs in again. */
    private void revoke() throws IOException, InterruptedException {
        count("grant revoked");
        revoked.set(true);
        simulator.expireAccessTokens();
        try {
            pause();
        } finally {
            revoked.set(false);
        }
        // Of the many that were issued meanwhile the simulator has forgotten the oldest.
        Files.writeString(refreshToken, simulator.refreshToken());
        program.operate("destination", "update", "offsite", "--refresh-token-file", refreshToken.toString());
    }

    private void unavailable() throws InterruptedException {
        count("service unavailable");
        unavailable.set(true);
        try {
            pause();
        } finally {
            unavailable.set(false);
        }
    }

    /** Never twice in a row, which would be a lasting mismatch. */
    private void damage() {
        if (damaging.compareAndSet(false, true)) {
            count("content damaged by the service");
            simulator.fault(Fault.on(Step.SIMPLE_UPLOAD).damageContent()
                    .run(() -> simulator.fault(Fault.on(Step.SIMPLE_UPLOAD).nth(5).run(() -> damaging.set(false)))));
        }
    }

    /** As a mount that is lost, and comes back. */
    private void away(HullWatch watch) throws IOException, InterruptedException {
        watch.use.writeLock().lock();
        try {
            Path elsewhere = watch.drop.resolveSibling(watch.name + "-away");
            Files.move(watch.drop, elsewhere);
            try {
                count("directory away");
                pause();
            } finally {
                Files.move(elsewhere, watch.drop);
            }
        } finally {
            watch.use.writeLock().unlock();
        }
    }

    private void locked(String trouble, HullWatch watch, Path directory, String rights)
            throws IOException, InterruptedException {
        watch.use.writeLock().lock();
        try {
            if (Files.exists(directory)) {
                var before = Files.getPosixFilePermissions(directory);
                Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(rights));
                try {
                    count(trouble.replace(watch.name, "directory"));
                    pause();
                } finally {
                    Files.setPosixFilePermissions(directory, before);
                }
            }
        } finally {
            watch.use.writeLock().unlock();
        }
    }

    /** Nothing can be written to the home. Nobody is killed meanwhile: of a session that is not on record nobody would know. */
    private void fill() throws IOException, InterruptedException {
        if (disk.isEmpty()) {
            return;
        }
        count("disk full");
        synchronized (program) {
            Path ballast = disk.get().resolve("ballast");
            try (OutputStream out = Files.newOutputStream(ballast)) {
                byte[] block = new byte[4096];
                while (true) {
                    out.write(block);
                }
            } catch (IOException full) {
                pause();
            } finally {
                Files.delete(ballast);
            }
            // What was begun without a record ends before anybody is killed again.
            pause();
        }
    }

    private void rename(HullWatch watch) {
        String newPath = watch.folder() + " until " + (watch.renames() + 1);
        watch.use.writeLock().lock();
        try {
            simulator.move(watch.folder(), newPath);
            watch.renamed(newPath);
            count("folder renamed in OneDrive");
        } catch (IllegalArgumentException notThereYet) {
            // nothing was uploaded to it
        } finally {
            watch.use.writeLock().unlock();
        }
    }

    private void pause() throws InterruptedException {
        Thread.sleep(2000 + random.nextInt(3000));
    }

    private void count(String trouble) {
        counts.merge(trouble, 1, Integer::sum);
    }

    Map<String, Integer> counts() {
        return counts;
    }
}
