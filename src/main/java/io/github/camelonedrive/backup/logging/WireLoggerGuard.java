package io.github.camelonedrive.backup.logging;

import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import org.slf4j.Marker;

/**
 * Keeps the HTTP libraries' own loggers at INFO whatever is configured: below it they print headers and bodies, and so
 * tokens (law 4).
 */
final class WireLoggerGuard extends TurboFilter {

    private static final List<String> GUARDED = List.of("org.apache.hc", "org.apache.http", "httpclient", "jdk.httpclient",
            "sun.net.www.protocol.http");

    @Override
    public FilterReply decide(Marker marker, Logger logger, Level level, String format, Object[] params, Throwable t) {
        return level.levelInt < Level.INFO_INT && isGuarded(logger.getName()) ? FilterReply.DENY : FilterReply.NEUTRAL;
    }

    private static boolean isGuarded(String logger) {
        return GUARDED.stream().anyMatch(name -> logger.equals(name) || logger.startsWith(name + "."));
    }
}
