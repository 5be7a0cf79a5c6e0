package io.github.camelonedrive.credentials;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The 256-bit key that a vault's sub-keys are derived from. (Signatures agreed; body built by the credentials package.) */
public final class MasterKey {

    private MasterKey() {
    }

    /**
     * The key from exactly one source: {@code ONEDRIVE_VAULT_KEY}, {@code ONEDRIVE_VAULT_KEY_FILE} or {@code keyFile}
     * (the command line's {@code --key-file}); with none of them, the default key file if it exists. Two given: an error.
     */
    public static MasterKey resolve(Map<String, String> environment, Optional<Path> keyFile) throws IOException {
        throw new IllegalStateException("not built yet");
    }

    /** A new random key, written to a new file of mode 600. */
    public static MasterKey generate(Path newKeyFile) throws IOException {
        throw new IllegalStateException("not built yet");
    }

    /** Where {@code vault init} puts a key nobody gave: below the user's configuration directory, never inside the home. */
    public static Path defaultKeyFile(Map<String, String> environment) {
        throw new IllegalStateException("not built yet");
    }
}
