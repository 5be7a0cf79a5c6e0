package io.github.camelonedrive.component;

import java.io.IOException;
import java.io.InputStream;

import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.download.DownloadStream;

/**
 * The download of a {@link OneDriveFile}. It reports failures to the file, because libraries swallow what reading and above all
 * closing a stream throws.
 */
final class ConsumedContent extends InputStream {

    private final OneDriveFile file;
    private final DownloadStream content;
    private volatile boolean reading;

    ConsumedContent(OneDriveFile file, DownloadStream content) {
        this.file = file;
        this.content = content;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        reading = true;
        try {
            int count = content.read(buffer, offset, length);
            reading = count >= 0;
            return count;
        } catch (OneDriveException e) {
            file.failedWith(e);
            throw e;
        }
    }

    /** Returns the connection for now, without a proof. The next read resumes where the last one ended. */
    void release() {
        content.release();
    }

    @Override
    public void close() throws IOException {
        try {
            content.close();
        } catch (OneDriveException e) {
            file.failedWith(e);
            throw e;
        } finally {
            if (reading && content.verdict() == null) {
                file.readInPart();
            }
            reading = false;
        }
    }
}
