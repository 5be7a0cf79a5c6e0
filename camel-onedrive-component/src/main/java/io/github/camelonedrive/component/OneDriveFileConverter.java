package io.github.camelonedrive.component;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.file.Path;

import org.apache.camel.Converter;
import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;
import org.apache.camel.TypeConverter;
import org.apache.camel.spi.TypeConverterRegistry;
import org.apache.camel.support.ExchangeHelper;
import org.apache.camel.support.SynchronizationAdapter;
import org.apache.camel.util.IOHelper;

import io.github.camelonedrive.graph.DriveItem;

/** Converts a {@link OneDriveFile} as Camel converts a file: to whatever its content can be converted to. */
@Converter(generateLoader = true)
public final class OneDriveFileConverter {

    private OneDriveFileConverter() {
    }

    /** Returns the content. It is closed when the exchange is done, unless the route closes it before. */
    @Converter
    public static InputStream toInputStream(OneDriveFile file, Exchange exchange) throws IOException {
        ContentStream content = new ContentStream(file);
        if (exchange != null && exchange.getUnitOfWork() != null) {
            exchange.getUnitOfWork().addSynchronization(new CloseOnDone(content));
        }
        return content;
    }

    /** Returns the content as text in the encoding of the option {@code charset}, else in that of the exchange. */
    @Converter
    public static Reader toReader(OneDriveFile file, Exchange exchange) throws IOException {
        String charset = file.getCharset().orElseGet(() -> ExchangeHelper.getCharsetName(exchange));
        return new BufferedReader(new InputStreamReader(toInputStream(file, exchange), charset));
    }

    /** Returns what OneDrive reports about the file, for a route that asks for exactly that. */
    @Converter
    public static DriveItem toDriveItem(OneDriveFile file) {
        return file.getItem();
    }

    /**
     * Converts the content to any type that a stream or a reader can be converted to. Returns null if the value is no file in
     * OneDrive, and for types that Camel makes of any object, iterators for example.
     */
    @Converter(fallback = true)
    public static Object convertTo(Class<?> type, Exchange exchange, Object value, TypeConverterRegistry registry)
            throws IOException {
        OneDriveFile file = value instanceof FileContent content ? content.file()
                : value instanceof OneDriveFile itself ? itself : null;
        if (file == null || registry.lookup(type, Object.class) != null) {
            return null;
        }
        if (type == File.class || type == Path.class) {
            return file.getLocalCopy().map(copy -> type == Path.class ? copy : copy.toFile()).orElse(null);
        }
        if (type.isAssignableFrom(InputStream.class)) {
            return toInputStream(file, exchange);
        }
        if (type.isAssignableFrom(BufferedReader.class)) {
            return toReader(file, exchange);
        }
        Class<?> target = type == Serializable.class ? byte[].class : type;
        TypeConverter ofText = file.getCharset().isEmpty() || isBinary(target) ? null : registry.lookup(target, Reader.class);
        if (ofText != null) {
            return ofText.convertTo(target, exchange, toReader(file, exchange));
        }
        TypeConverter ofBytes = registry.lookup(target, InputStream.class);
        return ofBytes == null ? null : ofBytes.convertTo(target, exchange, toInputStream(file, exchange));
    }

    private static boolean isBinary(Class<?> type) {
        return type == byte[].class || type == ByteBuffer.class || type == StreamCache.class;
    }

    private static final class CloseOnDone extends SynchronizationAdapter {

        private final ContentStream content;

        CloseOnDone(ContentStream content) {
            this.content = content;
        }

        @Override
        public void onDone(Exchange exchange) {
            if (exchange.isFailed()) {
                content.release();
            }
            IOHelper.close(content);
        }

        /** Returns true: an exchange that takes over from this one still reads. */
        @Override
        public boolean allowHandover() {
            return true;
        }
    }
}
