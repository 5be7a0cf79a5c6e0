package io.github.camelonedrive.component;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

import org.apache.camel.spi.IdempotentRepository;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelonedrive.feed.FeedFile;

/**
 * The folder of an endpoint as all its consumers read it: one feed, and one record of the files in progress. It is open while
 * an exchange holds one of its files, or a consumer is started and its endpoint is. Safe for many threads.
 */
final class SharedFolder {

    private static final Logger LOG = LoggerFactory.getLogger(SharedFolder.class);

    private final OneDriveEndpoint endpoint;
    private final IdempotentRepository inProgress;
    private final boolean sharesProgress;
    private final ReentrantLock reading = new ReentrantLock();
    private final ReentrantLock lock = new ReentrantLock();
    private DriveAccess access;
    private int consumers;
    private int exchanges;
    private OpenFolder opened;

    SharedFolder(OneDriveEndpoint endpoint) {
        OneDriveConsumerConfiguration options = endpoint.getConsumerConfiguration();
        this.endpoint = endpoint;
        // Consumers that take files away compete for them, also from different endpoints.
        this.sharesProgress = options.getInProgressRepository() == null && (options.isDelete() || options.getMove() != null);
        this.inProgress = options.getInProgressRepository() != null ? options.getInProgressRepository()
                : sharesProgress ? endpoint.getComponent().filesInProgress() : OneDriveComponent.newFilesInProgress();
    }

    /** Held while changes are read, and while a file is looked up in what was read. */
    ReentrantLock reading() {
        return reading;
    }

    void consumerStarted() {
        update(() -> consumers++);
    }

    void consumerStopped() {
        update(() -> consumers--);
    }

    void exchangeStarted() {
        update(() -> exchanges++);
    }

    void exchangeEnded() {
        update(() -> exchanges--);
    }

    /** Camel stops an endpoint that it lets go, and keeps its consumer for later; another endpoint may have the URI then. */
    void endpointStopped() {
        update(() -> access = null);
    }

    private void update(Runnable change) {
        lock.lock();
        try {
            change.run();
            if (exchanges == 0 && (consumers == 0 || access == null)) {
                close();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Returns the folder, opened when it is not open. Other credentials, since they were renewed, mean another drive. */
    OpenFolder open(FileFilters filters) throws IOException {
        lock.lock();
        try {
            if (access == null) {
                access = new DriveAccess(endpoint);
            }
            OneDriveDrive drive = access.driveOfConsumer();
            if (opened == null || opened.drive() != drive) {
                close();
                opened = new OpenFolder(drive, endpoint.openFeed(drive, filters),
                        new FileTasks(drive, endpoint.getComponent().timeSource()));
            }
            return opened;
        } finally {
            lock.unlock();
        }
    }

    /** Returns the folder if it is open. */
    Optional<OpenFolder> opened() {
        lock.lock();
        try {
            return Optional.ofNullable(opened);
        } finally {
            lock.unlock();
        }
    }

    private void close() {
        OpenFolder known = opened;
        opened = null;
        if (known != null) {
            try {
                known.feed().close();
            } catch (IOException e) {
                LOG.debug("The consumer's state was not closed in order; it is whole all the same", e);
            }
        }
    }

    boolean isInProgress(OpenFolder folder, FeedFile file) {
        return inProgress.contains(key(folder, file));
    }

    /** Returns false if another exchange holds the file. */
    boolean begin(OpenFolder folder, FeedFile file) {
        return inProgress.add(key(folder, file));
    }

    void end(OpenFolder folder, FeedFile file) {
        inProgress.remove(key(folder, file));
    }

    private String key(OpenFolder folder, FeedFile file) {
        return sharesProgress
                ? endpoint.getDestination() + " " + folder.drive().source().identity() + " " + file.key() : file.key();
    }
}
