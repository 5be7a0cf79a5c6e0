package io.github.camelonedrive.component;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelonedrive.graph.DriveItem;
import io.github.camelonedrive.graph.GraphException;
import io.github.camelonedrive.graph.ItemTransfers;
import io.github.camelonedrive.graph.ItemVersion;
import io.github.camelonedrive.graph.SharingLink;
import io.github.camelonedrive.simulator.AccountType;
import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.OneDriveSimulator;
import io.github.camelonedrive.simulator.Step;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code search}, {@code createLink}, {@code listVersions} and {@code restoreVersion} as a route sees them. */
class SearchLinksVersionsTest extends SimulatorTest {

    private static final String SEARCH = "onedrive:offsite?operation=search&folderPath=/In";
    private static final String LINK = "onedrive:offsite?operation=createLink&folderPath=/In";
    private static final String VERSIONS = "onedrive:offsite?operation=listVersions&folderPath=/In";
    private static final String RESTORE = "onedrive:offsite?operation=restoreVersion&folderPath=/In";

    @ParameterizedTest
    @ValueSource(strings = {"report", "it's", "a+b", "100%", "#1", "Größe", "数据", "🎉", "x&y=z", "(a)"})
    void aSearchFindsWhatIsBelowTheFolder(String text) {
        onedrive.putFile("/In/deep/the " + text + " of 2026.txt", new byte[1]);
        onedrive.putFile("/In/other", new byte[1]);
        onedrive.putFile("/Out/" + text, new byte[1]);
        assertThat(found(SEARCH, Map.of(OneDriveConstants.QUERY, text))).containsExactly("the " + text + " of 2026.txt");
        assertThat(found(SEARCH, Map.of(OneDriveConstants.QUERY, text, Exchange.FILE_NAME, "a file's name is no place")))
                .hasSize(1);
    }

    @Test
    void theOptionNamesWhatIsSearchedForAndPagesAreFetchedAsNeeded() {
        for (int i = 0; i < 250; i++) {
            onedrive.putFile("/In/report " + i, new byte[1]);
        }
        assertThat(found(SEARCH + "&query=report", Map.of())).hasSize(250);
        onedrive.clearJournal();
        Iterator<?> items = route.send(SEARCH + "&query=report&streamList=true", null, Map.of()).getMessage()
                .getBody(Iterator.class);
        assertThat(onedrive.requests(Step.SEARCH)).hasSize(1);
        List<Object> all = new ArrayList<>();
        items.forEachRemaining(all::add);
        assertThat(all).hasSize(250);
        assertThat(onedrive.requests(Step.SEARCH)).hasSize(2);
    }

    @Test
    void aSearchForNothingIsRefused() {
        for (String nothing : List.of("", "  ")) {
            assertThat(route.send(SEARCH, null, Map.of(OneDriveConstants.QUERY, nothing)).getException())
                    .isInstanceOf(IllegalRequestException.class).hasMessageContaining(OneDriveConstants.QUERY);
        }
        assertThat(onedrive.requests(Step.SEARCH)).isEmpty();
    }

    @Test
    void aLinkIsMadeOnceAndThenFound() {
        onedrive.putFile("/In/größe #1.txt", new byte[1]);
        Map<String, Object> headers = Map.of(OneDriveConstants.PATH, "größe #1.txt", OneDriveConstants.LINK_TYPE, "edit",
                OneDriveConstants.LINK_SCOPE, "anonymous");
        Exchange first = route.send(LINK, null, headers);
        SharingLink link = first.getMessage().getBody(SharingLink.class);
        assertThat(link.type()).isEqualTo("edit");
        assertThat(link.scope()).isEqualTo("anonymous");
        assertThat(link.created()).isTrue();
        assertThat(link.webUrl()).startsWith("http");
        assertThat(first.getMessage().getHeader(OneDriveConstants.LINK_URL)).isEqualTo(link.webUrl());
        SharingLink again = route.send(LINK, null, headers).getMessage().getBody(SharingLink.class);
        assertThat(again.created()).isFalse();
        assertThat(again.webUrl()).isEqualTo(link.webUrl());
    }

    static List<Object> endsOfALink() {
        Instant end = Instant.parse("2030-01-31T00:00:00Z");
        return List.of(end, end.toString(), Date.from(end), end.atOffset(ZoneOffset.ofHours(2)),
                end.atZone(ZoneOffset.UTC), "2030-01-31T02:00:00+02:00");
    }

    @ParameterizedTest
    @MethodSource("endsOfALink")
    void aLinkMayEndAndHaveAPassword(Object end) {
        onedrive.putFile("/In/a.txt", new byte[1]);
        Exchange exchange = route.send(LINK + "&linkType=view&linkScope=anonymous", null,
                Map.of(OneDriveConstants.PATH, "a.txt", OneDriveConstants.LINK_EXPIRY, end,
                        OneDriveConstants.LINK_PASSWORD, "open sesame"));
        assertThat(exchange.getException()).isNull();
        SharingLink link = exchange.getMessage().getBody(SharingLink.class);
        assertThat(link.hasPassword()).isTrue();
        assertThat(link.expiry()).hasValue(Instant.parse("2030-01-31T00:00:00Z"));
        assertThat(exchange.getMessage().getHeaders()).doesNotContainKey(OneDriveConstants.LINK_PASSWORD);
    }

