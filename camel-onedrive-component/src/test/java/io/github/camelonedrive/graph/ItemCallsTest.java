package io.github.camelonedrive.graph;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

import io.github.camelonedrive.credentials.Secret;
import io.github.camelonedrive.graph.FakeHttp.Reply;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Single exchanges of deleting, links and versions. */
class ItemCallsTest {

    private static final ItemRef FILE = ItemRef.of(ItemPath.parse("/a b/é+#%.txt"));
    private static final String BY_PATH = "/v1.0/me/drive/root:/a%20b/%C3%A9%2B%23%25.txt";

    private final Deque<Reply> replies = new ArrayDeque<>();
    private final GraphFixture graph = new GraphFixture(request -> replies.remove());

    @Test
    @Tag("C75")
    void deletedIsDeletedAndSoIsWhatWasGoneAlready() throws Exception {
        replies.add(Reply.empty(204).with("request-id", "r1"));
        replies.add(Reply.error(404, "itemNotFound").with("request-id", "r2"));
        assertThat(graph.items.delete(FILE, Optional.empty())).isEqualTo(new DriveItems.Deletion(true, Optional.of("r1")));
        assertThat(graph.items.delete(FILE, Optional.empty())).isEqualTo(new DriveItems.Deletion(false, Optional.of("r2")));
        assertThat(seen()).containsExactly("DELETE " + BY_PATH, "DELETE " + BY_PATH);
        assertThat(graph.http.seen().get(0).header("If-Match")).isEmpty();
    }

    @Test
    void aDeletionWithAConditionThatDoesNotHoldIsNone() {
        replies.add(Reply.error(412, "resourceModified"));
        assertThatExceptionOfType(GraphException.PreconditionFailed.class)
                .isThrownBy(() -> graph.items.delete(ItemRef.of("A!1"), Optional.of("\"tag\"")));
        assertThat(seen()).containsExactly("DELETE /v1.0/me/drive/items/A!1");
        assertThat(graph.http.seen().get(0).header("If-Match")).hasValue("\"tag\"");
    }

    @Test
    void aDeletionWhoseAnswerGotLostIsFoundDone() throws Exception {
        replies.add(Reply.empty(504));
        replies.add(Reply.error(404, "itemNotFound"));
        assertThat(graph.items.delete(FILE, Optional.of("\"tag\"")).deleted()).isFalse();
    }

    @Test
    @Tag("C75")
    void forGoodIsAPostWithoutContentByTheItemsId() throws Exception {
        replies.add(Reply.json(200, "{\"id\":\"A\",\"parentReference\":{\"driveType\":\"business\"}}"));
        replies.add(Reply.empty(204));
        assertThat(graph.items.deletePermanently(FILE, Optional.of("\"tag\"")).deleted()).isTrue();
        FakeHttp.Request post = graph.http.seen().get(1);
        assertThat(post).hasToString("POST /v1.0/me/drive/items/A/permanentDelete");
        assertThat(post.contentLength()).isZero();
        assertThat(post.header("If-Match")).hasValue("\"tag\"");
    }

    @Test
    void forGoodIsNotTriedOnAPersonalDriveAndNothingIsDeletedInstead() {
        replies.add(Reply.json(200, "{\"id\":\"A\",\"parentReference\":{\"driveType\":\"personal\"}}"));
        assertThatExceptionOfType(DriveItems.NoPermanentDeletionException.class)
                .isThrownBy(() -> graph.items.deletePermanently(FILE, Optional.empty()))
                .withMessageContaining("Nothing was deleted");
        assertThat(graph.http.seen()).hasSize(1);
    }

    @Test
    void forGoodWhatIsGoneIsGone() throws Exception {
        replies.add(Reply.error(404, "itemNotFound"));
        assertThat(graph.items.deletePermanently(FILE, Optional.empty()).deleted()).isFalse();
        replies.add(Reply.json(200, "{\"id\":\"A\"}"));
        replies.add(Reply.error(404, "itemNotFound"));
        assertThat(graph.items.deletePermanently(FILE, Optional.empty()).deleted()).isFalse();
    }

