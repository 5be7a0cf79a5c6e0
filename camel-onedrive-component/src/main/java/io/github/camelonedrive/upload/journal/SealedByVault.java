package io.github.camelonedrive.upload.journal;

import java.io.IOException;
import java.util.Objects;
import java.util.Optional;

import io.github.camelonedrive.credentials.JournalSealer;
import io.github.camelonedrive.credentials.Secret;
import io.github.camelonedrive.upload.UrlSealer;

/** Seals upload URLs with the key that a vault keeps for them. */
public final class SealedByVault implements UrlSealer {

    private final JournalSealer sealer;

    /** @param sealer as {@link io.github.camelonedrive.credentials.Vault#journalSealer} gives it */
    public SealedByVault(JournalSealer sealer) {
        this.sealer = Objects.requireNonNull(sealer);
    }

    @Override
    public String seal(Secret url, String place) throws IOException {
        return sealer.seal(url, place);
    }

    @Override
    public Optional<Secret> open(String sealed, String place) throws IOException {
        return sealer.open(sealed, place);
    }

    @Override
    public String toString() {
        return "SealedByVault";
    }
}