    @Test
    void aForgottenHeaderSharesNoFolder() {
        onedrive.putFile("/In/a.txt", new byte[1]);
        assertThat(route.send(LINK, null, Map.of()).getException()).isInstanceOf(IllegalRequestException.class);
        assertThat(route.send("onedrive:offsite?operation=createLink&folderPath=/", null, Map.of()).getException())
                .isInstanceOf(ItemTransfers.RootException.class).hasMessageContaining("shared");
        assertThat(onedrive.requests(Step.CREATE_LINK)).isEmpty();
    }

    @Test
    void aChoiceThatIsNoneNamesThoseThatAre() {
        onedrive.putFile("/In/a.txt", new byte[1]);
        assertThat(route.send(LINK, null, Map.of(OneDriveConstants.PATH, "a.txt", OneDriveConstants.LINK_TYPE, "write"))
                .getException()).isInstanceOf(IllegalRequestException.class).hasMessageContaining("write")
                .hasMessageContaining("[view, edit, embed]");
    }

    @Test
    void aLinkThatIsNotAllowedIsSaid() {
        onedrive.putFile("/In/a.txt", new byte[1]);
        assertThat(route.send(LINK, null, Map.of(OneDriveConstants.PATH, "a.txt", OneDriveConstants.LINK_EXPIRY, "soon"))
                .getException()).isInstanceOf(IllegalRequestException.class).hasMessageContaining("soon");
        assertThat(route.send(LINK, null, Map.of(OneDriveConstants.PATH, "no.txt")).getException())
                .isInstanceOf(GraphException.NotFound.class).hasMessageContaining("/In/no.txt");
        try (OneDriveSimulator drive = OneDriveSimulator.builder().accountType(AccountType.BUSINESS).forbidAnonymousLinks()
                .start(); SimulatedRoute onIt = new SimulatedRoute(drive)) {
            drive.putFile("/In/a.txt", new byte[1]);
            assertThat(onIt.send(LINK + "&linkScope=anonymous", null, Map.of(OneDriveConstants.PATH, "a.txt")).getException())
                    .isInstanceOf(GraphException.class).hasMessageContaining("/In/a.txt").hasMessageContaining("400");
            assertThat(onIt.send(LINK + "&linkScope=organization", null, Map.of(OneDriveConstants.PATH, "a.txt"))
                    .getException()).isNull();
        }
    }

    @Test
    void versionsAreListedAndRestored() {
        onedrive.putFile("/In/a.txt", SimulatedRoute.content(1));
        onedrive.putFile("/In/a.txt", SimulatedRoute.content(2));
        onedrive.putFile("/In/a.txt", SimulatedRoute.content(3));
        Map<String, Object> file = Map.of(OneDriveConstants.PATH, "a.txt");
        List<ItemVersion> versions = versions(file);
        assertThat(versions).extracting(version -> version.size().getAsLong()).containsExactly(3L, 2L, 1L);
        assertThat(versions).allSatisfy(version -> assertThat(version.lastModified()).isPresent());

        Exchange restored = route.send(RESTORE, null,
                Map.of(OneDriveConstants.PATH, "a.txt", OneDriveConstants.VERSION_ID, versions.get(2).id()));
        assertThat(restored.getException()).isNull();
        assertThat(route.holds("/In/a.txt", SimulatedRoute.content(1))).isTrue();
        assertThat(restored.getMessage().getBody(DriveItem.class).size()).isEqualTo(1);
        assertThat(restored.getMessage().getHeader(OneDriveConstants.SIZE)).isEqualTo(1L);
        assertThat(versions(file)).as("nothing is lost").hasSize(4);
    }

    @Test
    void aRestorationThatCantBeIsSaid() {
        onedrive.putFile("/In/a.txt", new byte[1]);
        Map<String, Object> file = Map.of(OneDriveConstants.PATH, "a.txt");
        assertThat(route.send(RESTORE, null, file).getException()).isInstanceOf(IllegalRequestException.class)
                .hasMessageContaining(OneDriveConstants.VERSION_ID);
        assertThat(route.send(RESTORE, null, Map.of(OneDriveConstants.PATH, "a.txt", OneDriveConstants.VERSION_ID, "99.0"))
                .getException()).isInstanceOf(GraphException.NotFound.class).hasMessageContaining("99.0");
        assertThat(route.send(VERSIONS, null, Map.of(OneDriveConstants.PATH, "no.txt")).getException())
                .isInstanceOf(GraphException.NotFound.class);
        onedrive.fault(Fault.on(Step.VERSIONS).throttle("1"));
        assertThat(versions(file)).hasSize(1);
    }

    @SuppressWarnings("unchecked")
    private List<ItemVersion> versions(Map<String, Object> headers) {
        return route.send(VERSIONS, null, headers).getMessage().getBody(List.class);
    }

    private List<String> found(String uri, Map<String, Object> headers) {
        Exchange exchange = route.send(uri, null, headers);
        assertThat(exchange.getException()).isNull();
        return exchange.getMessage().getBody(List.class).stream().map(item -> ((DriveItem) item).name()).toList();
    }
}
