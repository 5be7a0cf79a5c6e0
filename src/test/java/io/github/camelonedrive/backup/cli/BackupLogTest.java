package io.github.camelonedrive.backup.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.camelonedrive.FailureKind;
import io.github.camelonedrive.backup.console.Console;
import io.github.camelonedrive.backup.failure.BackupException;
import io.github.camelonedrive.backup.watch.DumpEvent;
import io.github.camelonedrive.credentials.UnknownDestinationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/** At which level events of dumps are logged. */
class BackupLogTest {

    private final Logger logger = (Logger) LoggerFactory.getLogger("io.github.camelonedrive.backup");
    private final Level level = logger.getLevel();
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final BackupLog log = new BackupLog(new Console(new PrintStream(out), new PrintStream(out), false, true));

    @BeforeEach
    void listen() {
        logger.setLevel(Level.INFO);
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(lines);
        logger.setLevel(level);
    }

    @Test
    void aFailureOfOneDump_isLoggedWithItsNextTry() {
        postponed("a.sql", new IOException("The step failed."), false);
        assertThat(lines.list).singleElement().asString().contains("a.sql stays where it is: ", "Failed once; next try at ");
    }

    @Test
    void whatConcernsManyDumps_isLoggedAsATroubleNotForEachDump() {
        for (Throwable failure : List.of(new UnknownDestinationException("offsite", List.of()),
                new BackupException(FailureKind.CONFIGURATION, "The folder is not a folder.", ""))) {
            for (int dump = 0; dump < 1000; dump++) {
                postponed("dump-" + dump, failure, false);
            }
        }
        postponed("uploaded.sql", new IOException("No space left on device"), true);
        assertThat(lines.list).isEmpty();
        assertThat(out.toString(StandardCharsets.UTF_8).lines()).as("JSON lines").hasSize(2001);
    }

    private void postponed(String file, Throwable failure, boolean uploaded) {
        log.on(new DumpEvent.Postponed("mysql", Path.of(file), failure, uploaded, 1, Instant.EPOCH));
    }
}
