package io.github.camelonedrive.graph;

/**
 * An open upload session.
 *
 * @param url   takes the fragments; a bearer secret
 * @param state where it stood when it was opened
 */
public record UploadSession(PreauthenticatedUrl url, SessionState state) {
}
