package io.github.camelonedrive.backup.console;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The last thing before the terminal: whatever writes, and in whatever pieces. */
class PrintableStreamTest {

    private static final String HOSTILE = "\u001b[2J\u202e\u009b\u200b\r";

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream stream = PrintableStream.over(new PrintStream(bytes, false, StandardCharsets.UTF_8));

    @Test
    void everyWayOfPrintingIsFiltered() throws Exception {
        stream.println(HOSTILE);
        stream.print(HOSTILE.toCharArray());
        stream.print((Object) HOSTILE);
        stream.append(HOSTILE).format("%s", HOSTILE);
        stream.write(HOSTILE.getBytes(StandardCharsets.UTF_8));
        PrintWriter writer = new PrintWriter(stream, true, StandardCharsets.UTF_8);
        writer.println(HOSTILE);
        new IllegalStateException(HOSTILE).printStackTrace(stream);
        assertThat(text()).startsWith("?[2J???\n?[2J???").doesNotContainPattern("[\u001b\u202e\u009b\u200b\r]")
                .contains("IllegalStateException: ?[2J???\n\tat ");
    }

    @Test
    void charactersMayComeInPieces() {
        for (byte octet : "é数🎉\u202e.sql\n".getBytes(StandardCharsets.UTF_8)) {
            stream.write(octet);
        }
        stream.write(0xC3);
        stream.write('(');
        stream.flush();
        assertThat(text()).isEqualTo("é数🎉?.sql\n\ufffd(");
    }

    @Test
    void aLongTextKeepsItsEmoji() {
        String line = "x" + "👩\u200d💻 数据 ".repeat(3000);
        stream.println(line.replace("\u200d", ""));
        assertThat(text()).isEqualTo(line.replace("\u200d", "") + "\n");
    }

    @Test
    void filteringTwiceIsFilteringOnceAndBytesCanGoAround() {
        assertThat(PrintableStream.over(stream)).isSameAs(stream);
        PrintableStream.unfiltered(stream).write(0x1b);
        PrintableStream.unfiltered(stream).flush();
        assertThat(bytes.toByteArray()).containsExactly(0x1b);
    }

    @Test
    void whatCannotBeWrittenIsAnErrorHereToo() {
        PrintStream broken = PrintableStream.over(new PrintStream(new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                throw new IOException("full");
            }
        }));
        broken.println("x");
        assertThat(broken.checkError()).isTrue();
    }

    private String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
