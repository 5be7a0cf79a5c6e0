package io.github.camelonedrive.graph;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.camelonedrive.graph.FakeHttp.Reply;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** A listing that is read page by page. */
class DriveItemStreamTest {

    private static final String ITEMS = "/v1.0/me/drive/items/";
    private static final String ROOT = "/v1.0/me/drive/root";

    private final Map<String, Reply> pages = new ConcurrentHashMap<>();
    private final GraphFixture graph = new GraphFixture(
            request -> pages.getOrDefault(request.target(), Reply.error(404, "itemNotFound")));

    @Test
    @Tag("C71")
    @Tag("C6")
    void aPageIsFetchedWhenItIsReachedAndNotBefore() throws Exception {
        page(ROOT + "/children", "/v1.0/p2?$skiptoken='a%2B'&x=1", file("a"), file("b"));
        page("/v1.0/p2?$skiptoken='a%2B'&x=1", "", file("c"));
        DriveItemStream stream = stream(false);
        assertThat(stream.next().name()).isEqualTo("a");
        assertThat(stream.next().name()).isEqualTo("b");
        assertThat(graph.http.seen()).hasSize(1);
        assertThat(stream.hasNext()).isTrue();
        assertThat(graph.http.seen()).hasSize(2);
        assertThat(stream.next().name()).isEqualTo("c");
        assertThat(stream.hasNext()).isFalse();
        assertThat(graph.http.seen()).hasSize(2);
    }

    @Test
    void aPageThatIsEmptyIsNotTheEnd() throws Exception {
        page(ROOT + "/children", "/v1.0/p2");
        page("/v1.0/p2", "/v1.0/p3");
        page("/v1.0/p3", "", file("c"));
        assertThat(names(stream(false))).containsExactly("c");
    }

    @Test
    void aFolderComesBeforeWhatIsInItAndTheWalkGoesOnAfterIt() throws Exception {
        page(ROOT + "/children", "/v1.0/p2", folder("x", 2), file("a"));
        page("/v1.0/p2", "", folder("empty", 0), file("z"));
        page(ITEMS + "x/children", "", folder("y", 1), file("b"));
        page(ITEMS + "y/children", "", file("c"));
        assertThat(names(stream(true))).containsExactly("x", "y", "c", "b", "a", "empty", "z");
        assertThat(graph.http.seen()).as("an empty folder costs no request").hasSize(4);
    }

    @Test
    @Tag("C110")
    void stream_folderInItself_isRefused() throws Exception {
        page(ROOT + "/children", "", folder("x", 1));
        page(ITEMS + "x/children", "", folder("y", 1));
        page(ITEMS + "y/children", "", folder("X", 1));
        DriveItemStream stream = stream(true);
        assertThatExceptionOfType(FollowedLinks.EndlessListingException.class).isThrownBy(stream::toList)
                .withMessageContaining("the folder is in itself");
        assertThat(graph.http.seen()).hasSize(3);
    }

    @Test
    @Tag("C110")
    void stream_linkBack_isRefusedHoweverItIsSpelled() throws Exception {
        page(ROOT + "/children", "/v1.0/p2?$skiptoken=a%2Bb&x=1", file("a"));
        page("/v1.0/p2?$skiptoken=a%2Bb&x=1", "/v1.0/p3", file("b"));
        page("/v1.0/p3", "/v1.0/p2?x=1&%24skiptoken=a%2bb&", file("c"));
        DriveItemStream stream = stream(false);
        assertThatExceptionOfType(FollowedLinks.EndlessListingException.class).isThrownBy(stream::toList);
        assertThat(graph.http.seen()).hasSize(3);
    }

    @Test
    void aFolderThatVanishedMeanwhileCountsAsEmpty() throws Exception {
        page(ROOT + "/children", "", folder("gone", 3), file("a"));
        assertThat(names(stream(true))).containsExactly("gone", "a");
    }

    @Test
    void theFolderItselfHasToBeThere() {
        assertThatExceptionOfType(GraphException.NotFound.class).isThrownBy(() -> stream(true));
    }

    @Test
    void aFailureOnTheWayIsThrownWithItsTypeAndEndsIt() throws Exception {
        page(ROOT + "/children", "/v1.0/p2", file("a"));
        pages.put("/v1.0/p2", Reply.error(403, "accessDenied"));
        DriveItemStream stream = stream(false);
        stream.next();
        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(stream::hasNext)
                .withCauseInstanceOf(GraphException.AccessDenied.class);
        assertThat(stream.hasNext()).isFalse();
    }

    @Test
    void closedItAsksForNothingMore() throws Exception {
        page(ROOT + "/children", "/v1.0/p2", file("a"), file("b"));
        DriveItemStream stream = stream(false);
        stream.next();
        stream.close();
        assertThat(stream.hasNext()).isFalse();
        assertThat(graph.http.seen()).hasSize(1);
    }

    @Test
    void anInterruptionEndsItAndStaysVisible() throws Exception {
        page(ROOT + "/children", "/v1.0/p2", file("a"));
        pages.put("/v1.0/p2", Reply.empty(503));
        DriveItemStream stream = stream(false);
        stream.next();
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(stream::hasNext);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aSearchIsOneTextWhateverIsInIt() throws Exception {
        page(ROOT + ":/a%20b:/search(q='it''s%20%2B%2F%3F%25%20%23')", "", file("a"));
        assertThat(names(graph.items.search(ItemRef.of(ItemPath.parse("/a b")), "it's +/?% #"))).containsExactly("a");
        page(ROOT + "/search(q='x')", "", file("b"));
        assertThat(names(graph.items.search(ItemRef.of(ItemPath.ROOT), "x"))).containsExactly("b");
    }

    private DriveItemStream stream(boolean recursive) throws Exception {
        return graph.items.stream(ItemRef.of(ItemPath.ROOT), recursive, item -> true);
    }

    private static List<String> names(DriveItemStream stream) {
        List<String> names = new ArrayList<>();
        stream.forEachRemaining(item -> names.add(item.name()));
        return names;
    }

    private void page(String target, String next, String... items) {
        String link = next.isEmpty() ? "" : ",\"@odata.nextLink\":\"https://graph.test" + next + "\"";
        pages.put(target, Reply.json(200, Stream.of(items)
                .collect(Collectors.joining(",", "{\"value\":[", "]" + link + "}"))));
    }

    private static String file(String name) {
        return "{\"id\":\"" + name + "\",\"name\":\"" + name + "\",\"file\":{}}";
    }

    private static String folder(String name, int children) {
        return "{\"id\":\"" + name + "\",\"name\":\"" + name + "\",\"folder\":{\"childCount\":" + children + "}}";
    }
}
