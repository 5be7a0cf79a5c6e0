package io.github.camelonedrive.simulator.internal.graph;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.camelonedrive.simulator.AdjustableClock;
import io.github.camelonedrive.simulator.Fault;
import io.github.camelonedrive.simulator.GraphClient;
import io.github.camelonedrive.simulator.OneDriveSimulatorBuilder;
import io.github.camelonedrive.simulator.SimulatorTestBase;
import io.github.camelonedrive.simulator.Step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Statements 8, 12, 77. */
class DownloadTest extends SimulatorTestBase {
    private static final String FILE = "/x";

    /** The pre-authenticated URL of the file. */
    private String location() {
        return client.get("/me/drive/root:" + FILE + ":/content").headers().firstValue("Location").orElseThrow();
    }

    private static HttpRequest.Builder request(String location) {
        return HttpRequest.newBuilder(URI.create(location));
    }

    private HttpResponse<String> range(String location, String range) {
        return client.send(request(location).header("Range", range));
    }

    private static String eTag(HttpResponse<String> answer) {
        return answer.headers().firstValue("ETag").orElseThrow();
    }

    @Test
    @Tag("S77")
    @Tag("S8")
    void contentIsARedirectToAUrlThatNeedsNoToken() throws Exception {
        start();
        simulator.putFile("/x", new byte[] {1, 2, 3, 4});
        HttpResponse<String> redirect = client.get("/me/drive/root:/x:/content");
        assertThat(redirect.statusCode()).isEqualTo(302);
        String location = redirect.headers().firstValue("Location").orElseThrow();
        assertThat(location).contains("'", "%2B", "&tempauth=");
        HttpResponse<String> all = client.status(location);
        assertThat(all.statusCode()).isEqualTo(200);
        assertThat(all.body()).isEqualTo("\1\2\3\4");

        assertThat(range(location, "bytes=1-2").body()).isEqualTo("\2\3");
        assertThat(range(location, "bytes=2-").headers().firstValue("Content-Range")).contains("bytes 2-3/4");
        assertThat(range(location, "bytes=-1").body()).isEqualTo("\4");
        assertThat(range(location, "bytes=1-2").statusCode()).isEqualTo(206);
        assertThat(range(location, "bytes=4-").statusCode()).isEqualTo(416);
        assertThat(simulator.requests(Step.CONTENT)).hasSize(6).allMatch(request -> request.itemPath().equals("/x"));
        assertThat(simulator.violations()).isEmpty();
    }

    @Test
    @Tag("S8")
    void aDownloadUrlMustNotSeeATokenNorBeChanged() {
        start();
        simulator.putFile("/x", new byte[] {1});
        String location = client.get("/me/drive/root:/x:/content").headers().firstValue("Location").orElseThrow();
        assertError(client.send(HttpRequest.newBuilder(URI.create(location)).header("Authorization", "Bearer x")),
                401, "unauthenticated");
        assertError(client.status(location.replace("%2B", "+")), 403, "accessDenied");
        assertThat(simulator.violations()).hasSize(2);
    }

    @Test
    void aFolderHasNoContent() {
        start();
        simulator.createFolder("/a");
        assertError(client.get("/me/drive/root:/a:/content"), 400, "invalidRequest");
        assertError(client.send(client.graph("/me/drive/root:/a:/content").PUT(BodyPublishers.ofByteArray(new byte[1]))),
                409, "nameAlreadyExists");
    }

    @Test
    @Tag("S77")
    void aRangeMayBeIgnored() {
        start();
        simulator.putFile(FILE, new byte[] {1, 2, 3, 4});
        simulator.fault(Fault.on(Step.CONTENT).ignoreRange());
        HttpResponse<String> answer = range(location(), "bytes=2-");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("\1\2\3\4");
        assertThat(answer.headers().firstValue("Content-Range")).isEmpty();
    }

    @Test
    void contentMayBeCutAnywhereAndDamaged() {
        start();
        simulator.putFile(FILE, GraphClient.bytes(100_000));
        simulator.fault(Fault.on(Step.CONTENT).cutAnswerAfter(70_000));
        assertThatThrownBy(() -> client.trySend(request(location()))).isInstanceOf(IOException.class);
        simulator.fault(Fault.on(Step.CONTENT).cutAnswerAfter(0));
        assertThatThrownBy(() -> client.trySend(request(location()))).isInstanceOf(IOException.class);
        simulator.putFile(FILE, new byte[] {1, 2});
        simulator.fault(Fault.on(Step.CONTENT).damageAnswer());
        assertThat(client.status(location()).body()).hasSize(2).isNotEqualTo("\1\2").endsWith("\2");
    }

    @Test
    void contentMayStallOnItsWay() throws Exception {
        start();
        simulator.putFile(FILE, GraphClient.bytes(100_000));
        CountDownLatch release = new CountDownLatch(1);
        simulator.fault(Fault.on(Step.CONTENT).stallAnswerAfter(70_000, release));
        String location = location();
        CompletableFuture<HttpResponse<String>> answer = CompletableFuture.supplyAsync(() -> client.status(location));
        assertThatThrownBy(() -> answer.get(200, TimeUnit.MILLISECONDS)).isNotNull();
        release.countDown();
        assertThat(answer.get(10, TimeUnit.SECONDS).headers().firstValue("Content-Length")).contains("100000");
    }

    @Test
    void aDownloadUrlAges() {
        AdjustableClock clock = AdjustableClock.stopped();
        start(builder -> builder.clock(clock));
        simulator.putFile(FILE, new byte[1]);
        String location = location();
        simulator.fault(Fault.on(Step.CONTENT).expireDownloadUrl());
        assertError(client.status(location), 401, "unauthenticated", "expiredToken");
        assertThat(client.status(location).statusCode()).isEqualTo(200);
        clock.advance(Duration.ofHours(1));
        assertError(client.status(location), 401, "unauthenticated", "expiredToken");
        client.signIn();
        assertThat(client.status(location()).statusCode()).isEqualTo(200);
    }

    @Test
    void ifRangeKeepsTwoContentsApart() {
        start(OneDriveSimulatorBuilder::downloadUrlsFollowChanges);
        simulator.putFile(FILE, new byte[] {1, 2});
        String location = location();
        String before = eTag(client.status(location));
        simulator.move(FILE, "/y");
        simulator.move("/y", FILE);
        HttpResponse<String> same = client.send(request(location).header("Range", "bytes=1-").header("If-Range", before));
        assertThat(same.body()).isEqualTo("\2");

        simulator.putFile(FILE, new byte[] {3, 4});
        assertThat(range(location, "bytes=1-").body()).isEqualTo("\4");
        HttpResponse<String> changed = client.send(request(location).header("Range", "bytes=1-").header("If-Range", before));
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(changed.body()).isEqualTo("\3\4");
        assertThat(eTag(changed)).isNotEqualTo(before);
    }

    @Test
    void aDeletedFileIsGoneFromItsDownloadUrl() {
        start();
        simulator.putFile(FILE, new byte[1]);
        String location = location();
        simulator.delete(FILE);
        assertError(client.status(location), 404, "itemNotFound");
    }
}
