package io.github.camelonedrive.credentials;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.credentials.VaultException.Reason;

/**
 * The file of named destinations with their secrets sealed ({@code docs/security.md}). Several processes may use one vault:
 * each read sees what the file holds now, each write holds a lock, verifies the file again and replaces it as a whole.
 *
 * <p>Safe for use by many threads. Trouble with the file or the key is a {@link VaultException} and never changes the file.
 */
public final class Vault {

    private static final int ID_LENGTH = 16;

    private final VaultFile file;
    private final VaultKeys keys;
    private final VaultFormat format;
    private final SecureRandom random;

    private volatile Optional<Snapshot> lastRead = Optional.empty();

    private Vault(Path file, MasterKey key, SecureRandom random) throws IOException {
        this.file = new VaultFile(file);
        this.keys = new VaultKeys(key, random);
        this.format = new VaultFormat(keys);
        this.random = random;
    }

    /**
     * Makes an empty vault of mode 600. Missing directories are made with mode 700.
     *
     * @throws VaultException {@code EXISTS} when there is a file already, {@code NOT_WRITABLE}
     */
    public static Vault create(Path file, MasterKey key) throws IOException {
        Vault vault = new Vault(file, key, new SecureRandom());
        vault.file.makeDirectory();
        try (InterprocessLock lock = vault.file.lock()) {
            if (vault.file.exists()) {
                throw new VaultException(Reason.EXISTS, "There is a vault at " + vault.file + " already.",
                        "Use it, or choose another place.");
            }
            vault.write(new VaultDocument(1, vault.randomBytes(MasterKey.LENGTH), List.of()));
        }
        return vault;
    }

    /**
     * Opens and checks an existing vault.
     *
     * @throws VaultException whose reason tells the kinds of trouble apart
     */
    public static Vault open(Path file, MasterKey key) throws IOException {
        Vault vault = new Vault(file, key, new SecureRandom());
        vault.document();
        return vault;
    }

    /** All destinations, sorted by name, as the file has them now. */
    public List<Destination> destinations() throws OneDriveException {
        return document().entries().stream().map(VaultEntry::destination).toList();
    }

    /** The names of all destinations, sorted, as the file has them now. */
    public List<String> names() throws OneDriveException {
        return document().names();
    }

    /**
     * The destination of that name as the file has it now.
     *
     * @throws UnknownDestinationException when there is none; it lists the known names
     */
    public Destination destination(String name) throws OneDriveException {
        return entry(name).destination();
    }

    /**
     * The destination of that name as the file has it now, with its id.
     *
     * @throws UnknownDestinationException when there is none; it lists the known names
     */
    public VaultEntry entry(String name) throws OneDriveException {
        return document().get(name);
    }

    /**
     * Adds a destination.
     *
     * @throws DestinationExistsException when the name is taken
     */
    public void add(Destination destination) throws IOException {
        change(document -> {
            if (document.find(destination.name()).isPresent()) {
                throw new DestinationExistsException(destination.name());
            }
            return document.with(new VaultEntry(newId(), destination));
        });
    }

    /**
     * Changes a destination on behalf of a person: it gets a new id, so that what running processes have cached for it is
     * not used any more. Its name stays.
     *
     * @param change gets what the file holds at that moment
     * @throws UnknownDestinationException when there is none of that name
     */
    public void update(String name, UnaryOperator<Destination> change) throws IOException {
        change(document -> {
            Destination changed = change.apply(document.get(name).destination());
            if (!changed.name().equals(name)) {
                throw new IllegalArgumentException("A destination can't change its name here");
            }
            return document.with(new VaultEntry(newId(), changed));
        });
    }

    /**
     * Stores the refresh token of a new authorization by a person, whatever was there before.
     *
     * @throws UnknownDestinationException when there is none of that name
     */
    public void updateRefreshToken(String name, Secret newToken) throws IOException {
        update(name, destination -> destination.withRefreshToken(newToken));
    }

    /**
     * Stores the refresh token that came for another one, durably. Leaves the file alone when the destination was changed,
     * removed or authorized anew meanwhile: then what the person stored holds.
     *
     * @param used the entry as it was when its refresh token was sent
     * @return whether it was stored
     * @throws InterruptedIOException when the thread was interrupted while it waited for the lock; its interrupt flag is set
     */
    public boolean rotateRefreshToken(VaultEntry used, Secret newToken) throws IOException {
        String name = used.destination().name();
        try (InterprocessLock lock = file.lock()) {
            VaultDocument document = document();
            if (!document.find(name).equals(Optional.of(used))) {
                return false;
            }
            VaultEntry rotated = new VaultEntry(used.id(), used.destination().withRefreshToken(newToken));
            write(document.with(rotated).nextGeneration());
            return true;
        }
    }

