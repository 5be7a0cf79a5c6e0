package io.github.camelonedrive.upload;

import java.time.Instant;
import java.util.Optional;

import io.github.camelonedrive.graph.ConflictBehavior;

/**
 * What must be the same for an upload to be continued: the source, and what a session can't change once it is open. That the
 * content is still the same is proven by reading it again, see {@code PrefixDigest}.
 *
 * @param file         the source's absolute path; empty when it is no file
 * @param size         in bytes
 * @param lastModified the source's, as precise as the file system tells
 * @param conflict     what the session does when the name is taken
 * @param keptTime     the modification time that the item gets; empty when the service chooses
 */
public record UploadIdentity(
        Optional<String> file,
        long size,
        Optional<Instant> lastModified,
        ConflictBehavior conflict,
        Optional<Instant> keptTime) {

    static UploadIdentity of(UploadSource source, UploadOptions options) {
        return new UploadIdentity(source.file().map(file -> file.path().toAbsolutePath().normalize().toString()),
                source.size(), source.lastModified(), options.conflictBehavior(),
                options.preserveLastModified() ? source.lastModified() : Optional.empty());
    }
}
