package io.github.camelonedrive.credentials;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.credentials.VaultException.Reason;
import io.github.camelonedrive.files.LockFile;

/**
 * The file of named destinations with their secrets sealed ({@code docs/security.md}). Several processes may use one vault:
 * each read sees what the file holds now, each write holds a lock, verifies the file again and replaces it as a whole.
 *
 * <p>Safe for use by many threads. Trouble with the file or the key is a {@link VaultException} and never changes the file.
 */
public final class Vault {

    private static final Logger LOG = LoggerFactory.getLogger(Vault.class);

    private static final int ID_LENGTH = 16;
    private static final Pattern KEY_ID = Pattern.compile("[0-9a-f]{16}");

    /** Whether a token that lives for weeks was used today or yesterday makes no difference. */
    private static final Duration NOTED_EVERY = Duration.ofDays(1);

    private final VaultFile file;
    private final VaultKey key;
    private final SecureRandom random;
    private final InstantSource clock;

    private volatile Optional<Snapshot> lastRead = Optional.empty();

    private Vault(Path file, VaultKey key, SecureRandom random, InstantSource clock) throws IOException {
        this.file = new VaultFile(file);
        this.key = key;
        this.random = random;
        this.clock = clock;
    }

    /**
     * Makes an empty vault of mode 600. Missing directories are made with mode 700.
     *
     * @throws VaultException {@code EXISTS} when there is a file already, {@code NOT_WRITABLE}
     */
    public static Vault create(Path file, VaultKey key) throws IOException {
        Vault vault = new Vault(file, key, new SecureRandom(), InstantSource.system());
        vault.file.makeDirectory();
        try (LockFile lock = vault.file.lock()) {
            if (vault.file.exists()) {
                throw new VaultException(Reason.EXISTS, "There is a vault at " + vault.file + " already.",
                        "Use it, or choose another place.");
            }
            vault.write(new VaultDocument(1, vault.randomBytes(MasterKey.LENGTH), List.of()), vault.freshFormat());
        }
        return vault;
    }

    /**
     * Opens and checks an existing vault.
     *
     * @throws VaultException whose reason tells the kinds of trouble apart
     */
    public static Vault open(Path file, VaultKey key) throws IOException {
        return open(file, key, InstantSource.system());
    }

    /**
     * Opens and checks an existing vault.
     *
     * @param clock says when a refresh token was stored
     * @throws VaultException whose reason tells the kinds of trouble apart
     */
    public static Vault open(Path file, VaultKey key, InstantSource clock) throws IOException {
        Vault vault = new Vault(file, key, new SecureRandom(), clock);
        vault.document();
        return vault;
    }

    /** Whether the key of that vault comes from a passphrase. Nothing of the file is checked yet. */
    static boolean isSealedWithPassphrase(Path file) throws IOException {
        return header(file).map(VaultFormat.Header::passphrase).filter(Optional::isPresent).isPresent();
    }

    /** The id of the key that a file says it is sealed with, if it is one. Nothing of the file is checked yet. */
    static Optional<String> keyId(Path file) throws IOException {
        return header(file).map(VaultFormat.Header::keyId).filter(id -> KEY_ID.matcher(id).matches());
    }

