package io.github.camelonedrive.graph;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.camelonedrive.graph.FakeHttp.Reply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Single exchanges about changes: links, dead links, and answers that make no sense. */
class DeltaFeedTest {

    private static final String LINK = GraphFixture.ENDPOINT + "/me/drive/root/delta?token=a%2Bb%27c'&x=%20";

    private final Deque<Reply> replies = new ArrayDeque<>();
    private final GraphFixture graph = new GraphFixture(request -> replies.remove());
    private final DeltaFeed feed = new DeltaFeed(graph.client, graph.address, "offsite");

    private DeltaFeedTest answer(Reply... answers) {
        replies.addAll(List.of(answers));
        return this;
    }

    private static Reply page(String items, String linkName, String link) {
        return Reply.json(200, "{\"value\":[" + items + "],\"" + linkName + "\":\"" + link + "\"}");
    }

    @Test
    @Tag("C8")
    void aLinkIsUsedByteForByteAndKeptAsItCame() throws Exception {
        answer(page("", "@odata.deltaLink", LINK));
        DeltaAnswer.Page page = (DeltaAnswer.Page) feed.read(new FeedLink(LINK));
        assertThat(graph.http.seen().get(0).url()).isEqualTo(LINK);
        assertThat(page.link().value()).isEqualTo(LINK);
        assertThat(page.last()).isTrue();
        assertThat(page.toString()).doesNotContain("token");
    }

    @Test
    void changesSayWhatTheyAre() throws Exception {
        answer(page("{\"id\":\"1\",\"root\":{},\"folder\":{}},{\"id\":\"2\",\"name\":\"f\",\"folder\":{},\"parentReference\":"
                + "{\"id\":\"1\"}},{\"id\":\"3\",\"name\":\"a\",\"size\":1,\"cTag\":\"c\",\"file\":"
                + "{\"mimeType\":\"text/plain\"}},{\"id\":\"4\",\"deleted\":{\"state\":\"deleted\"},\"file\":{}},"
                + "{\"id\":\"5\",\"package\":{\"type\":\"oneNote\"},\"folder\":{}},{\"id\":\"6\",\"remoteItem\":{},"
                + "\"file\":{}}", "@odata.nextLink", LINK));
        DeltaAnswer.Page page = (DeltaAnswer.Page) feed.read(new FeedLink(LINK));
        assertThat(page.changes()).extracting(ItemChange::kind).containsExactly(ItemChange.Kind.FOLDER, ItemChange.Kind.FOLDER,
                ItemChange.Kind.FILE, ItemChange.Kind.DELETED, ItemChange.Kind.OTHER, ItemChange.Kind.OTHER);
        assertThat(page.last()).isFalse();
        ItemChange file = page.changes().get(2);
        assertThat(file.cTag()).contains("c");
        assertThat(ItemChange.fromJson(file.toJson())).isEqualTo(file);
    }

    @Test
    void aLinkForTheFutureAsksForTheLatest() throws Exception {
        answer(page("", "@odata.deltaLink", LINK));
        assertThat(feed.latest().value()).isEqualTo(LINK);
        assertThat(graph.http.seen().get(0).url()).isEqualTo(GraphFixture.ENDPOINT + "/me/drive/root/delta?token=latest");
    }

    @Test
    @Tag("C110")
    void latest_linkBack_isRefused() {
        for (int i = 0; i < 5; i++) {
            answer(page("", "@odata.nextLink", LINK));
        }
        assertThatExceptionOfType(FollowedLinks.EndlessListingException.class).isThrownBy(feed::latest)
                .withMessageContaining("Reading the changes in 'offsite' failed");
        assertThat(graph.http.seen()).hasSize(2);
    }

    @Test
    @Tag("C78")
    void goneNamesWhereToStartAnew() throws Exception {
        String fresh = GraphFixture.ENDPOINT + "/me/drive/root/delta?token=fresh";
        answer(Reply.error(410, "resyncChangesApplyDifferences").with("Location", fresh));
        assertThat(feed.read(new FeedLink(LINK))).isEqualTo(new DeltaAnswer.Restart(Optional.of(new FeedLink(fresh))));
        assertThat(graph.http.seen()).hasSize(1);
    }