    /**
     * Removes a destination.
     *
     * @throws UnknownDestinationException when there is none of that name
     */
    public void remove(String name) throws IOException {
        change(document -> document.without(document.get(name).destination().name()));
    }

    /**
     * Runs an action while no other thread or process runs one for the same destination of this vault. Reads and writes of
     * the vault by others go on meanwhile; so do actions for other destinations.
     *
     * @throws UnknownDestinationException when there is none of that name
     */
    public <T> T whileLocked(String name, LockedAction<T> action) throws IOException {
        while (true) {
            VaultEntry entry = entry(name);
            try (InterprocessLock lock = file.lock(entry.id())) {
                if (entry(name).id().equals(entry.id())) {
                    return action.run();
                }
            }
        }
    }

    /**
     * Seals upload URLs for the journal. What it has sealed can be opened as long as there is this vault, whatever is changed
     * in it meanwhile.
     */
    public JournalSealer journalSealer() throws OneDriveException {
        return new JournalSealer(document().journalKey(), random);
    }

    /** Seals the upload journal; made with the vault, the same for its whole life. */
    byte[] journalKey() throws OneDriveException {
        return document().journalKey().clone();
    }

    @Override
    public String toString() {
        return "Vault(" + file + ")";
    }

    private VaultDocument document() throws OneDriveException {
        byte[] content = file.read();
        Optional<Snapshot> known = lastRead;
        if (known.isPresent() && Arrays.equals(content, known.get().content)) {
            return known.get().document;
        }
        VaultDocument document = decode(content, known.isPresent());
        lastRead = Optional.of(new Snapshot(content, document));
        return document;
    }

    private VaultDocument decode(byte[] content, boolean wasOpenBefore) throws VaultException {
        try {
            return format.decode(content);
        } catch (VaultFormat.Unusable e) {
            throw switch (e.reason()) {
                case WRONG_KEY -> wasOpenBefore
                        ? new VaultException(Reason.KEY_CHANGED, "Another process has sealed the vault " + file
                                + " with another key meanwhile: " + e.getMessage() + ".",
                                "Start this program again with the new key.")
                        : new VaultException(Reason.WRONG_KEY, "The key does not fit the vault " + file + ": "
                                + e.getMessage() + ".", "Give the key that the vault was made with.");
                case UNKNOWN_FORMAT -> new VaultException(Reason.UNKNOWN_FORMAT, "The file " + file
                        + " can't be used as a vault: " + e.getMessage() + ".",
                        "Check the path, or use the version of the program that wrote it.");
                default -> new VaultException(Reason.DAMAGED, "The vault " + file + " is damaged: " + e.getMessage() + ".",
                        "Restore it from a backup. The file was left as it is.");
            };
        }
    }

    private void change(Change change) throws IOException {
        // Before the lock, so that a vault that is missing or unusable leaves no lock file behind.
        document();
        try (InterprocessLock lock = file.lock()) {
            VaultDocument before = document();
            VaultDocument after = change.apply(before).nextGeneration();
            write(after);
            forgetLocksOf(before, after);
        }
    }

    /** Nobody waits for the lock of an id that is gone without looking again afterwards, so its file can go any time. */
    private void forgetLocksOf(VaultDocument before, VaultDocument after) {
        Set<String> left = after.entries().stream().map(VaultEntry::id).collect(Collectors.toSet());
        before.entries().stream().map(VaultEntry::id).filter(id -> !left.contains(id)).forEach(file::forgetLock);
    }

    private void write(VaultDocument document) throws VaultException {
        byte[] content = format.encode(document);
        file.replace(content);
        lastRead = Optional.of(new Snapshot(content, document));
    }

    private String newId() {
        return HexFormat.of().formatHex(randomBytes(ID_LENGTH));
    }

    private byte[] randomBytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /**
     * What runs under a destination's lock.
     *
     * @param <T> its result
     */
    @FunctionalInterface
    public interface LockedAction<T> {

        /** Runs with the lock held. */
        T run() throws IOException;
    }

    @FunctionalInterface
    private interface Change {

        VaultDocument apply(VaultDocument document) throws IOException;
    }

    /** What was last read, so that the same bytes are not opened again. */
    private record Snapshot(byte[] content, VaultDocument document) {
    }
}
