package io.github.camelonedrive.backup.logging;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import io.github.camelonedrive.backup.failure.BackupException;

/** Sets up Logback in code: everything to standard error, redacted, and quiet by default. */
public final class Logging {

    /** How much is said. */
    public enum Volume {
        /** Warnings and errors only: commands that show their own results. */
        QUIET,
        /** What happens to each dump: {@code run}. */
        NORMAL,
        /** {@code -v}: also details, stack traces and Camel's own words. */
        VERBOSE
    }

    private static final String OURS = "io.github.camelonedrive";
    private static final Set<String> LEVELS = Set.of("OFF", "ERROR", "WARN", "INFO", "DEBUG", "TRACE", "ALL");

    private Logging() {
    }

    /** What holds before the command line is understood: warnings to standard error. */
    static void configureFirst(LoggerContext context) {
        configure(context, Volume.QUIET, new FileOutputStream(FileDescriptor.err));
    }

    /**
     * @param  levels logger name to level, from {@code logging.level.*}; {@code root} is the root logger
     * @throws BackupException when a level is none
     */
    public static void configure(LoggerContext context, Volume volume, Map<String, String> levels, OutputStream out)
            throws BackupException {
        configure(context, volume, out);
        for (Map.Entry<String, String> entry : levels.entrySet()) {
            String level = entry.getValue().toUpperCase(Locale.ROOT);
            if (!LEVELS.contains(level)) {
                throw BackupException.usage("'" + entry.getValue() + "' can't be logging.level." + entry.getKey() + ".",
                        "Give OFF, ERROR, WARN, INFO, DEBUG or TRACE.");
            }
            String logger = entry.getKey().equalsIgnoreCase("root") ? Logger.ROOT_LOGGER_NAME : entry.getKey();
            context.getLogger(logger).setLevel(Level.toLevel(level));
        }
    }

    private static void configure(LoggerContext context, Volume volume, OutputStream out) {
        context.reset();
        WireLoggerGuard guard = new WireLoggerGuard();
        guard.setContext(context);
        guard.start();
        context.addTurboFilter(guard);

        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.addAppender(appender(context, volume, out));
        root.setLevel(volume == Volume.VERBOSE ? Level.INFO : Level.WARN);
        context.getLogger(OURS).setLevel(level(volume));
        quietenCamel(context, volume);
    }

    private static Level level(Volume volume) {
        return switch (volume) {
            case QUIET -> Level.WARN;
            case NORMAL -> Level.INFO;
            case VERBOSE -> Level.DEBUG;
        };
    }

    // It warns "Rollback file strategy" for each failed dump, which our own line says better.
    private static void quietenCamel(LoggerContext context, Volume volume) {
        if (volume != Volume.VERBOSE) {
            context.getLogger("org.apache.camel.component.file.GenericFileOnCompletion").setLevel(Level.ERROR);
        }
    }

    private static OutputStreamAppender<ILoggingEvent> appender(LoggerContext context, Volume volume, OutputStream out) {
        ReadableLayout layout = new ReadableLayout(volume == Volume.VERBOSE);
        layout.setContext(context);
        layout.start();
        LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
        encoder.setContext(context);
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.setLayout(layout);
        encoder.start();
        OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
        appender.setContext(context);
        appender.setName("standard error");
        appender.setEncoder(encoder);
        appender.setOutputStream(new KeptOpen(out));
        appender.start();
        return appender;
    }

    /** Logback closes what it writes to when it is set up anew; standard error is not its own. */
    private static final class KeptOpen extends FilterOutputStream {

        private KeptOpen(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
