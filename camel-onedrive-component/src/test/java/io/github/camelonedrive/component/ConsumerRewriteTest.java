package io.github.camelonedrive.component;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.github.camelonedrive.simulator.AccountType;
import io.github.camelonedrive.simulator.OneDriveSimulator;
import io.github.camelonedrive.simulator.OneDriveSimulatorExtension;
import io.github.camelonedrive.transport.FakeTime;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Document libraries rewrite Office files soon after an upload, so such a file has two contents. The simulator's library does
 * so when it stores an upload; a library that takes its time shows what was sent for a while, which is put there first.
 */
class ConsumerRewriteTest {

    private static final String SENT = "report";

    @RegisterExtension
    final OneDriveSimulatorExtension extension = OneDriveSimulatorExtension.with(
            builder -> builder.accountType(AccountType.DOCUMENT_LIBRARY).rewriteOfficeFiles()).failOnViolations();

    private final FakeTime time = new FakeTime();

    private OneDriveSimulator onedrive() {
        return extension.simulator();
    }

    private Inbox inbox(String options) {
        return new Inbox(onedrive(), options, exchange -> { }, context ->
                context.getComponent("onedrive", OneDriveComponent.class).setTimeSource(time));
    }

    /** @return the file as it is emitted */
    private String rewritten(Inbox inbox) throws Exception {
        try (ProducerTemplate template = inbox.context().createProducerTemplate()) {
            template.sendBodyAndHeader("onedrive:library?folderPath=/Inbox", SENT, Exchange.FILE_NAME, "a.docx");
        }
        String content = new String(onedrive().file("/Inbox/a.docx").orElseThrow().bytes(), StandardCharsets.US_ASCII);
        assertThat(content).startsWith(SENT).hasSizeGreaterThan(SENT.length());
        return "a.docx=" + content;
    }

    @Test
    void aFileThatIsRewrittenBeforeItIsSeenIsEmittedOnceAsItIs() throws Exception {
        try (Inbox inbox = inbox("")) {
            inbox.awaitExactly(rewritten(inbox));
        }
    }

    @Test
    void aFileThatIsRewrittenBetweenTwoPollsIsEmittedTwice() throws Exception {
        try (Inbox inbox = inbox("")) {
            inbox.put("a.docx", SENT);
            inbox.awaitExactly("a.docx=" + SENT);
            String rewritten = rewritten(inbox);
            inbox.awaitExactly("a.docx=" + SENT, rewritten);
        }
    }

    @Test
    void aVersionThatHasToSettleIsTheOnlyOneThatIsEmitted() throws Exception {
        try (Inbox inbox = inbox("readLockMinAge=30s")) {
            inbox.put("a.docx", SENT);
            inbox.settle();
            time.pass(Duration.ofSeconds(29));
            String rewritten = rewritten(inbox);
            inbox.settle();
            time.pass(Duration.ofSeconds(29));
            inbox.settle();
            assertThat(inbox.emitted()).isEmpty();
            time.pass(Duration.ofSeconds(1));
            inbox.awaitExactly(rewritten);
        }
    }
}
