package io.github.camelonedrive.backup.watch;

import java.io.File;
import java.io.InputStream;
import java.io.Reader;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.TypeConversionException;
import org.apache.camel.component.file.FileComponent;
import org.apache.camel.component.file.FileConsumer;
import org.apache.camel.component.file.FileEndpoint;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileConfiguration;
import org.apache.camel.component.file.GenericFileEndpoint;
import org.apache.camel.component.file.GenericFileOperations;
import org.apache.camel.component.file.GenericFileProcessStrategy;
import org.apache.camel.spi.TypeConverterRegistry;
import org.apache.camel.support.TypeConverterSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Camel's {@code file:} component, except that a consumer whose {@code processStrategy} is a watch's takes the dumps that the
 * watch hands over instead of listing the directory: Camel's own listing holds all names and all exchanges of a directory on
 * the heap, follows links, and ends for good with an {@link Error}. All other {@code file:} endpoints are Camel's own.
 */
public final class WatchFileComponent extends FileComponent {

    private static final Logger LOG = LoggerFactory.getLogger(WatchFileComponent.class);
    private static final int KILLED = 137;

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        TypeConverterRegistry converters = getCamelContext().getTypeConverterRegistry();
        for (Class<?> type : List.of(InputStream.class, byte[].class, String.class, Reader.class, ByteBuffer.class,
                Serializable.class)) {
            converters.addTypeConverter(type, DumpFile.class, new DumpFileConverter());
        }
    }

    @Override
    protected GenericFileEndpoint<File> buildFileEndpoint(String uri, String remaining, Map<String, Object> parameters)
            throws Exception {
        GenericFileEndpoint<File> plain = super.buildFileEndpoint(uri, remaining, parameters);
        WatchEndpoint endpoint = new WatchEndpoint(uri, this);
        endpoint.setFile(((FileEndpoint) plain).getFile());
        GenericFileConfiguration configuration = plain.getConfiguration();
        endpoint.setConfiguration(configuration);
        return endpoint;
    }

    /** Opens a dump relative to its directory for any step of a route that wants its content. */
    private static final class DumpFileConverter extends TypeConverterSupport {

        @Override
        public <T> T convertTo(Class<T> type, Exchange exchange, Object value) {
            try {
                InputStream content = ((DumpFile) value).openStream();
                return type == InputStream.class ? type.cast(content)
                        : exchange.getContext().getTypeConverter().mandatoryConvertTo(type, exchange, content);
            } catch (Exception e) {
                throw new TypeConversionException(value, type, e);
            }
        }
    }

    private static final class WatchEndpoint extends FileEndpoint {

        WatchEndpoint(String uri, WatchFileComponent component) {
            super(uri, component);
        }

        @Override
        protected FileConsumer newFileConsumer(Processor processor, GenericFileOperations<File> operations) {
            GenericFileProcessStrategy<File> strategy = getProcessStrategy();
            return strategy instanceof DumpProcessStrategy dumps ? new WatchConsumer(this, processor, operations, dumps)
                    : super.newFileConsumer(processor, operations);
        }
    }

    private static final class WatchConsumer extends FileConsumer {

        private final Watch watch;
        private List<DumpFile> handed = List.of();

        WatchConsumer(FileEndpoint endpoint, Processor processor, GenericFileOperations<File> operations,
                      DumpProcessStrategy strategy) {
            super(endpoint, processor, operations, strategy);
            this.watch = strategy.watch();
        }

        /** Camel ends the schedule of a consumer whose poll throws an {@link Error}. */
        @Override
        protected int poll(Exchange dynamic) {
            try {
                return super.poll(dynamic);
            } catch (OutOfMemoryError e) {
                // Nothing can be relied on any more. The launcher's option does the same for every other thread.
                Runtime.getRuntime().halt(KILLED);
                throw e;
            } catch (Throwable e) {
                LOG.debug("A poll of the watch {} failed.", watch.settings().name(), e);
                watch.pollFailed(e);
                return 0;
            } finally {
                // Camel begins fewer than it was given where a limit is set, and when the route is suspended.
                handed.forEach(watch::releaseUnlessBegun);
                handed = List.of();
            }
        }

        @Override
        protected boolean pollDirectory(Exchange dynamic, String directory, List<GenericFile<File>> files, int depth) {
            handed = watch.poll();
            files.addAll(handed);
            return true;
        }
    }
}
