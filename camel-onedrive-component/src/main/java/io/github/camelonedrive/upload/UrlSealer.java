package io.github.camelonedrive.upload;

import java.io.IOException;
import java.util.Optional;

import io.github.camelonedrive.credentials.Secret;

/** Seals upload URLs for the journal: such a URL is a bearer secret, and must not lie on a disk in the clear (law 4). */
public interface UrlSealer {

    /**
     * @param place binds what is sealed to the entry it was sealed for: it opens nowhere else
     * @return      printable ASCII
     */
    String seal(Secret url, String place) throws IOException;

    /** The URL; empty when it was sealed with another key or for another place, or is damaged. */
    Optional<Secret> open(String sealed, String place) throws IOException;
}
