package io.github.camelonedrive.backup.logging;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.stream.Collectors;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.backup.console.TerminalText;
import io.github.camelonedrive.backup.failure.Failures;
import io.github.camelonedrive.credentials.Redactor;

/**
 * One line per event, readable at 3 a.m.: time, level unless it is INFO, message. An exception adds its message; only the
 * verbose form adds the stack trace, the logger and the MDC. The finished text, whatever part a secret came in by, passes
 * the {@link Redactor} and is made printable; no line of a message can pass for a line of its own.
 */
final class ReadableLayout extends LayoutBase<ILoggingEvent> {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss")
            .withZone(ZoneId.systemDefault());
    private static final int DEEPEST_CAUSE = 10;

    private final boolean verbose;

    ReadableLayout(boolean verbose) {
        this.verbose = verbose;
    }

    @Override
    public String doLayout(ILoggingEvent event) {
        StringBuilder line = new StringBuilder(160);
        line.append(TIME.format(Instant.ofEpochMilli(event.getTimeStamp()))).append(' ');
        if (verbose || event.getLevel() != Level.INFO) {
            line.append(String.format("%-5s ", event.getLevel()));
        }
        if (verbose) {
            line.append('[').append(event.getThreadName()).append("] ").append(event.getLoggerName()).append(": ");
        }
        line.append(event.getFormattedMessage());
        if (verbose) {
            appendContext(line, event.getMDCPropertyMap());
        }
        appendThrowable(line, event.getThrowableProxy());
        return TerminalText.message(Redactor.redact(line.toString())).replace("\t", "    ") + "\n";
    }

    private static void appendContext(StringBuilder line, Map<String, String> context) {
        if (!context.isEmpty()) {
            line.append(context.entrySet().stream().sorted(Map.Entry.comparingByKey())
                    .map(entry -> entry.getKey() + "=" + entry.getValue()).collect(Collectors.joining(", ", " {", "}")));
        }
    }

    private void appendThrowable(StringBuilder line, IThrowableProxy thrown) {
        if (thrown == null) {
            return;
        }
        if (verbose) {
            line.append('\n').append(ThrowableProxyUtil.asString(thrown));
            return;
        }
        IThrowableProxy root = thrown;
        for (int depth = 0; root.getCause() != null && depth < DEEPEST_CAUSE; depth++) {
            root = root.getCause();
        }
        String message = root.getMessage() == null ? root.getClassName() : root.getMessage();
        int at = line.indexOf(message);
        if (at < 0) {
            line.append(" Cause: ").append(inOurWords(root, message));
        } else {
            line.replace(at, at + message.length(), inOurWords(root, message));
        }
    }

    // Camel logs messages of the component, whose remedies name no command.
    private static String inOurWords(IThrowableProxy root, String message) {
        return root instanceof ThrowableProxy known && known.getThrowable() instanceof OneDriveException failure
                ? Failures.message(failure) : message;
    }
}
