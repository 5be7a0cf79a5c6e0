package io.github.camelonedrive.component;

import org.apache.camel.Exchange;

/**
 * The names in {@code CamelFileName} that a consumer or an operation left there, as opposed to names that the route set. What
 * operations wrote is kept in an exchange property, where copies of the exchange have it too.
 */
final class LeftNames {

    private static final String WRITTEN = "CamelOneDriveFileNamesWritten";

    private LeftNames() {
    }

    /** Names, the latest first; never changed, because copies of an exchange share it. */
    private record Written(String name, Written earlier) {
    }

    /** Sets {@code CamelFileName} to what an operation learned, not the route. */
    static void write(Exchange exchange, String name) {
        if (!isWritten(exchange, name)) {
            exchange.setProperty(WRITTEN, new Written(name, written(exchange)));
        }
        exchange.getMessage().setHeader(Exchange.FILE_NAME, name);
    }

    /** Whether the name is one that the route did not set. */
    static boolean contains(Exchange exchange, String name) {
        OneDriveFile consumed = exchange.getProperty(OneDriveConstants.CONSUMED_FILE, OneDriveFile.class);
        return name.equals(exchange.getMessage().getHeader(OneDriveConstants.FILE_NAME_CONSUMED))
                || consumed != null && name.equals(consumed.getFileName()) || isWritten(exchange, name);
    }

    private static boolean isWritten(Exchange exchange, String name) {
        for (Written written = written(exchange); written != null; written = written.earlier()) {
            if (written.name().equals(name)) {
                return true;
            }
        }
        return false;
    }

    private static Written written(Exchange exchange) {
        return exchange.getProperty(WRITTEN, Written.class);
    }
}
