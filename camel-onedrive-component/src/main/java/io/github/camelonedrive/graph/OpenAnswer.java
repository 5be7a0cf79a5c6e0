package io.github.camelonedrive.graph;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

import org.apache.hc.core5.http.ClassicHttpResponse;

/**
 * An answer whose body is still to be read, from the connection that it holds.
 *
 * @param head     status and headers; of an answer that is no success, the parsed body too
 * @param length   of the body in bytes; negative when the answer did not say
 * @param body     empty when the answer is no success
 * @param host     that it comes from, for messages
 * @param abort    breaks the connection off, whichever thread reads from it
 * @param response null when nothing is left to be read
 */
record OpenAnswer(GraphAnswer head, long length, InputStream body, String host, Runnable abort, ClassicHttpResponse response)
        implements Closeable {

    /** An answer that was read already. */
    static OpenAnswer without(GraphAnswer refused) {
        return new OpenAnswer(refused, 0, InputStream.nullInputStream(), "", () -> { }, null);
    }

    /**
     * Gives the connection back, for further use if the body was read to its end; else it is broken off, because reading what
     * is left may take long.
     */
    @Override
    public void close() throws IOException {
        if (response != null) {
            response.close();
        }
    }
}
