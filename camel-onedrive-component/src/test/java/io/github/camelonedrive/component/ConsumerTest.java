package io.github.camelonedrive.component;

import java.io.InputStream;
import java.util.List;

import org.apache.camel.Exchange;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.camelonedrive.simulator.AccountType;
import io.github.camelonedrive.simulator.OneDriveSimulator;
import io.github.camelonedrive.simulator.OneDriveSimulatorExtension;
import io.github.camelonedrive.simulator.RecordedRequest;
import io.github.camelonedrive.simulator.Step;

import static org.assertj.core.api.Assertions.assertThat;

/** The consumer's main way: files that come into a folder are emitted, each version once, and left where they are. */
class ConsumerTest {

    @RegisterExtension
    final OneDriveSimulatorExtension extension = new OneDriveSimulatorExtension().failOnViolations();

    private OneDriveSimulator onedrive() {
        return extension.simulator();
    }

    @Test
    void filesThatAreThereAndFilesThatComeAreEmittedOnceAndStay() {
        onedrive().putFile("/Inbox/old.txt", "there already".getBytes());
        onedrive().putFile("/Elsewhere/other.txt", "not ours".getBytes());
        try (Inbox inbox = new Inbox(onedrive(), "")) {
            inbox.awaitExactly("old.txt=there already");
            inbox.put("new.txt", "came later");
            inbox.awaitExactly("old.txt=there already", "new.txt=came later");
        }
        assertThat(onedrive().paths()).contains("/Inbox/old.txt", "/Inbox/new.txt");
    }

    @ParameterizedTest
    @EnumSource(AccountType.class)
    void everyKindOfDriveIsRead(AccountType type) {
        try (OneDriveSimulator drive = OneDriveSimulator.builder().accountType(type).start()) {
            drive.putFile("/Inbox/a/first.txt", "1".getBytes());
            try (Inbox inbox = new Inbox(drive, "recursive=true")) {
                inbox.awaitExactly("a/first.txt=1");
                drive.putFile("/Inbox/b/c/second.txt", "2".getBytes());
                inbox.put("third.txt", "3");
                inbox.awaitExactly("a/first.txt=1", "b/c/second.txt=2", "third.txt=3");
                inbox.put("third.txt", "3, changed");
                inbox.awaitExactly("a/first.txt=1", "b/c/second.txt=2", "third.txt=3", "third.txt=3, changed");
            }
            assertThat(drive.violations()).isEmpty();
        }
    }

    @Test
    void changesThatAreNoneOfTheContentAreNoNewVersion() {
        try (Inbox inbox = new Inbox(onedrive(), "")) {
            inbox.put("report.txt", "text");
            inbox.awaitExactly("report.txt=text");
            onedrive().move("/Inbox/report.txt", "/Inbox/renamed.txt");
            inbox.put("renamed.txt", "text");
            inbox.awaitExactly("report.txt=text");
        }
    }

    @Test
    void headersAreThoseOfTheFileComponentAndOurs() {
        onedrive().putFile("/Inbox/a b/ü#1%.csv", "1;2".getBytes());
        try (Inbox inbox = new Inbox(onedrive(), "recursive=true")) {
            inbox.awaitExactly("a b/ü#1%.csv=1;2");
            Exchange exchange = inbox.exchange(0);
            assertThat(exchange.getMessage().getHeaders()).containsEntry(Exchange.FILE_NAME, "a b/ü#1%.csv")
                    .containsEntry("CamelFileNameOnly", "ü#1%.csv").containsEntry("CamelFileNameConsumed", "a b/ü#1%.csv")
                    .containsEntry("CamelFileParent", "/Inbox/a b").containsEntry("CamelFileLength", 3L)
                    .containsEntry("CamelFileAbsolutePath", "/Inbox/a b/ü#1%.csv").containsEntry("CamelFileAbsolute", false)
                    .containsEntry(OneDriveConstants.SIZE, 3L)
                    .containsKeys(OneDriveConstants.CONSUMED_ITEM_ID, OneDriveConstants.ETAG, OneDriveConstants.QUICK_XOR_HASH,
                            "CamelFileLastModified", Exchange.MESSAGE_TIMESTAMP, "CamelFileContentType");
            assertThat(exchange.getProperty(Exchange.BATCH_SIZE)).isEqualTo(1);
            assertThat(exchange.getProperty(Exchange.BATCH_INDEX)).isEqualTo(0);
            assertThat(exchange.getProperty(Exchange.BATCH_COMPLETE)).isEqualTo(true);
            assertThat(exchange.getProperty(OneDriveConstants.CONSUMED_FILE, OneDriveFile.class).getFileName())
                    .isEqualTo("a b/ü#1%.csv");
        }
    }