    @Test
    void aLinkSaysWhatItAllowsAndWhetherItIsNew() throws Exception {
        replies.add(Reply.json(201, "{\"id\":\"P\",\"hasPassword\":true,\"expirationDateTime\":\"2027-01-31T00:00:00Z\","
                + "\"link\":{\"type\":\"embed\",\"scope\":\"anonymous\",\"webUrl\":\"https://1drv.test/x\","
                + "\"webHtml\":\"<iframe>\"}}"));
        replies.add(Reply.json(200, "{\"id\":\"P\",\"link\":{\"type\":\"view\",\"webUrl\":\"https://1drv.test/x\"}}"));
        SharingLinks links = new SharingLinks(graph.client, graph.address, "offsite");
        SharingLink made = links.create(FILE, new LinkRequest(LinkRequest.Type.embed, Optional.of(LinkRequest.Scope.anonymous),
                Optional.of(Instant.parse("2027-01-31T00:00:00Z")), Optional.of(Secret.of("open sesame"))));
        assertThat(made).isEqualTo(new SharingLink("P", "embed", "anonymous", "https://1drv.test/x", Optional.of("<iframe>"),
                Optional.of(Instant.parse("2027-01-31T00:00:00Z")), true, true));
        assertThat(graph.http.seen().get(0)).hasToString("POST " + BY_PATH + ":/createLink");
        assertThat(graph.http.seen().get(0).text()).isEqualTo("{\"type\":\"embed\",\"scope\":\"anonymous\","
                + "\"expirationDateTime\":\"2027-01-31T00:00:00Z\",\"password\":\"open sesame\"}");

        SharingLink there = links.create(FILE,
                new LinkRequest(LinkRequest.Type.view, Optional.empty(), Optional.empty(), Optional.empty()));
        assertThat(there.created()).isFalse();
        assertThat(graph.http.seen().get(1).text()).isEqualTo("{\"type\":\"view\"}");
        assertThat(made.toString()).doesNotContain("1drv");
    }

    @Test
    void aRefusedLinkIsSaid() {
        replies.add(Reply.error(400, "invalidRequest"));
        assertThatExceptionOfType(GraphException.class).isThrownBy(
                () -> new SharingLinks(graph.client, graph.address, "offsite").create(FILE, new LinkRequest(
                        LinkRequest.Type.view, Optional.of(LinkRequest.Scope.anonymous), Optional.empty(), Optional.empty())))
                .withMessageContaining("é+#%.txt").withMessageContaining("400");
    }

    @Test
    void versionsAreReadFromAllPages() throws Exception {
        replies.add(Reply.json(200, "{\"value\":[{\"id\":\"3.0\",\"size\":17,\"lastModifiedDateTime\":\"2026-03-01T08:00:01Z\","
                + "\"lastModifiedBy\":{\"user\":{\"displayName\":\"Ada\"}}}],"
                + "\"@odata.nextLink\":\"https://graph.test/v1.0/n\"}"));
        replies.add(Reply.json(200, "{\"value\":[{\"id\":\"2.0\"}]}"));
        List<ItemVersion> versions = new ItemVersions(graph.client, graph.address, "offsite").list(FILE);
        assertThat(versions).extracting(ItemVersion::id).containsExactly("3.0", "2.0");
        assertThat(versions.get(0).lastModifiedBy()).hasValue("Ada");
        assertThat(versions.get(0).size()).hasValue(17);
        assertThat(versions.get(1).size()).isEmpty();
        assertThat(seen()).containsExactly("GET " + BY_PATH + ":/versions", "GET /v1.0/n");
    }

    @Test
    void aVersionIsRestoredByAPostWithoutContent() throws Exception {
        replies.add(Reply.empty(204));
        new ItemVersions(graph.client, graph.address, "offsite").restore(ItemRef.of("A"), "2.0");
        assertThat(seen()).containsExactly("POST /v1.0/me/drive/items/A/versions/2.0/restoreVersion");
        assertThat(graph.http.seen().get(0).contentLength()).isZero();
    }

    private List<String> seen() {
        return graph.http.seen().stream().map(FakeHttp.Request::toString).toList();
    }
}
