package io.github.camelonedrive.backup.watch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.UserPrincipal;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelonedrive.backup.catalogue.HeldDumps;
import io.github.camelonedrive.backup.failure.Failures;
import io.github.camelonedrive.backup.files.DirectoryHandle;
import io.github.camelonedrive.backup.settings.WatchSettings;

/**
 * Has held and set-aside dumps of a watch tried again: held ones are released, those in {@code .failed/} go back to where they
 * came from. Works beside a {@code run}, which notices both at its next poll.
 */
public final class DumpRetry {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_OF_A_REPORT = 1024 * 1024;

    /**
     * What became of a dump.
     *
     * @param file    relative to the watched directory, with {@code /} between names
     * @param problem why it is not tried again; empty if it is
     */
    public record Outcome(String watch, String file, boolean setAside, Optional<String> problem) {
    }

    private final WatchSettings settings;
    private final Path heldDirectory;
    private final UserPrincipal user;
    private final InstantSource clock;
    private final Optional<String> name;

    /**
     * @param heldDirectory where held dumps of all watches are remembered
     * @param user          who runs this
     * @param name          of the dumps that are meant, with or without their sub-directory; empty for all
     */
    public DumpRetry(WatchSettings settings, Path heldDirectory, UserPrincipal user, InstantSource clock,
                     Optional<String> name) {
        this.settings = settings;
        this.heldDirectory = heldDirectory;
        this.user = user;
        this.clock = clock;
        this.name = name;
    }

    /** Does it. @throws IOException if the watched directory or the record of held dumps cannot be used */
    public void run(Consumer<Outcome> listener) throws IOException {
        releaseHeld(listener);
        DropDirectory drop = DropDirectory.open(settings.name(), settings.directory(), user, clock);
        // All are found before the first is moved, and the report of each is still there.
        for (Path dump : setAside(drop)) {
            restore(drop, dump).ifPresent(listener);
        }
    }

    private void releaseHeld(Consumer<Outcome> listener) throws IOException {
        HeldDumps held = HeldDumps.open(heldDirectory, settings.name(), clock);
        List<String> meant = new ArrayList<>();
        held.forEach(dump -> {
            if (isMeant(dump.file())) {
                meant.add(dump.file());
            }
        });
        for (String file : meant) {
            held.release(file);
            listener.accept(new Outcome(settings.name(), file, false, Optional.empty()));
        }
    }

    private List<Path> setAside(DropDirectory drop) throws IOException {
        List<Path> dumps = new ArrayList<>();
        try (DirectoryHandle top = drop.handle(); DirectoryHandle failed = drop.place(top, DropDirectory.FAILED)) {
            collect(failed, Path.of(""), dumps);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return dumps;
    }

    private static void collect(DirectoryHandle directory, Path relative, List<Path> dumps) throws IOException {
        for (Path entry : directory.names()) {
            BasicFileAttributes attributes = directory.attributes(entry);
            if (attributes.isDirectory()) {
                try (DirectoryHandle inner = directory.open(entry)) {
                    collect(inner, relative.resolve(entry), dumps);
                }
            } else if (attributes.isRegularFile() && isDump(directory, entry)) {
                dumps.add(relative.resolve(entry));
            }
        }
    }

    // A dump may itself be named like a report; then it has one of its own.
    private static boolean isDump(DirectoryHandle directory, Path entry) throws IOException {
        return !entry.toString().endsWith(FailedDumps.REPORT_SUFFIX) || directory.has(report(entry));
    }

    private static Path report(Path dump) {
        return dump.resolveSibling(dump.getFileName() + FailedDumps.REPORT_SUFFIX);
    }

    private Optional<Outcome> restore(DropDirectory drop, Path dump) {
        Path target = dump;
        try {
            target = origin(drop, dump);
            if (!isMeant(DumpPath.remote(target)) && !isMeant(DumpPath.remote(dump))) {
                return Optional.empty();
            }
            if (!drop.freeName(Path.of(""), target).equals(target)) {
                return outcome(target, "a file of that name is in the watched directory; rename one of them");
            }
            drop.moveBack(DropDirectory.FAILED, dump, target);
        } catch (IOException e) {
            return outcome(target, Failures.message(e));
        }
        return deleteReport(drop, dump, target);
    }

    private Optional<Outcome> deleteReport(DropDirectory drop, Path dump, Path target) {
        try {
            drop.delete(DropDirectory.FAILED.resolve(report(dump)));
        } catch (NoSuchFileException e) {
            // Somebody deleted it.
        } catch (IOException e) {
            return outcome(target, "it is back, but its report in " + DropDirectory.FAILED + " cannot be deleted: "
                    + Failures.message(e));
        }
        return Optional.of(new Outcome(settings.name(), DumpPath.remote(target), true, Optional.empty()));
    }

    private Optional<Outcome> outcome(Path file, String problem) {
        return Optional.of(new Outcome(settings.name(), DumpPath.remote(file), true, Optional.of(problem)));
    }

    /** Returns where a dump was before: its name may have got a time stamp, or been cut. */
    private static Path origin(DropDirectory drop, Path dump) throws IOException {
        try (InputStream report = Channels.newInputStream(drop.read(DropDirectory.FAILED.resolve(report(dump))))) {
            Path origin = Path.of(JSON.readTree(report.readNBytes(MOST_OF_A_REPORT)).path("file").asText());
            String name = origin.getFileName().toString();
            boolean sameDirectory = Objects.equals(origin.getParent(), dump.getParent());
            return sameDirectory && !name.isEmpty() && !name.startsWith(".") ? origin : dump;
        } catch (NoSuchFileException | DropDirectory.NotRegularFileException | JsonProcessingException
                 | InvalidPathException e) {
            return dump;
        }
    }

    private boolean isMeant(String file) {
        return name.isEmpty() || file.equals(name.get()) || file.substring(file.lastIndexOf('/') + 1).equals(name.get());
    }
}
