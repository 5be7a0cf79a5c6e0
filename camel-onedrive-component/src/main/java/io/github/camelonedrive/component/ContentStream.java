package io.github.camelonedrive.component;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * The content of a {@link OneDriveFile} as Camel reads it. Failures are unchecked: the scanner of Camel's tokenizers takes an
 * {@link IOException} for the end of the text, so a splitter would process an incomplete part, or, by XML tokens, the file
 * would count as processed although its end is missing.
 */
final class ContentStream extends InputStream {

    private final InputStream content;

    ContentStream(OneDriveFile file) throws IOException {
        this.content = file.open();
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        try {
            return content.read(buffer, offset, length);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /** Returns the connection for now. The next read resumes where the last one ended. */
    void release() {
        if (content instanceof ConsumedContent download) {
            download.release();
        }
    }

    @Override
    public void close() throws IOException {
        content.close();
    }
}
