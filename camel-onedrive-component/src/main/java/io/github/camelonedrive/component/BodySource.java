package io.github.camelonedrive.component;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.OptionalLong;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.StreamCache;
import org.apache.camel.WrappedFile;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.ExchangeHelper;

import io.github.camelonedrive.upload.BytesSource;
import io.github.camelonedrive.upload.FileSource;
import io.github.camelonedrive.upload.SourceChangedException;
import io.github.camelonedrive.upload.UploadSource;
import io.github.camelonedrive.upload.UploadableFile;

/**
 * Makes an upload source of a message body. The raw body is looked at first, because asking Camel for a stream loses the
 * length; {@code Content-Length} is never believed, and {@code CamelFileLength} is not needed, since a file knows its own
 * (DESIGN §4.2).
 */
final class BodySource {

    /** Exchange property: the last stream that an upload has read. */
    private static final String CONSUMED_BODY = "CamelOneDriveConsumedBody";

    private final long simpleUploadLimit;

    BodySource(long simpleUploadLimit) {
        this.simpleUploadLimit = simpleUploadLimit;
    }

    UploadSource of(Exchange exchange) throws Exception {
        Message message = exchange.getMessage();
        OptionalLong announced = announcedLength(message);
        UploadSource source = source(exchange, message.getBody(), announced);
        if (announced.isPresent() && announced.getAsLong() != source.size()) {
            source.close();
            throw SourceChangedException.length(announced.getAsLong(), source.size());
        }
        return source;
    }

    private UploadSource source(Exchange exchange, Object body, OptionalLong announced) throws Exception {
        if (body instanceof UploadableFile own) {
            return own.openSource();
        }
        if (body instanceof WrappedFile<?> wrapped) {
            return ofWrappedFile(exchange, wrapped, announced);
        }
        if (body instanceof File file) {
            return FileSource.open(file.toPath());
        }
        if (body instanceof Path path) {
            return FileSource.open(path);
        }
        if (body instanceof byte[] bytes) {
            return new BytesSource(bytes);
        }
        if (body instanceof String text) {
            return new BytesSource(text.getBytes(Charset.forName(ExchangeHelper.getCharsetName(exchange))));
        }
        if (body instanceof FileContent content) {
            return ofStream(content.file().open(), announced);
        }
        if (body instanceof Resource resource) {
            return ofStream(resource.getInputStream(), announced);
        }
        if (body instanceof StreamCache cache) {
            return ofStreamCache(exchange, cache);
        }
        if (body == null) {
            throw new IllegalArgumentException("The message has no body to upload.");
        }
        if (body instanceof InputStream || body instanceof Reader) {
            readOnce(exchange, body);
        }
        return ofStream(exchange.getContext().getTypeConverter().mandatoryConvertTo(InputStream.class, exchange, body),
                announced);
    }

    /** A local file, or a remote one whose content the consumer has fetched to somewhere. */
    private UploadSource ofWrappedFile(Exchange exchange, WrappedFile<?> wrapped, OptionalLong announced) throws Exception {
        if (wrapped.getFile() instanceof File file) {
            return FileSource.open(file.toPath());
        }
        if (wrapped.getFile() instanceof Path path) {
            return FileSource.open(path);
        }
        Object content = wrapped.getBody();
        OptionalLong length = announced.isPresent() || wrapped.getFileLength() <= 0
                ? announced : OptionalLong.of(wrapped.getFileLength());
        if (content == null) {
            throw new IllegalArgumentException("The file in the message has no content.");
        }
        return source(exchange, content, length);
    }

    /** A stream that was read looks like an empty one, and an empty upload would replace a good backup. */
    private static void readOnce(Exchange exchange, Object stream) throws BodyConsumedException {
        if (exchange.getProperty(CONSUMED_BODY) == stream) {
            throw new BodyConsumedException();
        }
        exchange.setProperty(CONSUMED_BODY, stream);
    }

    private UploadSource ofStreamCache(Exchange exchange, StreamCache cache) throws Exception {
        cache.reset();
        if (cache instanceof InputStream && cache.length() > 0) {
            return new StreamCacheSource(cache);
        }
        return ofStream(exchange.getContext().getTypeConverter().mandatoryConvertTo(InputStream.class, exchange, cache),
                OptionalLong.empty());
    }

    private UploadSource ofStream(InputStream stream, OptionalLong announced) throws IOException {
        try (stream) {
            return SpooledStream.source(stream, announced, simpleUploadLimit);
        }
    }

    /** Obeyed, checked, and removed, so that it can't be taken for another body's. */
    private static OptionalLong announcedLength(Message message) {
        Long length = message.getHeader(OneDriveConstants.CONTENT_LENGTH, Long.class);
        message.removeHeader(OneDriveConstants.CONTENT_LENGTH);
        if (length == null) {
            return OptionalLong.empty();
        }
        if (length < 0) {
            throw new IllegalArgumentException("The header " + OneDriveConstants.CONTENT_LENGTH + " is negative: " + length);
        }
        return OptionalLong.of(length);
    }
}
