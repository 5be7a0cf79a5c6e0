package io.github.camelonedrive.credentials;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelonedrive.Remedy;
import io.github.camelonedrive.RemedyAction;
import io.github.camelonedrive.credentials.VaultException.Reason;
import io.github.camelonedrive.files.LockFile;
import io.github.camelonedrive.files.OwnerOnlyFiles;

/**
 * A key file, and how the key in it is replaced ({@code docs/security.md}). Vault and key file can't be replaced in one step,
 * so the new key lies beside the key file, named by its id, before the vault is sealed with it, and whoever finds the vault
 * sealed with such a key moves it into place. No key is ever overwritten or removed: several vaults may share one key file,
 * and old copies of a vault need the old key.
 */
final class KeyFile {

    private static final Logger LOG = LoggerFactory.getLogger(KeyFile.class);

    private static final String NEW = ".new";
    private static final String OLD = ".old";

    private final Path file;

    /** @param file links are followed once, here, so that a replacement goes where the file really is */
    KeyFile(Path file) throws VaultException {
        try {
            this.file = OwnerOnlyFiles.resolveLinks(file);
        } catch (IOException e) {
            throw new VaultException(Reason.KEY_UNREADABLE, "The key file " + file + " can't be read ("
                    + OwnerOnlyFiles.describe(e) + ").", "Check the path, its owner and its permissions.", e);
        }
    }

    /** Opens the vault with the key in the file, or with the one that an interrupted rotation left beside it. */
    Vault open(Path vaultFile) throws IOException {
        MasterKey key = MasterKey.read(file);
        try {
            return Vault.open(vaultFile, key);
        } catch (VaultException e) {
            Optional<String> keyId = e.reason() == Reason.WRONG_KEY ? Vault.keyId(vaultFile) : Optional.empty();
            if (keyId.isEmpty()) {
                throw e;
            }
            return openAfterRotation(vaultFile, keyId.get(), e);
        }
    }

    private Vault openAfterRotation(Path vaultFile, String keyId, VaultException wrongKey) throws IOException {
        Path pending = beside(keyId, NEW);
        if (Files.exists(pending)) {
            // The whole vault is checked with that key before anything is moved.
            Vault vault = Vault.open(vaultFile, MasterKey.read(pending));
            finishIfPossible(keyId);
            return vault;
        }
        Path old = beside(keyId, OLD);
        if (!Files.exists(old)) {
            // Another process may have finished the rotation between our two looks.
            return reopen(vaultFile, keyId, wrongKey);
        }
        throw new VaultException(Reason.WRONG_KEY, "The vault " + vaultFile + " is sealed with the key that " + file
                + " held before it was rotated.", Remedy.of("Check first that it is no old copy that somebody put there.",
                        RemedyAction.ROTATE_KEY, old.toString(), file.toString()), wrongKey);
    }

    private Vault reopen(Path vaultFile, String keyId, VaultException wrongKey) throws IOException {
        MasterKey now = MasterKey.read(file);
        if (now.id().equals(keyId)) {
            return Vault.open(vaultFile, now);
        }
        throw wrongKey;
    }

    private void finishIfPossible(String keyId) {
        try {
            finish(keyId, step -> { });
            LOG.info("The rotation of the key {} had been interrupted; it is finished now.", file);
        } catch (IOException e) {
            LOG.warn("The rotation of the key {} was interrupted and can't be finished ({}). The vault is used with the key "
                    + "{}.", file, OwnerOnlyFiles.describe(e), beside(keyId, NEW));
        }
    }

    /**
     * Seals the vault with a new key and puts that key in place of the one in this file, which is kept beside it.
     *
     * @param  steps is told of each step that is done
     * @return       where the old key is
     */
    Path rotate(Vault vault, Consumer<RotationStep> steps) throws IOException {
        MasterKey old = MasterKey.read(file);
        MasterKey fresh = MasterKey.random();
        Path pending = beside(fresh.id(), NEW);
        fresh.write(pending);
        steps.accept(RotationStep.NEW_KEY_WRITTEN);
        try {
            vault.rotate(fresh);
        } catch (IOException e) {
            forgetUnused(pending, vault, fresh, e);
            throw e;
        }
        steps.accept(RotationStep.VAULT_REPLACED);
        try {
            finish(fresh.id(), steps);
        } catch (IOException e) {
            throw new VaultException(Reason.KEY_NOT_WRITABLE, "The vault is sealed with the new key " + pending
                    + ", but that can't be put in place of " + file + " (" + OwnerOnlyFiles.describe(e) + ").",
                    "Nothing is lost: the next command that opens the vault tries it again. Check the owner, the permissions "
                            + "and the free space of the key's directory.", e);
        }
        return beside(old.id(), OLD);
    }

    /** A write that failed may have failed after the vault was replaced; then the key is all there is. */
    private static void forgetUnused(Path pending, Vault vault, MasterKey fresh, IOException cause) {
        try {
            if (Vault.keyId(vault.file()).filter(id -> !id.equals(fresh.id())).isPresent()) {
                Files.deleteIfExists(pending);
            }
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    private void finish(String keyId, Consumer<RotationStep> steps) throws IOException {
        Path pending = beside(keyId, NEW);
        // Vaults that share this file have locks of their own; two of them must not move their keys at the same time.
        try (LockFile lock = LockFile.acquire(sibling(".lock"))) {
            if (!Files.exists(pending)) {
                return;
            }
            keepOldKey();
            steps.accept(RotationStep.OLD_KEY_KEPT);
            Files.move(pending, file, StandardCopyOption.ATOMIC_MOVE);
            OwnerOnlyFiles.forceDirectory(file.getParent());
            steps.accept(RotationStep.NEW_KEY_IN_PLACE);
        }
    }

    private void keepOldKey() throws IOException {
        MasterKey old = MasterKey.read(file);
        Path kept = beside(old.id(), OLD);
        if (Files.exists(kept)) {
            return;
        }
        Path temporary = sibling(OLD + ".tmp");
        Files.deleteIfExists(temporary);
        old.write(temporary);
        Files.move(temporary, kept, StandardCopyOption.ATOMIC_MOVE);
        OwnerOnlyFiles.forceDirectory(file.getParent());
    }

    /** Keys that rotations left beside this file: new ones that were not put in place, and old ones. Sorted. */
    List<Path> leftovers() throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(file.getParent(), this::isLeftover)) {
            files.forEach(found::add);
        }
        Collections.sort(found);
        return found;
    }

    private boolean isLeftover(Path path) {
        String name = path.getFileName().toString();
        String start = file.getFileName() + ".";
        return name.startsWith(start) && (name.endsWith(NEW) || name.endsWith(OLD) || name.endsWith(OLD + ".tmp"));
    }

    private Path beside(String keyId, String kind) {
        return sibling("." + keyId + kind);
    }

    private Path sibling(String end) {
        return file.resolveSibling(file.getFileName() + end);
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
