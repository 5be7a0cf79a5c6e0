package io.github.camelonedrive.component;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.util.OptionalLong;

import org.apache.camel.Exchange;
import org.apache.camel.support.ExchangeHelper;

import io.github.camelonedrive.upload.UploadSource;

/** A body in the encoding that the option {@code charset} names. A character that is lost in it is an error. */
final class EncodedText extends InputStream {

    private static final int CHARS = 8192;

    private final Reader text;
    private final CharsetEncoder encoder;
    private final CharBuffer chars = CharBuffer.allocate(CHARS);
    private final ByteBuffer bytes;
    private boolean ended;

    private EncodedText(Reader text, Charset charset) {
        this.text = text;
        this.encoder = charset.newEncoder().onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        this.bytes = ByteBuffer.allocate((int) (CHARS * encoder.maxBytesPerChar()) + 64).limit(0);
    }

    /**
     * Returns the body of an exchange, encoded. Bytes are read as text in the exchange's encoding first, as the file component
     * does.
     *
     * @param  bodies                  gives the bytes of bodies that are no text
     * @throws IllegalRequestException if the bytes are no text, or the encoding has no code for a character
     */
    static UploadSource source(Exchange exchange, Charset charset, BodySource bodies, long simpleUploadLimit)
            throws Exception {
        Charset from = Charset.forName(ExchangeHelper.getCharsetName(exchange));
        Object body = exchange.getMessage().getBody();
        try {
            if (body instanceof String string) {
                return encode(new StringReader(string), charset, simpleUploadLimit);
            }
            try (UploadSource source = bodies.of(exchange);
                 Reader reader = new InputStreamReader(new SourceStream(source), from.newDecoder())) {
                return encode(reader, charset, simpleUploadLimit);
            }
        } catch (CharacterCodingException e) {
            throw new IllegalRequestException("The body cannot be stored in the encoding " + charset + ": it is no text in "
                    + from + ", or has a character that " + charset + " has no code for.",
                    "Choose another charset, or leave it out to store the bytes as they are.");
        }
    }

    private static UploadSource encode(Reader text, Charset charset, long simpleUploadLimit) throws IOException {
        try (InputStream encoded = new EncodedText(text, charset)) {
            return SpooledStream.source(encoded, OptionalLong.empty(), simpleUploadLimit);
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        while (!bytes.hasRemaining()) {
            if (ended) {
                return -1;
            }
            fill();
        }
        int count = Math.min(length, bytes.remaining());
        bytes.get(buffer, offset, count);
        return count;
    }

    private void fill() throws IOException {
        bytes.clear();
        ended = text.read(chars) < 0;
        chars.flip();
        var result = encoder.encode(chars, bytes, ended);
        if (ended && !result.isError()) {
            result = encoder.flush(bytes);
        }
        if (result.isError()) {
            result.throwException();
        }
        chars.compact();
        bytes.flip();
    }

    @Override
    public void close() throws IOException {
        text.close();
    }

    /** A source as a stream. */
    private static final class SourceStream extends InputStream {

        private final UploadSource source;
        private long position;

        private SourceStream(UploadSource source) {
            this.source = source;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            byte[] part = offset == 0 ? buffer : new byte[length];
            int count = source.read(position, part, length);
            if (count > 0 && part != buffer) {
                System.arraycopy(part, 0, buffer, offset, count);
            }
            position += Math.max(count, 0);
            return count;
        }
    }
}
