package io.github.camelonedrive.component;

import java.time.Duration;
import java.util.Iterator;
import java.util.Map;

import org.apache.camel.Exchange;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelonedrive.graph.FollowedLinks.EndlessListingException;
import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.Step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Responses whose page links never come to an end are refused, by everything that reads pages. */
@Timeout(120)
@Tag("C110")
class EndlessListingTest extends SimulatorTest {

    private static final int MOST_EMPTY = 1_000;

    @BeforeEach
    void putFiles() {
        for (int i = 0; i < 250; i++) {
            onedrive.putFile("/In/dump" + i, new byte[1]);
        }
        onedrive.putFile("/In/dump0", new byte[2]);
        onedrive.clearJournal();
    }

    private Exchange run(String operation) {
        Map<String, Object> headers = operation.startsWith("listVersions") ? Map.of(OneDriveConstants.PATH, "dump0")
                : Map.of(OneDriveConstants.QUERY, "dump");
        return route.send("onedrive:offsite?folderPath=/In&operation=" + operation, null, headers);
    }

    private void refused(Exchange exchange, Step step, int mostRequests) {
        assertThat(exchange.getException()).isInstanceOf(EndlessListingException.class).hasMessageContaining("'offsite'")
                .hasMessageContaining("failed: it would never end");
        assertThat(onedrive.requests(step)).hasSizeLessThanOrEqualTo(mostRequests);
    }

    @ParameterizedTest
    @CsvSource({"list, CHILDREN", "list&recursive=true, CHILDREN", "search, SEARCH", "listVersions, VERSIONS"})
    void linkToItself_isRefusedAtOnce(String operation, Step step) {
        onedrive.fault(Fault.on(step).always().linkToItself());
        refused(run(operation), step, 1);
    }

    @ParameterizedTest
    @CsvSource({"list, CHILDREN", "list&recursive=true, CHILDREN", "search, SEARCH"})
    void circle_isRefusedAtItsFirstRepetition(String operation, Step step) {
        onedrive.fault(Fault.on(step).nth(2).linkToFirstPage());
        refused(run(operation), step, 2);
    }

    @ParameterizedTest
    @CsvSource({"list, CHILDREN", "list&recursive=true, CHILDREN", "search, SEARCH", "listVersions, VERSIONS"})
    void emptyPagesForEver_areRefusedInTheEnd(String operation, Step step) {
        onedrive.fault(Fault.on(step).always().emptyPagesForEver());
        refused(run(operation), step, MOST_EMPTY + 1);
    }

    @Test
    void streamedList_isRefusedWhereItLeadsBack() {
        onedrive.fault(Fault.on(Step.CHILDREN).nth(2).linkToFirstPage());
        Iterator<?> items = run("list&streamList=true").getMessage().getBody(Iterator.class);
        assertThatThrownBy(() -> items.forEachRemaining(item -> { })).hasCauseInstanceOf(EndlessListingException.class);
        assertThat(onedrive.requests(Step.CHILDREN)).hasSize(2);
    }

    private void awaitErrors(Inbox inbox, long errors) {
        Awaitility.await().atMost(Duration.ofSeconds(50)).until(() -> inbox.consumer().getErrorCounter() >= errors);
    }

    @ParameterizedTest
    @EnumSource(value = Step.class, names = {"CHILDREN", "DELTA"})
    void consumer_linkToItself_failsThePollAndSendsFewRequests(Step step) {
        onedrive.putFile("/Inbox/a.txt", new byte[1]);
        onedrive.clearJournal();
        onedrive.fault(Fault.on(step).always().linkToItself());
        try (Inbox inbox = new Inbox(onedrive, "includeBody=false")) {
            awaitErrors(inbox, 5);
            long polls = inbox.consumer().getCounter() + 1;
            assertThat((long) onedrive.requests(step).size()).isLessThanOrEqualTo(3 * polls);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"includeBody=false", "includeBody=false&recursive=true"})
    void consumer_afterALoopIsOver_goesOn(String options) {
        try (Inbox inbox = new Inbox(onedrive, options)) {
            inbox.put("a.txt", "");
            inbox.awaitExactly("a.txt=");
            onedrive.fault(Fault.on(Step.DELTA).times(6).linkToItself());
            awaitErrors(inbox, 2);
            inbox.put("b.txt", "");
            inbox.awaitExactly("a.txt=", "b.txt=");
        }
    }

    @Test
    void consumer_emptyPagesForEver_endsThePoll() {
        onedrive.putFile("/Inbox/a.txt", new byte[1]);
        onedrive.fault(Fault.on(Step.DELTA).always().emptyPagesForEver());
        try (Inbox inbox = new Inbox(onedrive, "includeBody=false")) {
            awaitErrors(inbox, 1);
        }
        assertThat(onedrive.requests(Step.DELTA)).hasSizeGreaterThan(MOST_EMPTY);
    }
}
