package io.github.camelonedrive.simulator.internal.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A request's body, counted, and with room for trouble while it is read. */
public final class RequestBody extends FilterInputStream {
    private volatile long received;
    private long cutAfter = Long.MAX_VALUE;
    private Interruption beforeFirstByte = () -> { };

    /** Something that takes time before reading continues. */
    public interface Interruption {
        void await() throws IOException;
    }

    RequestBody(InputStream in) {
        super(in);
    }

    public long received() {
        return received;
    }

    public void cutAfter(long bytes) {
        cutAfter = bytes;
    }

    public void beforeFirstByte(Interruption interruption) {
        beforeFirstByte = interruption;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (received == 0) {
            beforeFirstByte.await();
        }
        if (received >= cutAfter) {
            throw new ConnectionCut();
        }
        int count = in.read(buffer, offset, (int) Math.min(length, cutAfter - received));
        if (count > 0) {
            received += count;
        }
        return count;
    }
}