    @Test
    void contentIsAskedForWhenItIsReadAndEachTimeAnew() {
        onedrive().putFile("/Inbox/big.bin", SimulatedRoute.content(100_000));
        try (SimulatedRoute route = new SimulatedRoute(onedrive(), context -> context.addRoutes(
                new org.apache.camel.builder.RouteBuilder() {
                    @Override
                    public void configure() {
                        from(Inbox.uri("delete=true")).process(exchange -> {
                            assertThat(onedrive().requests(Step.DOWNLOAD)).isEmpty();
                            OneDriveFile body = exchange.getMessage().getBody(OneDriveFile.class);
                            assertThat(body.getFileLength()).isEqualTo(100_000);
                            byte[] first = exchange.getMessage().getBody(byte[].class);
                            try (InputStream second = exchange.getMessage().getBody(InputStream.class)) {
                                assertThat(second.readAllBytes()).isEqualTo(first).isEqualTo(SimulatedRoute.content(100_000));
                            }
                        });
                    }
                }))) {
            org.awaitility.Awaitility.await().until(() -> onedrive().paths().isEmpty());
            assertThat(route.context().isStreamCaching()).isTrue();
        }
    }

    /** A page of changes, and one of a folder's children, is followed by its link as it came. */
    @Test
    @Tag("C8")
    @Tag("C71")
    void everyPageIsReadThroughLinksUsedAsTheyCame() {
        for (int i = 0; i < 230; i++) {
            onedrive().putFile("/Inbox/" + i + ".txt", new byte[0]);
        }
        try (Inbox inbox = new Inbox(onedrive(), "includeBody=false")) {
            inbox.await(emitted -> emitted.size() == 230);
            for (int i = 230; i < 460; i++) {
                onedrive().putFile("/Inbox/" + i + ".txt", new byte[0]);
            }
            inbox.await(emitted -> emitted.size() == 460);
            inbox.settle();
            assertThat(inbox.emitted()).doesNotHaveDuplicates().hasSize(460);
        }
        assertThat(onedrive().requests()).filteredOn(request -> request.path().contains("children")).hasSizeGreaterThan(1);
    }

    @Test
    @Tag("C78")
    void aDeadLinkIsFollowedByAFreshStartThatRepeatsNothingAndMissesNothing() {
        onedrive().putFile("/Inbox/a.txt", "a".getBytes());
        try (Inbox inbox = new Inbox(onedrive(), "")) {
            inbox.awaitExactly("a.txt=a");
            inbox.context().getRouteController().suspendRoute("inbox");
            onedrive().putFile("/Inbox/b.txt", "b".getBytes());
            onedrive().delete("/Inbox/a.txt");
            onedrive().expireDeltaTokens();
            inbox.context().getRouteController().resumeRoute("inbox");
            inbox.awaitExactly("a.txt=a", "b.txt=b");
            inbox.put("c.txt", "c");
            inbox.awaitExactly("a.txt=a", "b.txt=b", "c.txt=c");
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void anIdlePollCostsOneRequest() {
        try (Inbox inbox = new Inbox(onedrive(), "")) {
            inbox.put("a.txt", "a");
            inbox.awaitExactly("a.txt=a");
            inbox.settle();
            long before = onedrive().requests().size();
            long polls = inbox.consumer().getCounter();
            inbox.settle();
            List<RecordedRequest> requests = onedrive().requests();
            assertThat(requests.size() - before).isLessThanOrEqualTo(inbox.consumer().getCounter() - polls + 1);
        }
    }
}
