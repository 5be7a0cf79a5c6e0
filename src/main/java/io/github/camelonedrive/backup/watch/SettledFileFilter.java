package io.github.camelonedrive.backup.watch;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.camelonedrive.backup.settings.WatchSettings;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets Camel's {@code file:} consumer see only dumps that are complete and due (DESIGN §6): regular files whose identity
 * stood still for the quiet period, no {@code .part} or {@code .tmp}, no links unless the watch follows them. Camel itself
 * skips whatever begins with a dot. It never waits: what is not complete yet is looked at again at the next poll.
 */
final class SettledFileFilter implements GenericFileFilter<File> {

    private static final Logger LOG = LoggerFactory.getLogger(SettledFileFilter.class);
    private static final Set<String> UNFINISHED = Set.of(".part", ".tmp");
    private static final Duration BETWEEN_PRUNINGS = Duration.ofMinutes(1);
    private static final int MANY_COMPLAINTS = 1000;
    private static final char REPLACEMENT = '\uFFFD';

    private final WatchSettings settings;
    private final DropDirectory drop;
    private final WatchState state;
    private final InstantSource clock;
    private final Set<String> complainedAbout = ConcurrentHashMap.newKeySet();
    private volatile Instant lastPruning;

    SettledFileFilter(WatchSettings settings, DropDirectory drop, WatchState state, InstantSource clock) {
        this.settings = settings;
        this.drop = drop;
        this.state = state;
        this.clock = clock;
        this.lastPruning = clock.instant();
    }

    @Override
    public boolean accept(GenericFile<File> file) {
        pruneNowAndThen();
        try {
            Path path = file.getFile().toPath();
            return file.isDirectory() ? isInside(path) : isWanted(path) && isInside(path) && isCompleteAndDue(path);
        } catch (InvalidPathException e) {
            complain(file.getFileName(), "its name is not valid in this system's encoding. Rename it.");
            return false;
        } catch (IOException e) {
            explain(file, e);
            return false;
        }
    }

    private boolean isInside(Path path) throws IOException {
        if (!Files.isSymbolicLink(path)) {
            return true;
        }
        if (!settings.followLinks() || !Files.exists(path)) {
            return false;
        }
        Path real = path.toRealPath();
        return drop.holds(real) && !isReachedByItsOwnName(real);
    }

    // What such a link leads to would be pushed twice.
    private boolean isReachedByItsOwnName(Path real) {
        boolean visited = settings.recursive() || real.getParent().equals(drop.root());
        return visited && (Files.isDirectory(real) || isWanted(real));
    }

    private boolean isWanted(Path path) {
        String name = path.getFileName().toString();
        String lower = name.toLowerCase(Locale.ROOT);
        return !name.startsWith(".")
                && UNFINISHED.stream().noneMatch(lower::endsWith)
                && settings.include().map(pattern -> pattern.matcher(name).matches()).orElse(true)
                && settings.exclude().map(pattern -> !pattern.matcher(name).matches()).orElse(true);
    }

    private boolean isCompleteAndDue(Path path) throws IOException {
        Optional<FileIdentity> identity = FileIdentity.of(path, settings.followLinks());
        return identity.isPresent() && state.quiet().isOver(path, identity.get()) && state.retries().isDue(path);
    }

    // A file that another process removed between listing and looking is nothing to speak of.
    private void explain(GenericFile<File> file, IOException e) {
        if (file.getFileName().indexOf(REPLACEMENT) >= 0) {
            complain(file.getFileName(), "its name is not valid UTF-8. Rename it.");
        } else if (!(e instanceof NoSuchFileException)) {
            complain(file.getFileName(), "it can't be looked at: " + e.getMessage() + ". Check its permissions.");
        }
    }

    private void complain(String name, String why) {
        if (complainedAbout.add(name)) {
            LOG.warn("{}: {} is ignored: {}", settings.name(), name, why);
        }
    }

    private void pruneNowAndThen() {
        Instant now = clock.instant();
        if (now.isAfter(lastPruning.plus(BETWEEN_PRUNINGS))) {
            lastPruning = now;
            state.prune();
            if (complainedAbout.size() > MANY_COMPLAINTS) {
                complainedAbout.clear();
            }
        }
    }
}
