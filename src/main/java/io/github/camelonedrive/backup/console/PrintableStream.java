package io.github.camelonedrive.backup.console;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Lets only printable text through, whoever writes it: messages, logs, libraries, stack traces. Line feeds and tabs pass; a
 * name's own line feeds are the business of {@link Console} and of the log's layout, which know where a name is. Output that
 * is no text goes around it by {@link #unfiltered}.
 */
public final class PrintableStream extends PrintStream {

    private final PrintStream unfiltered;

    private PrintableStream(PrintStream unfiltered) {
        super(new Filter(unfiltered), true, StandardCharsets.UTF_8);
        this.unfiltered = unfiltered;
    }

    /** The stream in printable form; one that is in it already stays as it is. */
    public static PrintStream over(PrintStream stream) {
        return stream instanceof PrintableStream ? stream : new PrintableStream(stream);
    }

    /** What such a stream writes to, for bytes of files and for what draws with control characters itself. */
    public static PrintStream unfiltered(PrintStream stream) {
        return stream instanceof PrintableStream printable ? printable.unfiltered : stream;
    }

    /** Also when the bytes got lost below. */
    @Override
    public boolean checkError() {
        boolean here = super.checkError();
        return unfiltered.checkError() || here;
    }

    private static final class Filter extends OutputStream {

        private static final int LONGEST_CHARACTER = 4;

        private final PrintStream out;
        private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE).onUnmappableCharacter(CodingErrorAction.REPLACE);
        private ByteBuffer begun = ByteBuffer.allocate(LONGEST_CHARACTER).flip();

        private Filter(PrintStream out) {
            this.out = out;
        }

        @Override
        public void write(int octet) {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        // A character's bytes may come in two writes: its beginning is kept for the next.
        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            ByteBuffer in = ByteBuffer.allocate(begun.remaining() + length).put(begun).put(bytes, offset, length).flip();
            CharBuffer text = CharBuffer.allocate(in.remaining() + 1);
            decoder.decode(in, text, false);
            begun = ByteBuffer.allocate(in.remaining()).put(in).flip();
            byte[] safe = TerminalText.lines(text.flip().toString()).getBytes(StandardCharsets.UTF_8);
            out.write(safe, 0, safe.length);
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }
    }
}
