package io.github.camelonedrive.credentials;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The file of named destinations with their secrets sealed. (Signatures agreed; body built by the credentials package.) */
public final class Vault {

    private Vault() {
    }

    /** Makes an empty vault. Fails when the file is there already. */
    public static Vault create(Path file, MasterKey key) throws IOException {
        throw new IllegalStateException("not built yet");
    }

    /** Opens and checks an existing vault; every kind of trouble is its own {@code VaultException}. */
    public static Vault open(Path file, MasterKey key) throws IOException {
        throw new IllegalStateException("not built yet");
    }

    /** All destinations, sorted by name, as the file has them now. */
    public List<Destination> destinations() throws IOException {
        throw new IllegalStateException("not built yet");
    }

    /** The destination of that name as the file has it now; a {@code VaultException} that lists the known names otherwise. */
    public Destination destination(String name) throws IOException {
        throw new IllegalStateException("not built yet");
    }

    /** Adds a destination; fails when the name is taken. */
    public void add(Destination destination) throws IOException {
        throw new IllegalStateException("not built yet");
    }

    /** Removes a destination; fails when there is none of that name. */
    public void remove(String name) throws IOException {
        throw new IllegalStateException("not built yet");
    }
}
