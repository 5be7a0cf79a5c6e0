package io.github.camelonedrive.simulator.internal.fault;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Lets some bytes of a response through, and lets something happen before the next. */
public final class InterruptedOutput extends FilterOutputStream {
    private final Interruption interruption;
    private long left;

    /** What happens on the way; it may take time, or end the connection. */
    public interface Interruption {
        void happen() throws IOException;
    }

    public InterruptedOutput(OutputStream out, long bytes, Interruption interruption) {
        super(out);
        this.left = bytes;
        this.interruption = interruption;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        boolean here = left >= 0 && left < length;
        int before = here ? (int) left : length;
        out.write(bytes, offset, before);
        left -= before;
        if (here) {
            left = -1;
            out.flush();
            interruption.happen();
            out.write(bytes, offset + before, length - before);
        }
    }
}
