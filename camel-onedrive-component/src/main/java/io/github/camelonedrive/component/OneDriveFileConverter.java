package io.github.camelonedrive.component;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

import org.apache.camel.Converter;
import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;
import org.apache.camel.TypeConversionException;
import org.apache.camel.TypeConverter;
import org.apache.camel.spi.TypeConverterRegistry;
import org.apache.camel.support.SynchronizationAdapter;
import org.apache.camel.support.TypeConverterSupport;
import org.apache.camel.util.IOHelper;

import io.github.camelonedrive.graph.DriveItem;

/** Converts a {@link OneDriveFile} to what it describes, and its content to all that a stream can be converted to. */
@Converter(generateBulkLoader = true)
public final class OneDriveFileConverter {

    private OneDriveFileConverter() {
    }

    /** The content. What the route leaves open is closed when the exchange is done. */
    @Converter
    public static InputStream toInputStream(OneDriveFile file, Exchange exchange) {
        InputStream content = file.open();
        if (exchange != null && exchange.getUnitOfWork() != null) {
            exchange.getUnitOfWork().addSynchronization(new CloseOnDone(content));
        }
        return content;
    }

    /** What OneDrive says about the file. */
    @Converter
    public static DriveItem toDriveItem(OneDriveFile file) {
        return file.getFile();
    }

    /** Text, bytes, XML …: whatever Camel makes of a stream. */
    static TypeConverter ofContent(TypeConverterRegistry registry) {
        return new OfContent(registry);
    }

    private static final class OfContent extends TypeConverterSupport {

        private final TypeConverterRegistry registry;

        OfContent(TypeConverterRegistry registry) {
            this.registry = registry;
        }

        /** Nobody asks for a cache but stream caching, which a file that can be read again does not need. */
        @Override
        public <T> T convertTo(Class<T> type, Exchange exchange, Object value) throws TypeConversionException {
            if (!(value instanceof OneDriveFile file) || StreamCache.class.isAssignableFrom(type) || type.isInstance(value)) {
                return null;
            }
            TypeConverter converter = registry.lookup(type, InputStream.class);
            return converter == null ? null : convert(converter, type, exchange, file);
        }

        private static <T> T convert(TypeConverter converter, Class<T> type, Exchange exchange, OneDriveFile file) {
            InputStream content = toInputStream(file, exchange);
            try {
                T converted = converter.convertTo(type, exchange, content);
                if (!(converted instanceof Closeable)) {
                    content.close();
                }
                return converted;
            } catch (IOException e) {
                throw new TypeConversionException(file, type, e);
            }
        }
    }

    private static final class CloseOnDone extends SynchronizationAdapter {

        private final InputStream content;

        CloseOnDone(InputStream content) {
            this.content = content;
        }

        @Override
        public void onDone(Exchange exchange) {
            IOHelper.close(content);
        }

        /** Whoever takes the exchange over still reads. */
        @Override
        public boolean allowHandover() {
            return true;
        }
    }
}