    private static Optional<VaultFormat.Header> header(Path file) throws IOException {
        try {
            return Optional.of(VaultFormat.header(new VaultFile(file).read()));
        } catch (VaultFormat.Unusable e) {
            return Optional.empty();
        }
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
     * Adds a destination. If it has a refresh token and doesn't say when that was stored, that is now.
     *
     * @throws DestinationExistsException when the name is taken
     */
    public void add(Destination destination) throws IOException {
        change(document -> {
            if (document.find(destination.name()).isPresent()) {
                throw new DestinationExistsException(destination.name());
            }
            boolean untimed = destination.refreshToken().isPresent() && destination.signedIn().isEmpty();
            return document.with(new VaultEntry(newId(), untimed ? destination.withSignedIn(now()) : destination));
        });
    }

    /**
     * Changes a destination on behalf of a person: it gets a new id, so that what running processes have cached for it is
     * not used any more. Its name stays. With another refresh token it counts as signed in now, unless the change says when.
     *
     * @param change gets what the file holds at that moment
     * @throws UnknownDestinationException when there is none of that name
     */
    public void update(String name, UnaryOperator<Destination> change) throws IOException {
        change(document -> {
            Destination before = document.get(name).destination();
            Destination changed = change.apply(before);
            if (!changed.name().equals(name)) {
                throw new IllegalArgumentException("A destination can't change its name here");
            }
            boolean untimed = changed.refreshToken().isPresent() && changed.signedIn().equals(before.signedIn())
                    && !changed.refreshToken().equals(before.refreshToken());
            return document.with(new VaultEntry(newId(), untimed ? changed.withSignedIn(now()) : changed));
        });
    }

    /**
     * Stores the refresh token of a new authorization by a person, whatever was there before.
     *
     * @throws UnknownDestinationException when there is none of that name
     */
    public void updateRefreshToken(String name, Secret newToken) throws IOException {
        update(name, destination -> destination.withRefreshToken(newToken).withSignedIn(now()));
    }

    /**
     * Notes whose sign-in it is that a refresh token came with. Does nothing if the destination has another one meanwhile.
     *
     * @param driveId the account's own drive
     */
    public void noteAccount(String name, Secret refreshToken, Optional<String> account, Optional<String> driveId)
            throws IOException {
        try (LockFile lock = file.lock()) {
            VaultDocument document = document();
            Optional<VaultEntry> current = document.find(name)
                    .filter(entry -> entry.destination().refreshToken().equals(Optional.of(refreshToken)));
            if (current.isPresent()) {
                write(document.with(new VaultEntry(current.get().id(),
                        current.get().destination().withAccount(account, driveId))).nextGeneration());
            }
        }
    }

    /**
     * Notes that a refresh token was used, and stores the one that came for it, durably. Leaves the file alone when the
     * destination was changed, removed or authorized anew meanwhile: then what the person stored holds. A use without a new
     * token is written at most once a day, so that the vault is not replaced at each refresh; that it can't be written is no
     * failure then.
     *
     * @param used     the entry as it was when its refresh token was sent
     * @param newToken empty when the service gave no other one
     * @param now      when the service answered; stored to the second
     * @return whether the entry still is the one that was used, so that what the service gave for it holds
     * @throws InterruptedIOException when the thread was interrupted while it waited for the lock; its interrupt flag is set
     */
    public boolean rotateRefreshToken(VaultEntry used, Optional<Secret> newToken, Instant now) throws IOException {
        if (newToken.isPresent()) {
            return storeUse(used, newToken, now);
        }
        Optional<VaultEntry> current = document().find(used.destination().name()).filter(entry -> isSameSignIn(entry, used));
        if (current.isEmpty() || !isDue(current.get().destination().signedIn(), now)) {
            return current.isPresent();
        }
        try {
            return storeUse(used, newToken, now);
        } catch (VaultException e) {
            if (e.reason() != Reason.NOT_WRITABLE) {
                throw e;
            }
            LOG.warn("That the sign-in of {} was used can't be noted: {}", used.destination().name(), e.getMessage());
            return true;
        }
    }

    private boolean storeUse(VaultEntry used, Optional<Secret> newToken, Instant now) throws IOException {
        try (LockFile lock = file.lock()) {
            VaultDocument document = document();
            Optional<VaultEntry> current = document.find(used.destination().name()).filter(entry -> isSameSignIn(entry, used));
            if (current.isEmpty()) {
                return false;
            }
            Destination signedIn = current.get().destination().withSignedIn(now.truncatedTo(ChronoUnit.SECONDS));
            Destination stored = newToken.map(token -> signedIn.withRefreshToken(token, signedIn.grant())).orElse(signedIn);
            write(document.with(new VaultEntry(used.id(), stored)).nextGeneration());
            return true;
        }
    }

    /** When a token was last used is no part of which one it is. */
    private static boolean isSameSignIn(VaultEntry entry, VaultEntry used) {
        return entry.id().equals(used.id()) && entry.destination().refreshToken().equals(used.destination().refreshToken());
    }

    /** Also when it is noted for a future day: then a clock was wrong. */
    private static boolean isDue(Optional<Instant> noted, Instant now) {
        return noted.isEmpty() || Duration.between(noted.get(), now).abs().compareTo(NOTED_EVERY) >= 0;
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
            try (LockFile lock = file.lock(entry.id())) {
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

    /** What can be said of it without its secrets, as the file is now. */
    public VaultInfo info() throws OneDriveException {
        Snapshot now = snapshot();
        return new VaultInfo(now.format.keyId(), now.format.passphrase(), now.document.generation(), file.permissions());
    }

    /**
     * Seals everything with another key, as a whole and durably. Waits until nobody signs in with a destination, so that no
     * new refresh token is on its way that could not be stored any more. This object, like those of other processes, can't be
     * used afterwards.
     *
     * @param newKey a passphrase gets a new salt and today's parameters
     * @return       the vault, open with the new key
     * @throws IllegalArgumentException when the vault is sealed with that key already
     */
    Vault rotate(VaultKey newKey) throws IOException {
        while (true) {
            SortedSet<String> ids = document().ids();
            Optional<Vault> rotated = whileAllLocked(List.copyOf(ids), () -> rotateLocked(ids, newKey));
            if (rotated.isPresent()) {
                return rotated.get();
            }
        }
    }

    private <T> T whileAllLocked(List<String> ids, LockedAction<T> action) throws IOException {
        if (ids.isEmpty()) {
            return action.run();
        }
        try (LockFile lock = file.lock(ids.get(0))) {
            return whileAllLocked(ids.subList(1, ids.size()), action);
        }
    }

    /** Empty when destinations came or went while their locks were waited for. */
    private Optional<Vault> rotateLocked(Set<String> ids, VaultKey newKey) throws IOException {
        try (LockFile lock = file.lock()) {
            Snapshot now = snapshot();
            if (!now.document.ids().equals(ids)) {
                return Optional.empty();
            }
            Vault rotated = new Vault(file.path(), newKey, random, clock);
            VaultFormat format = rotated.freshFormat();
            if (format.keyId().equals(now.format.keyId())) {
                throw new IllegalArgumentException("The vault " + file + " is sealed with that key already.");
            }
            rotated.write(now.document.nextGeneration(), format);
            return Optional.of(rotated);
        }
    }

    Path file() {
        return file.path();
    }

    VaultKey key() {
        return key;
    }

    private VaultDocument document() throws OneDriveException {
        return snapshot().document;
    }

    private Snapshot snapshot() throws OneDriveException {
        byte[] content = file.read();
        Optional<Snapshot> known = lastRead;
        if (known.isPresent() && Arrays.equals(content, known.get().content)) {
            return known.get();
        }
        Snapshot read = decode(content, known.map(Snapshot::format));
        lastRead = Optional.of(read);
        return read;
    }

    private VaultFormat freshFormat() throws VaultException {
        try {
            return format(key instanceof Passphrase ? Optional.of(Argon2id.fresh(random)) : Optional.empty());
        } catch (VaultFormat.Unusable e) {
            throw new VaultException(Reason.UNKNOWN_FORMAT, "The vault " + file + " can't be sealed: " + e.getMessage() + ".",
                    "Give the program more memory, or use a key file.");
        }
    }

    /** @throws VaultFormat.Unusable {@code WRONG_KEY} when a key was given for a passphrase, or the reverse */
    private VaultFormat format(Optional<Argon2id> parameters) throws VaultFormat.Unusable {
        if (key instanceof Passphrase passphrase) {
            Argon2id argon2id = parameters.orElseThrow(() -> new VaultFormat.Unusable(Reason.WRONG_KEY,
                    "it is sealed with a key, and what was given is a passphrase"));
            return new VaultFormat(new VaultKeys(passphrase.derive(argon2id), random), parameters);
        }
        if (parameters.isPresent()) {
            throw new VaultFormat.Unusable(Reason.WRONG_KEY, "it is sealed with a passphrase, and what was given is a key");
        }
        return new VaultFormat(new VaultKeys((MasterKey) key, random));
    }

    private Snapshot decode(byte[] content, Optional<VaultFormat> known) throws VaultException {
        try {
            VaultFormat.Header header = VaultFormat.header(content);
            // A key that was proven stays; a file that wants another one must not have it derived again and again.
            VaultFormat format = known.isPresent() ? known.get() : format(header.passphrase());
            return new Snapshot(content, format.decode(header), format);
        } catch (VaultFormat.Unusable e) {
            throw switch (e.reason()) {
                case WRONG_KEY -> known.isPresent()
                        ? new VaultException(Reason.KEY_CHANGED, "Another process has sealed the vault " + file
                                + " with another key meanwhile: " + e.getMessage() + ".",
                                "Start this program again with the new key.")
                        : new VaultException(Reason.WRONG_KEY, "The key does not fit the vault " + file + ": "
                                + e.getMessage() + ".", "Give the key that the vault was made with, or the one that it was "
                                + "rotated to, in the same form.");
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
        try (LockFile lock = file.lock()) {
            VaultDocument before = document();
            VaultDocument after = change.apply(before).nextGeneration();
            write(after);
            forgetLocksOf(before, after);
        }
    }

    /** Nobody waits for the lock of an id that is gone without looking again afterwards, so its file can go any time. */
    private void forgetLocksOf(VaultDocument before, VaultDocument after) {
        before.ids().stream().filter(id -> !after.ids().contains(id)).forEach(file::forgetLock);
    }

    private void write(VaultDocument document) throws OneDriveException {
        write(document, lastRead.orElseThrow().format);
    }

    private void write(VaultDocument document, VaultFormat format) throws VaultException {
        byte[] content = format.encode(document);
        file.replace(content);
        lastRead = Optional.of(new Snapshot(content, document, format));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
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
    private record Snapshot(byte[] content, VaultDocument document, VaultFormat format) {
    }
}