    /** The token must not go to another host, whoever says so. */
    @Test
    @Tag("C78")
    void goneWithoutAPlaceOfOursLeavesItToUs() throws Exception {
        answer(Reply.error(410, "resyncRequired"),
                Reply.error(410, "resyncRequired").with("Location", "https://elsewhere.test/v1.0/me/drive/root/delta"));
        assertThat(feed.read(new FeedLink(LINK))).isEqualTo(new DeltaAnswer.Restart(Optional.empty()));
        assertThat(feed.read(new FeedLink(LINK))).isEqualTo(new DeltaAnswer.Restart(Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({"400, resyncRequired", "404, syncStateNotFound", "400, resyncApplyDifferences"})
    void otherAnswersThatSayTheSameAreTakenTheSame(int status, String code) throws Exception {
        answer(Reply.error(status, code));
        assertThat(feed.read(new FeedLink(LINK))).isEqualTo(new DeltaAnswer.Restart(Optional.empty()));
    }

    @Test
    void aLinkOfAnotherHostIsNotAskedAndCountsAsDead() throws Exception {
        assertThat(feed.read(new FeedLink("https://elsewhere.test/v1.0/delta?token=x")))
                .isEqualTo(new DeltaAnswer.Restart(Optional.empty()));
        assertThat(graph.http.seen()).isEmpty();
    }

    @Test
    void anAnswerWithoutALinkOrAListIsAskedForAgain() throws Exception {
        answer(Reply.json(200, "{\"value\":[]}"), Reply.json(200, "{\"@odata.deltaLink\":\"" + LINK + "\"}"),
                page("", "@odata.deltaLink", LINK));
        assertThat(feed.read(new FeedLink(LINK))).isInstanceOf(DeltaAnswer.Page.class);
        assertThat(graph.http.seen()).hasSize(3);
    }

    @Test
    void otherFailuresAreFailures() {
        answer(Reply.error(403, "accessDenied"));
        assertThatExceptionOfType(GraphException.AccessDenied.class).isThrownBy(() -> feed.read(new FeedLink(LINK)))
                .withMessageContaining("Reading the changes in 'offsite'");
    }

    @Test
    void aPageOfChildrenWhoseLinkHasDiedStartsWithTheFirst() throws Exception {
        answer(Reply.error(410, "itemNotFound"), page("", "ignored", ""));
        assertThat(feed.children("01A", Optional.of(new FeedLink(LINK)))).hasValueSatisfying(
                children -> assertThat(children.next()).isEmpty());
        assertThat(graph.http.seen().get(1).url()).isEqualTo(GraphFixture.ENDPOINT + "/me/drive/items/01A/children");
        answer(Reply.error(404, "itemNotFound"));
        assertThat(feed.children("01A", Optional.empty())).isEmpty();
    }

    @Test
    void whatIsChangedIsWhatWasSeen() throws Exception {
        GuardedItems guarded = new GuardedItems(graph.client, graph.address, "offsite");
        answer(Reply.empty(204), Reply.error(404, "itemNotFound"), Reply.json(200, "{\"id\":\"1\",\"file\":{}}"),
                Reply.error(412, "resourceModified"));
        guarded.delete("1", "a", Optional.of("\"{A},1\""));
        guarded.delete("1", "a", Optional.empty());
        guarded.move("1", "2", "b c", Optional.of("\"{A},2\""));
        assertThatExceptionOfType(GraphException.PreconditionFailed.class)
                .isThrownBy(() -> guarded.delete("1", "a", Optional.of("old")));
        assertThat(graph.http.seen().get(0).header("If-Match")).contains("\"{A},1\"");
        assertThat(graph.http.seen().get(1).header("If-Match")).isEmpty();
        assertThat(graph.http.seen().get(2).method()).isEqualTo("PATCH");
        assertThat(graph.http.seen().get(2).text()).contains("\"parentReference\":{\"id\":\"2\"}", "\"name\":\"b c\"",
                "\"@microsoft.graph.conflictBehavior\":\"fail\"");
    }
}
