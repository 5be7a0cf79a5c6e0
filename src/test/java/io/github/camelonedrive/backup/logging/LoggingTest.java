package io.github.camelonedrive.backup.logging;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;

import ch.qos.logback.classic.LoggerContext;
import io.github.camelonedrive.OneDriveException;
import io.github.camelonedrive.auth.AuthenticationException;
import io.github.camelonedrive.backup.failure.BackupException;
import io.github.camelonedrive.credentials.Secret;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.MDC;
import org.slf4j.event.Level;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LoggingTest {

    private final LoggerContext context = new LoggerContext();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    LoggingTest() {
        context.setMDCAdapter(MDC.getMDCAdapter());
    }

    @Test
    void wireLoggersStayAtInfoWhateverIsConfigured() throws Exception {
        Map<String, String> wanted = Map.of("root", "TRACE", "org.apache.hc.client5.http.headers", "TRACE",
                "org.apache.http.wire", "ALL", "org.apache.hc", "DEBUG");
        Logging.configure(context, Logging.Volume.VERBOSE, wanted, out);
        for (String name : new String[] {"org.apache.hc.client5.http.headers", "org.apache.http.wire", "org.apache.hc"}) {
            Logger logger = context.getLogger(name);
            assertThat(logger.isDebugEnabled()).as(name).isFalse();
            logger.debug("debug of {}", name);
            logger.atTrace().log("trace of {}", name);
            logger.info("info of {}", name);
        }
        context.getLogger("org.apache.hcsomething").trace("another logger");
        assertThat(text()).doesNotContain("debug of").doesNotContain("trace of").contains("info of org.apache.http.wire")
                .contains("another logger");
    }

    @Test
    void aSecretIsRedactedWhereverInTheEventItIs() throws Exception {
        String secret = "canary-" + UUID.randomUUID();
        Secret.of(secret);
        Logging.configure(context, Logging.Volume.VERBOSE, Map.of("root", "TRACE"), out);
        Logger logger = context.getLogger("some.library");
        for (Level level : Level.values()) {
            MDC.put("context", secret);
            try {
                Exception failure = new IllegalStateException("outer " + secret, new IOException("inner " + secret));
                failure.addSuppressed(new IOException("suppressed " + secret));
                logger.atLevel(level).setCause(failure).log("message " + secret + " and argument {}", secret);
            } finally {
                MDC.remove("context");
            }
        }
        assertThat(text()).doesNotContain(secret).contains("message").contains("outer")
                .contains("inner").contains("suppressed");
    }

    @Test
    void withoutVerboseThereIsNoStackTraceButTheCause() throws Exception {
        Logging.configure(context, Logging.Volume.NORMAL, Map.of(), out);
        context.getLogger("io.github.camelonedrive.x").warn("It failed.", new RuntimeException(new IOException("disk full")));
        assertThat(text()).contains("WARN  It failed. Cause: disk full").doesNotContain("\tat ").doesNotContain("    at ");
    }

    @Test
    void failureOfTheComponent_isLoggedWithTheCommand() throws Exception {
        OneDriveException refused = AuthenticationException.ofRedirect("offsite", Map.of("error", "access_denied"));
        Logging.configure(context, Logging.Volume.NORMAL, Map.of(), out);

        context.getLogger("io.github.camelonedrive.x").warn("It failed.", new RuntimeException(refused));
        context.getLogger("io.github.camelonedrive.x").warn("Failed delivery: " + refused.getMessage(), refused);

        assertThat(text().lines()).hasSize(2).allSatisfy(line -> assertThat(line)
                .endsWith("Run 'onedrive-backup authorize offsite'.").doesNotContain("Authorize destination"));
    }

    @Test
    void aNameWithLineFeedsCannotForgeALine() throws Exception {
        Logging.configure(context, Logging.Volume.NORMAL, Map.of(), out);
        context.getLogger("io.github.camelonedrive.x").info("Took {}", "a\n2026-01-01 00:00:00 all is well\u001b[2J\r");
        assertThat(text().lines()).hasSize(2).element(1).asString().startsWith("    2026").doesNotContain("\u001b");
    }

    @Test
    void aLevelThatIsNoneIsRefused() {
        assertThatThrownBy(() -> Logging.configure(context, Logging.Volume.NORMAL, Map.of("x", "LOUD"), out))
                .isInstanceOf(BackupException.class).hasMessageContaining("logging.level.x").hasMessageContaining("DEBUG");
    }

    private String text() {
        return out.toString(StandardCharsets.UTF_8);
    }
}
