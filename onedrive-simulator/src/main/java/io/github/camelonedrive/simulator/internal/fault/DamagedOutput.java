package io.github.camelonedrive.simulator.internal.fault;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Sends another first byte than it is given. */
public final class DamagedOutput extends FilterOutputStream {
    private boolean done;

    public DamagedOutput(OutputStream out) {
        super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (!done && length > 0) {
            done = true;
            out.write(~bytes[offset]);
            out.write(bytes, offset + 1, length - 1);
        } else {
            out.write(bytes, offset, length);
        }
    }
}
