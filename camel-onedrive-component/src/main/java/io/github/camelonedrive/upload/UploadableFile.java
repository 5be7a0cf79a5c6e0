package io.github.camelonedrive.upload;

import java.io.IOException;

/**
 * A message body that opens its content itself, for example relative to a directory that it holds open. It takes precedence
 * over whatever else the body is.
 */
public interface UploadableFile {

    /**
     * Opens the content. Called once for each attempt to upload it; the caller closes the result.
     *
     * @throws IOException if the content cannot be opened
     */
    UploadSource openSource() throws IOException;
}
